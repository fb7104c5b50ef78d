#pragma once

#include "core/id.h"
#include "core/threadkind.h"
#include "core/timing.h"

#include <QList>
#include <QString>

#include <array>
#include <chrono>

/// Where the time of messages went, as values: made in the client, shown by the face. docs/latency.md explains the
/// hops.
namespace lanline::client {

/// What a message spends its time on.
enum class Family : quint8 {
    Network,
    Threads, ///< an event loop that was busy, and the work itself
    Io, ///< a disk
    BackPressure, ///< somebody behind could not take more
};
inline constexpr int familyCount = 4;
using FamilyTimes = std::array<std::chrono::microseconds, familyCount>;

/// The legs of a message's way, in their order. Not every trace has all of them.
enum class Hop : quint8 {
    // On the sender's computer
    Sender, ///< all of it, where no more is known
    Composed, ///< until the network thread took it
    Kept, ///< until it was on the sender's disk
    Queued, ///< until the server would take more
    Encoded, ///< until it was with the socket
    // To the server
    Uplink,
    // In the server
    Routed, ///< read and checked, until the store had it
    QueuedForDisk, ///< until its transaction began
    Stored, ///< until it was on the disk; where no more is known: since it was read
    FannedOut, ///< until it was made for everyone; of one's own: until STORED was about to leave
    Written, ///< until the sockets had it
    // To this client
    Downlink,
    // On this computer
    Held, ///< until it was taken up
    Decoded, ///< until it was ready for the GUI thread
    Shown, ///< until it was in the model
    Painted, ///< until it was on the screen
};
inline constexpr int hopCount = int(Hop::Painted) + 1;

struct Leg
{
    Hop hop = Hop::Sender;
    Family family = Family::Threads; ///< that its time counts for, but for
    std::chrono::microseconds duration{};
    std::chrono::microseconds stalled{}; ///< the part in which a thread is known to have stood still: counts as Threads
    std::chrono::microseconds error{}; ///< of a one-way leg: it may be longer or shorter by this; else zero
    friend bool operator==(const Leg &, const Leg &) = default;
};

/// The way of one message, from the person who wrote it. One's own ends when STORED has come back to the face, all on
/// this computer's clock. Another's ends when it is in the model (or painted, if seen); the legs between computers are
/// then one-way, by the estimate of the clocks' offset.
struct MessageTrace
{
    RoomId room;
    quint64 seq = 0;
    MessageId messageId;
    UserId author;
    bool isOwn = false;
    bool isDetailed = false; ///< the server's own account is in it
    SteadyTime endedAt; ///< this computer's clock
    WallTime wallAt; ///< likewise
    QList<Leg> legs; ///< without holes, in Hop's order
    std::chrono::microseconds roundTrip{}; ///< of another's: the network's share of the last heartbeat's, both ways
    friend bool operator==(const MessageTrace &, const MessageTrace &) = default;

    std::chrono::microseconds total() const;
    /// What of it counts for each; together, total().
    FamilyTimes families() const;
};

// ---- threads ------------------------------------------------------------------------------------------------------

/// One thread over the time since its last sample.
struct ThreadSample
{
    ThreadKind thread = ThreadKind::Gui;
    SteadyTime at; ///< this computer's clock, as all of these
    std::chrono::microseconds longestLag{}; ///< that work has waited for it
    quint32 busyPermille = 0;
    quint32 queued = 0; ///< what waits for it; 0 where nobody counts
    friend bool operator==(const ThreadSample &, const ThreadSample &) = default;
};

/// A time in which a thread did not turn to its next work.
struct ThreadStall
{
    ThreadKind thread = ThreadKind::Gui;
    SteadyTime begin;
    std::chrono::microseconds duration{};
    QString what; ///< English: what it was doing; empty: not known
    quint32 heldUp = 0; ///< messages that were in that thread's hands meanwhile, by the server's count; 0 of one's own
    friend bool operator==(const ThreadStall &, const ThreadStall &) = default;
};

/// Once a second of this process's threads, and with every heartbeat's answer of the server's.
struct ThreadReport
{
    QList<ThreadSample> samples;
    QList<ThreadStall> stalls;
};

} // namespace lanline::client
