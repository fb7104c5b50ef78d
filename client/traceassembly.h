#pragma once

#include "client/tracepoints.h"
#include "protocol/messages.h"

#include <QList>

/// How points in time become the legs of a message's way. Whatever the clocks say, no leg is shorter than nothing, and
/// what lies on one clock keeps its sum. docs/latency.md tells the rules.
namespace lanline::client {

/// A trace with what it was made of, for when more is told of it.
struct TraceDraft
{
    TracePoints points;
    SteadyTime shown; ///< in the model
    std::optional<SteadyTime> painted; ///< on the screen
    std::optional<protocol::Trace> account; ///< the server's own
    std::optional<TracePoints> echo; ///< of one's own: its event, as it came back
};

MessageTrace assemble(const TraceDraft &draft);
/// Where this computer's clock began to count for `trace`: the first point of its first leg.
SteadyTime beginOf(const MessageTrace &trace);
/// Fills Leg::stalled from all stalls that are known. True when that changed something.
bool noteStalls(MessageTrace &trace, const QList<ThreadStall> &stalls);

} // namespace lanline::client
