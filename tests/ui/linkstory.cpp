#include "linkstory.h"

#include <array>

namespace lanline::test {

namespace {

template <class Duration>
Duration ago(double seconds)
{
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

using client::Family;
using client::Hop;

struct Way
{
    Hop hop;
    Family family;
    int microsecondsOfError = 0;
};

constexpr std::array ownWay{Way{Hop::Composed, Family::Threads}, Way{Hop::Kept, Family::Io},
    Way{Hop::Queued, Family::BackPressure}, Way{Hop::Encoded, Family::Threads}, Way{Hop::Uplink, Family::Network, 400},
    Way{Hop::Routed, Family::Threads}, Way{Hop::QueuedForDisk, Family::Io}, Way{Hop::Stored, Family::Io},
    Way{Hop::FannedOut, Family::Threads}, Way{Hop::Downlink, Family::Network, 400},
    Way{Hop::Held, Family::BackPressure}, Way{Hop::Decoded, Family::Threads}, Way{Hop::Shown, Family::Threads}};
static_assert(ownWay.size() == LinkStory::ownLegs);
constexpr std::array othersWay{Way{Hop::Sender, Family::Threads}, Way{Hop::Uplink, Family::Network, 400},
    Way{Hop::Stored, Family::Io}, Way{Hop::FannedOut, Family::Threads}, Way{Hop::Downlink, Family::Network, 400},
    Way{Hop::Held, Family::BackPressure}, Way{Hop::Decoded, Family::Threads}, Way{Hop::Shown, Family::Threads},
    Way{Hop::Painted, Family::Threads}};
static_assert(othersWay.size() == LinkStory::othersLegs);

template <class Ways>
QList<client::Leg> legsOf(const Ways &ways, const QList<double> &milliseconds)
{
    QList<client::Leg> legs;
    for (std::size_t i = 0; i < ways.size() && qsizetype(i) < milliseconds.size(); ++i) {
        client::Leg leg;
        leg.hop = ways[i].hop;
        leg.family = ways[i].family;
        leg.duration = std::chrono::microseconds(qRound64(milliseconds[qsizetype(i)] * 1000));
        leg.error = std::chrono::microseconds(ways[i].microsecondsOfError);
        legs.append(leg);
    }
    return legs;
}

} // namespace

LinkStory::LinkStory(client::ChatSession &session, quint64 told)
    : m_session(session)
    , m_now(SystemTime().now())
    , m_wallNow(SystemTime().wallNow())
    , m_seq(told)
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

quint64 LinkStory::message(
    double secondsAgo, bool isOwn, const QList<double> &milliseconds, const QString &author, const QString &text)
{
    client::MessageTrace trace;
    trace.room = RoomId(QStringLiteral("design"));
    trace.seq = ++m_seq;
    trace.author = UserId(isOwn ? 1 : 2);
    trace.isOwn = isOwn;
    trace.isDetailed = true;
    trace.endedAt = m_now - ago<SteadyTime::duration>(secondsAgo);
    trace.wallAt = m_wallNow - ago<std::chrono::milliseconds>(secondsAgo);
    trace.legs = isOwn ? legsOf(ownWay, milliseconds) : legsOf(othersWay, milliseconds);
    client::TimelineUpdate update;
    update.room = trace.room;
    update.fromSeq = update.toSeq = trace.seq;
    protocol::Event event;
    event.seq = trace.seq;
    event.messageId = trace.messageId = makeMessageId(trace.wallAt.time_since_epoch().count());
    event.author.id = trace.author;
    event.author.name = author;
    event.storedAt = trace.wallAt;
    event.text = text;
    update.events.append(event);
    Q_EMIT m_session.timelineChanged(update);
    Q_EMIT m_session.messagesTraced({trace});
    return trace.seq;
}

void LinkStory::stall(ThreadKind thread, double secondsAgo, std::chrono::milliseconds duration, const QString &what)
{
    client::ThreadReport report;
    report.stalls.append({thread, m_now - ago<SteadyTime::duration>(secondsAgo), duration, what, 0});
    Q_EMIT m_session.threadsMeasured(report);
}

} // namespace lanline::test
