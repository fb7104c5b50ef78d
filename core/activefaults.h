#pragma once

#include "core/fault.h"
#include "core/timing.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lanline {

/// What is broken on purpose in one thread, and until when. Every fault ends by itself, whoever asked for it may be
/// gone. Lives in one thread.
class ActiveFaults
{
public:
    struct Entry
    {
        Fault fault; ///< as it was set, shortened to what is allowed
        SteadyTime endsAt;
    };
    /// `changed`: the fault of this kind began, is another, or has ended; never called from within the constructor.
    /// `time` outlives this object.
    ActiveFaults(TimeSource &time, std::function<void(FaultKind)> changed);

    /// Begins now, in place of one of the same kind; one without a duration ends it.
    void set(const Fault &fault);
    void stopAll();

    bool isAny() const { return m_count > 0; }
    bool isOn(FaultKind kind) const { return m_count > 0 && m_entries.at(size_t(kind)).has_value(); }
    /// Zero while the fault is off.
    std::chrono::milliseconds amountOf(FaultKind kind) const;
    /// In the order of their kinds.
    std::vector<Entry> entries() const;

private:
    void endDue();
    void end(FaultKind kind);
    void awaitNext();

    TimeSource &m_time;
    std::function<void(FaultKind)> m_changed;
    std::array<std::optional<Entry>, faultKindCount> m_entries;
    int m_count = 0;
    std::unique_ptr<Timer> m_timer; ///< none before the first fault
};

} // namespace lanline
