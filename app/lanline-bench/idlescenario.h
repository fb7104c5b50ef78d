#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// What connections cost that do nothing, of every target one after the other. The error is a sentence.
Result<Report, QString> runIdle(const Options &options);

} // namespace lanline::bench
