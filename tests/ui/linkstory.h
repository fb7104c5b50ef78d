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
    /// `told`: messages that were told before.
    explicit LinkStory(client::ChatSession &session, quint64 told = 0);

    void online(const QString &person, const QString &server);
    void phase(client::Phase phase, client::Problem problem = client::Problem::None);
    void roundTrip(double secondsAgo, std::chrono::microseconds rtt);
    void ledger(const client::Ledger &ledger);
    void status(const protocol::Status &status);
    void event(client::LinkEvent::Kind kind, double secondsAgo, quint64 replayed = 0);
    /// Of the chart's past; the state's lanes stay as they are.
    void lane(int lane, client::LaneState state, double secondsAgo);
    void failover(double secondsAgo, std::chrono::milliseconds gap, client::Problem problem);
    /// One message's way, with the legs of one's own or of another's, as detailed as can be; `milliseconds` in their
    /// order, as many as there are. Gives its seq.
    quint64 message(double secondsAgo, bool isOwn, const QList<double> &milliseconds,
        const QString &author = QStringLiteral("Alice"), const QString &text = QStringLiteral("Only on port 7."));
    static constexpr int ownLegs = 13;
    static constexpr int othersLegs = 9;
    void stall(ThreadKind thread, double secondsAgo, std::chrono::milliseconds duration, const QString &what = {});
    /// The state itself, to be told with the next phase().
    client::ConnectionState &state() { return m_state; }

private:
    client::ChatSession &m_session;
    SteadyTime m_now;
    WallTime m_wallNow;
    client::ConnectionState m_state;
    quint64 m_seq = 0;
};

} // namespace lanline::test
