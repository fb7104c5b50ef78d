#include "ui/models/deliveryline.h"

#include "core/histogram.h"

#include <algorithm>
#include <limits>

using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto nan = std::numeric_limits<double>::quiet_NaN();

} // namespace

std::chrono::milliseconds deliverySpan(std::chrono::milliseconds window)
{
    // A conversation has its pauses: a line that looked back less far would be torn at each.
    return std::clamp<std::chrono::milliseconds>(window / 10, 5s, 5min);
}

QList<LatencySeries::LinePoint> deliveryLine(
    const QList<Delivery> &deliveries, const QList<LatencySeries::Gap> &gaps, const TimeRange &range)
{
    QList<LatencySeries::LinePoint> points;
    const auto step = LatencySeries::lineStep(range.length());
    const auto span = deliverySpan(range.length());
    const SteadyTime onGrid(std::chrono::floor<std::chrono::milliseconds>(range.from.time_since_epoch()) / step * step);

    Histogram histogram;
    SteadyTime linkedSince = SteadyTime::min();
    auto gap = gaps.begin();
    auto first = deliveries.begin();
    auto last = deliveries.begin();
    for (SteadyTime at = onGrid; at <= range.to; at += step) {
        for (; gap != gaps.end() && gap->from <= at; ++gap) {
            if (gap->from >= range.from)
                points.append({gap->from, nan, nan});
            linkedSince = gap->to.value_or(SteadyTime::max());
        }
        if (linkedSince > at)
            continue;
        const SteadyTime begin = std::max(at - span, linkedSince);
        while (last != deliveries.end() && last->at <= at)
            ++last;
        while (first != last && first->at <= begin)
            ++first;
        if (first == last) {
            points.append({at, nan, nan});
            continue;
        }
        histogram.clear();
        for (auto delivery = first; delivery != last; ++delivery)
            histogram.record(delivery->took);
        points.append({at, double(histogram.percentile(50).count()), double(histogram.percentile(95).count())});
    }
    return points;
}

} // namespace lanline::ui
