#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// A chat that is polled over HTTP, by the peer named so, beside the same load pushed by our server and the other
/// peers. The error is a sentence.
Result<Report, QString> runPolling(const Options &options);

/// Name of the peer that is polled, not pushed by.
inline constexpr auto polledPeer = "polling";

} // namespace lanline::bench
