#pragma once

#include "core/result.h"
#include "server/serverhost.h"

#include <QStringList>

namespace lanline {

/// What the command line asks for.
struct Arguments
{
    /// Set for --help and --version: print it and leave.
    QString printAndLeave;
    server::ServerOptions options;
    // At most one of these; then no server is started.
    RoomId exportedRoom;
    QString backupFile;
};

/// The error is a sentence about the usage.
Result<Arguments, QString> parseArguments(const QStringList &commandLine);

} // namespace lanline
