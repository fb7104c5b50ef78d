#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// Messages that come back, from every target by turns. The error is a sentence.
Result<Report, QString> runEcho(const Options &options);

} // namespace lanline::bench
