#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace lanline {

/// Durations, deadlines and order are measured on this clock alone.
using SteadyTime = std::chrono::steady_clock::time_point;
/// UTC in milliseconds, for display and for the record only.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// A single-shot timer. Starting an active one moves its deadline. Destroying it cancels it.
class Timer
{
public:
    virtual ~Timer() = default;
    virtual void start(std::chrono::milliseconds delay) = 0;
    virtual void stop() = 0;
    virtual bool isActive() const = 0;
};

/// Time as a dependency, so that tests move it instead of waiting for it.
class TimeSource
{
public:
    virtual ~TimeSource() = default;
    virtual SteadyTime now() const = 0;
    virtual WallTime wallNow() const = 0;
    /// `onTimeout` runs in the thread that made the timer, from its event loop.
    virtual std::unique_ptr<Timer> makeTimer(std::function<void()> onTimeout) = 0;
};

/// The machine's clocks and Qt's timers. Stateless; any number may exist.
class SystemTime final : public TimeSource
{
public:
    SteadyTime now() const override;
    WallTime wallNow() const override;
    std::unique_ptr<Timer> makeTimer(std::function<void()> onTimeout) override;
};

} // namespace lanline
