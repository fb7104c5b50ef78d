#pragma once

#include "protocol/limits.h"
#include "server/net/transport.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QWebSocketServer>

#include <functional>
#include <memory>

namespace lanline::server {

/// Accepts connections: reads the head of the request under a deadline and a size cap, refuses what is no Lanline
/// client in plain HTTP, and lets a QWebSocketServer shake hands with the rest. Lives in the server thread.
/// What a client sends in one packet with its request is lost; the protocol's server speaks first.
class WebSocketListener final : public QObject
{
    Q_OBJECT

public:
    using Accepted = std::function<void(std::unique_ptr<Transport>)>;

    WebSocketListener(const protocol::Limits &limits, Accepted accepted, QObject *parent = nullptr);

    /// Takes the port, and lets clients wait until startAccepting(). False: see error().
    bool listen(const QHostAddress &address, quint16 port);
    QAbstractSocket::SocketError error() const { return m_tcp.serverError(); }
    QString errorString() const { return m_tcp.errorString(); }
    quint16 port() const { return m_tcp.serverPort(); }

    void startAccepting();
    /// Gives the port back and drops what is in the middle of a handshake; accepted transports live on.
    void close();

    /// A free port above `port` at `address`, or 0.
    static quint16 freePortAbove(const QHostAddress &address, quint16 port);

private:
    using PeerName = std::pair<QHostAddress, quint16>;

    void onTcpConnection();
    void onReadyRead(QTcpSocket *socket);
    void onWebSocketConnection();
    void refuse(QTcpSocket *socket, const QByteArray &answer);

    protocol::Limits m_limits;
    Accepted m_accepted;
    QTcpServer m_tcp;
    QWebSocketServer m_webSockets;
    QHash<PeerName, QTcpSocket *> m_shakingHands; ///< owned by the socket's own fate: upgraded, refused, or gone
    QHash<QHostAddress, int> m_perAddress;
    int m_connections = 0;
};

} // namespace lanline::server
