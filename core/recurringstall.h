#pragma once

#include "core/timing.h"

#include <functional>
#include <memory>

namespace lanline {

/// Stops its thread on purpose: once a second, for a while. Lives in the thread that it stops.
class RecurringStall
{
public:
    /// `time` outlives this object.
    explicit RecurringStall(TimeSource &time);
    /// With another way to pass the time than sleeping.
    RecurringStall(TimeSource &time, std::function<void(std::chrono::milliseconds)> sleep);

    /// The first one is a moment from now, not within this call. Zero ends it.
    void set(std::chrono::milliseconds length);

private:
    void stall();

    TimeSource &m_time;
    std::function<void(std::chrono::milliseconds)> m_sleep;
    std::chrono::milliseconds m_length{};
    std::unique_ptr<Timer> m_timer; ///< none before the first
};

} // namespace lanline
