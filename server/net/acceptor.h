#pragma once

#include "server/net/stream.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace lanline::server {

/// A listening socket, without a thought of what its connections speak. Lives in the server thread.
class Acceptor
{
public:
    /// Takes the connection, or drops it by not keeping it.
    using Accepted = std::function<void(std::unique_ptr<Stream>)>;

    struct Problem
    {
        bool isPortInUse = false;
        QString text; ///< English
    };

    virtual ~Acceptor() = default;

    /// Takes the port; who connects waits until startAccepting(). Nothing when it is ours.
    virtual std::optional<Problem> listen(const QHostAddress &address, quint16 port) = 0;
    virtual quint16 port() const = 0;
    virtual void startAccepting() = 0;
    /// Gives the port back; what was accepted lives on.
    virtual void close() = 0;
};

} // namespace lanline::server
