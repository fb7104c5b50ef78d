#include "tests/support/relay.h"

#include <QTcpSocket>
#include <QTimer>

namespace lanline {

using std::chrono::steady_clock;

/// One direction of a connection, and what is on its way there.
struct Relay::Lane
{
    struct Held
    {
        Time came;
        QByteArray bytes;
    };
    Direction direction;
    std::chrono::milliseconds delay;
    std::deque<Held> held{};
    std::unique_ptr<QTimer> timer{};
    bool isEnding = false; ///< once nothing is held any more
};

struct Relay::Strand
{
    std::unique_ptr<QTcpSocket> outside;
    std::unique_ptr<QTcpSocket> inside;
    Lane up;
    Lane down;
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

void Relay::setDelays(std::chrono::milliseconds up, std::chrono::milliseconds down)
{
    m_delayUp = up;
    m_delayDown = down;
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
        Strand &strand = m_strands.emplace_back(Strand{std::unique_ptr<QTcpSocket>(accepted),
            std::make_unique<QTcpSocket>(), {Direction::Up, m_delayUp}, {Direction::Down, m_delayDown}});
        join(*strand.outside, *strand.inside, strand.up);
        join(*strand.inside, *strand.outside, strand.down);
        strand.inside->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    }
}

void Relay::join(QTcpSocket &from, QTcpSocket &to, Lane &lane)
{
    const auto quickly = [&from] { from.setSocketOption(QAbstractSocket::LowDelayOption, 1); };
    connect(&from, &QTcpSocket::connected, this, quickly);
    quickly();
    lane.timer = std::make_unique<QTimer>();
    lane.timer->setSingleShot(true);
    lane.timer->setTimerType(Qt::PreciseTimer);
    connect(lane.timer.get(), &QTimer::timeout, this, [this, &to, &lane] { release(to, lane); });
    connect(&from, &QTcpSocket::readyRead, this, [this, &from, &to, &lane] {
        const Time now = steady_clock::now();
        const QByteArray bytes = from.readAll();
        if (m_isSilent)
            return;
        m_bytes += bytes.size();
        lane.held.push_back({now, bytes});
        if (lane.held.size() == 1)
            release(to, lane);
    });
    connect(&from, &QTcpSocket::disconnected, this, [this, &to, &lane] {
        if (m_isSilent)
            return;
        lane.isEnding = true;
        release(to, lane);
    });
}

void Relay::release(QTcpSocket &to, Lane &lane)
{
    while (!lane.held.empty()) {
        const auto left = lane.held.front().came + lane.delay - steady_clock::now();
        if (left > Time::duration::zero()) {
            lane.timer->start(std::chrono::ceil<std::chrono::milliseconds>(left));
            return;
        }
        const Lane::Held passing = std::move(lane.held.front());
        lane.held.pop_front();
        // Until it is connected, the socket keeps what is written.
        to.write(passing.bytes);
        if (to.state() == QAbstractSocket::ConnectedState)
            to.flush();
        m_passages.append({lane.direction, passing.came, steady_clock::now()});
        if (m_passages.size() > passagesKept)
            m_passages.removeFirst();
    }
    if (lane.isEnding)
        to.disconnectFromHost();
}

} // namespace lanline
