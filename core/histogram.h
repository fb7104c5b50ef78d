#pragma once

#include <QList>

#include <chrono>

namespace lanline {

/// Durations counted in buckets whose width grows with the value (HDR style): any percentile within 1 % of the true
/// one, from 1 us to over an hour, in a fixed amount of memory. Mergeable. Not thread-safe.
class Histogram
{
public:
    using Duration = std::chrono::microseconds;

    void record(Duration value);
    /// Adds all of `other`'s counts.
    void merge(const Histogram &other);
    void clear();

    quint64 count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    /// The value at or below which `percent` (0 to 100) of all values lie; zero when empty.
    Duration percentile(double percent) const;
    /// Exact, not bucketed.
    Duration min() const { return m_count ? m_min : Duration{}; }
    Duration max() const { return m_max; }
    Duration mean() const;
    Duration sum() const { return m_sum; }
    /// How many values lie at or below `value`; those up to 1.6 % above it may be counted as well. Never less for a
    /// greater value.
    quint64 countAtMost(Duration value) const;

    /// Of one bucket: its middle, and how many values are in it.
    struct Count
    {
        Duration value{};
        quint64 times = 0;
    };
    /// What it takes, beside min(), max() and sum(), to make the same histogram again. By rising value, none of 0
    /// times.
    QList<Count> counts() const;
    /// Nonsense in `counts` makes another histogram, and nothing worse.
    static Histogram fromCounts(const QList<Count> &counts, Duration min, Duration max, Duration sum);

private:
    static qsizetype bucketOf(qint64 value);
    static qint64 middleOf(qsizetype bucket);

    QList<quint64> m_buckets;
    quint64 m_count = 0;
    Duration m_sum{};
    Duration m_min{};
    Duration m_max{};
};

} // namespace lanline
