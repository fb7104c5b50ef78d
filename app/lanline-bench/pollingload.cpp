#include "pollingload.h"

#include "app/loadtest/stamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace loadtest;
using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto patience = 10s;
constexpr auto path = "/messages";
/// Behind all that is there: the answer tells where the history ends, and nothing of it.
constexpr qint64 farBehind = std::numeric_limits<qint64>::max();

QByteArray pathSince(quint64 number)
{
    return path + QByteArray("?since=") + QByteArray::number(number);
}

} // namespace

PollingLoad::PollingLoad(HttpClients &clients, qsizetype payload)
    : m_clients(clients)
    , m_message(unstampedMessage(payload))
    , m_subscribers(size_t(clients.size()) - 1)
{
    clients.setOnAnswer([this](HttpClient &client, const QByteArray &body) { onAnswer(client, body); });
}

Measured PollingLoad::measure(
    std::chrono::milliseconds time, double rate, std::chrono::milliseconds interval, const CpuTime &cpuTime)
{
    enter();
    m_sample = {};
    m_delivered = 0;
    m_publishedNow = 0;
    m_polls = 0;
    m_publishEvery = duration_cast<steady_clock::duration>(std::chrono::duration<double>(1 / rate));
    m_pollEvery = interval;
    m_began = steady_clock::now();
    m_countFrom = m_began + interval;
    m_sendUntil = m_countFrom + interval * std::max<qint64>(time / interval, 1);
    m_counting = Counting::NotYet;
    m_isMeasuring = true;
    const auto giveUp = m_sendUntil + interval + patience;
    while (m_clients.failure().isEmpty() && !isDelivered()) {
        const auto now = steady_clock::now();
        countWhatIsDue(now, cpuTime);
        publishWhatIsDue(now);
        pollWhoIsDue(now);
        if (now > giveUp)
            m_clients.fail(u"%1 of %2 deliveries came"_s.arg(m_delivered).arg(m_publishedNow * m_subscribers.size()));
        m_clients.poll(std::min(isAllPublished() ? giveUp : nextPublishing(), nextPolling()));
    }
    m_isMeasuring = false;
    if (!m_clients.failure().isEmpty())
        return unexpected(m_clients.failure());
    m_sample.asked = m_sample.done; // all that was published has come, and else it has failed
    return m_sample;
}

void PollingLoad::countWhatIsDue(SteadyTime now, const CpuTime &cpuTime)
{
    if (m_counting == Counting::NotYet && now >= m_countFrom) {
        m_counting = Counting::Now;
        m_countFrom = now;
        m_sample.requests = m_clients.requests();
        m_sample.wireBytes = m_clients.wireBytes();
        m_sample.serverCpu = cpuTime();
    } else if (m_counting == Counting::Now && now >= m_sendUntil) {
        m_counting = Counting::Done;
        m_sample.requests = m_clients.requests() - m_sample.requests;
        m_sample.wireBytes = m_clients.wireBytes() - m_sample.wireBytes;
        m_sample.serverCpu = cpuTime() - m_sample.serverCpu;
        m_sample.elapsed = duration_cast<microseconds>(now - m_countFrom);
    }
}

void PollingLoad::enter()
{
    const auto giveUp = steady_clock::now() + patience;
    const auto allIdle = [this] {
        for (qsizetype number = 0; number < m_clients.size(); ++number) {
            if (!m_clients.at(number).isIdle())
                return false;
        }
        return true;
    };
    const auto wait = [&] {
        while (m_clients.failure().isEmpty() && !allIdle()) {
            if (steady_clock::now() > giveUp)
                m_clients.fail(u"a request got no answer"_s);
            m_clients.poll(giveUp);
        }
    };
    wait();
    if (!m_clients.failure().isEmpty())
        return;
    for (size_t number = 0; number < m_subscribers.size(); ++number) {
        m_subscribers[number] = {quint64(farBehind), m_published, false};
        poll(m_clients.at(qsizetype(number)));
    }
    wait();
}

SteadyTime PollingLoad::nextPublishing() const
{
    return m_began + m_publishEvery * m_publishedNow;
}

SteadyTime PollingLoad::nextPolling() const
{
    return m_began + m_pollEvery * m_polls / m_subscribers.size();
}

void PollingLoad::publishWhatIsDue(SteadyTime now)
{
    for (auto next = nextPublishing(); next <= now && next < m_sendUntil; next = nextPublishing()) {
        Stamp{m_published++, next}.writeTo(m_message);
        ++m_publishedNow;
        m_waiting.push_back(m_message);
    }
    if (poster().isIdle())
        postNext();
}

void PollingLoad::postNext()
{
    if (m_waiting.empty())
        return;
    m_clients.post(poster(), path, m_waiting.front());
    m_waiting.pop_front();
}

void PollingLoad::pollWhoIsDue(SteadyTime now)
{
    for (; nextPolling() <= now; ++m_polls) {
        const size_t number = m_polls % m_subscribers.size();
        const bool hasAll = isAllPublished() && m_subscribers[number].next == m_published;
        HttpClient &client = m_clients.at(qsizetype(number));
        if (!hasAll && client.isIdle())
            poll(client);
        else
            m_subscribers[number].isLate = !hasAll;
    }
}

void PollingLoad::poll(HttpClient &client)
{
    Subscriber &subscriber = m_subscribers[size_t(client.number())];
    subscriber.isLate = false;
    m_clients.get(client, pathSince(subscriber.since));
}

void PollingLoad::onAnswer(HttpClient &client, const QByteArray &body)
{
    if (isPoster(client)) {
        postNext();
        return;
    }
    onMessages(client, body);
    if (m_subscribers[size_t(client.number())].isLate && m_clients.failure().isEmpty())
        poll(client);
}

void PollingLoad::onMessages(HttpClient &client, const QByteArray &body)
{
    const auto read = steady_clock::now();
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    const QJsonValue last = answer.value("last"_L1);
    const QJsonValue messages = answer.value("messages"_L1);
    if (!last.isDouble() || !messages.isArray() || (!m_isMeasuring && !messages.toArray().isEmpty())) {
        m_clients.fail(u"an answer is not what was asked for: %1"_s.arg(QString::fromUtf8(body.left(200))));
        return;
    }
    m_subscribers[size_t(client.number())].since = quint64(last.toInteger());
    for (const QJsonValue message : messages.toArray()) {
        if (!takeOne(client, message.toString(), read))
            return;
    }
}

bool PollingLoad::takeOne(HttpClient &client, const QString &text, SteadyTime read)
{
    const QByteArray message = text.toLatin1();
    const auto stamp = message.size() == m_message.size() ? Stamp::readFrom(message) : std::nullopt;
    if (!stamp || stamp->number != m_subscribers[size_t(client.number())].next++ || !isFillerWhole(message)) {
        m_clients.fail(u"a message came changed, twice, or out of order"_s);
        return false;
    }
    ++m_delivered;
    if (m_counting != Counting::Now)
        return true;
    ++m_sample.done;
    m_sample.latency.record(duration_cast<microseconds>(read - stamp->intended));
    return true;
}

} // namespace lanline::bench
