#include "client/websocketlink.h"

#include "client/problems.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

/// How long the peer's close frame is waited for.
constexpr auto closePatience = 2s;

Problem problemOfSocketError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return Problem::HostNotFound;
    case QAbstractSocket::ConnectionRefusedError:
        return Problem::ConnectionRefused;
    case QAbstractSocket::SocketTimeoutError:
        return Problem::TimedOut;
    default:
        return Problem::ConnectionLost;
    }
}

} // namespace

WebSocketLink::WebSocketLink(QObject *parent)
    : Link(parent)
    , m_socket(new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this))
{
    const protocol::Limits limits;
    m_socket->setMaxAllowedIncomingFrameSize(quint64(limits.messageBytes));
    m_socket->setMaxAllowedIncomingMessageSize(quint64(limits.messageBytes));
    m_socket->setOutgoingFrameSize(quint64(limits.frameBytes));
    // The server is a neighbour: a proxy that is meant for the web would not find it.
    m_socket->setProxy(QNetworkProxy::NoProxy);

    connect(m_socket, &QWebSocket::connected, this, &WebSocketLink::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &WebSocketLink::onDisconnected);
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, &WebSocketLink::onError);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &Link::frameReceived);
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this] {
        end({Problem::NotLanline, 0, u"a text frame in a binary subprotocol"_s});
    });
}

WebSocketLink::~WebSocketLink()
{
    detach();
}

QHostAddress WebSocketLink::localAddress() const
{
    return m_socket->localAddress();
}

QHostAddress WebSocketLink::peerAddress() const
{
    return m_socket->peerAddress();
}

void WebSocketLink::open(const Path &path)
{
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString::fromLatin1(protocol::subprotocolProtobuf)});
    m_socket->open(QNetworkRequest(path.url), options);
    // What fails within open() is told within it.
    if (m_hasEnded)
        return;
    if (!path.local.isNull())
        beginAt(path);
    if (!m_hasEnded)
        watchSteps();
}

void WebSocketLink::beginAt(const Path &path)
{
    // QWebSocket cannot be told where to begin, and makes its TCP socket in open() only: what that has begun is taken
    // back unheard, and begun again from where it is wanted. Where Qt lets us not, the connection goes on as it was
    // begun: it is of use anyhow, and localAddress() tells what came of it.
    auto *tcp = m_socket->findChild<QTcpSocket *>();
    const QString host = path.url.host();
    if (!tcp || QHostAddress(host).protocol() != path.local.protocol())
        return;
    const bool wasBlocked = tcp->blockSignals(true);
    tcp->abort();
    if (!tcp->bind(path.local))
        tcp->abort();
    tcp->blockSignals(wasBlocked);
    if (auto *tls = qobject_cast<QSslSocket *>(tcp))
        tls->connectToHostEncrypted(host, quint16(path.url.port(443)));
    else
        tcp->connectToHost(host, quint16(path.url.port(80)));
}

void WebSocketLink::watchSteps()
{
    // QWebSocket tells nothing between open() and connected(); its TCP socket does.
    auto *tcp = m_socket->findChild<QTcpSocket *>();
    if (!tcp)
        return;
    // An address needs no look-up: its hostFound() has passed already.
    m_stepBegan = steady_clock::now();
    connect(tcp, &QTcpSocket::hostFound, this, [this] { m_steps.dns = takeStep(); });
    connect(tcp, &QTcpSocket::connected, this, [this, tcp] {
        m_steps.tcp = takeStep();
        m_isTcpUp = true;
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    });
    if (auto *tls = qobject_cast<QSslSocket *>(tcp))
        connect(tls, &QSslSocket::encrypted, this, [this] { m_steps.tls = takeStep(); });
}

microseconds WebSocketLink::takeStep()
{
    const SteadyTime now = steady_clock::now();
    return duration_cast<microseconds>(now - std::exchange(m_stepBegan, now));
}

void WebSocketLink::onConnected()
{
    m_steps.upgrade = takeStep();
    if (m_socket->subprotocol() != QLatin1StringView(protocol::subprotocolProtobuf)) {
        end({Problem::NotLanline, 0, u"the server does not speak lanline.v1.protobuf"_s});
        return;
    }
    m_isOpen = true;
    Q_EMIT opened(m_steps);
}

void WebSocketLink::onError(QAbstractSocket::SocketError error)
{
    // Of an open connection disconnected() tells the end, and knows the close code.
    if (m_isOpen)
        return;
    Problem problem = problemOfSocketError(error);
    // QWebSocket reports an answer that is no 101 as a refused connection, although TCP was connected.
    if (m_isTcpUp && error == QAbstractSocket::ConnectionRefusedError)
        problem = Problem::NotAWebSocketServer;
    end({problem, 0, m_socket->errorString()});
}

void WebSocketLink::onDisconnected()
{
    if (!m_isOpen) {
        // A connection that fails is told as disconnected before its error is.
        onError(m_socket->error());
        return;
    }
    const auto code = quint16(m_socket->closeCode());
    const QString text = m_socket->closeReason();
    end({problemOfCloseCode(code), code, text.isEmpty() ? m_socket->errorString() : text});
}

void WebSocketLink::send(const QByteArray &frame)
{
    if (m_isOpen && !m_hasEnded)
        m_socket->sendBinaryMessage(frame);
}

void WebSocketLink::flush()
{
    if (!m_isOpen || m_hasEnded)
        return;
    m_isFlushing = true;
    m_socket->flush();
    m_isFlushing = false;
}

void WebSocketLink::close(const protocol::CloseReason &reason)
{
    if (!m_isOpen) {
        end({});
        return;
    }
    m_socket->close(QWebSocketProtocol::CloseCode(reason.code), reason.text);
    m_socket->flush();
    QTimer::singleShot(closePatience, this, [this] { end({}); });
}

void WebSocketLink::abort()
{
    detach();
}

QByteArray WebSocketLink::certificateSha256() const
{
    const QSslCertificate certificate = m_socket->sslConfiguration().peerCertificate();
    return certificate.isNull() ? QByteArray() : certificate.digest(QCryptographicHash::Sha256);
}

void WebSocketLink::end(const LinkEnd &end)
{
    if (m_hasEnded)
        return;
    if (m_isFlushing) {
        // Whoever flushes is in the middle of something that the end of the link would pull away from under it.
        QMetaObject::invokeMethod(
            this, [this, end] { this->end(end); }, Qt::QueuedConnection);
        return;
    }
    detach();
    Q_EMIT ended(end);
}

void WebSocketLink::detach()
{
    if (std::exchange(m_hasEnded, true))
        return;
    // Destroying or aborting a QWebSocket emits; nobody may hear that.
    m_socket->disconnect(this);
    if (auto *tcp = m_socket->findChild<QTcpSocket *>())
        tcp->disconnect(this);
    m_socket->abort();
}

} // namespace lanline::client
