#include "client/tracer.h"

#include "client/clockoffset.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

constexpr size_t mostStored = 256;

} // namespace

void Tracer::onRoundTrip(const RoundTrip &trip)
{
    m_lastTrip = trip;
}

void Tracer::onLinkChanged()
{
    m_onTheWay.clear();
    m_leaving.clear();
    m_lastTrip.reset();
}

std::optional<ServerClock> Tracer::clock() const
{
    if (!m_lastTrip)
        return std::nullopt;
    const auto age = std::chrono::duration_cast<microseconds>(m_time.now() - m_lastTrip->at);
    return ServerClock{m_lastTrip->clockOffset, m_lastTrip->clockError + age * ClockOffset::driftPpm / 1'000'000};
}

// ---- the way out --------------------------------------------------------------------------------------------------

void Tracer::onAccepted(const OutboxItem &item)
{
    if (item.tracedFrom == SteadyTime{})
        return;
    // So many wait only where the server has stopped to answer, and then their times are not what is of interest.
    if (m_onTheWay.size() >= mostOnTheWay)
        m_onTheWay.clear();
    OnTheWay way;
    way.points.composed = item.tracedFrom;
    way.points.accepted = m_time.now();
    m_onTheWay.insert(item.messageId, way);
}

void Tracer::onMarking(const QList<OutboxItem> &items)
{
    if (m_onTheWay.isEmpty())
        return;
    const SteadyTime now = m_time.now();
    for (const OutboxItem &item : items) {
        const auto way = m_onTheWay.find(item.messageId);
        if (way != m_onTheWay.end())
            way->markedSince = now;
    }
}

void Tracer::onKept(const QList<MessageId> &messages)
{
    if (m_onTheWay.isEmpty())
        return;
    const SteadyTime now = m_time.now();
    for (const MessageId &message : messages) {
        const auto way = m_onTheWay.find(message);
        if (way == m_onTheWay.end())
            continue;
        if (!std::exchange(way->isKept, true))
            way->points.kept = now;
        else if (const auto since = std::exchange(way->markedSince, std::nullopt))
            way->points.marked += std::chrono::duration_cast<microseconds>(now - *since);
    }
}

protocol::SendTrace Tracer::onLeaving(const MessageId &message)
{
    const auto way = m_onTheWay.find(message);
    if (way == m_onTheWay.end() || !way->isKept)
        return {};
    SentPoints &points = way->points;
    // One that goes once more has waited for the server all along.
    points.left = m_time.now();
    m_leaving.append(message);
    protocol::SendTrace trace;
    trace.total = protocol::ticksOf(points.left - points.composed);
    trace.disk = protocol::ticksOf(points.kept - points.accepted + points.marked);
    trace.held = protocol::ticksOf(points.left - points.kept - points.marked);
    if (const auto reading = clock())
        trace.sentAt = protocol::clockTicks(points.left + reading->offset);
    return trace;
}

void Tracer::onWritten()
{
    if (m_leaving.isEmpty())
        return;
    const SteadyTime now = m_time.now();
    for (const MessageId &message : std::as_const(m_leaving)) {
        const auto way = m_onTheWay.find(message);
        if (way == m_onTheWay.end())
            continue;
        way->points.written = now;
        way->isWritten = true;
    }
    m_leaving.clear();
}

void Tracer::onGone(const MessageId &message)
{
    m_onTheWay.remove(message);
}

// ---- the way in ---------------------------------------------------------------------------------------------------

TracePoints Tracer::pointsOf(const Arrival &arrival) const
{
    TracePoints points;
    points.arrived = arrival.arrived;
    points.taken = arrival.taken;
    points.clock = clock();
    if (m_lastTrip)
        points.roundTrip = std::max(m_lastTrip->rtt - m_lastTrip->serverTime, 0us);
    return points;
}

void Tracer::onStored(const protocol::Stored &stored, UserId self, const Arrival &arrival)
{
    const auto way = m_onTheWay.find(stored.messageId);
    if (way == m_onTheWay.end())
        return;
    const OnTheWay known = *way;
    m_onTheWay.erase(way);
    // A duplicate was measured when it came first, or by another link; without ticks the server does not trace.
    if (!known.isWritten || stored.isDuplicate || stored.store.count() == 0)
        return;
    m_stored.push_back(stored.messageId);
    if (m_stored.size() > mostStored)
        m_stored.pop_front();
    TracePoints points = pointsOf(arrival);
    points.room = stored.room;
    points.seq = stored.seq;
    points.messageId = stored.messageId;
    points.author = self;
    points.own = known.points;
    points.store = stored.store;
    points.told = stored.told;
    m_come.append(points);
}

void Tracer::onLive(const RoomId &room, const QList<protocol::Event> &events, UserId self, protocol::Ticks sentAt,
    const Arrival &arrival)
{
    if (sentAt.count() == 0)
        return;
    TracePoints points = pointsOf(arrival);
    points.room = room;
    points.sentAt = sentAt;
    for (const protocol::Event &event : events) {
        // Without the sender's part it waited for a connection, or its sender does not trace.
        if (event.trace.sender.count() == 0 || m_onTheWay.contains(event.messageId))
            continue;
        points.seq = event.seq;
        points.messageId = event.messageId;
        points.author = event.author.id;
        points.isEcho =
            event.author.id == self && std::find(m_stored.begin(), m_stored.end(), event.messageId) != m_stored.end();
        points.sender = event.trace.sender;
        points.store = event.trace.store;
        points.told = event.trace.fanOut;
        m_come.append(points);
    }
}

QList<TracePoints> Tracer::take()
{
    if (m_come.isEmpty())
        return {};
    const SteadyTime now = m_time.now();
    for (TracePoints &points : m_come)
        points.passedOn = now;
    return std::exchange(m_come, {});
}

} // namespace lanline::client
