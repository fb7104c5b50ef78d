#pragma once

#include "protocol/messages.h"

namespace lanline::server {

/// English, for logs and scripts.
QString textOf(protocol::ErrorCode code);

/// How long a client waits before it sends a refused message again; zero for those that are refused for good.
std::chrono::milliseconds retryAfter(protocol::ErrorCode code);

/// Whether something can be stored as far as it shows without its room: an edit or a deletion has a target, a deletion
/// has no text, that of others is not empty, not over the limit, and without control characters other than tabs and
/// line ends. `Unspecified`: it can.
protocol::ErrorCode faultOf(const protocol::Send &send, const protocol::Limits &limits);

} // namespace lanline::server
