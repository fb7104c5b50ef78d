#pragma once

#include "core/id.h"
#include "protocol/compression.h"
#include "server/net/sharedframe.h"

namespace lanline::server {

/// One connection of a person who has logged in, as the hub sees it.
class Link
{
public:
    virtual ~Link() = default;
    virtual UserId userId() const = 0;
    /// How its frames look from now on.
    virtual protocol::WireFormat format() const = 0;
    /// Never ends the link within the call: the hub may be in the middle of a fan-out.
    virtual void deliver(const SharedFrame &frame) = 0;
};

} // namespace lanline::server
