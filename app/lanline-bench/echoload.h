#pragma once

#include "clientset.h"
#include "sample.h"

#include <vector>

namespace lanline::bench {

/// The connections of a set send messages to a server that returns each. All that comes back is compared with what was
/// sent: a message that is missing, changed or out of order is a failure.
class EchoLoad final : private ClientWatcher
{
public:
    /// The set's clients are open, stay the caller's, and take their messages whole from now on.
    EchoLoad(ClientSet &clients, qsizetype payload);
    ~EchoLoad() override { m_clients.setWatcher(nullptr); }
    EchoLoad(const EchoLoad &) = delete;
    EchoLoad &operator=(const EchoLoad &) = delete;

    /// One in flight per connection, for `time` and until the last is back.
    Measured closedLoop(std::chrono::milliseconds time);
    /// `rate` messages per second over all connections by turns, whatever comes back. Each is timed from when it was
    /// meant to be sent.
    Measured openLoop(std::chrono::milliseconds time, double rate);

private:
    struct Flight
    {
        quint64 sent = 0;
        quint64 returned = 0;
    };

    void begin(std::chrono::milliseconds time);
    void sendDue(double rate, SteadyTime now);
    void queueOne(RawClient &client, SteadyTime intended);
    void onMessage(RawClient &client, QByteArrayView message) override;
    Measured drain();

    ClientSet &m_clients;
    QByteArray m_message;
    std::vector<Flight> m_flights; ///< by the client's number
    Sample m_sample;
    SteadyTime m_began;
    SteadyTime m_sendUntil;
    SteadyTime m_lastReturned;
    bool m_isClosedLoop = true;
};

} // namespace lanline::bench
