#pragma once

#include "server/faults/serverfaults.h"
#include "server/net/transport.h"

#include <deque>

namespace lanline::server {

/// A transport whose frames leave later, in their order, while the server's faults say so; else they pass. What waits
/// is bounded: over it the oldest leave at once. Takes a transport over in the middle of its life; its sink stays.
class FaultyTransport final : public Transport
{
public:
    static constexpr size_t mostFrames = 4096;
    static constexpr qsizetype mostBytes = qsizetype(8) << 20;

    /// What is referred to outlives the transport.
    FaultyTransport(std::unique_ptr<Transport> transport, const ServerFaults &faults, TimeSource &time);

    /// What waits leaves now.
    void mend();

    void setSink(TransportSink *sink) override { m_transport->setSink(sink); }
    protocol::Encoding encoding() const override { return m_transport->encoding(); }
    QHostAddress peerAddress() const override { return m_transport->peerAddress(); }
    bool isEncrypted() const override { return m_transport->isEncrypted(); }
    void send(const SharedFrame &frame) override;
    void flush() override { m_transport->flush(); }
    void setReading(bool on) override { m_transport->setReading(on); }
    SteadyTime readAt() const override { return m_transport->readAt(); }
    /// Without what waits here: that is the network, not the peer's fault.
    qint64 queuedBytes() const override { return m_transport->queuedBytes(); }
    void close(const protocol::CloseReason &reason) override;
    void abort() override;

private:
    struct Held
    {
        SharedFrame frame;
        SteadyTime due;
    };
    void sendFirst();
    void leaveDue();

    std::unique_ptr<Transport> m_transport;
    const ServerFaults &m_faults;
    TimeSource &m_time;
    std::deque<Held> m_held;
    qsizetype m_bytes = 0; ///< held
    std::unique_ptr<Timer> m_timer;
};

} // namespace lanline::server
