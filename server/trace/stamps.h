#pragma once

#include "core/timing.h"
#include "protocol/trace.h"

namespace lanline::server {

/// Where a message has been on its way to the disk, by the server's steady clock; the clock's zero: not known. Whoever
/// does many messages at once reads the clock once for all of them.
struct Stamps
{
    protocol::SendTrace sender;
    SteadyTime read{}; ///< the SEND's bytes came from the socket
    SteadyTime routed{}; ///< handed to the store's thread
    SteadyTime begun{}; ///< its transaction began
    SteadyTime committed{}; ///< COMMIT has returned

    /// Without it the others mean nothing: the server does not trace, or it was stored in another life.
    bool isTraced() const { return read != SteadyTime{}; }
};

} // namespace lanline::server
