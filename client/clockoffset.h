#pragma once

#include "core/timing.h"

#include <deque>

namespace lanline::client {

/// The server's steady clock minus ours. A short round trip leaves little room for error, so the estimate is that of
/// the shortest one of the last 60 s.
class ClockOffset
{
public:
    using Duration = std::chrono::microseconds;

    /// Returns the best estimate, with this sample counted.
    Duration add(SteadyTime at, Duration roundTrip, Duration offset);
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
