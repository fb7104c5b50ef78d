#include "fanoutload.h"

#include "app/loadtest/stamp.h"

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace loadtest;
using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto patience = 10s;
/// The window is filled up once this part of it is free: a server that takes what has come together shall find some.
constexpr int refillShare = 2;

} // namespace

FanoutLoad::FanoutLoad(ClientSet &clients, qsizetype payload, int timed)
    : m_clients(clients)
    , m_message(unstampedMessage(payload))
    , m_subscribers(size_t(clients.size()))
{
    const qsizetype step = std::max<qsizetype>(clients.size() / timed, 1);
    for (qsizetype number = 0; number < clients.size(); number += step)
        clients.at(number).setWhole(true);
    clients.setWatcher(this);
}

void FanoutLoad::begin(std::chrono::milliseconds time)
{
    m_sample = {};
    m_publishedNow = 0;
    for (qsizetype number = 0; number < m_clients.size(); ++number)
        m_subscribers[size_t(number)].weightBefore = weight(m_clients.at(number));
    m_began = steady_clock::now();
    m_sendUntil = m_began + time;
}

void FanoutLoad::publish(SteadyTime intended)
{
    Stamp{m_published++, intended}.writeTo(m_message);
    ++m_publishedNow;
    m_clients.queue(m_clients.at(0), Opcode::Text, m_message);
}

Measured FanoutLoad::dense(std::chrono::milliseconds time, int window)
{
    begin(time);
    const auto least = quint64(std::max(window / refillShare, 1));
    for (auto now = m_began; now < m_sendUntil; now = steady_clock::now()) {
        const quint64 room = quint64(window) - (m_publishedNow - deliveredToAll());
        if (room >= least) {
            for (quint64 i = 0; i < room; ++i)
                publish(now);
            m_clients.flush(m_clients.at(0));
        }
        if (!m_clients.poll(m_sendUntil))
            break;
    }
    return drain();
}

Measured FanoutLoad::sparse(std::chrono::milliseconds time, double rate)
{
    begin(time);
    const auto interval = duration_cast<steady_clock::duration>(std::chrono::duration<double>(1 / rate));
    while (m_clients.failure().isEmpty()) {
        const auto next = m_began + interval * m_publishedNow;
        if (next >= m_sendUntil)
            break;
        if (steady_clock::now() >= next) {
            publish(next);
            m_clients.flush(m_clients.at(0));
        } else {
            m_clients.poll(next);
        }
    }
    return drain();
}

quint64 FanoutLoad::deliveredToAll() const
{
    quint64 least = std::numeric_limits<quint64>::max();
    for (qsizetype number = 0; number < m_clients.size(); ++number) {
        least = std::min(least, weight(m_clients.at(number)) - m_subscribers[size_t(number)].weightBefore);
    }
    return least / quint64(m_message.size() + 1);
}

quint64 FanoutLoad::delivered() const
{
    quint64 sum = 0;
    for (qsizetype number = 0; number < m_clients.size(); ++number)
        sum += weight(m_clients.at(number)) - m_subscribers[size_t(number)].weightBefore;
    return sum / quint64(m_message.size() + 1);
}

void FanoutLoad::onMessage(RawClient &client, QByteArrayView message)
{
    const qsizetype size = m_message.size();
    while (message.size() > size && message[size] == '\n') {
        if (!takeOne(client, message.first(size)))
            return;
        message = message.sliced(size + 1);
    }
    takeOne(client, message);
}

bool FanoutLoad::takeOne(RawClient &client, QByteArrayView message)
{
    const auto stamp = message.size() == m_message.size() ? Stamp::readFrom(message) : std::nullopt;
    if (!stamp || stamp->number != m_subscribers[size_t(client.number())].next++ || !isFillerWhole(message)) {
        m_clients.fail(u"a message came changed, twice, or out of order"_s);
        return false;
    }
    m_sample.latency.record(duration_cast<microseconds>(steady_clock::now() - stamp->intended));
    return true;
}

Measured FanoutLoad::drain()
{
    const quint64 asked = m_publishedNow * m_subscribers.size();
    const auto giveUp = steady_clock::now() + patience;
    while (m_clients.failure().isEmpty() && deliveredToAll() < m_publishedNow) {
        if (steady_clock::now() > giveUp)
            m_clients.fail(u"%1 of %2 deliveries came"_s.arg(delivered()).arg(asked));
        m_clients.poll(giveUp);
    }
    m_sample.elapsed = duration_cast<microseconds>(steady_clock::now() - m_began);
    m_sample.asked = asked;
    m_sample.done = delivered();
    if (m_clients.failure().isEmpty() && m_sample.done != asked)
        m_clients.fail(u"%1 deliveries came of %2"_s.arg(m_sample.done).arg(asked));
    if (!m_clients.failure().isEmpty())
        return unexpected(m_clients.failure());
    return m_sample;
}

} // namespace lanline::bench
