#pragma once

#include "ui/theme/theme.h"

#include <QMargins>

class QCustomPlot;

namespace lanline::ui {

/// Axes of a plot of durations over time: HH:mm(:ss) on round times below, milliseconds at the left, a quiet grid. The
/// left margin makes room for the widest label.
void setUpAxes(QCustomPlot &plot, QMargins margins, int labelGap);
void paintAxes(QCustomPlot &plot, const Theme &theme);
void setValueScale(QCustomPlot &plot, bool isLogarithmic);

/// The next of 1, 2, 5, 10, 20 ... that leaves a little air above `value`.
double niceCeiling(double value);

} // namespace lanline::ui
