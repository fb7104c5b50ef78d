#pragma once

#include "client/values.h"

#include <variant>

/// What the face asks of the client, as values for the way into the network thread. Those that go to the server as they
/// are, are the protocol's own; their request ids are given out in the network thread.
namespace lanline::client {

struct Open
{
    QUrl url;
    QString pairingCode{}; ///< that another device of this person has shown
};
struct Close
{ };
struct RetryNow
{ };
struct SetHeartbeatInterval
{
    std::chrono::milliseconds interval{};
};
struct SetRedundancy
{
    Redundancy redundancy = Redundancy::Automatic;
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
/// An edit or a deletion: of a message in the outbox in place, as long as nothing of it was sent; else a command of its
/// own behind it.
struct Amend
{
    OutboxItem item;
};
struct Discard
{
    MessageId message;
};
struct LoadOlder
{
    RoomId room;
    quint64 beforeSeq = 0;
};
struct LoadNewer
{
    RoomId room;
    quint64 afterSeq = 0;
};
struct LoadNewest
{
    RoomId room;
};
/// Breaks this client on purpose; without a duration: ends the fault of that kind.
struct SetFault
{
    Fault fault;
};
/// Load the room from behind `afterSeq` on, instead of its newest page.
struct Follow
{
    RoomId room;
    quint64 afterSeq = 0;
};

using Command = std::variant<Open, Close, RetryNow, SetHeartbeatInterval, SetRedundancy, Submit, Resubmit, Amend,
    Discard, LoadOlder, LoadNewer, LoadNewest, Follow, protocol::Join, protocol::Leave, protocol::CreateRoom,
    protocol::RoomsGet, protocol::StatusGet, protocol::InUse, protocol::MarkRead, protocol::SetDraft,
    protocol::PairingGet, protocol::TraceGet, protocol::FaultSet, SetFault>;

} // namespace lanline::client
