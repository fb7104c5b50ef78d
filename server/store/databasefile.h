#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace lanline::server {

struct DatabaseFault
{
    enum class Kind : quint8 {
        Damaged,
        Newer, ///< made by a newer version
        Unreadable, ///< the system does not let us read it
    };
    Kind kind = Kind::Damaged;
    QString sentence; ///< English, names the file
};

/// Whether a database that exists can be used, found out without a byte of it being changed: its beginning, its length,
/// its version, and, where it was not closed in order or is small, all of its pages. Nothing: it can. `knownVersion` is
/// the newest schema this program knows. Nobody else may write to it meanwhile.
[[nodiscard]] std::optional<DatabaseFault> inspectDatabase(const QString &path, int knownVersion);

/// Whether there is any of a database's files at `path`.
[[nodiscard]] bool hasDatabaseFiles(const QString &path);

/// Renames a database's files to a name that tells the time. That name; nothing when a file could not be renamed.
[[nodiscard]] std::optional<QString> moveDatabaseAside(const QString &path);

/// Gives the file at `from` another name on the same disk, which is not taken, for good: a power cut does not undo it.
[[nodiscard]] bool renameForGood(const QString &from, const QString &to);

/// Where a database lives: machine, path and file. Another value means that it was moved, copied or restored.
[[nodiscard]] QByteArray homeOf(const QString &path);

} // namespace lanline::server
