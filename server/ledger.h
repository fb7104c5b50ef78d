#pragma once

#include "server/store/storevalues.h"

namespace lanline::server {

/// What the server has done since it started; STATUS tells it.
struct Ledger
{
    quint64 received = 0; ///< SENDs read
    quint64 stored = 0;
    quint64 duplicates = 0;
    quint64 refused = 0;
    quint64 delivered = 0; ///< events sent to links, live
    quint64 replayed = 0; ///< events sent to links in pages
    quint64 pagesFromMemory = 0;
    quint64 pagesFromStore = 0;
    quint64 lost = 0; ///< events that were missing when the store opened
    StoreTotals ever; ///< over all starts
};

} // namespace lanline::server
