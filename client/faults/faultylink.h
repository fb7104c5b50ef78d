#pragma once

#include "client/faults/linkfaults.h"
#include "client/link.h"

#include <deque>

namespace lanline::client {

/// A link that can be broken on purpose. Delay and Jitter hold what is sent, SlowReader what has come; nothing is lost
/// by it, nor is its order. While no fault is on, everything passes straight through.
class FaultyLink final : public Link, private LinkFaults::Watcher
{
    Q_OBJECT

public:
    /// What waits in either direction at most. Over it the oldest go on at once: nothing is lost, and the memory is
    /// bounded.
    static constexpr size_t mostFrames = 4096;
    static constexpr qsizetype mostBytes = qsizetype(8) << 20;

    FaultyLink(std::unique_ptr<Link> link, std::shared_ptr<LinkFaults> faults, std::shared_ptr<TimeSource> time);
    ~FaultyLink() override;

    void open(const Path &path) override { m_link->open(path); }
    QHostAddress localAddress() const override { return m_link->localAddress(); }
    QHostAddress peerAddress() const override { return m_link->peerAddress(); }
    void send(const QByteArray &frame) override;
    void flush() override { m_link->flush(); }
    void close(const protocol::CloseReason &reason) override;
    void abort() override;
    QByteArray certificateSha256() const override { return m_link->certificateSha256(); }
    std::optional<SteadyTime> lastArrival() const override;

private:
    struct Held
    {
        QByteArray frame;
        SteadyTime at; ///< out: when it is to leave; in: when it arrived
    };
    struct Queue
    {
        std::deque<Held> frames;
        qsizetype bytes = 0;

        void add(const QByteArray &frame, SteadyTime at);
        Held take();
        bool isFull() const { return frames.size() > mostFrames || bytes > mostBytes; }
    };

    void onFrame(const QByteArray &frame);
    void onEnded(const LinkEnd &end);
    void onFaultChanged(FaultKind kind) override;
    void leaveDue();
    void leaveAll();
    void takeNext();
    /// False: this link was dropped on the way.
    bool takeOne();
    bool takeAll();
    bool isSlow() const { return m_faults->isOn(FaultKind::SlowReader); }

    std::unique_ptr<Link> m_link;
    std::shared_ptr<LinkFaults> m_faults;
    std::shared_ptr<TimeSource> m_time;
    Queue m_out;
    Queue m_in;
    std::unique_ptr<Timer> m_outTimer; ///< both: none before the first that is held
    std::unique_ptr<Timer> m_inTimer;
    std::optional<SteadyTime> m_arrival; ///< of the frame that is being told, if it was held
    bool m_isDropped = false; ///< nothing is told any more
};

} // namespace lanline::client
