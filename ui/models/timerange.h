#pragma once

#include "core/timing.h"

#include <chrono>

namespace lanline::ui {

/// What lies behind `from`, up to and with `to`.
struct TimeRange
{
    SteadyTime from;
    SteadyTime to;

    bool contains(SteadyTime time) const { return time > from && time <= to; }
    std::chrono::milliseconds length() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(to - from);
    }
    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

} // namespace lanline::ui
