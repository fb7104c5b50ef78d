#include "ui/models/threadseries.h"

#include "core/histogram.h"

#include <algorithm>
#include <optional>

namespace lanline::ui {

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

constexpr auto usualGap = 1s;
constexpr auto longestGap = 2s;

} // namespace

void ThreadSeries::add(const client::ThreadReport &report)
{
    ++m_revision;
    for (const client::ThreadSample &sample : report.samples) {
        auto &samples = m_samples.at(std::size_t(sample.thread));
        samples.push_back(sample);
        while (samples.size() > samplesPerThread || samples.front().at < sample.at - longest)
            samples.pop_front();
    }
    for (const client::ThreadStall &stall : report.stalls) {
        m_stalls.push_back(stall);
        while (m_stalls.size() > stallCapacity || m_stalls.front().begin < stall.begin - longest)
            m_stalls.pop_front();
    }
}

void ThreadSeries::clear()
{
    for (auto &samples : m_samples)
        samples.clear();
    m_stalls.clear();
    ++m_revision;
}

QList<microseconds> ThreadSeries::cells(ThreadKind thread, const TimeRange &range, int cells) const
{
    constexpr microseconds notMeasured{-1};
    QList<microseconds> longestLags(cells, notMeasured);
    const auto length = range.to - range.from;
    if (length <= SteadyTime::duration::zero())
        return longestLags;
    const auto cellOf = [&](SteadyTime time) {
        const double part = double((time - range.from).count()) / double(length.count());
        return std::clamp(int(part * cells), 0, cells - 1);
    };
    std::optional<SteadyTime> before;
    for (const client::ThreadSample &sample : m_samples.at(std::size_t(thread))) {
        // A sample tells of the time since the one before; after a pause nobody knows how far back it goes.
        const SteadyTime since = std::max(before.value_or(sample.at - usualGap), sample.at - longestGap);
        before = sample.at;
        if (sample.at <= range.from || since >= range.to)
            continue;
        for (int i = cellOf(std::max(since, range.from)); i <= cellOf(std::min(sample.at, range.to)); ++i)
            longestLags[i] = std::max(longestLags[i], sample.longestLag);
    }
    return longestLags;
}

ThreadSummary ThreadSeries::summary(ThreadKind thread, const TimeRange &range) const
{
    ThreadSummary summary;
    Histogram lags;
    quint64 busy = 0;
    for (const client::ThreadSample &sample : m_samples.at(std::size_t(thread))) {
        if (!range.contains(sample.at))
            continue;
        lags.record(sample.longestLag);
        busy += sample.busyPermille;
        summary.queued = sample.queued;
    }
    if (lags.isEmpty())
        return summary;
    summary.isKnown = true;
    summary.p95 = lags.percentile(95);
    summary.max = lags.max();
    summary.busyPermille = quint32(busy / lags.count());
    return summary;
}

QList<client::ThreadStall> ThreadSeries::stalls(const TimeRange &range) const
{
    QList<client::ThreadStall> stalls;
    for (const client::ThreadStall &stall : m_stalls) {
        if (stall.begin <= range.to && stall.begin + stall.duration > range.from)
            stalls.append(stall);
    }
    std::stable_sort(stalls.begin(), stalls.end(), [](const auto &a, const auto &b) { return a.begin < b.begin; });
    return stalls;
}

QList<client::ThreadSample> ThreadSeries::samples(ThreadKind thread, const TimeRange &range) const
{
    QList<client::ThreadSample> samples;
    for (const client::ThreadSample &sample : m_samples.at(std::size_t(thread))) {
        if (range.contains(sample.at))
            samples.append(sample);
    }
    return samples;
}

} // namespace lanline::ui
