#include "client/clockoffset.h"

namespace lanline::client {

using namespace std::chrono_literals;

ClockOffset::Estimate ClockOffset::add(SteadyTime at, Duration roundTrip, Duration offset)
{
    while (!m_candidates.empty() && at - m_candidates.front().at > 60s)
        m_candidates.pop_front();
    while (!m_candidates.empty() && m_candidates.back().roundTrip >= roundTrip)
        m_candidates.pop_back();
    m_candidates.push_back({at, roundTrip, offset});
    const Sample &best = m_candidates.front();
    const auto age = std::chrono::duration_cast<Duration>(at - best.at);
    return {best.offset, best.roundTrip / 2 + age * driftPpm / 1'000'000};
}

} // namespace lanline::client
