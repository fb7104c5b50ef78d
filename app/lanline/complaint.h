#pragma once

#include <QString>

namespace lanline::app {

/// Tells why the program cannot do what it was started for: on stderr, and, unless it was started from a terminal or
/// has no display, in a box that waits a minute to be closed. Needs a QApplication.
void complain(const QString &sentence);

} // namespace lanline::app
