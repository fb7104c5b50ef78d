#pragma once

#include "client/trace.h"
#include "ui/models/timerange.h"

#include <QList>

#include <array>
#include <deque>

namespace lanline::ui {

/// The figures of one thread in one range of time.
struct ThreadSummary
{
    std::chrono::microseconds p95{}; ///< of the longest lags of its samples
    std::chrono::microseconds max{};
    quint32 queued = 0; ///< newest
    quint32 busyPermille = 0; ///< mean
    bool isKnown = false; ///< there are samples
};

/// How the four threads fared in the last hour: samples about once a second each, and stalls. Values only.
class ThreadSeries
{
public:
    static constexpr std::chrono::minutes longest{60};
    static constexpr std::size_t samplesPerThread = 4'000;
    static constexpr std::size_t stallCapacity = 2'000;

    void add(const client::ThreadReport &report);
    void clear();

    /// The longest lag in each of `cells` equal parts of the range, the oldest first; below zero: not measured.
    QList<std::chrono::microseconds> cells(ThreadKind thread, const TimeRange &range, int cells) const;
    ThreadSummary summary(ThreadKind thread, const TimeRange &range) const;
    /// Those that touch the range, oldest first.
    QList<client::ThreadStall> stalls(const TimeRange &range) const;
    QList<client::ThreadSample> samples(ThreadKind thread, const TimeRange &range) const;

    quint64 revision() const { return m_revision; }

private:
    std::array<std::deque<client::ThreadSample>, allThreads.size()> m_samples;
    std::deque<client::ThreadStall> m_stalls;
    quint64 m_revision = 0;
};

} // namespace lanline::ui
