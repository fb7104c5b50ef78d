#include "server/net/qwebsockettransport.h"

#include <QTimer>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

/// How long a peer may take to answer our close frame.
constexpr auto closeTimeout = 3s;

} // namespace

QWebSocketTransport::QWebSocketTransport(std::unique_ptr<QWebSocket> socket, const protocol::Limits &limits)
    : m_socket(socket.release())
    , m_limits(limits)
    , m_encoding(m_socket->subprotocol() == QLatin1StringView(protocol::subprotocolProtobuf)
              ? protocol::Encoding::Protobuf
              : protocol::Encoding::Json)
{
    m_socket->setMaxAllowedIncomingFrameSize(quint64(limits.frameBytes));
    m_socket->setMaxAllowedIncomingMessageSize(quint64(limits.messageBytes));
    m_socket->setOutgoingFrameSize(quint64(limits.frameBytes));

    QWebSocket *context = m_socket.get();
    QObject::connect(context, &QWebSocket::textMessageReceived, context,
        [this](const QString &text) { onFrame(FrameType::Text, text.toUtf8()); });
    QObject::connect(context, &QWebSocket::binaryMessageReceived, context,
        [this](const QByteArray &payload) { onFrame(FrameType::Binary, payload); });
    QObject::connect(context, &QWebSocket::bytesWritten, context, [this] {
        if (m_sink)
            m_sink->onWritten();
    });
    QObject::connect(context, &QWebSocket::disconnected, context, [this] { onDisconnected(); });
}

QWebSocketTransport::~QWebSocketTransport()
{
    m_socket->disconnect();
    m_socket->abort();
}

QHostAddress QWebSocketTransport::peerAddress() const
{
    return m_socket->peerAddress();
}

void QWebSocketTransport::send(const SharedFrame &frame)
{
    if (m_isClosing)
        return;
    if (m_encoding == protocol::Encoding::Json)
        m_socket->sendTextMessage(QString::fromUtf8(frame.payload));
    else
        m_socket->sendBinaryMessage(frame.payload);
}

void QWebSocketTransport::flush()
{
    m_socket->flush();
}

void QWebSocketTransport::setReading(bool on)
{
    if (m_isReading == on)
        return;
    m_isReading = on;
    // Later, not now: the sink is in the middle of something when it calls.
    if (on && !m_held.empty())
        QMetaObject::invokeMethod(
            m_socket.get(), [this] { deliverHeld(); }, Qt::QueuedConnection);
}

qint64 QWebSocketTransport::queuedBytes() const
{
    return m_socket->bytesToWrite();
}

void QWebSocketTransport::close(const protocol::CloseReason &reason)
{
    if (std::exchange(m_isClosing, true))
        return;
    m_held.clear();
    m_socket->close(QWebSocketProtocol::CloseCode(reason.code), reason.text);
    QTimer::singleShot(closeTimeout, m_socket.get(), [this] { abort(); });
}

void QWebSocketTransport::abort()
{
    m_isClosing = true;
    m_socket->abort();
}

void QWebSocketTransport::onFrame(FrameType type, const QByteArray &payload)
{
    if (m_isClosing || !m_sink)
        return;
    if (m_isReading && m_held.empty()) {
        m_sink->onFrame(type, payload);
        return;
    }
    m_heldBytes += payload.size();
    if (m_heldBytes > m_limits.pauseReadingAtBytes)
        close(protocol::close::SlowReader);
    else
        m_held.push_back({type, payload});
}

void QWebSocketTransport::deliverHeld()
{
    while (m_isReading && !m_isClosing && !m_held.empty()) {
        const HeldFrame frame = std::move(m_held.front());
        m_held.pop_front();
        m_heldBytes -= frame.payload.size();
        m_sink->onFrame(frame.type, frame.payload);
    }
}

void QWebSocketTransport::onDisconnected()
{
    m_isClosing = true;
    if (TransportSink *sink = std::exchange(m_sink, nullptr))
        sink->onClosed();
}

} // namespace lanline::server
