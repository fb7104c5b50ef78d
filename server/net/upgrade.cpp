#include "server/net/upgrade.h"

#include "protocol/messages.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <cstring>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

/// A socket without a descriptor: what is read from it was given to it, what is written to it stays in it.
class MemorySocket final : public QTcpSocket
{
public:
    MemorySocket(QByteArray input, const QHostAddress &peer, quint16 port)
        : m_input(std::move(input))
    {
        setPeerAddress(peer);
        setPeerPort(port);
        setOpenMode(QIODevice::ReadWrite);
        setSocketState(QAbstractSocket::ConnectedState);
    }

    const QByteArray &written() const { return m_written; }

    qint64 bytesAvailable() const override { return m_input.size() - m_read + QIODevice::bytesAvailable(); }
    bool canReadLine() const override { return m_input.indexOf('\n', m_read) >= 0 || QIODevice::canReadLine(); }
    void close() override { QIODevice::close(); }
    void disconnectFromHost() override { setSocketState(QAbstractSocket::UnconnectedState); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_input.size() - m_read);
        if (count == 0) // Qt asks for nothing with no place to put it
            return 0;
        std::memcpy(data, m_input.constData() + m_read, size_t(count));
        m_read += count;
        return count;
    }
    qint64 readLineData(char *data, qint64 most) override
    {
        const qsizetype end = m_input.indexOf('\n', m_read);
        return readData(data, end < 0 ? most : std::min<qint64>(most, end + 1 - m_read));
    }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_written.append(data, size);
        return size;
    }

private:
    QByteArray m_input;
    QByteArray m_written;
    qsizetype m_read = 0;
};

} // namespace

HandshakeMaker::HandshakeMaker()
    : m_server(std::make_unique<QWebSocketServer>(u"Lanline"_s, QWebSocketServer::NonSecureMode))
{
    m_server->setSupportedSubprotocols(
        {QString::fromLatin1(protocol::subprotocolProtobuf), QString::fromLatin1(protocol::subprotocolJson)});
}

HandshakeMaker::~HandshakeMaker() = default;

std::optional<Upgrade> HandshakeMaker::shakeHands(const QByteArray &requestHead, const QHostAddress &peer, quint16 port)
{
    MemorySocket socket(requestHead, peer, port);
    m_server->handleConnection(&socket);
    // The server's slot that reads the request is queued.
    QCoreApplication::sendPostedEvents(m_server.get(), QEvent::MetaCall);
    const std::unique_ptr<QWebSocket> accepted(m_server->nextPendingConnection());
    // Both were made children of each other's family; each goes its own way. The answer is complete before the
    // QWebSocket goes, for it may write a close frame.
    socket.setParent(nullptr);
    if (!accepted)
        return std::nullopt;
    accepted->setParent(nullptr);
    QObject::disconnect(&socket, nullptr, accepted.get(), nullptr);
    return Upgrade{socket.written(), accepted->requestUrl().path(), accepted->subprotocol()};
}

} // namespace lanline::server
