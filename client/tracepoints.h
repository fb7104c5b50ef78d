#pragma once

#include "client/trace.h"
#include "protocol/trace.h"

#include <optional>

/// The points in time of which traces are made: what the network thread saw of each message, as values for the way to
/// the face.
namespace lanline::client {

/// The server's steady clock, as known at some time.
struct ServerClock
{
    std::chrono::microseconds offset{}; ///< it minus ours
    std::chrono::microseconds error{}; ///< the offset may be off by this, either way
    friend bool operator==(const ServerClock &, const ServerClock &) = default;
};

/// A message's way out of this computer.
struct SentPoints
{
    SteadyTime composed; ///< in the face
    SteadyTime accepted; ///< by the network thread
    SteadyTime kept; ///< on this computer's disk
    SteadyTime left; ///< out of the outbox
    SteadyTime written; ///< handed to the socket, which had given all it could to the system
    std::chrono::microseconds marked{}; ///< between kept and left: until it was marked as sent on this computer's disk
    friend bool operator==(const SentPoints &, const SentPoints &) = default;
};

/// What is known of one message when it, or the answer to it, has come.
struct TracePoints
{
    RoomId room;
    quint64 seq = 0;
    MessageId messageId;
    UserId author;
    std::optional<SentPoints> own; ///< none: another's
    bool isEcho = false; ///< of one's own, whose STORED has come before: the event that everyone gets
    protocol::Ticks sender{}; ///< of another's, as EventTrace
    protocol::Ticks store{};
    protocol::Ticks told{}; ///< of one's own Stored::told, of another's EventTrace::fanOut
    protocol::Ticks sentAt{}; ///< of another's, by the server's clock
    SteadyTime arrived; ///< the frame came
    SteadyTime taken; ///< and was read
    SteadyTime passedOn; ///< to the face
    std::optional<ServerClock> clock;
    std::chrono::microseconds roundTrip{}; ///< the network's share of the last heartbeat's; zero: none yet
    friend bool operator==(const TracePoints &, const TracePoints &) = default;
};

} // namespace lanline::client
