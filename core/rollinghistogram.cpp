#include "core/rollinghistogram.h"

#include <algorithm>

namespace lanline {

RollingHistogram::RollingHistogram(std::chrono::milliseconds window, std::chrono::milliseconds slice)
    : m_slice(std::max(slice, std::chrono::milliseconds(1)))
    , m_ring(size_t((std::max(window, m_slice) + m_slice - std::chrono::milliseconds(1)) / m_slice) + 1)
{ }

void RollingHistogram::record(SteadyTime when, Duration value)
{
    const qint64 number = numberOf(when);
    Slice &slice = m_ring[size_t(number) % m_ring.size()];
    if (slice.number > number)
        return;
    if (slice.number < number) {
        slice.number = number;
        slice.values.clear();
    }
    slice.values.record(value);
}

Histogram RollingHistogram::at(SteadyTime now) const
{
    const qint64 newest = numberOf(now);
    const qint64 oldest = newest - qint64(m_ring.size()) + 1;
    Histogram merged;
    for (const Slice &slice : m_ring) {
        if (slice.number >= oldest && slice.number <= newest)
            merged.merge(slice.values);
    }
    return merged;
}

void RollingHistogram::clear()
{
    std::fill(m_ring.begin(), m_ring.end(), Slice{});
}

qint64 RollingHistogram::numberOf(SteadyTime when) const
{
    // No steady clock runs before its epoch; a value made up in a test may.
    return std::max<qint64>(when.time_since_epoch() / m_slice, 0);
}

} // namespace lanline
