#pragma once

#include "client/values.h"

#include <variant>

/// What the face asks of the client, as values for the way into the network thread. Those that go to the server as they
/// are, are the protocol's own; their request ids are given out in the network thread.
namespace lanline::client {

struct Open
{
    QUrl url;
};
struct Close
{ };
struct RetryNow
{ };
struct SetHeartbeatInterval
{
    std::chrono::milliseconds interval{};
};
/// A new message for the outbox.
struct Submit
{
    OutboxItem item;
};
struct Resubmit
{
    MessageId message;
};
struct Edit
{
    MessageId message;
    QString text;
};
struct Discard
{
    MessageId message;
};
struct LoadOlder
{
    RoomId room;
};
/// Load the room from behind `afterSeq` on, instead of its newest page.
struct Follow
{
    RoomId room;
    quint64 afterSeq = 0;
};

using Command = std::variant<Open, Close, RetryNow, SetHeartbeatInterval, Submit, Resubmit, Edit, Discard, LoadOlder,
    Follow, protocol::Join, protocol::Leave, protocol::CreateRoom, protocol::RoomsGet, protocol::StatusGet>;

} // namespace lanline::client
