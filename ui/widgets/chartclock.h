#pragma once

#include "core/timing.h"

#include <chrono>
#include <cmath>

namespace lanline::ui {

/// A time axis has keys in seconds since 1970, by the wall clock of one moment: times that a chart shows together keep
/// their distances whatever the wall clock does.
class ChartClock
{
public:
    double keyOf(SteadyTime time) const { return secondsOf(time) + m_offset; }
    SteadyTime timeAt(double key) const
    {
        return SteadyTime(
            std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double>(key - m_offset)));
    }
    /// Tells whether it was wrong by more than a clock drifts: somebody has set it, or the machine has slept.
    bool set(SteadyTime time, WallTime wall)
    {
        constexpr double tolerance = 0.2;
        const double offset = std::chrono::duration<double>(wall.time_since_epoch()).count() - secondsOf(time);
        if (std::abs(offset - m_offset) <= tolerance)
            return false;
        m_offset = offset;
        return true;
    }

private:
    static double secondsOf(SteadyTime time) { return std::chrono::duration<double>(time.time_since_epoch()).count(); }

    double m_offset = 0;
};

} // namespace lanline::ui
