#include "app/loadtest/memberswatch.h"

#include <algorithm>

namespace lanline::loadtest {

namespace rule = ui::loadrule;

namespace {

/// What came so long ago tells nothing of now.
constexpr int beatsBefore = 10;
constexpr int beatsEnough = 3;
constexpr double permille = 1000;

MembersWatch::Duration medianOf(QList<MembersWatch::Duration> values)
{
    if (values.isEmpty())
        return {};
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

void MembersWatch::onRoundTrip(SteadyTime now, Duration roundTrip)
{
    m_lastBeat = now;
    if (!m_began) {
        m_before.append(roundTrip);
        if (m_before.size() > beatsBefore)
            m_before.removeFirst();
        return;
    }
    m_during.append(roundTrip);
    m_worst = std::max(m_worst, roundTrip);
    m_slowBeats = isSlow(roundTrip) ? m_slowBeats + 1 : 0;
}

bool MembersWatch::isSlow(Duration roundTrip) const
{
    return roundTrip > rule::membersSlowAtLeast
        && double(roundTrip.count()) > rule::membersSlower * double(before().count());
}

bool MembersWatch::knowsBefore() const
{
    return !m_isExpecting || m_before.size() >= beatsEnough;
}

void MembersWatch::begin(SteadyTime now)
{
    m_began = now;
    m_lastBeat = now;
    m_lastThreads = now;
}

void MembersWatch::onThreads(SteadyTime now, const QList<protocol::ThreadLoad> &threads)
{
    if (!m_began)
        return;
    const auto span = std::chrono::duration_cast<Duration>(now - std::exchange(m_lastThreads, now));
    for (const protocol::ThreadLoad &load : threads) {
        if (load.thread != ThreadKind::Server)
            continue;
        const double share = double(load.busyPermille) / permille;
        m_fullFor = share > rule::serverFull ? m_fullFor + span : Duration::zero();
        if (m_fullFor >= rule::serverFullFor && m_busyShare == 0)
            m_busyShare = share;
    }
}

void MembersWatch::look(SteadyTime now)
{
    if (m_began && isSilent(now))
        m_worst = std::max(m_worst, std::chrono::duration_cast<Duration>(now - m_lastBeat));
}

bool MembersWatch::isSuffering(SteadyTime now) const
{
    if (!m_began)
        return false;
    if (m_busyShare > 0 || m_slowBeats >= rule::membersBeats)
        return true;
    return isSilent(now);
}

MembersWatch::Duration MembersWatch::before() const
{
    return medianOf(m_before);
}

MembersWatch::Duration MembersWatch::during() const
{
    return medianOf(m_during);
}

} // namespace lanline::loadtest
