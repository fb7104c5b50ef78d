#pragma once

#include "core/id.h"
#include "core/timing.h"
#include "protocol/trace.h"

#include <QByteArray>
#include <QList>
#include <QString>

/// What the messages of the protocol are made of, as values.
namespace lanline::protocol {

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
    EventTrace trace{}; ///< of a live event
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
    quint64 readSeq = 0; ///< how far this user has read, on whatever device
    QString draft{}; ///< what this user has begun to write, on whatever device
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
    NotAllowed, ///< this server does not let itself be asked for that
};

enum class LinkRole : quint8 {
    Primary, ///< carries the conversation
    Standby, ///< beats, and waits to be promoted
};

/// One of the clients that share a session: a window or a device of the same user.
struct SessionClient
{
    ClientId clientId;
    QString app;
    bool isInUse = false; ///< the one that its person has in hand
    bool isConnected = false;
    friend bool operator==(const SessionClient &, const SessionClient &) = default;
};

} // namespace lanline::protocol
