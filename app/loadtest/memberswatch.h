#pragma once

#include "core/timing.h"
#include "protocol/trace.h"
#include "ui/models/loadtestverdict.h"

#include <QList>

#include <optional>

namespace lanline::loadtest {

/// Whether those who chat meanwhile suffer, by the rules of ui/models/loadtestverdict.h: from the round trips of the
/// person's own link, and from what the server tells of its threads.
class MembersWatch
{
public:
    using Duration = std::chrono::microseconds;

    /// Round trips are expected: silence counts.
    void expectRoundTrips(bool areExpected) { m_isExpecting = areExpected; }
    /// Before begin(): how it is without the test.
    void onRoundTrip(SteadyTime now, Duration roundTrip);
    bool knowsBefore() const;
    /// The load begins.
    void begin(SteadyTime now);
    /// Shares of the time since the last such report.
    void onThreads(SteadyTime now, const QList<protocol::ThreadLoad> &threads);

    /// Now and then: silence that is suffering is the worst round trip, as long as it lasts.
    void look(SteadyTime now);
    bool isSuffering(SteadyTime now) const;
    /// Of the server's thread, if that is it; else 0.
    double busyShare() const { return m_busyShare; }

    Duration before() const;
    Duration during() const; ///< median
    Duration worst() const { return m_worst; }

private:
    bool isSlow(Duration roundTrip) const;
    bool isSilent(SteadyTime now) const { return m_isExpecting && now - m_lastBeat > ui::loadrule::membersSilence; }

    bool m_isExpecting = false;
    std::optional<SteadyTime> m_began;
    SteadyTime m_lastBeat;
    QList<Duration> m_before;
    QList<Duration> m_during;
    Duration m_worst{};
    int m_slowBeats = 0; ///< in a row
    SteadyTime m_lastThreads;
    Duration m_fullFor{};
    double m_busyShare = 0;
};

} // namespace lanline::loadtest
