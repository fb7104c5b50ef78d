#include "client/trace.h"

#include <algorithm>

namespace lanline::client {

using std::chrono::microseconds;

microseconds MessageTrace::total() const
{
    microseconds sum{};
    for (const Leg &leg : legs)
        sum += leg.duration;
    return sum;
}

FamilyTimes MessageTrace::families() const
{
    FamilyTimes times{};
    for (const Leg &leg : legs) {
        const microseconds stalled = std::clamp(leg.stalled, microseconds{}, leg.duration);
        times.at(std::size_t(leg.family)) += leg.duration - stalled;
        times.at(std::size_t(Family::Threads)) += stalled;
    }
    return times;
}

} // namespace lanline::client
