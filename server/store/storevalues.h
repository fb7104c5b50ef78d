#pragma once

#include "protocol/limits.h"
#include "protocol/messages.h"
#include "server/trace/stamps.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

/// What goes to the store and what comes back from it: values only.
namespace lanline::server {

/// The room that always exists. Everyone is made a member of it at the first login.
inline const RoomId lobbyId{QStringLiteral("lobby")};

/// Who asked, so that the answer finds its way back: a connection that may be gone by then.
struct Origin
{
    quint64 connection = 0;
    quint32 requestId = 0;
};

// ---- commands: the writer does them in order, many in one transaction ---------------------------------------------

/// The signature of a device has been verified before this is asked.
struct LogIn
{
    Origin origin;
    std::variant<protocol::DeviceAuth, protocol::GuestAuth> auth;
    QString name; ///< normalized and clean
    Epoch epoch; ///< of the cursors
    QList<protocol::Cursor> cursors;
    /// Makes a device that is new one of this user's, whatever `name` says. Not for guests.
    std::optional<UserId> pairWith{};
};

struct Append
{
    Origin origin;
    DeviceId device;
    protocol::User author; ///< as the event will show it for ever
    RoomId room;
    MessageId messageId;
    QString text; ///< of a message or an edit
    protocol::EventKind kind = protocol::EventKind::Message; ///< not Other
    // Of an edit or a deletion, one of these; see protocol::Send.
    quint64 targetSeq = 0;
    MessageId targetId{};
    Stamps stamps{};
};

struct CreateRoom
{
    Origin origin;
    UserId user; ///< its first member
    RoomId room;
    QString title;
};

struct ChangeMembership
{
    Origin origin;
    UserId user;
    RoomId room;
    bool isMember = true;
};

/// What a user keeps of a room, on whatever device. What is not set stays as it is. Without effect on one who is not a
/// member any more.
struct SaveMarks
{
    UserId user;
    RoomId room;
    std::optional<quint64> readSeq; ///< never goes back
    std::optional<QString> draft; ///< empty: none
};

using StoreCommand = std::variant<LogIn, Append, CreateRoom, ChangeMembership, SaveMarks>;

// ---- outcomes: told after the COMMIT, in the order of the commands ------------------------------------------------

struct CursorAnswer
{
    RoomId room;
    protocol::CursorState state = protocol::CursorState::None;
    quint64 missedMessages = 0; ///< behind a valid cursor
};

struct RoomMarks
{
    RoomId room;
    quint64 readSeq = 0;
    QString draft;
    friend bool operator==(const RoomMarks &, const RoomMarks &) = default;
};

struct LoggedIn
{
    Origin origin;
    protocol::User user;
    DeviceId device;
    QByteArray guestSecret; ///< of a new guest
    bool isNew = false; ///< it was made a member of the lobby
    QList<CursorAnswer> cursors;
    QList<RoomMarks> marks{}; ///< of those rooms where the user has any
};

struct LogInRefused
{
    enum class Why : quint8 {
        NameTaken,
        StoreFailed,
        DeviceOfAnother, ///< it was to become a device of a user, and is one of another user already
    };
    Origin origin;
    Why why = Why::StoreFailed;
};

struct Appended
{
    Origin origin;
    RoomId room;
    protocol::Event event; ///< of a duplicate only what STORED needs: seq, id and time
    bool isDuplicate = false;
    Stamps stamps{}; ///< not of a duplicate
};

struct AppendRefused
{
    Origin origin;
    RoomId room;
    MessageId messageId;
    protocol::ErrorCode code = protocol::ErrorCode::ReadOnly; ///< ReadOnly is temporary, the others are not
};

struct RoomCreated
{
    Origin origin;
    UserId user;
    RoomId room;
    QString title;
};

struct MembershipChanged
{
    Origin origin;
    UserId user;
    RoomId room;
    bool isMember = true;
};

struct MarksSaved
{
    UserId user;
    RoomId room;
    bool isSaved = true; ///< false: not now
};

struct CommandRefused
{
    Origin origin;
    RoomId room;
    protocol::ErrorCode code = protocol::ErrorCode::ReadOnly;
};

using StoreOutcome = std::variant<LoggedIn, LogInRefused, Appended, AppendRefused, RoomCreated, MembershipChanged,
    CommandRefused, MarksSaved>;

/// A room's oldest events are not kept any more.
struct Expired
{
    RoomId room;
    quint64 firstSeq = 1; ///< the oldest that is kept
};

// ---- pages: the reader's work -------------------------------------------------------------------------------------

struct PageRequest
{
    enum class Kind : quint8 {
        Events, ///< the oldest events behind `from`
        Changes, ///< of these, edits and deletions of messages up to `targetsUntil`
        Messages, ///< the newest messages before `from`
    };
    Origin origin;
    RoomId room;
    Kind kind = Kind::Events;
    quint64 from = 0;
    quint64 head = 0; ///< events behind it are not told yet
    int maxEvents = 0;
    qint64 maxBytes = 0; ///< of text; the first event is told whatever its size
    quint64 targetsUntil = 0;
};

struct Page
{
    Origin origin;
    RoomId room;
    PageRequest::Kind kind = PageRequest::Kind::Events;
    bool isRead = false; ///< false: the database could not be read
    bool isExpired = false; ///< of Events and Changes: what followed `from` is not kept any more
    QList<protocol::Event> events{}; ///< in seq order, messages as they are now
    quint64 fromSeq = 0; ///< of Messages: the page has every message from here on; 0: there are none before it
};

// ---- what the store knows when it opens ---------------------------------------------------------------------------

struct RoomRecord
{
    RoomId id;
    QString title;
    quint64 headSeq = 0;
    quint64 firstSeq = 1;
    QList<UserId> members;
};

/// Over the whole life of the database. Kept in the transactions that they count.
struct StoreTotals
{
    quint64 stored = 0; ///< events
    quint64 duplicates = 0; ///< commands that came again
};

/// Why a store does not open. The data is as it was.
struct StoreProblem
{
    QString sentence; ///< English, names the file or the folder
    bool isUnusable = false; ///< the database itself is, not only its surroundings: it could be begun anew
};

struct Snapshot
{
    ServerId serverId;
    Epoch epoch;
    StoreTotals totals;
    quint64 lost = 0; ///< events that are missing between the first and the newest of their rooms
    QList<protocol::User> users;
    QList<RoomRecord> rooms;
};

} // namespace lanline::server
