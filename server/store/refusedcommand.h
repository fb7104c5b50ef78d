#pragma once

#include "server/store/storevalues.h"

namespace lanline::server {

/// The answer to a command of which it is unknown, or known, that it was not stored: it may come again later.
StoreOutcome refusedForNow(const StoreCommand &command);

} // namespace lanline::server
