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
    /// All but `tls` and `http.adminToken`, which lie in files.
    server::ServerOptions options;
    bool wantsTls = false;
    // Both or neither; then the identity that is kept with the data.
    QString tlsCertificateFile;
    QString tlsKeyFile;
    QString adminTokenFile; ///< empty: there is no token
    // At most one of these; then no server is started.
    RoomId exportedRoom;
    QString backupFile;
};

/// The error is a sentence about the usage.
Result<Arguments, QString> parseArguments(const QStringList &commandLine);

} // namespace lanline
