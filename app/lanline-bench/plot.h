#pragma once

#include "app/page/plot.h"
#include "core/histogram.h"

#include <QList>
#include <QString>

#include <vector>

namespace lanline::bench {

struct Cell;

using page::Plot;
using page::Series;

/// The points of a percentile plot, in milliseconds; as far as its number of values tells anything.
Series percentileSeries(const QString &name, const Histogram &histogram);
/// What every side-by-side scenario shows, group by group of keys ("closed-100/..."): rates where they differ, the
/// server's CPU time where it is known, and latency percentiles over all rounds.
QList<Plot> plotsOf(const std::vector<Cell> &cells);

} // namespace lanline::bench
