#pragma once

#include "options.h"
#include "report.h"

namespace lanline::bench {

/// What a chat message costs on the wire and in the processor, in our forms and in others. Without a network. The error
/// is a sentence.
Result<Report, QString> runCodec(const Options &options);

} // namespace lanline::bench
