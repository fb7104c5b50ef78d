#pragma once

#include "core/id.h"
#include "protocol/limits.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace lanline::server {

/// How much of its history a room keeps at least; what is beyond goes.
struct RetentionRule
{
    RoomId room; ///< null: every room that has no rule of its own
    std::optional<std::chrono::milliseconds> age{}; ///< by the server's wall clock
    std::optional<quint64> events{}; ///< the newest ones
};

/// What a store is opened with.
struct StoreOptions
{
    QString dataDir; ///< made where it does not exist
    protocol::Limits limits;
    bool beginAnew = false; ///< keep a database that is unusable under another name, and begin with an empty one
    QList<RetentionRule> retention{};
    std::chrono::milliseconds retentionInterval{3'600'000}; ///< it is also done at the start
    std::chrono::milliseconds probeInterval{1'000}; ///< how often a store that cannot write tries whether it can
};

} // namespace lanline::server
