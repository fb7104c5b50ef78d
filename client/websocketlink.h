#pragma once

#include "client/link.h"
#include "core/timing.h"

#include <QAbstractSocket>

class QWebSocket;

namespace lanline::client {

/// A link over a QWebSocket, in the binary subprotocol. Begins at Path::local where the URL has an address of the same
/// family and this computer has that address; else where the system chooses.
class WebSocketLink final : public Link
{
    Q_OBJECT

public:
    explicit WebSocketLink(QObject *parent = nullptr);
    ~WebSocketLink() override;

    void open(const Path &path) override;
    QHostAddress localAddress() const override;
    QHostAddress peerAddress() const override;
    void send(const QByteArray &frame) override;
    void flush() override;
    void close(const protocol::CloseReason &reason) override;
    void abort() override;
    QByteArray certificateSha256() const override;

private:
    /// Moves the connection that has just been begun to `path.local`.
    void beginAt(const Path &path);
    void watchSteps();
    std::chrono::microseconds takeStep();
    void onConnected();
    void onError(QAbstractSocket::SocketError error);
    void onDisconnected();
    void end(const LinkEnd &end);
    void detach();

    QWebSocket *m_socket;
    ConnectSteps m_steps;
    SteadyTime m_stepBegan;
    bool m_isTcpUp = false;
    bool m_isOpen = false;
    bool m_isFlushing = false;
    bool m_hasEnded = false;
};

} // namespace lanline::client
