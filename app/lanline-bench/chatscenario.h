#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// Durable chat beside bare durable transactions on the same disk, in turns. The error is a sentence.
Result<Report, QString> runChat(const Options &options);

} // namespace lanline::bench
