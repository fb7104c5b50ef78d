#pragma once

#include "protocol/limits.h"
#include "server/net/transport.h"

#include <QObject>

#include <deque>
#include <memory>

class QWebSocket;

namespace lanline::server {

/// A Transport over an accepted QWebSocket.
/// QWebSocket cannot be paused: while reading is off, frames are held here instead, up to Limits::pauseReadingAtBytes;
/// a peer that goes on sending beyond that is closed as a slow reader.
class QWebSocketTransport final : public Transport
{
public:
    QWebSocketTransport(std::unique_ptr<QWebSocket> socket, const protocol::Limits &limits);
    ~QWebSocketTransport() override;

    void setSink(TransportSink *sink) override { m_sink = sink; }
    protocol::Encoding encoding() const override { return m_encoding; }
    QHostAddress peerAddress() const override;
    void send(const SharedFrame &frame) override;
    void flush() override;
    void setReading(bool on) override;
    qint64 queuedBytes() const override;
    void close(const protocol::CloseReason &reason) override;
    void abort() override;

private:
    struct HeldFrame
    {
        FrameType type;
        QByteArray payload;
    };

    void onFrame(FrameType type, const QByteArray &payload);
    void deliverHeld();
    void onDisconnected();

    /// Deletes later: a transport may be destroyed in the turn of one of its socket's signals.
    struct DeleteLater
    {
        void operator()(QObject *object) const { object->deleteLater(); }
    };
    std::unique_ptr<QWebSocket, DeleteLater> m_socket;
    TransportSink *m_sink = nullptr;
    protocol::Limits m_limits;
    protocol::Encoding m_encoding;
    std::deque<HeldFrame> m_held;
    qint64 m_heldBytes = 0;
    bool m_isReading = true;
    bool m_isClosing = false;
};

} // namespace lanline::server
