#pragma once

#include "clientset.h"
#include "sample.h"

#include <vector>

namespace lanline::bench {

/// One of a set's connections says something, and a server tells it to all of them, the speaker too. All count what
/// they get; some look at every message, and time it. A server may put several messages into one, each on a line of
/// its own, as the well-known chat hub does.
class FanoutLoad final : private ClientWatcher
{
public:
    /// `timed`: how many look at their messages, spread over the set. The set's clients are open and stay the caller's.
    FanoutLoad(ClientSet &clients, qsizetype payload, int timed);
    ~FanoutLoad() override { m_clients.setWatcher(nullptr); }
    FanoutLoad(const FanoutLoad &) = delete;
    FanoutLoad &operator=(const FanoutLoad &) = delete;

    /// As many as get through for `time`, with at most `window` that not all have got.
    Measured dense(std::chrono::milliseconds time, int window);
    /// `rate` a second, whatever gets through. Each is timed from when it was meant to be sent.
    Measured sparse(std::chrono::milliseconds time, double rate);

private:
    void begin(std::chrono::milliseconds time);
    void publish(SteadyTime intended);
    /// Of this measuring, by the one who has got the fewest.
    quint64 deliveredToAll() const;
    quint64 delivered() const;
    /// A sum from which the number of messages follows, however they were put together.
    static quint64 weight(const RawClient &client) { return client.bytes() + client.messages(); }
    void onMessage(RawClient &client, QByteArrayView message) override;
    bool takeOne(RawClient &client, QByteArrayView message);
    Measured drain();

    struct Subscriber
    {
        quint64 weightBefore = 0; ///< when the measuring began
        quint64 next = 0; ///< number of the message that comes next, if it looks
    };

    ClientSet &m_clients;
    QByteArray m_message;
    std::vector<Subscriber> m_subscribers; ///< by the client's number
    Sample m_sample;
    quint64 m_published = 0; ///< ever
    quint64 m_publishedNow = 0; ///< in this measuring
    SteadyTime m_began;
    SteadyTime m_sendUntil;
};

} // namespace lanline::bench
