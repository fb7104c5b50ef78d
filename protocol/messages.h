#pragma once

#include "protocol/limits.h"
#include "protocol/parts.h"

#include <optional>
#include <variant>

/// The protocol as values: what the two codecs read and write, and all that anything above them ever sees.
/// docs/protocol.md says when each is sent.
namespace lanline::protocol {

inline constexpr quint32 versionMajor = 1;
inline constexpr quint32 versionMinor = 3;
/// WebSocket subprotocols. None offered means JSON.
inline constexpr auto subprotocolProtobuf = "lanline.v1.protobuf";
inline constexpr auto subprotocolJson = "lanline.v1.json";
/// What a device signs in HELLO: this, the nonce, the epoch and the certificate's SHA-256 (32 zero bytes if plain).
inline constexpr auto helloSignaturePrefix = "lanline-hello-1";

// ---- client to server --------------------------------------------------------------------------------------------

struct DeviceAuth
{
    QByteArray publicKey; ///< 32 bytes, Ed25519
    QByteArray signature; ///< 64 bytes
    friend bool operator==(const DeviceAuth &, const DeviceAuth &) = default;
};
struct GuestAuth
{
    QByteArray secret; ///< from an earlier WELCOME, or empty
    friend bool operator==(const GuestAuth &, const GuestAuth &) = default;
};

/// Which session a connection belongs to.
struct Resume
{
    SessionId session; ///< as in an earlier WELCOME
    QByteArray token; ///< likewise
    quint64 generation = 0; ///< of a primary: above that of the client's last one
    LinkRole role = LinkRole::Primary;
    friend bool operator==(const Resume &, const Resume &) = default;
};

struct Hello
{
    quint32 versionMajor = protocol::versionMajor;
    quint32 versionMinor = protocol::versionMinor;
    QString app; ///< "lanline 0.1.0"
    ClientId clientId;
    QString name; ///< how the person wants to be called
    std::variant<DeviceAuth, GuestAuth> auth;
    Epoch epoch; ///< that the cursors belong to; null without cursors
    QList<Cursor> cursors;
    QList<Compression> compressions{}; ///< what the client can
    std::optional<Resume> resume{};
    QString pairingCode{}; ///< makes this device one of the user who was given the code
    friend bool operator==(const Hello &, const Hello &) = default;
};

struct Heartbeat
{
    WallTime timestamp; ///< informative
    ClientId clientId;
    std::chrono::milliseconds next{}; ///< the next beat comes within this time
    quint64 sentUs = 0; ///< client's steady clock
    friend bool operator==(const Heartbeat &, const Heartbeat &) = default;
};

struct Send
{
    RoomId room;
    MessageId messageId;
    QString text;
    EventKind kind = EventKind::Message;
    // Of Edit and Deletion, one of these:
    quint64 targetSeq = 0;
    MessageId targetId{}; ///< a message that this device has sent, stored by now or ahead of this
    SendTrace trace{};
    friend bool operator==(const Send &, const Send &) = default;
};

/// `requestId` is chosen by the client and comes back in the answer or the ERROR.
struct Join
{
    quint32 requestId = 0;
    RoomId room;
    friend bool operator==(const Join &, const Join &) = default;
};
struct Leave
{
    quint32 requestId = 0;
    RoomId room;
    friend bool operator==(const Leave &, const Leave &) = default;
};
struct CreateRoom
{
    quint32 requestId = 0;
    RoomId room;
    QString title;
    friend bool operator==(const CreateRoom &, const CreateRoom &) = default;
};
struct RoomsGet
{
    quint32 requestId = 0;
    friend bool operator==(const RoomsGet &, const RoomsGet &) = default;
};
/// Catch-up: the page of events behind `afterSeq`. The answer with `live` set turns live events of the room on.
struct EventsGet
{
    quint32 requestId = 0;
    RoomId room;
    quint64 afterSeq = 0;
    /// Over 0: only edits and deletions of messages up to this seq, for a client that has left out the rest. Such a
    /// page is never `live`; an empty one is the last.
    quint64 targetsUntil = 0;
    friend bool operator==(const EventsGet &, const EventsGet &) = default;
};
/// Scrolling back: the page of messages before `beforeSeq` (0: the newest page), as they are now.
struct HistoryGet
{
    quint32 requestId = 0;
    RoomId room;
    quint64 beforeSeq = 0;
    quint32 count = 0; ///< at most Limits::pageEvents, which 0 stands for
    friend bool operator==(const HistoryGet &, const HistoryGet &) = default;
};
struct StatusGet
{
    quint32 requestId = 0;
    friend bool operator==(const StatusGet &, const StatusGet &) = default;
};
/// The client leaves on purpose: its person is offline at once.
struct Bye
{
    friend bool operator==(const Bye &, const Bye &) = default;
};

/// Makes the standby that it comes on the client's primary. No room is live on it yet.
struct Promote
{
    quint64 generation = 0; ///< above that of the client's last primary
    friend bool operator==(const Promote &, const Promote &) = default;
};
/// The person has this client in hand.
struct InUse
{
    friend bool operator==(const InUse &, const InUse &) = default;
};
/// The person has read the room up to here. Never goes back.
struct MarkRead
{
    RoomId room;
    quint64 seq = 0;
    friend bool operator==(const MarkRead &, const MarkRead &) = default;
};
struct SetDraft
{
    RoomId room;
    QString text; ///< empty: none
    friend bool operator==(const SetDraft &, const SetDraft &) = default;
};
/// Asks for a one-time code that lets another device in as one of this user's.
struct PairingGet
{
    quint32 requestId = 0;
    friend bool operator==(const PairingGet &, const PairingGet &) = default;
};

/// Asks where the time of a message went.
struct TraceGet
{
    quint32 requestId = 0;
    RoomId room;
    quint64 seq = 0;
    friend bool operator==(const TraceGet &, const TraceGet &) = default;
};
/// Breaks the server on purpose, for a while. Of a server that does not allow it: ERROR NotAllowed.
struct FaultSet
{
    quint32 requestId = 0;
    std::optional<Fault> fault{}; ///< none: only asks; one without a duration: ends that of its kind
    friend bool operator==(const FaultSet &, const FaultSet &) = default;
};

/// A kind of message that this version does not know; it is ignored.
struct Unknown
{
    friend bool operator==(const Unknown &, const Unknown &) = default;
};

using ClientCommand = std::variant<Unknown, Hello, Heartbeat, Send, Join, Leave, CreateRoom, RoomsGet, EventsGet,
    HistoryGet, StatusGet, Bye, Promote, InUse, MarkRead, SetDraft, PairingGet, TraceGet, FaultSet>;

// ---- server to client --------------------------------------------------------------------------------------------

/// The server speaks first.
struct Ready
{
    quint32 versionMajor = protocol::versionMajor;
    quint32 versionMinor = protocol::versionMinor;
    QString serverName;
    QString app; ///< "lanline 0.1.0"
    Epoch epoch;
    QByteArray nonce; ///< 32 bytes
    Limits limits; ///< of these, only the ones that bind a client are on the wire
    ServerId serverId{}; ///< the same for as long as its data lives, wherever that is
    QList<Compression> compressions{}; ///< what the server can
    friend bool operator==(const Ready &, const Ready &) = default;
};

/// The session that the connection is bound to now.
struct SessionInfo
{
    SessionId id;
    QByteArray token; ///< 32 bytes
    quint64 generation = 0; ///< of the client's primary
    LinkRole role = LinkRole::Primary;
    bool isResumed = false; ///< it is the one that HELLO named
    std::chrono::milliseconds graceTime{}; ///< how long it outlives its last connection
    friend bool operator==(const SessionInfo &, const SessionInfo &) = default;
};

struct Welcome
{
    User self;
    DeviceId deviceId;
    QByteArray guestSecret; ///< a new guest's key to the same device id next time; else empty
    QList<RoomState> rooms; ///< those the user is a member of
    Compression compression{}; ///< of every frame behind this one, both ways
    std::optional<SessionInfo> session{}; ///< none: an older server
    QStringList addresses{}; ///< host:port, where the server can be reached
    QList<SessionClient> clients{}; ///< of the session, this one among them
    friend bool operator==(const Welcome &, const Welcome &) = default;
};

struct HeartbeatAck
{
    quint64 sentUs = 0; ///< as in the HEARTBEAT
    quint64 receivedUs = 0; ///< server's steady clock
    quint64 answeredUs = 0; ///< server's steady clock
    // Of a primary's beat:
    QList<ThreadLoad> threads{}; ///< the server's
    QList<ThreadStall> stalls{}; ///< since the ACK before, the longest few, oldest first
    std::chrono::microseconds queued{}; ///< how long what waits to be sent on this link has waited
    friend bool operator==(const HeartbeatAck &, const HeartbeatAck &) = default;
};

/// The message is on the server's disk, and is event `seq` of its room.
struct Stored
{
    RoomId room;
    MessageId messageId;
    quint64 seq = 0;
    bool isDuplicate = false; ///< it had been stored before
    WallTime storedAt;
    Ticks store{}; ///< SEND read until the message was on the disk; not of a duplicate, as the next
    Ticks told{}; ///< from there until this left
    friend bool operator==(const Stored &, const Stored &) = default;
};

/// The message was not stored. With `retryAfter` set it may be sent again then, and what was sent behind it on this
/// link was dropped; without, it never will be, and the rest passes.
struct Refused
{
    RoomId room;
    MessageId messageId;
    ErrorCode code = ErrorCode::Unspecified;
    QString text; ///< English, for logs and scripts
    std::chrono::milliseconds retryAfter{};
    friend bool operator==(const Refused &, const Refused &) = default;
};

/// Events of one room, in seq order: live (requestId 0) or the page an EVENTS_GET asked for.
struct Events
{
    quint32 requestId = 0;
    RoomId room;
    QList<Event> events;
    bool live = false; ///< of a page: it met the newest event, and live events follow
    quint64 headSeq = 0; ///< of a page: how far there is to go
    Ticks sentAt{}; ///< live: clockTicks() of the server's clock
    friend bool operator==(const Events &, const Events &) = default;
};

/// The page a HISTORY_GET asked for, in seq order: messages only, each as it is now.
struct History
{
    quint32 requestId = 0;
    RoomId room;
    QList<Event> events;
    quint64 firstSeq = 1; ///< oldest event still kept
    quint64 fromSeq = 0; ///< the page has every message from here on; 0 from an older server: from its first event
    friend bool operator==(const History &, const History &) = default;
};

/// Answer to JOIN and CREATE_ROOM; unasked when another device of the user joined.
struct Joined
{
    quint32 requestId = 0;
    RoomState room;
    friend bool operator==(const Joined &, const Joined &) = default;
};
struct Left
{
    quint32 requestId = 0;
    RoomId room;
    friend bool operator==(const Left &, const Left &) = default;
};
/// All rooms of the server. With requestId 0: the one that was just created.
struct Rooms
{
    quint32 requestId = 0;
    QList<RoomInfo> rooms;
    friend bool operator==(const Rooms &, const Rooms &) = default;
};
/// Someone came to a room or left it for good. (Coming and going of links is PRESENCE.)
struct MemberChanged
{
    RoomId room;
    Member member;
    bool isMember = true;
    friend bool operator==(const MemberChanged &, const MemberChanged &) = default;
};
struct PresenceChanged
{
    UserId user;
    Presence presence = Presence::Offline;
    friend bool operator==(const PresenceChanged &, const PresenceChanged &) = default;
};

struct Status
{
    quint32 requestId = 0;
    QString serverName;
    QString app;
    Epoch epoch;
    std::chrono::milliseconds uptime{};
    quint32 connections = 0;
    quint32 users = 0;
    quint32 rooms = 0;
    quint64 received = 0; ///< SENDs read since the start
    quint64 stored = 0;
    quint64 duplicates = 0;
    quint64 refused = 0;
    quint64 delivered = 0; ///< events written to links, live
    quint64 replayed = 0; ///< events written to links in pages
    quint64 lost = 0; ///< events that were stored once and are not there any more, found when the store opened
    quint64 pagesFromMemory = 0;
    quint64 pagesFromStore = 0;
    bool isReadOnly = false; ///< the store cannot write at present
    quint64 storedEver = 0; ///< over all starts, as the next
    quint64 duplicatesEver = 0;
    std::chrono::microseconds longestLoopLag{}; ///< of the server's thread, since the start; 0 from an older server
    friend bool operator==(const Status &, const Status &) = default;
};

/// A command could not be done; the connection goes on.
struct Error
{
    quint32 requestId = 0;
    ErrorCode code = ErrorCode::Unspecified;
    RoomId room; ///< or null
    QString text; ///< English, for logs and scripts
    friend bool operator==(const Error &, const Error &) = default;
};

/// The server is about to close this connection.
struct Goodbye
{
    QString text;
    std::chrono::milliseconds retryAfter{};
    friend bool operator==(const Goodbye &, const Goodbye &) = default;
};

/// The store cannot write (nothing is stored until it can; what is sent is refused for a while), or can again. Told to
/// everyone when it changes, and behind WELCOME while it cannot.
struct StoreState
{
    bool isWritable = true;
    QString text; ///< English
    friend bool operator==(const StoreState &, const StoreState &) = default;
};

/// The answer to PROMOTE. Then EVENTS_GET per room, as after WELCOME.
struct Promoted
{
    quint64 generation = 0;
    QList<RoomState> rooms;
    friend bool operator==(const Promoted &, const Promoted &) = default;
};
/// Who shares the session has changed, or which of them is in use.
struct SessionClients
{
    QList<SessionClient> clients;
    friend bool operator==(const SessionClients &, const SessionClients &) = default;
};
/// Another client of the session has read the room up to here.
struct ReadMark
{
    RoomId room;
    quint64 seq = 0;
    friend bool operator==(const ReadMark &, const ReadMark &) = default;
};
/// Another client of the session has changed what waits to be said in the room.
struct Draft
{
    RoomId room;
    QString text; ///< empty: none
    friend bool operator==(const Draft &, const Draft &) = default;
};
struct Pairing
{
    quint32 requestId = 0;
    QString code;
    std::chrono::milliseconds validFor{};
    friend bool operator==(const Pairing &, const Pairing &) = default;
};

/// Where the time of a message went inside the server: its steady clock, in microseconds; 0: not known. All of them 0:
/// nothing is known of the message any more.
struct Trace
{
    quint32 requestId = 0;
    RoomId room;
    quint64 seq = 0;
    SendTrace sender{};
    quint64 readUs = 0; ///< the SEND came
    quint64 routedUs = 0; ///< it was checked, and handed to the store
    quint64 begunUs = 0; ///< its transaction began
    quint64 committedUs = 0; ///< it was on the disk
    quint64 toldUs = 0; ///< the server's thread heard of it
    quint64 fannedOutUs = 0; ///< the event was made for everyone
    quint64 writtenUs = 0; ///< it was given to everyone's socket
    friend bool operator==(const Trace &, const Trace &) = default;
};
/// The answer to FAULT_SET.
struct Faults
{
    quint32 requestId = 0;
    QList<ActiveFault> faults;
    friend bool operator==(const Faults &, const Faults &) = default;
};

using ServerMessage = std::variant<Unknown, Ready, Welcome, HeartbeatAck, Stored, Refused, Events, History, Joined,
    Left, Rooms, MemberChanged, PresenceChanged, Status, Error, Goodbye, StoreState, Promoted, SessionClients, ReadMark,
    Draft, Pairing, Trace, Faults>;

/// For std::visit: one lambda per kind.
template <class... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace lanline::protocol
