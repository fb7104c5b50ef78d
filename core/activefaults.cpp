#include "core/activefaults.h"

#include <algorithm>

namespace lanline {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

ActiveFaults::ActiveFaults(TimeSource &time, std::function<void(FaultKind)> changed)
    : m_time(time)
    , m_changed(std::move(changed))
{ }

void ActiveFaults::set(const Fault &fault)
{
    if (size_t(fault.kind) >= m_entries.size())
        return;
    if (fault.duration <= 0ms) {
        end(fault.kind);
        awaitNext();
        return;
    }
    Fault allowed = fault;
    allowed.amount = std::clamp<milliseconds>(fault.amount, 0ms, largestFaultAmount);
    allowed.duration = std::min<milliseconds>(fault.duration, longestFault);
    auto &entry = m_entries.at(size_t(fault.kind));
    m_count += entry ? 0 : 1;
    entry = Entry{allowed, m_time.now() + allowed.duration};
    awaitNext();
    m_changed(fault.kind);
}

void ActiveFaults::stopAll()
{
    for (const auto &entry : m_entries) {
        if (entry)
            end(entry->fault.kind);
    }
    awaitNext();
}

milliseconds ActiveFaults::amountOf(FaultKind kind) const
{
    return isOn(kind) ? m_entries.at(size_t(kind))->fault.amount : 0ms;
}

std::vector<ActiveFaults::Entry> ActiveFaults::entries() const
{
    std::vector<Entry> found;
    for (const auto &entry : m_entries) {
        if (entry)
            found.push_back(*entry);
    }
    return found;
}

void ActiveFaults::end(FaultKind kind)
{
    auto &entry = m_entries.at(size_t(kind));
    if (!entry)
        return;
    entry.reset();
    --m_count;
    m_changed(kind);
}

void ActiveFaults::endDue()
{
    const SteadyTime now = m_time.now();
    for (const auto &entry : m_entries) {
        if (entry && entry->endsAt <= now)
            end(entry->fault.kind);
    }
    awaitNext();
}

void ActiveFaults::awaitNext()
{
    std::optional<SteadyTime> next;
    for (const auto &entry : m_entries) {
        if (entry && (!next || entry->endsAt < *next))
            next = entry->endsAt;
    }
    if (!next) {
        if (m_timer)
            m_timer->stop();
        return;
    }
    if (!m_timer)
        m_timer = m_time.makeTimer([this] { endDue(); });
    m_timer->start(std::max(0ms, std::chrono::ceil<milliseconds>(*next - m_time.now())));
}

} // namespace lanline
