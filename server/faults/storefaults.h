#pragma once

#include "core/activefaults.h"
#include "core/recurringstall.h"

namespace lanline::server {

/// Makes the store's writer slow on purpose. Lives in its thread, and is made there.
class StoreFaults
{
public:
    /// `time` outlives this object.
    explicit StoreFaults(TimeSource &time);

    void set(const Fault &fault) { m_faults.set(fault); }
    /// Called where a transaction waits for the disk: waits longer.
    void onCommit() const;

private:
    ActiveFaults m_faults;
    RecurringStall m_stall;
};

} // namespace lanline::server
