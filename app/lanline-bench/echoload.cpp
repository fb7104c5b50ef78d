#include "echoload.h"

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

} // namespace

EchoLoad::EchoLoad(ClientSet &clients, qsizetype payload)
    : m_clients(clients)
    , m_message(unstampedMessage(payload))
    , m_flights(size_t(clients.size()))
{
    for (qsizetype number = 0; number < clients.size(); ++number)
        clients.at(number).setWhole(true);
    clients.setWatcher(this);
}

void EchoLoad::begin(std::chrono::milliseconds time)
{
    m_sample = {};
    m_began = steady_clock::now();
    m_lastReturned = m_began;
    m_sendUntil = m_began + time;
}

Measured EchoLoad::closedLoop(std::chrono::milliseconds time)
{
    begin(time);
    m_isClosedLoop = true;
    for (qsizetype number = 0; number < m_clients.size(); ++number) {
        queueOne(m_clients.at(number), steady_clock::now());
        m_clients.flush(m_clients.at(number));
    }
    return drain();
}

Measured EchoLoad::openLoop(std::chrono::milliseconds time, double rate)
{
    begin(time);
    m_isClosedLoop = false;
    const auto interval = duration_cast<steady_clock::duration>(std::chrono::duration<double>(1 / rate));
    for (auto now = m_began; now < m_sendUntil && m_clients.failure().isEmpty(); now = steady_clock::now()) {
        sendDue(rate, now);
        m_clients.poll(m_began + interval * m_sample.asked);
    }
    sendDue(rate, m_sendUntil);
    return drain();
}

void EchoLoad::sendDue(double rate, SteadyTime now)
{
    const auto due = quint64(std::chrono::duration<double>(now - m_began).count() * rate);
    while (m_sample.asked < due) {
        RawClient &client = m_clients.at(qsizetype(m_sample.asked % m_flights.size()));
        const std::chrono::duration<double> since(double(m_sample.asked) / rate);
        queueOne(client, m_began + duration_cast<steady_clock::duration>(since));
        m_clients.flush(client);
    }
}

void EchoLoad::queueOne(RawClient &client, SteadyTime intended)
{
    Stamp{m_flights[size_t(client.number())].sent++, intended}.writeTo(m_message);
    m_clients.queue(client, Opcode::Text, m_message);
    ++m_sample.asked;
}

void EchoLoad::onMessage(RawClient &client, QByteArrayView message)
{
    const auto now = steady_clock::now();
    const auto stamp = message.size() == m_message.size() ? Stamp::readFrom(message) : std::nullopt;
    if (!stamp || stamp->number != m_flights[size_t(client.number())].returned++ || !isFillerWhole(message)) {
        m_clients.fail(u"a message came back changed, twice, or out of order"_s);
        return;
    }
    m_sample.latency.record(duration_cast<microseconds>(now - stamp->intended));
    ++m_sample.done;
    m_lastReturned = now;
    if (m_isClosedLoop && now < m_sendUntil) {
        queueOne(client, now);
        m_clients.flush(client);
    }
}

Measured EchoLoad::drain()
{
    while (m_clients.poll(std::max(m_lastReturned, m_sendUntil) + patience)) {
        if (m_sample.done == m_sample.asked && steady_clock::now() >= m_sendUntil)
            break;
        if (steady_clock::now() > std::max(m_lastReturned, m_sendUntil) + patience)
            m_clients.fail(u"%1 of %2 messages came back"_s.arg(m_sample.done).arg(m_sample.asked));
    }
    if (!m_clients.failure().isEmpty())
        return unexpected(m_clients.failure());
    m_sample.elapsed = duration_cast<microseconds>(m_lastReturned - m_began);
    return m_sample;
}

} // namespace lanline::bench
