#pragma once

#include "core/histogram.h"

#include <QList>
#include <QPointF>
#include <QString>

#include <vector>

namespace lanline::bench {

struct Cell;

/// One line, or one bar, of a plot.
struct Series
{
    QString name; ///< of a target, or of what is measured
    QList<QPointF> points; ///< by rising x; a bar is one point, of which only y counts
};

/// A picture of a report, drawn where the report is shown.
struct Plot
{
    enum class Kind : quint8 {
        Bars, ///< one bar per series, with its ratio to the first
        Percentiles, ///< x: a percentile from 0 to below 100, drawn as 1/(1 - x) on a logarithmic axis; y: likewise
        Lines, ///< both axes linear, y from zero
    };

    QString group; ///< heading under which plots that follow one another stand together
    QString title;
    Kind kind = Kind::Bars;
    QString xTitle;
    QString yTitle; ///< with its unit: "latency, ms"
    QList<Series> series; ///< ours first
    bool isCompared = true; ///< the first with each of the others; else they are no rivals
};

/// The points of a percentile plot, in milliseconds; as far as its number of values tells anything.
Series percentileSeries(const QString &name, const Histogram &histogram);
/// What every side-by-side scenario shows, group by group of keys ("closed-100/..."): rates where they differ, the
/// server's CPU time where it is known, and latency percentiles over all rounds.
QList<Plot> plotsOf(const std::vector<Cell> &cells);

} // namespace lanline::bench
