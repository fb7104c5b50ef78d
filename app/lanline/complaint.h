#pragma once

#include <QString>

namespace lanline::app {

/// Tells why the program cannot do what it was started for: on stderr, and, unless that is a terminal where somebody
/// reads it, in a box that waits to be closed. Needs a QApplication.
void complain(const QString &sentence);

} // namespace lanline::app
