#include "core/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace lanline {

namespace {

// Below 2^(subBits + 1) each value has a bucket of its own; above, each power of two is cut into 2^subBits of them, so
// that the middle of a bucket is less than 1 / 2^(subBits + 1) = 0.8 % away from any value in it.
constexpr int subBits = 6;
constexpr qint64 perOctave = qint64(1) << subBits;
constexpr qint64 exactBelow = 2 * perOctave;
/// About 19 hours; what is longer is counted as this, while min(), max() and mean() stay exact.
constexpr qint64 longest = (qint64(1) << 36) - 1;

} // namespace

void Histogram::record(Duration value)
{
    value = std::max(value, Duration::zero());
    const qsizetype bucket = bucketOf(value.count());
    if (bucket >= m_buckets.size())
        m_buckets.resize(bucket + 1);
    ++m_buckets[bucket];
    m_min = m_count ? std::min(m_min, value) : value;
    m_max = std::max(m_max, value);
    m_sum += value;
    ++m_count;
}

void Histogram::merge(const Histogram &other)
{
    if (other.isEmpty())
        return;
    if (isEmpty()) {
        *this = other;
        return;
    }
    if (other.m_buckets.size() > m_buckets.size())
        m_buckets.resize(other.m_buckets.size());
    // By iterator, so that the list is detached once and not looked at for every bucket.
    std::transform(
        other.m_buckets.cbegin(), other.m_buckets.cend(), m_buckets.cbegin(), m_buckets.begin(), std::plus<quint64>());
    m_min = std::min(m_min, other.m_min);
    m_max = std::max(m_max, other.m_max);
    m_sum += other.m_sum;
    m_count += other.m_count;
}

void Histogram::clear()
{
    *this = {};
}

Histogram::Duration Histogram::percentile(double percent) const
{
    if (isEmpty() || std::isnan(percent))
        return {};
    // Nearest rank. The tiny step down keeps 99.9 % of 1,000 at 999, which no double says exactly.
    const double exactRank = std::clamp(percent, 0.0, 100.0) / 100.0 * double(m_count);
    const auto rank = std::clamp<quint64>(quint64(std::ceil(exactRank * (1 - 1e-12))), 1, m_count);
    if (rank == 1)
        return m_min;
    if (rank == m_count)
        return m_max;

    quint64 seen = 0;
    qsizetype bucket = 0;
    for (; bucket < m_buckets.size(); ++bucket) {
        seen += m_buckets.at(bucket);
        if (seen >= rank)
            break;
    }
    return std::clamp(Duration(middleOf(bucket)), m_min, m_max);
}

Histogram::Duration Histogram::mean() const
{
    return m_count ? Duration(m_sum.count() / qint64(m_count)) : Duration{};
}

quint64 Histogram::countAtMost(Duration value) const
{
    if (value >= m_max)
        return m_count;
    if (value < m_min)
        return 0;
    const qsizetype end = std::min(bucketOf(value.count()) + 1, m_buckets.size());
    return std::accumulate(m_buckets.cbegin(), m_buckets.cbegin() + end, quint64(0));
}

QList<Histogram::Count> Histogram::counts() const
{
    QList<Count> counts;
    for (qsizetype bucket = 0; bucket < m_buckets.size(); ++bucket) {
        if (const quint64 times = m_buckets.at(bucket); times > 0)
            counts.append({Duration(middleOf(bucket)), times});
    }
    return counts;
}

Histogram Histogram::fromCounts(const QList<Count> &counts, Duration min, Duration max, Duration sum)
{
    Histogram histogram;
    for (const Count &count : counts) {
        const qsizetype bucket = bucketOf(std::max(count.value, Duration::zero()).count());
        if (bucket >= histogram.m_buckets.size())
            histogram.m_buckets.resize(bucket + 1);
        histogram.m_buckets[bucket] += count.times;
        histogram.m_count += count.times;
    }
    if (histogram.isEmpty())
        return histogram;
    histogram.m_min = std::max(std::min(min, max), Duration::zero());
    histogram.m_max = std::max(histogram.m_min, max);
    histogram.m_sum = sum;
    return histogram;
}

qsizetype Histogram::bucketOf(qint64 value)
{
    value = std::min(value, longest);
    if (value < exactBelow)
        return value;
    const int shift = int(std::bit_width(quint64(value))) - 1 - subBits;
    return exactBelow + (shift - 1) * perOctave + (value >> shift) - perOctave;
}

qint64 Histogram::middleOf(qsizetype bucket)
{
    if (bucket < exactBelow)
        return bucket;
    const auto shift = int((bucket - exactBelow) / perOctave) + 1;
    const qint64 low = ((bucket - exactBelow) % perOctave + perOctave) << shift;
    return low + (qint64(1) << shift) / 2;
}

} // namespace lanline
