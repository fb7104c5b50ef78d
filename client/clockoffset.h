#pragma once

#include "core/timing.h"

#include <QtGlobal>

#include <deque>

namespace lanline::client {

/// The server's steady clock minus ours. A short round trip leaves little room for error, so the estimate is that of
/// the shortest one of the last 60 s.
class ClockOffset
{
public:
    using Duration = std::chrono::microseconds;

    struct Estimate
    {
        Duration offset{};
        Duration error{}; ///< either way: half the round trip it was measured with, and the clocks' drift since
        friend bool operator==(const Estimate &, const Estimate &) = default;
    };

    /// Clocks drift apart by no more than this many millionths.
    static constexpr qint64 driftPpm = 50;

    /// Returns the best estimate, with this sample counted.
    Estimate add(SteadyTime at, Duration roundTrip, Duration offset);
    void clear() { m_candidates.clear(); }

private:
    struct Sample
    {
        SteadyTime at;
        Duration roundTrip;
        Duration offset;
    };
    /// Younger and longer towards the back: an older and longer sample can never become the best again.
    std::deque<Sample> m_candidates;
};

} // namespace lanline::client
