#pragma once

#include "core/histogram.h"
#include "core/timing.h"

#include <vector>

namespace lanline {

/// Percentiles over the last seconds or minutes, in bounded memory: time is cut into slices of equal length, each with
/// a histogram of its own, kept in a ring. Not thread-safe.
///
/// What counts: of the slice that `now` lies in and of the window / slice (rounded up) slices before it, everything
/// recorded up to now. So all of the last `window` counts, and at most one slice more.
class RollingHistogram
{
public:
    using Duration = Histogram::Duration;

    /// Both longer than zero. The ring holds window / slice + 1 histograms.
    RollingHistogram(std::chrono::milliseconds window, std::chrono::milliseconds slice);

    /// `when` may come out of order; what is too old for the ring by then is ignored.
    void record(SteadyTime when, Duration value);
    /// What counts at `now`, merged. Slices later than the one of `now` do not count.
    Histogram at(SteadyTime now) const;
    void clear();

private:
    struct Slice
    {
        qint64 number = -1; ///< since the clock's epoch; -1: never used
        Histogram values;
    };

    qint64 numberOf(SteadyTime when) const;

    std::chrono::milliseconds m_slice;
    std::vector<Slice> m_ring; ///< slice n at n modulo size
};

} // namespace lanline
