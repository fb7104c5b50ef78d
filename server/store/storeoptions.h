#pragma once

#include "protocol/limits.h"

#include <QString>

#include <chrono>

namespace lanline::server {

/// What a store is opened with.
struct StoreOptions
{
    QString dataDir; ///< made where it does not exist
    protocol::Limits limits;
    bool beginAnew = false; ///< keep a database that is unusable under another name, and begin with an empty one
    std::chrono::milliseconds probeInterval{1'000}; ///< how often a store that cannot write tries whether it can
};

} // namespace lanline::server
