#pragma once

#include <chrono>

namespace lanline::client {

/// What three clocks show at one moment.
struct ClockReading
{
    std::chrono::nanoseconds monotonic{}; ///< stands still while the computer sleeps
    std::chrono::nanoseconds boot{}; ///< goes on while it sleeps
    std::chrono::nanoseconds wall{}; ///< UTC, as it is set
};

/// Of this computer. Where it has no clock that goes on through sleep, `boot` is `monotonic`, and sleep shows as a jump
/// of the wall clock.
ClockReading readClocks();

/// Finds from the clocks that the computer slept, or that its clock was set. A pure function of what it is fed.
class WakeDetector
{
public:
    explicit WakeDetector(const ClockReading &first)
        : m_before(first)
    { }

    /// True when, since the reading before, it slept or its clock was moved by more than `tolerance`: drift and the
    /// slow correction of a clock stay far below.
    bool take(const ClockReading &reading);

    static constexpr std::chrono::seconds tolerance{2};

private:
    ClockReading m_before;
};

} // namespace lanline::client
