#include "ui/models/latencyseries.h"

#include "core/histogram.h"

#include <algorithm>
#include <limits>
#include <utility>

using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto nan = std::numeric_limits<double>::quiet_NaN();
/// A line over the longest window looks back this much further than the window.
constexpr std::chrono::minutes retention = LatencySeries::longestWindow + 5min;
constexpr int stepsPerWindow = 150;

/// [first, last) of what lies in (begin, end] of a range ordered by `at`.
template <class Range>
auto slice(const Range &range, SteadyTime begin, SteadyTime end)
{
    const auto after = [](SteadyTime time, const auto &value) { return time < value.at; };
    const auto first = std::upper_bound(range.begin(), range.end(), begin, after);
    return std::pair(first, std::upper_bound(first, range.end(), end, after));
}

} // namespace

void LatencySeries::add(const client::RoundTrip &roundTrip)
{
    if (roundTrip.isOfStandby)
        return;
    // The series is searched by time: what comes out of order (it never should) counts as measured now.
    const SteadyTime at = m_samples.empty() ? roundTrip.at : std::max(roundTrip.at, m_samples.back().at);
    m_samples.push_back({at, std::max(roundTrip.rtt, 1us), roundTrip.lane}); // a logarithmic axis has no zero
    m_latest = roundTrip;
    ++m_revision;
    if (m_samples.size() > capacity)
        m_samples.pop_front();
    forgetBefore(at - retention);
}

void LatencySeries::add(const client::LinkEvent &event)
{
    if (event.kind == client::LinkEvent::Kind::LaneChanged)
        addLaneChange(event);
    else
        addMark(event);
    ++m_revision;
}

void LatencySeries::addLaneChange(const client::LinkEvent &event)
{
    if (event.lane < 0 || event.lane >= client::laneCount)
        return;
    std::deque<LaneSpan> &lane = m_lanes[std::size_t(event.lane)];
    SteadyTime at = event.at;
    if (!lane.empty()) {
        LaneSpan &last = lane.back();
        at = std::max(at, last.to.value_or(last.from));
        if (!last.to) {
            if (last.state == event.laneState)
                return;
            last.to = at;
        }
    }
    if (event.laneState != client::LaneState::Empty)
        lane.push_back({at, event.wallAt, std::nullopt, event.laneState});
    if (lane.size() > markCapacity)
        lane.pop_front();
    forgetBefore(at - retention);
}

void LatencySeries::addMark(const client::LinkEvent &event)
{
    client::LinkEvent ordered = event;
    if (!m_marks.empty())
        ordered.at = std::max(ordered.at, m_marks.back().at);

    const bool isGapOpen = !m_gaps.empty() && !m_gaps.back().to;
    switch (event.kind) {
    case client::LinkEvent::Kind::Lost:
        if (!isGapOpen)
            m_gaps.push_back({ordered.at, ordered.wallAt, std::nullopt});
        break;
    case client::LinkEvent::Kind::Connected:
    case client::LinkEvent::Kind::Reconnected:
        if (isGapOpen)
            m_gaps.back().to = ordered.at;
        m_hadStandby = false;
        break;
    case client::LinkEvent::Kind::StandbyReady:
        // The first of a connection was to be expected, and its lane shows it.
        if (!std::exchange(m_hadStandby, true))
            return;
        break;
    case client::LinkEvent::Kind::HeartbeatMissed:
    case client::LinkEvent::Kind::FailedOver:
    case client::LinkEvent::Kind::StandbyLost:
    case client::LinkEvent::Kind::LaneChanged:
        break;
    }
    m_marks.push_back(ordered);
    if (m_marks.size() > markCapacity)
        m_marks.pop_front();
    if (m_gaps.size() > markCapacity)
        m_gaps.pop_front();
    forgetBefore(ordered.at - retention);
}

void LatencySeries::forgetBefore(SteadyTime time)
{
    while (!m_samples.empty() && m_samples.front().at < time)
        m_samples.pop_front();
    while (!m_marks.empty() && m_marks.front().at < time)
        m_marks.pop_front();
    while (!m_gaps.empty() && m_gaps.front().to && *m_gaps.front().to < time)
        m_gaps.pop_front();
    for (std::deque<LaneSpan> &lane : m_lanes) {
        while (!lane.empty() && lane.front().to && *lane.front().to < time)
            lane.pop_front();
    }
}

QList<LatencySeries::Sample> LatencySeries::samples(SteadyTime end, std::chrono::milliseconds window) const
{
    const auto [first, last] = slice(m_samples, end - window, end);
    return {first, last};
}

QList<client::LinkEvent> LatencySeries::marks(SteadyTime end, std::chrono::milliseconds window) const
{
    const auto [first, last] = slice(m_marks, end - window, end);
    return {first, last};
}

QList<LatencySeries::Gap> LatencySeries::gaps(SteadyTime end, std::chrono::milliseconds window) const
{
    QList<Gap> touched;
    const SteadyTime begin = end - window;
    for (const Gap &gap : m_gaps) {
        if (gap.from >= end || (gap.to && *gap.to <= begin))
            continue;
        const bool isOverByEnd = gap.to && *gap.to <= end;
        touched.append({gap.from, gap.wallFrom, isOverByEnd ? gap.to : std::nullopt});
    }
    return touched;
}

LatencySeries::Lanes LatencySeries::lanes(SteadyTime end, std::chrono::milliseconds window) const
{
    Lanes touched;
    const SteadyTime begin = end - window;
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        for (LaneSpan span : m_lanes[lane]) {
            if (span.from > end || (span.to && *span.to <= begin))
                continue;
            if (span.to && *span.to > end)
                span.to.reset();
            touched[lane].append(span);
        }
    }
    return touched;
}

LatencySummary LatencySeries::summary(SteadyTime end, std::chrono::milliseconds window) const
{
    LatencySummary summary;
    const auto [firstMark, lastMark] = slice(m_marks, end - window, end);
    summary.missed = quint64(std::count_if(firstMark, lastMark,
        [](const client::LinkEvent &mark) { return mark.kind == client::LinkEvent::Kind::HeartbeatMissed; }));

    const auto [first, last] = slice(m_samples, end - window, end);
    if (first == last)
        return summary;

    Histogram histogram;
    auto slowest = first;
    std::chrono::microseconds differences{};
    qint64 pairs = 0;
    auto gap = m_gaps.begin();
    for (auto sample = first; sample != last; ++sample) {
        histogram.record(sample->rtt);
        if (sample->rtt > slowest->rtt)
            slowest = sample;
        if (sample == first)
            continue;
        const auto previous = std::prev(sample);
        while (gap != m_gaps.end() && gap->from < previous->at)
            ++gap;
        if ((gap != m_gaps.end() && gap->from <= sample->at) || previous->lane != sample->lane)
            continue;
        differences += std::chrono::abs(sample->rtt - previous->rtt);
        ++pairs;
    }
    summary.count = histogram.count();
    summary.p50 = histogram.percentile(50);
    summary.p95 = histogram.percentile(95);
    summary.p99 = histogram.percentile(99);
    summary.max = histogram.max();
    summary.maxAt =
        m_latest->wallAt + std::chrono::duration_cast<std::chrono::milliseconds>(slowest->at - m_latest->at);
    if (pairs > 0)
        summary.jitter = differences / pairs;
    return summary;
}

QList<LatencySeries::LinePoint> LatencySeries::line(SteadyTime end, std::chrono::milliseconds window) const
{
    QList<LinePoint> points;
    const auto step = lineStep(window);
    const auto span = rollingSpan(window);
    const SteadyTime begin = end - window;
    const SteadyTime onGrid(std::chrono::floor<std::chrono::milliseconds>(begin.time_since_epoch()) / step * step);

    Histogram histogram;
    SteadyTime linkedSince = SteadyTime::min();
    auto gap = m_gaps.begin();
    for (SteadyTime at = onGrid; at <= end; at += step) {
        // What was measured before a gap says nothing about the link behind it.
        for (; gap != m_gaps.end() && gap->from <= at; ++gap) {
            if (gap->from >= begin)
                points.append({gap->from, nan, nan});
            linkedSince = gap->to.value_or(SteadyTime::max());
        }
        if (linkedSince > at)
            continue;
        const auto [first, last] = slice(m_samples, std::max(at - span, linkedSince), at);
        if (first == last) {
            points.append({at, nan, nan});
            continue;
        }
        histogram.clear();
        for (auto sample = first; sample != last; ++sample)
            histogram.record(sample->rtt);
        points.append({at, double(histogram.percentile(50).count()), double(histogram.percentile(95).count())});
    }
    return points;
}

std::chrono::milliseconds LatencySeries::lineStep(std::chrono::milliseconds window)
{
    return std::max(window / stepsPerWindow, std::chrono::milliseconds(50));
}

std::chrono::milliseconds LatencySeries::rollingSpan(std::chrono::milliseconds window)
{
    // Never shorter than two of the slowest usual beats (15 s), or the line would be torn where nothing was wrong.
    return std::clamp<std::chrono::milliseconds>(window / 10, 30s, 5min);
}

} // namespace lanline::ui
