#include "server/faults/storefaults.h"

#include <thread>

namespace lanline::server {

StoreFaults::StoreFaults(TimeSource &time)
    : m_faults(time,
        [this](FaultKind kind) {
            if (kind == FaultKind::StallStorage)
                m_stall.set(m_faults.amountOf(kind));
        })
    , m_stall(time)
{ }

void StoreFaults::onCommit() const
{
    if (m_faults.isOn(FaultKind::SlowDisk))
        std::this_thread::sleep_for(m_faults.amountOf(FaultKind::SlowDisk));
}

} // namespace lanline::server
