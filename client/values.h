#pragma once

#include "core/id.h"
#include "core/timing.h"
#include "protocol/messages.h"

#include <QHostAddress>
#include <QList>
#include <QString>
#include <QUrl>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

/// What the client tells its face: values only, made in the network thread and read in the GUI thread.
namespace lanline::client {

/// The one state machine that every indicator follows.
enum class Phase : quint8 {
    Offline, ///< not asked to connect, or stopped by a problem that only a person can solve
    Connecting, ///< the socket is being opened
    Joining, ///< READY awaited, HELLO sent, WELCOME awaited
    CatchingUp, ///< pages are being pulled
    Online,
    WaitingToRetry,
};

/// Why there is no connection. `ui` turns it into words.
enum class Problem : quint8 {
    None,
    BadAddress, ///< the URL cannot be used
    HostNotFound,
    ConnectionRefused, ///< nobody listens there
    TimedOut,
    NotAWebSocketServer, ///< something else answered
    NotLanline, ///< a WebSocket server of another kind
    VersionMismatch,
    NameTaken,
    BadName,
    AuthRefused,
    PairingRefused, ///< the code of another device is wrong, used or too old
    HeartbeatMissed,
    ServerStopped, ///< it said GOODBYE
    ServerFull,
    ConnectionLost,
    ClosedByServer, ///< `ConnectionState::problemDetail` has its text
    KeyUnusable, ///< the file of the device key can be neither read nor made; `problemDetail` says why
};

/// Whether the client keeps a second link, ready to take over.
enum class Redundancy : quint8 {
    Off,
    On, ///< always
    Automatic, ///< where it lies on another path than the first, or both lie within this machine
};

/// The client has two lanes, each with room for one link. Failing over leaves the links where they are: the standby
/// goes on in its lane as the active one.
enum class LaneState : quint8 {
    Empty,
    Connecting, ///< from the opened socket to WELCOME
    Ready, ///< a standby
    Active, ///< the primary
};

struct Lane
{
    LaneState state = LaneState::Empty;
    QHostAddress local; ///< null while Empty
    QHostAddress peer; ///< likewise
    std::optional<std::chrono::microseconds> roundTrip{}; ///< of the last heartbeat
};
inline constexpr int laneCount = 2;

/// How the last failover went.
struct Failover
{
    SteadyTime at; ///< the standby was promoted
    std::chrono::milliseconds gap{}; ///< from the last frame of the old primary to the first of the new one
    /// By the ledger: everything sent since has an answer or waits, and no event was skipped. Told when the rooms are
    /// live again and what was under way is stored.
    bool isNothingLost = false;
};

struct ConnectionState
{
    Phase phase = Phase::Offline;
    Problem problem = Problem::None; ///< of the last attempt; None once online
    Redundancy redundancy = Redundancy::Automatic;
    bool isHostReadOnly = false; ///< it cannot write at present: what is sent waits
    int attempt = 0; ///< of the present outage, from 1
    SteadyTime nextAttemptAt; ///< while WaitingToRetry
    QString problemDetail; ///< English, for tooltips and logs
    QUrl url;
    QString serverName; ///< empty until READY
    ServerId serverId; ///< null until READY, unless this profile has met a server at that address before
    protocol::User self; ///< null id until WELCOME
    protocol::Limits limits; ///< the server's, from READY
    std::optional<WallTime> lastContactAt; ///< anything read from the server
    QString storeProblem; ///< English, why this computer cannot keep messages at present; empty: it can
    quint64 toCatchUp = 0; ///< messages this catch-up has to load, and
    quint64 caughtUp = 0; ///< how many of them are here
    std::array<Lane, laneCount> lanes{};
    std::optional<Failover> failover{}; ///< of this connection; none since the last outage
    QList<protocol::SessionClient> clients{}; ///< that share the session, this one among them
    int waiting = 0; ///< commands in the outbox that are not stored yet
    bool isStandbyOnSamePath = false; ///< it would fall with the primary's network
    bool hasOtherPath = false; ///< this computer and the server have more than one network in common
    bool isInUse = true; ///< this is the one that its person has in hand

    /// The standby's lane is Ready.
    bool hasStandby() const
    {
        return std::any_of(lanes.begin(), lanes.end(), [](const Lane &lane) { return lane.state == LaneState::Ready; });
    }
};

/// A change of one room's timeline. Positions follow from seq. Pages hold messages only, each as it is now; what is
/// appended holds edits and deletions too, in the order in which they happened.
struct TimelineUpdate
{
    enum class Kind : quint8 {
        Reset, ///< drop all that is shown of the room; `events` is the newest page
        Append, ///< behind the newest event of the room
        Prepend, ///< an answer to loadOlder()
        Extend, ///< an answer to loadNewer()
        Change, ///< edits and deletions of messages that were loaded before: nothing takes a place
    };
    RoomId room;
    Kind kind = Kind::Append;
    QList<protocol::Event> events; ///< in seq order
    quint64 fromSeq = 0; ///< every message of the room from here
    quint64 toSeq = 0; ///< to here is in `events`; 0 with fromSeq: nothing is known of the room
    bool reachedStart = false; ///< nothing older exists
    bool isCatchUp = false; ///< loaded after an absence, not live
};

enum class SendState : quint8 {
    Waiting, ///< on this computer
    Sending, ///< on the wire, not yet stored
    Stored,
    Failed, ///< refused for good
    Discarded, ///< taken back before anything of it was sent, or after it failed
};

/// A message of this person on its way, or an edit or deletion of one. It is told once it is on this computer's disk. A
/// Stored or Discarded one is told once and then forgotten by the outbox.
struct OutboxItem
{
    MessageId messageId;
    RoomId room;
    QString text;
    protocol::EventKind kind = protocol::EventKind::Message;
    // Of an edit or deletion:
    MessageId targetId;
    quint64 targetSeq = 0; ///< 0: the target is in the outbox, ahead of it
    SendState state = SendState::Waiting;
    bool hasLeft = false; ///< some of it may have been on the wire: it can no longer be changed in place
    WallTime composedAt;
    SteadyTime tracedFrom{}; ///< composed in this run; of an earlier one: zero, and it is not traced
    // Stored:
    quint64 seq = 0;
    WallTime storedAt;
    bool isDuplicate = false;
    bool wasRecovered = false; ///< sent again after a reconnect
    std::chrono::microseconds ackTime{}; ///< first byte written to STORED read
    // Failed:
    protocol::ErrorCode code = protocol::ErrorCode::Unspecified;
    QString reason; ///< English
};

/// One heartbeat's way there and back.
struct RoundTrip
{
    SteadyTime at; ///< the ACK was read
    WallTime wallAt;
    std::chrono::microseconds rtt{};
    std::chrono::microseconds serverTime{}; ///< spent inside the server
    std::chrono::microseconds clockOffset{}; ///< server's steady clock minus ours, best estimate
    std::chrono::microseconds clockError{}; ///< that may be off by this, either way
    int lane = 0; ///< whose heartbeat, and
    bool isOfStandby = false; ///< what it was
};

/// How long each step of one connection took.
struct ConnectSteps
{
    std::chrono::microseconds dns{}; ///< zero for an address
    std::chrono::microseconds tcp{};
    std::chrono::microseconds upgrade{}; ///< the WebSocket handshake
    std::chrono::microseconds welcome{}; ///< from the handshake's end to WELCOME
    std::optional<std::chrono::microseconds> tls{}; ///< between TCP and the upgrade; none of a plain connection
};

/// What the chart marks.
struct LinkEvent
{
    enum class Kind : quint8 {
        Connected,
        Lost, ///< there is no link any more
        Reconnected,
        HeartbeatMissed,
        FailedOver, ///< the standby was promoted
        StandbyReady,
        StandbyLost,
        LaneChanged, ///< for the lanes of the chart; no mark of its own
    };
    Kind kind = Kind::Connected;
    SteadyTime at;
    WallTime wallAt;
    Problem problem = Problem::None; ///< of Lost, StandbyLost and FailedOver: what was wrong with the link that went
    std::chrono::milliseconds outage{}; ///< of Reconnected: how long there was no link; of FailedOver: Failover::gap
    quint64 replayed = 0; ///< of Reconnected and FailedOver: events caught up
    int lane = 0; ///< of LaneChanged, FailedOver, StandbyReady and StandbyLost: the standby's
    LaneState laneState = LaneState::Empty; ///< of LaneChanged
};

/// The answer to a request that failed (join, leave, create, list, load).
struct RequestFailure
{
    protocol::ErrorCode code = protocol::ErrorCode::Unspecified;
    RoomId room;
    QString text; ///< English
};

/// What became of everything, by this profile's own account, for the server that it is connected to. Counted over all
/// starts (delivered, replayed and repeated: since this one). docs/architecture.md tells how it compares with STATUS.
struct Ledger
{
    quint64 sent = 0; ///< taken into the outbox
    quint64 stored = 0; ///< acknowledged with STORED; `deduplicated` of them as a duplicate
    quint64 deduplicated = 0;
    quint64 refused = 0; ///< for good, and not tried again
    quint64 discarded = 0;
    quint64 waiting = 0; ///< in the outbox now
    quint64 delivered = 0; ///< events read live
    quint64 replayed = 0; ///< events read in pages
    quint64 repeated = 0; ///< events that came once more and were dropped
    quint64 missing = 0; ///< events that were skipped by the server although it keeps them

    /// Of what was sent, what has no outcome.
    quint64 lost() const
    {
        const quint64 accounted = stored + refused + discarded + waiting;
        return missing + (sent > accounted ? sent - accounted : 0);
    }
    friend bool operator==(const Ledger &, const Ledger &) = default;
};

/// Who this process is to a server.
struct Identity
{
    QString name;
    QString keyPath{}; ///< file of the device key; empty: a guest
    QString storePath{}; ///< file of the outbox and the cached history; empty: both end with the session
};

} // namespace lanline::client
