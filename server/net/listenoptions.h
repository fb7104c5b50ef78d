#pragma once

#include "protocol/limits.h"
#include "server/net/tlslayer.h"

#include <QStringList>

#include <optional>

namespace lanline::server {

/// Which of the system's sockets carry the connections.
enum class Sockets : quint8 {
    Native, ///< the fastest that this system has
    Qt, ///< Qt's, on every system
};

/// What of HTTP a server allows.
struct HttpRules
{
    bool hasBenchEndpoints = false;
    /// Names in lower case that clients may know this server by, beside its own name and addresses.
    QStringList hostNames;
    /// Who shows it is the server's operator; empty: nobody is but who asks from this computer.
    QByteArray adminToken;
};

/// How a server listens.
struct ListenOptions
{
    protocol::Limits limits;
    HttpRules rules;
    Sockets sockets = Sockets::Native;
    std::optional<TlsIdentity> tls; ///< none: every byte is plain
    bool tracing = true; ///< Transport::readAt() is known
};

} // namespace lanline::server
