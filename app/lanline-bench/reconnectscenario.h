#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// Our server is killed and started again, and its clients come back. The error is a sentence.
Result<Report, QString> runReconnect(const Options &options);

} // namespace lanline::bench
