#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// Opening a room with a long history from this computer's disk, and going back in it. Needs a QApplication. The error
/// is a sentence.
Result<Report, QString> runHistory(const Options &options);

} // namespace lanline::bench
