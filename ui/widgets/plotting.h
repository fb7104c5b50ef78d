#pragma once

// QCustomPlot's header is written with Qt's keywords, which the rest of the tree does without.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach(variable, container) for (variable : std::as_const(container))
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
