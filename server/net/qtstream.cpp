#include "server/net/qtstream.h"

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

#include <algorithm>

namespace lanline::server {

namespace {

using State = StreamResult::State;

/// The first byte of a TLS handshake record; no HTTP request begins with it.
constexpr char tlsHandshake = 0x16;
/// Held by Qt for a connection that is not read, and for one that does not read.
constexpr qint64 bufferBytes = 64 * 1024;

/// An IPv4 address, also where it came to a socket of both families.
QHostAddress plainAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

} // namespace

/// Outlives the stream by as much as an event that is on the stack.
class QtStream::Events final : public QObject
{
public:
    explicit Events(QtStream &stream)
        : m_stream(&stream)
    { }

    void forget()
    {
        m_stream = nullptr;
        deleteLater();
    }
    void call()
    {
        if (m_stream)
            m_stream->callAttend();
    }
    void attend()
    {
        if (m_stream)
            m_stream->attend();
    }
    bool isForgotten() const { return !m_stream; }

private:
    QtStream *m_stream;
};

QtStream::QtStream(std::unique_ptr<QSslSocket> socket, bool speaksTls)
    : m_socket(std::move(socket))
    , m_events(new Events(*this))
    , m_peerAddress(plainAddress(m_socket->peerAddress()))
    , m_peerPort(m_socket->peerPort())
    , m_knowsKind(!speaksTls)
{
    m_socket->setReadBufferSize(bufferBytes);
    const QSslSocket *emitter = m_socket.get();
    QObject::connect(emitter, &QSslSocket::readyRead, m_events, &Events::call);
    QObject::connect(emitter, &QSslSocket::disconnected, m_events, &Events::call);
    QObject::connect(emitter, &QSslSocket::bytesWritten, m_events, &Events::call);
    QObject::connect(emitter, &QSslSocket::encryptedBytesWritten, m_events, &Events::call);
}

QtStream::~QtStream()
{
    m_events->forget();
    m_socket->abort();
}

void QtStream::callAttend()
{
    if (!std::exchange(m_isCalled, true))
        QMetaObject::invokeMethod(m_events, &Events::attend, Qt::QueuedConnection);
}

void QtStream::attend()
{
    m_isCalled = false;
    lookForKind();
    shutdownWhenWritten();
    const Events *events = m_events;
    if (m_isWriteBlocked && !isOver() && queuedBytes() < bufferBytes) {
        m_isWriteBlocked = false;
        m_user->onWritable();
        if (events->isForgotten())
            return;
    }
    if (!m_isReading) {
        if (isOver())
            m_user->onBroken();
    } else if (isOver() || m_owesRead || (m_knowsKind && m_socket->bytesAvailable() > 0)) {
        m_user->onReadable();
    }
}

void QtStream::lookForKind()
{
    char first = 0;
    if (m_knowsKind || m_socket->peek(&first, 1) != 1)
        return;
    m_knowsKind = true;
    if (first == tlsHandshake)
        m_socket->startServerEncryption();
}

void QtStream::setReading(bool on)
{
    m_isReading = on;
    if (isOver() || (on && (m_owesRead || m_socket->bytesAvailable() > 0)))
        callAttend();
}

StreamResult QtStream::read(std::span<char> into)
{
    lookForKind();
    const qint64 bytes = m_knowsKind && m_socket->isOpen() ? m_socket->read(into.data(), qint64(into.size())) : 0;
    m_owesRead = bytes == qint64(into.size());
    if (bytes > 0) {
        if (isOver() || m_owesRead || m_socket->bytesAvailable() > 0)
            callAttend();
        return {State::Open, bytes};
    }
    if (!isOver())
        return {State::Blocked, 0};
    const auto error = m_socket->error();
    const bool isEnd = error == QAbstractSocket::RemoteHostClosedError || error == QAbstractSocket::UnknownSocketError;
    return {isEnd ? State::Ended : State::Failed, 0};
}

StreamResult QtStream::write(std::span<const QByteArrayView> pieces)
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return {State::Failed, 0};
    const qint64 room = bufferBytes - queuedBytes();
    qint64 taken = 0;
    for (const QByteArrayView piece : pieces) {
        const qint64 bytes = std::min(piece.size(), room - taken);
        if (bytes <= 0 || m_socket->write(piece.data(), bytes) != bytes)
            break;
        taken += bytes;
    }
    m_isWriteBlocked = taken == 0;
    return {taken > 0 ? State::Open : State::Blocked, taken};
}

void QtStream::shutdownWrite()
{
    m_isShutting = true;
    shutdownWhenWritten();
}

void QtStream::shutdownWhenWritten()
{
    if (!m_isShutting || queuedBytes() > 0)
        return;
    m_isShutting = false;
#ifdef Q_OS_UNIX
    if (!isEncrypted()) {
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
        return;
    }
#endif
    m_socket->disconnectFromHost();
}

} // namespace lanline::server
