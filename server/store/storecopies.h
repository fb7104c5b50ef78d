#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

/// What is taken out of a store from outside, while a server runs on it or not. These read on the caller's thread and
/// may take long; the server goes on meanwhile. Errors are English sentences.
namespace lanline::server {

/// Writes a room's history, oldest event first, a line of JSON each, as it was at one moment. In memory there is one
/// event at a time. `write` gets each line with its end; false ends the export.
[[nodiscard]] Result<void, QString> exportRoom(
    const QString &dataDir, const RoomId &room, const std::function<bool(const QByteArray &line)> &write);

/// Makes `file`, which must not exist, a copy of the whole database as it was at one moment. It has no epoch: what is
/// restored from it begins a new one.
[[nodiscard]] Result<void, QString> backUp(const QString &dataDir, const QString &file);

} // namespace lanline::server
