#include "client/heartbeat.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

constexpr int partOfDoubt = 4;

quint64 asMicroseconds(SteadyTime time)
{
    return quint64(duration_cast<microseconds>(time.time_since_epoch()).count());
}

} // namespace

Heartbeat::Heartbeat(TimeSource &time, ClientId clientId, Sink sink)
    : m_time(time)
    , m_clientId(std::move(clientId))
    , m_sink(std::move(sink))
    , m_interval(protocol::Limits{}.heartbeatDefault)
    , m_beatTimer(time.makeTimer([this] { beat(); }))
    , m_doubtTimer(time.makeTimer([this] { onDoubt(); }))
    , m_deadlineTimer(time.makeTimer([this] { onDeadline(); }))
{ }

void Heartbeat::start()
{
    m_unanswered.clear();
    m_offset.clear();
    expectAck(protocol::heartbeatDeadline(m_interval));
    beat();
}

void Heartbeat::stop()
{
    m_beatTimer->stop();
    m_doubtTimer->stop();
    m_deadlineTimer->stop();
}

void Heartbeat::setInterval(milliseconds interval)
{
    const protocol::Limits limits;
    m_interval = std::clamp(interval, limits.heartbeatShortest, limits.heartbeatLongest);
    if (!m_beatTimer->isActive())
        return;
    // Counted from the beat that announces it: the old interval may already have outlasted the new deadline.
    expectAck(protocol::heartbeatDeadline(m_interval));
    beat();
}

void Heartbeat::probe(milliseconds within)
{
    if (!m_beatTimer->isActive())
        return;
    // An answer that is already overdue is not waited for any longer than before.
    const auto left = std::chrono::ceil<milliseconds>(m_waitingSince + m_patience - m_time.now());
    expectAck(std::clamp(left, 0ms, within));
    beat();
}

void Heartbeat::onDoubt()
{
    if (!m_unanswered.isEmpty())
        m_sink.unanswered();
}

void Heartbeat::beat()
{
    const quint64 now = asMicroseconds(m_time.now());
    m_unanswered.append(now);
    m_beatTimer->start(m_interval);
    m_doubtTimer->start(m_interval / partOfDoubt);
    m_sink.beat({m_time.wallNow(), m_clientId, m_interval, now});
}

void Heartbeat::onAck(const protocol::HeartbeatAck &ack, std::optional<SteadyTime> arrivedAt)
{
    const qsizetype answered = m_unanswered.indexOf(ack.sentUs);
    if (answered < 0)
        return;
    m_unanswered.remove(0, answered + 1);
    expectAck(protocol::heartbeatDeadline(m_interval));
    // The server's two stamps may be anything; what no clock can show gives no measurement.
    constexpr quint64 largest = quint64(1) << 53;
    if (ack.receivedUs > ack.answeredUs || ack.answeredUs > largest)
        return;

    const SteadyTime at = m_time.now();
    const auto now = qint64(asMicroseconds(std::min(arrivedAt.value_or(at), at)));
    const auto sent = qint64(ack.sentUs);
    const auto received = qint64(ack.receivedUs);
    const auto left = qint64(ack.answeredUs);

    RoundTrip trip;
    trip.at = at;
    trip.wallAt = m_time.wallNow();
    trip.rtt = microseconds(now - sent);
    trip.serverTime = microseconds(left - received);
    const ClockOffset::Estimate estimate =
        m_offset.add(at, trip.rtt - trip.serverTime, microseconds(((received - sent) + (left - now)) / 2));
    trip.clockOffset = estimate.offset;
    trip.clockError = estimate.error;
    m_sink.roundTripMeasured(trip);
}

void Heartbeat::expectAck(milliseconds within)
{
    m_isDraining = false;
    m_waitingSince = m_time.now();
    m_patience = within;
    m_deadlineTimer->start(within);
}

void Heartbeat::onDeadline()
{
    // Once more through the event loop: an ACK that has already arrived is read before we judge.
    if (!std::exchange(m_isDraining, true)) {
        m_deadlineTimer->start(0ms);
        return;
    }
    m_isDraining = false;
    const SteadyTime now = m_time.now();
    const auto deadline = m_waitingSince + m_patience + m_sink.stalledBetween(m_waitingSince, now);
    if (now < deadline) {
        m_deadlineTimer->start(std::chrono::ceil<milliseconds>(deadline - now));
        return;
    }
    stop();
    m_sink.missed();
}

} // namespace lanline::client
