#pragma once

#include "core/id.h"
#include "core/timing.h"
#include "protocol/limits.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <variant>

/// The protocol as values: what the two codecs read and write, and all that anything above them ever sees.
/// docs/protocol.md says when each is sent.
namespace lanline::protocol {

inline constexpr quint32 versionMajor = 1;
inline constexpr quint32 versionMinor = 1;
/// WebSocket subprotocols. None offered means JSON.
inline constexpr auto subprotocolProtobuf = "lanline.v1.protobuf";
inline constexpr auto subprotocolJson = "lanline.v1.json";
/// What a device signs in HELLO: this, the nonce, the epoch and the certificate's SHA-256 (32 zero bytes if plain).
inline constexpr auto helloSignaturePrefix = "lanline-hello-1";

/// Its number is also the byte in front of a frame that is packed so.
enum class CompressionMethod : quint8 { None, Gzip, Zstd };

/// A way to make frames smaller: offered in READY and HELLO, chosen in WELCOME.
struct Compression
{
    CompressionMethod method = CompressionMethod::None;
    quint32 dictionary = 0; ///< of Zstd: the id in the dictionary's own header
    friend bool operator==(const Compression &, const Compression &) = default;
};

enum class Presence : quint8 { Offline, Online, Away };

struct User
{
    UserId id;
    QString name;
    bool isGuest = false;
    quint8 hue = 0; ///< first byte of the identity key: a name keeps its colour on every machine
    friend bool operator==(const User &, const User &) = default;
};

struct Member
{
    User user;
    Presence presence = Presence::Offline;
    friend bool operator==(const Member &, const Member &) = default;
};

enum class EventKind : quint8 {
    Message,
    Edit, ///< gives its target another text
    Deletion, ///< takes its target's text away
    Other, ///< of a later version: takes its place in the order, and shows nothing
};

/// One entry of a room's history.
struct Event
{
    quint64 seq = 0; ///< gapless per room, from 1
    MessageId messageId;
    User author;
    WallTime storedAt; ///< server's clock, for display only
    QString text; ///< of a message: as it is now; of an Edit: the new one
    EventKind kind = EventKind::Message;
    quint64 targetSeq = 0; ///< of Edit and Deletion: the message
    quint64 changedSeq = 0; ///< of a message: the newest event that changed it; 0: none
    bool isDeleted = false; ///< of a message: it has no text any more
    friend bool operator==(const Event &, const Event &) = default;
};

/// How far a client has stored a room.
struct Cursor
{
    RoomId room;
    quint64 seq = 0;
    MessageId messageId; ///< of the event at `seq`
    friend bool operator==(const Cursor &, const Cursor &) = default;
};

struct RoomInfo
{
    RoomId id;
    QString title;
    quint64 headSeq = 0; ///< newest event; 0 when there is none
    quint32 memberCount = 0;
    friend bool operator==(const RoomInfo &, const RoomInfo &) = default;
};

enum class CursorState : quint8 {
    None, ///< none was given: load the newest page
    Valid, ///< go on behind it
    Unknown, ///< this history does not have it: drop what is cached and load anew
};

/// A room as one of its members sees it.
struct RoomState
{
    RoomInfo info;
    quint64 firstSeq = 1; ///< oldest event still kept
    CursorState cursor = CursorState::None;
    QList<Member> members; ///< at most Limits::membersListed
    quint64 missedMessages = 0; ///< behind a Valid cursor; edits and deletions do not count
    friend bool operator==(const RoomState &, const RoomState &) = default;
};

enum class ErrorCode : quint8 {
    Unspecified,
    BadRequest, ///< a field is missing or out of range
    UnknownRoom,
    RoomExists,
    NotAMember,
    TextEmpty,
    TextTooLong,
    BadRoomName,
    TooManyRooms,
    MessageIdReused, ///< another body came under a message id that is already stored
    Busy, ///< temporary
    ReadOnly, ///< temporary: the store cannot write
    NotYours, ///< only its author edits or deletes a message
    UnknownMessage, ///< the target of an edit or a deletion does not exist, or not any more
    HistoryExpired, ///< what was asked for is older than what the room keeps
};

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

/// A kind of message that this version does not know; it is ignored.
struct Unknown
{
    friend bool operator==(const Unknown &, const Unknown &) = default;
};

using ClientCommand = std::variant<Unknown, Hello, Heartbeat, Send, Join, Leave, CreateRoom, RoomsGet, EventsGet,
    HistoryGet, StatusGet, Bye>;

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

struct Welcome
{
    User self;
    DeviceId deviceId;
    QByteArray guestSecret; ///< a new guest's key to the same device id next time; else empty
    QList<RoomState> rooms; ///< those the user is a member of
    Compression compression{}; ///< of every frame behind this one, both ways
    friend bool operator==(const Welcome &, const Welcome &) = default;
};

struct HeartbeatAck
{
    quint64 sentUs = 0; ///< as in the HEARTBEAT
    quint64 receivedUs = 0; ///< server's steady clock
    quint64 answeredUs = 0; ///< server's steady clock
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

using ServerMessage = std::variant<Unknown, Ready, Welcome, HeartbeatAck, Stored, Refused, Events, History, Joined,
    Left, Rooms, MemberChanged, PresenceChanged, Status, Error, Goodbye, StoreState>;

/// For std::visit: one lambda per kind.
template <class... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace lanline::protocol
