#include "client/clockoffset.h"

namespace lanline::client {

using namespace std::chrono_literals;

ClockOffset::Duration ClockOffset::add(SteadyTime at, Duration roundTrip, Duration offset)
{
    while (!m_candidates.empty() && at - m_candidates.front().at > 60s)
        m_candidates.pop_front();
    while (!m_candidates.empty() && m_candidates.back().roundTrip >= roundTrip)
        m_candidates.pop_back();
    m_candidates.push_back({at, roundTrip, offset});
    return m_candidates.front().offset;
}

} // namespace lanline::client
