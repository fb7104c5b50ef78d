#pragma once

#include "core/activefaults.h"
#include "core/recurringstall.h"

#include <vector>

namespace lanline::client {

/// Breaks one client on purpose: what its links and its heartbeats have to know of it. Lives in the network thread.
class LinkFaults
{
public:
    /// Told when a fault began, is another, or ended.
    class Watcher
    {
    public:
        virtual ~Watcher() = default;
        virtual void onFaultChanged(FaultKind kind) = 0;
    };

    /// `random` gives a number from 0 up to, but not including, 1.
    LinkFaults(std::shared_ptr<TimeSource> time, std::function<double()> random);

    void set(const Fault &fault) { m_faults.set(fault); }
    bool isAny() const { return m_faults.isAny(); }
    bool isOn(FaultKind kind) const { return m_faults.isOn(kind); }
    std::chrono::milliseconds amountOf(FaultKind kind) const { return m_faults.amountOf(kind); }
    /// How much later a frame leaves that is sent now.
    std::chrono::milliseconds delay() const;

    void watch(Watcher &watcher) { m_watchers.push_back(&watcher); }
    void unwatch(Watcher &watcher) { std::erase(m_watchers, &watcher); }

private:
    void onChanged(FaultKind kind);

    std::shared_ptr<TimeSource> m_time;
    std::function<double()> m_random;
    ActiveFaults m_faults;
    RecurringStall m_stall;
    std::vector<Watcher *> m_watchers;
};

} // namespace lanline::client
