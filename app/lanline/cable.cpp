#include "cable.h"

namespace lanline::app {

namespace {

/// More than this waiting on one side, and the other side is not read: the sender feels the back-pressure.
constexpr qint64 mostInFlight = 256 * 1024;

void pump(QTcpSocket &from, QTcpSocket &to)
{
    if (to.bytesToWrite() < mostInFlight)
        to.write(from.read(mostInFlight));
}

} // namespace

/// One relayed connection.
struct Cable::Strand
{
    std::unique_ptr<QTcpSocket> outside;
    QTcpSocket inside;
    bool broken = false;

    explicit Strand(QTcpSocket *accepted)
        : outside(accepted)
    {
        for (QTcpSocket *socket : {outside.get(), &inside}) {
            socket->setReadBufferSize(mostInFlight);
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        }
        join(*outside, inside);
        join(inside, *outside);
        QObject::connect(&inside, &QTcpSocket::connected, outside.get(), [this] { pump(*outside, inside); });
    }

    ~Strand()
    {
        for (QTcpSocket *socket : {outside.get(), &inside}) {
            socket->disconnect();
            socket->abort();
        }
        outside.release()->deleteLater(); // its listener may be on the stack
    }

    void join(QTcpSocket &from, QTcpSocket &to)
    {
        QObject::connect(&from, &QTcpSocket::readyRead, &to, [&from, &to] { pump(from, to); });
        QObject::connect(&to, &QTcpSocket::bytesWritten, &from, [&from, &to] { pump(from, to); });
        QObject::connect(&from, &QTcpSocket::disconnected, &to, [this, &to] {
            broken = true;
            to.disconnectFromHost();
        });
        QObject::connect(&from, &QTcpSocket::errorOccurred, &to, [this, &to] {
            broken = true;
            to.disconnectFromHost();
        });
    }
};

Cable::Cable(const QHostAddress &address, QObject *parent)
    : QObject(parent)
    , m_address(address)
    , m_listener(this)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &Cable::onNewConnection);
}

Cable::~Cable() = default;

quint16 Cable::plug()
{
    if (m_listener.isListening())
        return m_port;
    if (!m_listener.listen(m_address, m_port))
        return 0;
    m_port = m_listener.serverPort();
    return m_port;
}

void Cable::unplug()
{
    m_listener.close();
    m_strands.clear();
}

void Cable::onNewConnection()
{
    std::erase_if(m_strands, [](const auto &strand) { return strand->broken; });
    while (QTcpSocket *accepted = m_listener.nextPendingConnection()) {
        if (m_serverPort == 0) {
            accepted->abort();
            accepted->deleteLater();
            continue;
        }
        accepted->setParent(nullptr);
        auto strand = std::make_unique<Strand>(accepted);
        strand->inside.connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
        m_strands.push_back(std::move(strand));
    }
}

} // namespace lanline::app
