#pragma once

#include "ui/models/latencyseries.h"
#include "ui/models/timerange.h"

#include <QList>

namespace lanline::ui {

/// When a message arrived, and how long it took.
struct Delivery
{
    SteadyTime at;
    std::chrono::microseconds took{};
};

/// How far back a point of a line looks.
std::chrono::milliseconds deliverySpan(std::chrono::milliseconds window);

/// The percentiles of messages as LatencySeries::line() gives those of round trips: one point per
/// LatencySeries::lineStep(), each over the deliverySpan() before it, NaN where nothing came or a gap begins.
/// `deliveries` are ordered by time and begin a deliverySpan() before the range; `gaps` likewise touch it.
QList<LatencySeries::LinePoint> deliveryLine(
    const QList<Delivery> &deliveries, const QList<LatencySeries::Gap> &gaps, const TimeRange &range);

} // namespace lanline::ui
