#pragma once

#include "client/chatsession.h"

#include <chrono>

namespace lanline::test {

/// Tells a panel about a link through its session's public signals, as if it had been measured: a way to write
/// "five minutes with an outage" without waiting for it.
class LinkStory
{
public:
    /// Everything is told in seconds before now.
    explicit LinkStory(client::ChatSession &session);

    void online(const QString &person, const QString &server);
    void phase(client::Phase phase, client::Problem problem = client::Problem::None);
    void roundTrip(double secondsAgo, std::chrono::microseconds rtt);
    void ledger(const client::Ledger &ledger);
    void status(const protocol::Status &status);
    void event(client::LinkEvent::Kind kind, double secondsAgo, quint64 replayed = 0);
    /// Of the chart's past; the state's lanes stay as they are.
    void lane(int lane, client::LaneState state, double secondsAgo);
    void failover(double secondsAgo, std::chrono::milliseconds gap, client::Problem problem);
    /// The state itself, to be told with the next phase().
    client::ConnectionState &state() { return m_state; }

private:
    client::ChatSession &m_session;
    SteadyTime m_now;
    WallTime m_wallNow;
    client::ConnectionState m_state;
};

} // namespace lanline::test
