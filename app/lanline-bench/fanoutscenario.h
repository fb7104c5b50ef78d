#pragma once

#include "options.h"
#include "report.h"
#include "sample.h"
#include "target.h"

namespace lanline::bench {

/// Messages not yet got by all that a dense fan-out keeps. Below the 256 at which the well-known hub drops a client.
inline constexpr int fanoutWindow = 128;

/// `connections` of /bench/broadcast, one of which says as much as gets through to all. `spins`: as for ClientSet.
Measured measureDenseFanout(
    const Target &target, int connections, qsizetype payload, std::chrono::milliseconds time, bool spins);

/// One message to many connections, of every target by turns. The error is a sentence.
Result<Report, QString> runFanout(const Options &options);

} // namespace lanline::bench
