#include "pollingload.h"

#include "stamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
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

Measured PollingLoad::measure(std::chrono::milliseconds time, double rate, std::chrono::milliseconds interval)
{
    enter();
    const quint64 requestsBefore = m_clients.requests();
    const quint64 bytesBefore = m_clients.wireBytes();
    m_sample = {};
    m_publishedNow = 0;
    m_polls = 0;
    m_publishEvery = duration_cast<steady_clock::duration>(std::chrono::duration<double>(1 / rate));
    m_pollEvery = interval;
    m_began = steady_clock::now();
    m_sendUntil = m_began + time;
    m_isMeasuring = true;
    const auto giveUp = m_sendUntil + interval + patience;
    while (m_clients.failure().isEmpty() && !isDelivered()) {
        const auto now = steady_clock::now();
        publishWhatIsDue(now);
        pollWhoIsDue(now);
        if (now > giveUp)
            m_clients.fail(u"%1 of %2 deliveries came"_s.arg(m_sample.done).arg(m_sample.asked));
        m_clients.poll(std::min({nextPublishing(), nextPolling(), giveUp}));
    }
    m_isMeasuring = false;
    if (!m_clients.failure().isEmpty())
        return unexpected(m_clients.failure());
    // From the first delivery on: before that nothing can come, and behind the last post it comes as late.
    m_sample.elapsed = duration_cast<microseconds>(m_lastRead - m_firstRead + m_publishEvery);
    m_sample.requests = m_clients.requests() - requestsBefore;
    m_sample.wireBytes = m_clients.wireBytes() - bytesBefore;
    return m_sample;
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
    return m_began + m_pollEvery + m_pollEvery * m_polls / m_subscribers.size();
}

void PollingLoad::publishWhatIsDue(SteadyTime now)
{
    for (auto next = nextPublishing(); next <= now && next < m_sendUntil; next = nextPublishing()) {
        Stamp{m_published++, next}.writeTo(m_message);
        ++m_publishedNow;
        m_sample.asked += m_subscribers.size();
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
        const bool hasAll = nextPublishing() >= m_sendUntil && m_subscribers[number].next == m_published;
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
    for (const QJsonValue &message : messages.toArray()) {
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
    if (m_sample.done++ == 0)
        m_firstRead = read;
    m_lastRead = read;
    m_sample.latency.record(duration_cast<microseconds>(read - stamp->intended));
    return true;
}

} // namespace lanline::bench
