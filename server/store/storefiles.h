#pragma once

#include <QString>

namespace lanline::server {

inline QString databasePath(const QString &dataDir)
{
    return dataDir + QStringLiteral("/lanline.db");
}

/// Held by the one server that uses the folder.
inline QString lockPath(const QString &dataDir)
{
    return dataDir + QStringLiteral("/lanline.lock");
}

} // namespace lanline::server
