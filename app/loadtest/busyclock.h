#pragma once

#include "core/timing.h"
#include "protocol/trace.h"

#include <QList>

#include <chrono>
#include <optional>

namespace lanline::loadtest {

/// How busy the calling thread is.
class BusyClock
{
public:
    void start();
    /// Share of the time since start(), 0 to 1; below 0 where the system does not tell.
    double share() const;

private:
    SteadyTime m_since;
    std::chrono::nanoseconds m_cpu{};
};

/// How busy the server's thread is, from what it tells with each heartbeat's answer.
class ServerBusy
{
public:
    /// From the next report on: it begins what is told then.
    void beginStep();
    /// Shares of the time since the report before.
    void onThreads(SteadyTime now, const QList<protocol::ThreadLoad> &threads);
    /// Of the step's time; below 0: not known.
    double share() const;
    /// In the step.
    std::chrono::duration<double> time() const { return m_busy; }

private:
    std::optional<SteadyTime> m_lastReport;
    std::chrono::duration<double> m_busy{};
    std::chrono::duration<double> m_known{};
    bool m_isBeginning = true;
};

} // namespace lanline::loadtest
