#pragma once

#include "server/net/connection.h"
#include "server/net/framedecoder.h"
#include "server/net/transport.h"

#include <memory>

namespace lanline::server {

/// A Transport over a connection that has been upgraded: frames in, frames out, and the closing handshake.
class WebSocketTransport final : public Transport, private ConnectionUser
{
public:
    /// `frames`: what a message and its frames may be at most, both ways.
    WebSocketTransport(std::unique_ptr<Connection> connection, protocol::Encoding encoding, const FrameLimits &frames);
    ~WebSocketTransport() override;

    void setSink(TransportSink *sink) override { m_sink = sink; }
    protocol::Encoding encoding() const override { return m_encoding; }
    QHostAddress peerAddress() const override;
    bool isEncrypted() const override { return m_connection->stream().isEncrypted(); }
    void send(const SharedFrame &frame) override;
    void flush() override;
    void setReading(bool on) override;
    SteadyTime readAt() const override;
    qint64 queuedBytes() const override;
    void close(const protocol::CloseReason &reason) override;
    void abort() override;

private:
    // ConnectionUser
    qsizetype onBytes(std::span<char> bytes) override;
    void onWritten() override;
    void onTooLate() override { }
    void onGone() override;

    void onEvent(const FrameEvent &event);
    /// The last frame of ours; 0 for one without a code.
    void sayClose(quint16 code, QByteArrayView text);

    std::unique_ptr<Connection> m_connection;
    TransportSink *m_sink = nullptr;
    FrameDecoder m_decoder;
    FrameLimits m_frames;
    protocol::Encoding m_encoding;
    bool m_isClosing = false;
};

} // namespace lanline::server
