#pragma once

#include "httpclients.h"
#include "sample.h"

#include <deque>
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

    /// Posts `rate` a second for `time`, whatever gets through; each is timed from when it was meant to be posted.
    /// Clients poll every `interval`, spread evenly over it, as if they had done so before.
    Measured measure(std::chrono::milliseconds time, double rate, std::chrono::milliseconds interval);

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
    bool isDelivered() const { return nextPublishing() >= m_sendUntil && m_sample.done == m_sample.asked; }
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
    Sample m_sample;
    SteadyTime m_began;
    SteadyTime m_sendUntil;
    SteadyTime m_firstRead;
    SteadyTime m_lastRead;
    std::chrono::steady_clock::duration m_publishEvery{};
    std::chrono::steady_clock::duration m_pollEvery{};
    quint64 m_publishedNow = 0;
    quint64 m_polls = 0; ///< that were due, asked or not
};

} // namespace lanline::bench
