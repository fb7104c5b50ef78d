#pragma once

#include "httpclients.h"
#include "sample.h"

#include <deque>
#include <functional>
#include <vector>

namespace lanline::bench {

/// A chat without a WebSocket: one says something by POST /messages, the others ask with GET /messages?since=N again
/// and again what has been said behind message N. All look at each message, and time it.
class PollingLoad
{
public:
    /// `clients`: open, one more than those who poll: the last one posts. They stay the caller's.
    PollingLoad(HttpClients &clients, qsizetype payload);
    ~PollingLoad() { m_clients.setOnAnswer({}); }
    PollingLoad(const PollingLoad &) = delete;
    PollingLoad &operator=(const PollingLoad &) = delete;

    using CpuTime = std::function<std::chrono::nanoseconds()>;

    /// Posts `rate` a second, whatever gets through; each is timed from when it was meant to be posted. Clients poll
    /// every `interval`, spread evenly over it. What counts is a span of about `time`, a whole number of intervals, as
    /// cut out of a day: behind an interval that fills it, and before one in which the last messages come. `cpuTime`
    /// tells what the server has spent.
    Measured measure(
        std::chrono::milliseconds time, double rate, std::chrono::milliseconds interval, const CpuTime &cpuTime);

private:
    struct Subscriber
    {
        quint64 since = 0; ///< the server's number of the last message that it knows
        quint64 next = 0; ///< the load's number of the one that comes next
        bool isLate = false; ///< it was to poll while an answer was still under way
    };

    /// All of them learn where the history ends.
    void enter();
    void publishWhatIsDue(SteadyTime now);
    void pollWhoIsDue(SteadyTime now);
    void poll(HttpClient &client);
    bool isPoster(const HttpClient &client) const { return client.number() == int(m_subscribers.size()); }
    HttpClient &poster() { return m_clients.at(qsizetype(m_subscribers.size())); }
    void postNext();
    SteadyTime nextPublishing() const;
    SteadyTime nextPolling() const;
    bool isAllPublished() const { return nextPublishing() >= m_sendUntil; }
    bool isDelivered() const
    {
        return isAllPublished() && m_delivered == m_publishedNow * m_subscribers.size() && m_counting == Counting::Done;
    }
    /// Begins and ends the span that counts.
    void countWhatIsDue(SteadyTime now, const CpuTime &cpuTime);
    void onAnswer(HttpClient &client, const QByteArray &body);
    void onMessages(HttpClient &client, const QByteArray &body);
    bool takeOne(HttpClient &client, const QString &text, SteadyTime read);

    HttpClients &m_clients;
    QByteArray m_message;
    std::vector<Subscriber> m_subscribers; ///< by the client's number
    std::deque<QByteArray> m_waiting; ///< for the one who posts, while an answer is under way
    quint64 m_published = 0; ///< ever
    bool m_isMeasuring = false;

    // One measuring
    enum class Counting : quint8 { NotYet, Now, Done };
    Counting m_counting = Counting::NotYet;
    Sample m_sample;
    quint64 m_delivered = 0; ///< of all that are published, counted or not
    SteadyTime m_began;
    SteadyTime m_countFrom;
    SteadyTime m_sendUntil; ///< and count
    std::chrono::steady_clock::duration m_publishEvery{};
    std::chrono::steady_clock::duration m_pollEvery{};
    quint64 m_publishedNow = 0;
    quint64 m_polls = 0; ///< that were due, asked or not
};

} // namespace lanline::bench
