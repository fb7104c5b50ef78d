#pragma once

#include "client/faults/linkfaults.h"
#include "client/link.h"
#include "client/networkwatch.h"
#include "client/store/clientstore.h"
#include "core/timing.h"
#include "protocol/compression.h"

#include <functional>
#include <memory>

namespace lanline::client {

/// What the client does not make itself, so that tests can.
struct ClientParts
{
    std::shared_ptr<TimeSource> time;
    /// A number from 0 up to, but not including, 1.
    std::function<double()> random;
    LinkFactory makeLink;
    std::function<std::unique_ptr<ClientStore>()> makeStore{};
    /// None: nothing is known of the computer's networks, and there is one way to a server.
    std::function<std::unique_ptr<NetworkWatch>()> makeNetworkWatch{};
    /// What is offered to the server.
    QList<protocol::Compression> compressions = protocol::supportedCompressions();
    /// Made by the client, in its thread: what its links are broken with.
    std::shared_ptr<LinkFaults> faults{};
};

} // namespace lanline::client
