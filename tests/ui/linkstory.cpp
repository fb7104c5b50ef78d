#include "linkstory.h"

namespace lanline::test {

namespace {

template <class Duration>
Duration ago(double seconds)
{
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

} // namespace

LinkStory::LinkStory(client::ChatSession &session)
    : m_session(session)
    , m_now(SystemTime().now())
    , m_wallNow(SystemTime().wallNow())
{
    m_state.url = QUrl(QStringLiteral("ws://192.168.1.20:47100/"));
}

void LinkStory::online(const QString &person, const QString &server)
{
    m_state.self.id = UserId(1);
    m_state.self.name = person;
    m_state.serverName = server;
    phase(client::Phase::Online);
}

void LinkStory::phase(client::Phase phase, client::Problem problem)
{
    m_state.phase = phase;
    m_state.problem = problem;
    Q_EMIT m_session.stateChanged(m_state);
}

void LinkStory::roundTrip(double secondsAgo, std::chrono::microseconds rtt)
{
    client::RoundTrip roundTrip;
    roundTrip.at = m_now - ago<SteadyTime::duration>(secondsAgo);
    roundTrip.wallAt = m_wallNow - ago<std::chrono::milliseconds>(secondsAgo);
    roundTrip.rtt = rtt;
    Q_EMIT m_session.roundTripMeasured(roundTrip);
}

void LinkStory::ledger(const client::Ledger &ledger)
{
    Q_EMIT m_session.ledgerChanged(ledger);
}

void LinkStory::status(const protocol::Status &status)
{
    Q_EMIT m_session.statusReceived(status);
}

void LinkStory::event(client::LinkEvent::Kind kind, double secondsAgo, quint64 replayed)
{
    client::LinkEvent event;
    event.kind = kind;
    event.at = m_now - ago<SteadyTime::duration>(secondsAgo);
    event.wallAt = m_wallNow - ago<std::chrono::milliseconds>(secondsAgo);
    event.replayed = replayed;
    Q_EMIT m_session.linkEventHappened(event);
}

void LinkStory::lane(int lane, client::LaneState state, double secondsAgo)
{
    client::LinkEvent event;
    event.kind = client::LinkEvent::Kind::LaneChanged;
    event.at = m_now - ago<SteadyTime::duration>(secondsAgo);
    event.wallAt = m_wallNow - ago<std::chrono::milliseconds>(secondsAgo);
    event.lane = lane;
    event.laneState = state;
    Q_EMIT m_session.linkEventHappened(event);
}

void LinkStory::failover(double secondsAgo, std::chrono::milliseconds gap, client::Problem problem)
{
    client::LinkEvent event;
    event.kind = client::LinkEvent::Kind::FailedOver;
    event.at = m_now - ago<SteadyTime::duration>(secondsAgo);
    event.wallAt = m_wallNow - ago<std::chrono::milliseconds>(secondsAgo);
    event.outage = gap;
    event.problem = problem;
    Q_EMIT m_session.linkEventHappened(event);
}

} // namespace lanline::test
