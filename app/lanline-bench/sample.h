#pragma once

#include "core/histogram.h"
#include "core/result.h"

#include <QString>

#include <chrono>

namespace lanline::bench {

/// What one measuring of one thing brought.
struct Sample
{
    quint64 asked = 0; ///< rows or messages
    quint64 done = 0; ///< of these, committed or acknowledged
    std::chrono::microseconds elapsed{}; ///< from the first that was asked to the last that was done
    Histogram latency; ///< of one transaction, or of one acknowledgement
    Histogram wire; ///< of one acknowledgement as the outbox itself counts it; empty without an outbox
    std::chrono::nanoseconds serverCpu{};
    quint64 requests = 0; ///< that clients made: of HTTP, or messages; 0 where they are not counted
    quint64 wireBytes = 0; ///< both ways, above TCP and TLS; likewise
    qint64 serverBytes = 0; ///< resident at its end; 0 where no server was asked
};

/// The error is an English sentence.
using Measured = Result<Sample, QString>;

} // namespace lanline::bench
