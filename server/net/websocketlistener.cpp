#include "server/net/websocketlistener.h"

#include "protocol/messages.h"
#include "server/net/handshake.h"
#include "server/net/qwebsockettransport.h"

#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr int backlog = 4096;
/// Connections over the limits that are told so in the protocol; any more are dropped unheard.
constexpr int toldThatFull = 64;
/// Bounds what the kernel keeps for a reader that does not read.
constexpr int kernelSendBuffer = 256 * 1024;
constexpr int portsTried = 64;

} // namespace

WebSocketListener::WebSocketListener(const protocol::Limits &limits, Accepted accepted, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_accepted(std::move(accepted))
    , m_webSockets(u"Lanline"_s, QWebSocketServer::NonSecureMode)
{
    m_tcp.setListenBacklogSize(backlog);
    m_webSockets.setSupportedSubprotocols(
        {QString::fromLatin1(protocol::subprotocolProtobuf), QString::fromLatin1(protocol::subprotocolJson)});
    connect(&m_tcp, &QTcpServer::newConnection, this, &WebSocketListener::onTcpConnection);
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &WebSocketListener::onWebSocketConnection);
}

bool WebSocketListener::listen(const QHostAddress &address, quint16 port)
{
    if (!m_tcp.listen(address, port))
        return false;
    m_tcp.pauseAccepting();
    return true;
}

void WebSocketListener::startAccepting()
{
    m_tcp.resumeAccepting();
}

void WebSocketListener::close()
{
    m_tcp.close();
    const auto shakingHands = std::exchange(m_shakingHands, {});
    for (QTcpSocket *socket : shakingHands)
        socket->deleteLater();
}

quint16 WebSocketListener::freePortAbove(const QHostAddress &address, quint16 port)
{
    QTcpServer probe;
    for (int candidate = port + 1; candidate <= qMin(port + portsTried, 65535); ++candidate) {
        if (probe.listen(address, quint16(candidate)))
            return quint16(candidate);
    }
    return probe.listen(address, 0) ? probe.serverPort() : 0;
}

void WebSocketListener::onTcpConnection()
{
    while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
        const QHostAddress address = socket->peerAddress();
        if (m_connections >= m_limits.connections + toldThatFull
            || m_perAddress.value(address) >= m_limits.connectionsPerAddress + toldThatFull) {
            delete socket;
            continue;
        }
        ++m_connections;
        ++m_perAddress[address];
        // The TCP socket lives as long as the connection, through all its stages. Its own signals cannot tell of its
        // end: QWebSocket disconnects them all.
        connect(new QObject(socket), &QObject::destroyed, this, [this, address] {
            --m_connections;
            if (--m_perAddress[address] == 0)
                m_perAddress.remove(address);
        });

        socket->setParent(this);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, kernelSendBuffer);
        const PeerName peer{address, socket->peerPort()};
        m_shakingHands.insert(peer, socket);
        QTimer::singleShot(m_limits.handshakeTimeout, socket, [this, peer, socket] {
            if (m_shakingHands.value(peer) == socket)
                socket->abort();
        });
        connect(socket, &QTcpSocket::disconnected, this, [this, peer, socket] {
            if (m_shakingHands.value(peer) != socket)
                return;
            m_shakingHands.remove(peer);
            socket->deleteLater();
        });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        if (socket->bytesAvailable() > 0)
            onReadyRead(socket);
    }
}

void WebSocketListener::onReadyRead(QTcpSocket *socket)
{
    const QByteArray start = socket->peek(maxRequestHeadBytes);
    const qsizetype end = start.indexOf("\r\n\r\n");
    if (end < 0) {
        if (start.size() >= maxRequestHeadBytes)
            refuse(socket, refusalOfLongHead());
        return;
    }
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    if (const auto refusal = refusalOf(QByteArrayView(start).first(end)))
        refuse(socket, *refusal);
    else
        m_webSockets.handleConnection(socket);
}

void WebSocketListener::refuse(QTcpSocket *socket, const QByteArray &answer)
{
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    socket->write(answer);
    socket->disconnectFromHost();
}

void WebSocketListener::onWebSocketConnection()
{
    while (m_webSockets.hasPendingConnections()) {
        std::unique_ptr<QWebSocket> socket(m_webSockets.nextPendingConnection());
        socket->setParent(nullptr);
        if (QTcpSocket *tcp = m_shakingHands.take({socket->peerAddress(), socket->peerPort()}))
            tcp->setParent(socket.get());
        const bool isFull = m_connections > m_limits.connections
            || m_perAddress.value(socket->peerAddress()) > m_limits.connectionsPerAddress;
        if (isFull) {
            QWebSocket *refused = socket.release();
            refused->setParent(this);
            connect(refused, &QWebSocket::disconnected, refused, &QObject::deleteLater);
            QTimer::singleShot(m_limits.handshakeTimeout, refused, &QObject::deleteLater);
            refused->close(
                QWebSocketProtocol::CloseCode(protocol::close::ServerFull.code), protocol::close::ServerFull.text);
            continue;
        }
        m_accepted(std::make_unique<QWebSocketTransport>(std::move(socket), m_limits));
    }
}

} // namespace lanline::server
