#pragma once

#include "protocol/limits.h"
#include "server/net/fanoutbuffer.h"
#include "server/net/outputqueue.h"
#include "server/net/stream.h"
#include "server/net/timerwheel.h"
#include "server/net/turn.h"

#include <QByteArray>

#include <array>
#include <memory>

namespace lanline::server {

/// What all connections of a server share; outlives them.
struct NetContext
{
    NetContext(const protocol::Limits &theLimits, TimeSource &theTime, bool tracing)
        : limits(theLimits)
        , time(theTime)
        , wheel(theTime)
        , isTracing(tracing)
    { }

    /// What is offered from here on was read now.
    void stampRead()
    {
        if (isTracing)
            readAt = turn.now(time);
    }

    protocol::Limits limits;
    TimeSource &time;
    Turn turn;
    TimerWheel wheel;
    bool isTracing;
    SteadyTime readAt{}; ///< of the bytes that are being offered; zero: nothing is traced
    BufferPool buffers;
    FanOutBuffer fanOut;
    std::array<char, 64 * 1024> readBuffer; ///< most bytes read of one connection in one turn
};

/// What a Connection's bytes mean: told in the server thread.
class ConnectionUser
{
public:
    virtual ~ConnectionUser() = default;
    /// Returns how many of the bytes were used; the others come again, with more behind them, or when reading resumes.
    /// They may be written to.
    virtual qsizetype onBytes(std::span<char> bytes) = 0;
    /// Some of what was queued has left, after it had to wait.
    virtual void onWritten() = 0;
    /// Connection::expectWithin() was not answered.
    virtual void onTooLate() = 0;
    /// The last call: nothing comes or goes any more. The connection may not be destroyed within it.
    virtual void onGone() = 0;
};

/// One peer's connection, whatever it speaks: reads by turns, holds what its user does not take yet, sends everything
/// of a turn at its end, does not read while too much waits to be sent, and ends in good order. Lives in the server
/// thread.
class Connection final : private StreamUser, private Turn::Member, private TimerWheel::Deadline
{
public:
    Connection(std::unique_ptr<Stream> stream, NetContext &net);
    ~Connection() override;

    /// Replaces an earlier one; what that did not use is told to the new one in the next turn.
    void setUser(ConnectionUser &user);
    /// Who a connection belongs to and counts for; kept for as long as it lives.
    void keep(std::shared_ptr<void> thing) { m_kept = std::move(thing); }

    /// On at first.
    void setReading(bool on);
    bool isReading() const { return m_state == State::Open && m_wantsReading && !m_isOverfull; }
    void expectWithin(std::chrono::milliseconds time) { m_net.wheel.start(*this, time); }
    void stopExpecting() { stopDeadline(); }

    OutputQueue &output();
    /// Sends as much as the peer takes now. onGone() is never called within.
    void flush();
    qint64 queuedBytes() const { return m_output.bytes(); }

    /// Sends what is queued and then says so; what the peer still sends is discarded. onGone() follows, bounded in time
    /// and in bytes.
    void finish();
    /// Drops what is queued. onGone() is called within.
    void abort();

    NetContext &net() const { return m_net; }
    const Stream &stream() const { return *m_stream; }

private:
    enum class State : quint8 {
        Open,
        Finishing, ///< flushing, then discarding
        Broken, ///< the user does not know yet
        Gone,
    };

    // StreamUser
    void onReadable() override;
    void onWritable() override;
    void onBroken() override;
    // Turn::Member
    void onTurnEnd() override { flush(); }
    void onNextTurn() override;
    // TimerWheel::Deadline
    void onDeadline() override;

    void offer(std::span<char> bytes);
    void offerHeld();
    void hold(QByteArray bytes, const ConnectionUser *refusedBy);
    void discard(qint64 bytes);
    void updateReading();
    void breakDown();
    void goneNow();

    std::unique_ptr<Stream> m_stream;
    NetContext &m_net;
    ConnectionUser *m_user = nullptr;
    std::shared_ptr<void> m_kept;
    OutputQueue m_output;
    QByteArray m_held; ///< read, and not used yet
    qint64 m_discarded = 0;
    State m_state = State::Open;
    bool m_wantsReading = true;
    bool m_isOverfull = false; ///< too much waits to be sent
    bool m_owesWritten = false;
    bool m_owesHeld = false; ///< what is held is to be offered again
    bool m_isShut = false; ///< nothing more is written
    bool m_hasMoved = false; ///< the peer has taken something that had to wait
    quint8 m_farewells = 0; ///< how often it got more time
};

} // namespace lanline::server
