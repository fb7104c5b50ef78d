#include "client/faults/linkfaults.h"

#include <algorithm>

namespace lanline::client {

using std::chrono::milliseconds;

LinkFaults::LinkFaults(std::shared_ptr<TimeSource> time, std::function<double()> random)
    : m_time(std::move(time))
    , m_random(std::move(random))
    , m_faults(*m_time, [this](FaultKind kind) { onChanged(kind); })
    , m_stall(*m_time)
{ }

milliseconds LinkFaults::delay() const
{
    milliseconds delay = amountOf(FaultKind::Delay);
    if (isOn(FaultKind::Jitter))
        delay += milliseconds(qRound64(m_random() * double(amountOf(FaultKind::Jitter).count())));
    return delay;
}

void LinkFaults::onChanged(FaultKind kind)
{
    if (kind == FaultKind::StallNetwork)
        m_stall.set(amountOf(kind));
    // Some may come or go on the way.
    for (Watcher *watcher : std::vector(m_watchers)) {
        if (std::find(m_watchers.begin(), m_watchers.end(), watcher) != m_watchers.end())
            watcher->onFaultChanged(kind);
    }
}

} // namespace lanline::client
