#pragma once

#include "core/timing.h"

#include <QtGlobal>

#include <optional>
#include <vector>

namespace lanline {

/// A clock that stands still until a test moves it. Timers made by it fire inside advance(), in the caller's thread;
/// no event loop takes part. It must outlive its timers. Not thread-safe.
class FakeTime final : public TimeSource
{
public:
    FakeTime() = default;
    FakeTime(const FakeTime &) = delete;
    FakeTime &operator=(const FakeTime &) = delete;

    /// An hour after the epoch of the steady clock, at first.
    SteadyTime now() const override { return m_now; }
    /// 2026-01-01 00:00:00 UTC, at first.
    WallTime wallNow() const override { return m_wallNow; }
    std::unique_ptr<Timer> makeTimer(std::function<void()> onTimeout) override;

    /// Moves both clocks, stopping at every deadline on the way: timers fire in the order of their deadlines, those
    /// with the same deadline in the order of their starts, and each sees now() at its own deadline. Timers started
    /// while others fire take part. advance(0ms) fires what is due now.
    void advance(std::chrono::milliseconds duration);
    /// Moves both clocks, and no timer fires until the next advance(): the thread was busy all the while.
    void stall(std::chrono::milliseconds duration) { moveTo(m_now + duration); }
    /// Sets the wall clock forward or back, as a person or NTP would. Timers and now() do not notice.
    void jumpWall(std::chrono::milliseconds by) { m_wallNow += by; }

    /// How long until the next timer fires; nothing when none is active.
    std::optional<std::chrono::milliseconds> untilNextTimeout() const;
    int activeTimers() const;

private:
    class FakeTimer;

    FakeTimer *nextDue() const;
    void moveTo(SteadyTime time);

    std::vector<FakeTimer *> m_timers;
    quint64 m_starts = 0;
    SteadyTime m_now{std::chrono::hours(1)};
    WallTime m_wallNow{std::chrono::sys_days{std::chrono::year(2026) / 1 / 1}};
};

} // namespace lanline
