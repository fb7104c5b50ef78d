#include "tests/support/relay.h"

#include <QTcpSocket>

namespace lanline {

struct Relay::Strand
{
    std::unique_ptr<QTcpSocket> outside;
    std::unique_ptr<QTcpSocket> inside;
};

Relay::Relay(const QHostAddress &address, QObject *parent)
    : QObject(parent)
    , m_address(address)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &Relay::onNewConnection);
}

Relay::~Relay()
{
    cut();
}

quint16 Relay::open()
{
    if (!m_listener.isListening() && !m_listener.listen(m_address, m_port))
        return 0;
    m_port = m_listener.serverPort();
    return m_port;
}

void Relay::cut()
{
    m_listener.close();
    for (Strand &strand : m_strands) {
        for (QTcpSocket *socket : {strand.outside.get(), strand.inside.get()}) {
            socket->disconnect(this);
            // Nothing lingers: the other end hears of a reset.
            socket->abort();
        }
    }
    m_strands.clear();
}

void Relay::onNewConnection()
{
    while (QTcpSocket *accepted = m_listener.nextPendingConnection()) {
        accepted->setParent(nullptr);
        Strand &strand =
            m_strands.emplace_back(Strand{std::unique_ptr<QTcpSocket>(accepted), std::make_unique<QTcpSocket>()});
        join(*strand.outside, *strand.inside);
        join(*strand.inside, *strand.outside);
        strand.inside->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    }
}

void Relay::join(QTcpSocket &from, QTcpSocket &to)
{
    from.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&from, &QTcpSocket::readyRead, this, [this, &from, &to] {
        const QByteArray bytes = from.readAll();
        if (m_isSilent)
            return;
        m_bytes += bytes.size();
        // Until it is connected, the socket keeps what is written.
        to.write(bytes);
    });
    connect(&from, &QTcpSocket::disconnected, this, [this, &to] {
        if (!m_isSilent)
            to.disconnectFromHost();
    });
}

} // namespace lanline
