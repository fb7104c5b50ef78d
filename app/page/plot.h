#pragma once

#include <QList>
#include <QPointF>
#include <QString>

namespace lanline::page {

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
        Columns, ///< one series; a column from each x to the next on a logarithmic axis, the last point only ends it
    };

    QString group; ///< heading under which plots that follow one another stand together
    QString title;
    Kind kind = Kind::Bars;
    QString xTitle;
    QString yTitle; ///< with its unit: "latency, ms"
    QList<Series> series; ///< ours first
    bool isCompared = true; ///< the first with each of the others; else they are no rivals
    QList<Series> marks{}; ///< upright lines with their names, each at the x of its first point; of Lines and Columns
};

} // namespace lanline::page
