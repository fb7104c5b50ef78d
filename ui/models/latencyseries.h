#pragma once

#include "client/values.h"
#include "core/timing.h"

#include <QList>

#include <array>
#include <chrono>
#include <deque>
#include <optional>

namespace lanline::ui {

/// The figures of one window of time.
struct LatencySummary
{
    using Duration = std::chrono::microseconds;

    quint64 count = 0; ///< round trips
    Duration p50{};
    Duration p95{};
    Duration p99{}; ///< says little below LatencySeries::enoughForP99: show `max`
    Duration max{};
    WallTime maxAt; ///< when `max` was measured
    Duration jitter{}; ///< mean absolute difference of successive round trips, never across a gap or from link to link
    quint64 missed = 0; ///< heartbeats without an answer in time

    quint64 beats() const { return count + missed; }
    friend bool operator==(const LatencySummary &, const LatencySummary &) = default;
};

/// What a client measured of its link: round trips, the times without a link, what its two lanes held, and what
/// happened when. The standby's round trips say nothing about the way that messages take, and are left out. Keeps a
/// little over an hour, and at most `capacity` round trips: memory is bounded however fast they come. Values only, no
/// widgets.
class LatencySeries
{
public:
    static constexpr std::chrono::minutes longestWindow{60};
    static constexpr quint64 enoughForP99 = 100;
    static constexpr std::size_t capacity = 36'000; // ten a second for an hour
    static constexpr std::size_t markCapacity = 2'000;

    struct Sample
    {
        SteadyTime at;
        std::chrono::microseconds rtt{};
        int lane = 0;
    };
    /// A time without a link; `to` is open while it lasts.
    struct Gap
    {
        SteadyTime from;
        WallTime wallFrom;
        std::optional<SteadyTime> to;

        std::chrono::nanoseconds length(SteadyTime now) const { return to.value_or(now) - from; }
    };
    /// A time in which a lane held a link in one state; `to` is open while it lasts.
    struct LaneSpan
    {
        SteadyTime from;
        WallTime wallFrom;
        std::optional<SteadyTime> to;
        client::LaneState state = client::LaneState::Empty; ///< never is
        friend bool operator==(const LaneSpan &, const LaneSpan &) = default;
    };
    using Lanes = std::array<QList<LaneSpan>, client::laneCount>;
    /// The percentiles of the time just before `at`, in microseconds; NaN where a gap begins or nothing was measured.
    struct LinePoint
    {
        SteadyTime at;
        double p50;
        double p95;
    };

    void add(const client::RoundTrip &roundTrip);
    void add(const client::LinkEvent &event);

    /// Those in (end - window, end], oldest first. Among the marks, a standby that is ready is one only where another
    /// was there before it on this connection.
    QList<Sample> samples(SteadyTime end, std::chrono::milliseconds window) const;
    QList<client::LinkEvent> marks(SteadyTime end, std::chrono::milliseconds window) const;
    /// Those that touch the window, whole; one that still lasts at `end` has no `to`.
    QList<Gap> gaps(SteadyTime end, std::chrono::milliseconds window) const;
    /// Those that touch the window, whole, as they were at `end`.
    Lanes lanes(SteadyTime end, std::chrono::milliseconds window) const;
    LatencySummary summary(SteadyTime end, std::chrono::milliseconds window) const;
    /// One point per lineStep(), on a grid that does not move with `end`, each over the rollingSpan() before it.
    QList<LinePoint> line(SteadyTime end, std::chrono::milliseconds window) const;

    static std::chrono::milliseconds lineStep(std::chrono::milliseconds window);
    static std::chrono::milliseconds rollingSpan(std::chrono::milliseconds window);

    bool isEmpty() const { return m_samples.empty() && m_marks.empty(); }
    /// Rises with everything that is added.
    quint64 revision() const { return m_revision; }

private:
    void addMark(const client::LinkEvent &event);
    void addLaneChange(const client::LinkEvent &event);
    void forgetBefore(SteadyTime time);

    std::deque<Sample> m_samples;
    std::deque<client::LinkEvent> m_marks;
    std::deque<Gap> m_gaps;
    std::array<std::deque<LaneSpan>, client::laneCount> m_lanes;
    bool m_hadStandby = false; ///< on this connection
    std::optional<client::RoundTrip> m_latest; ///< ties the steady clock to the wall clock
    quint64 m_revision = 0;
};

} // namespace lanline::ui
