#include "ui/models/traceseries.h"

#include "core/histogram.h"

#include <algorithm>

namespace lanline::ui {

namespace {

/// Traces come in the order in which they are told: so much later than one that ended after them.
constexpr std::chrono::seconds mostDisorder{10};

} // namespace

void TraceSeries::add(const client::MessageTrace &trace)
{
    ++m_revision;
    const Entry entry{trace, trace.total()};
    const std::pair key(trace.room, trace.seq);
    if (const auto number = m_numbers.constFind(key); number != m_numbers.constEnd()) {
        m_traces.at(*number - m_first) = entry;
        return;
    }
    m_numbers.insert(key, m_first + m_traces.size());
    m_traces.push_back(entry);
    while (m_traces.size() > capacity || m_traces.front().trace.endedAt < trace.endedAt - longest)
        dropFirst();
}

void TraceSeries::dropFirst()
{
    const client::MessageTrace &trace = m_traces.front().trace;
    m_numbers.remove({trace.room, trace.seq});
    m_traces.pop_front();
    ++m_first;
}

template <class Visit>
void TraceSeries::visit(const TimeRange &range, const Visit &visit) const
{
    const auto begin = std::partition_point(m_traces.begin(), m_traces.end(),
        [&](const Entry &entry) { return entry.trace.endedAt <= range.from - mostDisorder; });
    for (auto entry = begin; entry != m_traces.end(); ++entry) {
        if (entry->trace.endedAt > range.to + mostDisorder)
            break;
        if (range.contains(entry->trace.endedAt))
            visit(*entry);
    }
}

QList<client::MessageTrace> TraceSeries::in(const TimeRange &range) const
{
    QList<client::MessageTrace> traces;
    visit(range, [&](const Entry &entry) { traces.append(entry.trace); });
    std::stable_sort(traces.begin(), traces.end(), [](const auto &a, const auto &b) { return a.endedAt < b.endedAt; });
    return traces;
}

QList<client::MessageTrace> TraceSeries::slowest(const TimeRange &range, qsizetype atMost) const
{
    std::vector<const Entry *> found;
    visit(range, [&](const Entry &entry) { found.push_back(&entry); });
    const auto end = found.begin() + std::min<qsizetype>(atMost, qsizetype(found.size()));
    std::partial_sort(
        found.begin(), end, found.end(), [](const Entry *a, const Entry *b) { return a->total > b->total; });
    QList<client::MessageTrace> traces;
    for (auto entry = found.begin(); entry != end; ++entry)
        traces.append((*entry)->trace);
    return traces;
}

const client::MessageTrace *TraceSeries::find(const RoomId &room, quint64 seq) const
{
    const auto number = m_numbers.constFind({room, seq});
    return number == m_numbers.constEnd() ? nullptr : &m_traces.at(*number - m_first).trace;
}

DeliverySummary TraceSeries::summary(const TimeRange &range) const
{
    Histogram histogram;
    DeliverySummary summary;
    visit(range, [&](const Entry &entry) {
        histogram.record(entry.total);
        if (entry.total >= summary.max) {
            summary.max = entry.total;
            summary.maxAt = entry.trace.wallAt;
        }
    });
    summary.count = histogram.count();
    summary.p50 = histogram.percentile(50);
    summary.p95 = histogram.percentile(95);
    summary.p99 = histogram.percentile(99);
    return summary;
}

} // namespace lanline::ui
