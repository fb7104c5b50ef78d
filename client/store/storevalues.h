#pragma once

#include "client/values.h"

#include <variant>

/// What the client asks of the profile's database and what it answers: values for the way between the network thread
/// and the store's. Everything but OpenServer names the server it is about by its key in that database.
namespace lanline::client {

// ---- what is kept ------------------------------------------------------------------------------------------------

/// A room as this computer has it.
struct CachedRoom
{
    protocol::RoomInfo info; ///< `memberCount` is not kept
    quint64 firstSeq = 1;
    protocol::Cursor cursor; ///< seq 0: nothing to go on from
    /// Edits and deletions of messages up to `changesUntil` are known up to `changesAfter` only; both 0: all are known.
    quint64 changesAfter = 0;
    quint64 changesUntil = 0;
    // The newest page
    QList<protocol::Event> events;
    quint64 fromSeq = 0;
    quint64 toSeq = 0;
};

struct ServerSnapshot
{
    qint64 key = 0;
    ServerId serverId; ///< null: no server was met at this address yet
    Epoch epoch; ///< that the rooms belong to
    QString name; ///< what its host calls it
    protocol::User self; ///< who this profile was there last; null: never
    QList<CachedRoom> rooms;
    QList<OutboxItem> outbox; ///< in order, the failed ones too
    Ledger ledger; ///< the persistent part
};

// ---- requests ----------------------------------------------------------------------------------------------------

/// Answered with ServerOpened. An address that is new gets a server of its own until IdentifyServer.
struct OpenServer
{
    QUrl url;
};
/// This server has answered at this address. Answered with ServerOpened, for its key may be another.
struct IdentifyServer
{
    QUrl url;
    ServerId serverId;
    Epoch epoch;
    QString name;
};

// These up to RequeueItem are answered with ItemsWritten
/// Behind all others. `item.hasLeft`: it is sent as soon as this is answered.
struct AddItem
{
    OutboxItem item;
};
struct ChangeItem
{
    MessageId message;
    QString text;
};
/// Some of them may be on the wire from now on, with these very texts.
struct MarkLeft
{
    QList<OutboxItem> items;
};
/// A failed one goes again, behind all others.
struct RequeueItem
{
    MessageId message;
    QString text;
};

// These two are never given up, even if the disk is full for a while.
struct FailItem
{
    MessageId message;
    protocol::ErrorCode code = protocol::ErrorCode::Unspecified;
    QString reason;
};
/// It is stored, or discarded: that is answered with ItemDiscarded.
struct SettleItem
{
    MessageId message;
    SendState outcome = SendState::Stored;
    bool isDuplicate = false;
};

/// Who this profile is to the server.
struct SaveSelf
{
    protocol::User self;
};
struct SaveRooms
{
    QList<protocol::RoomState> rooms;
    bool areAll = false; ///< all others are forgotten with their history
};
struct ForgetRoom
{
    RoomId room;
};
/// Forgets a room's history, or only that before its newest range.
struct ClearHistory
{
    RoomId room;
    bool keepNewest = false;
};
/// Events up to the last of `events` are here, all from `fromSeq` on: the cursor moves there. Edits and deletions are
/// applied to the messages that are here. Answered with EventsSaved.
struct SaveEvents
{
    RoomId room;
    quint64 fromSeq = 0;
    QList<protocol::Event> events;
    bool wantsAnswer = false;
};
/// Messages as they are now, all from `fromSeq` to `toSeq`.
struct SavePage
{
    RoomId room;
    quint64 firstSeq = 1; ///< oldest that the server keeps
    quint64 fromSeq = 0;
    quint64 toSeq = 0;
    QList<protocol::Event> events;
    bool isNewest = false; ///< the cursor moves to its end
};
/// Edits and deletions that came after an absence. `after` 0: these were the last. Answered with EventsSaved.
struct SaveChanges
{
    RoomId room;
    QList<protocol::Event> events;
    quint64 after = 0;
    quint64 until = 0;
};
/// Answered with PageLoaded.
struct LoadPage
{
    enum class From : quint8 {
        Before, ///< the messages before `seq`
        Behind, ///< those behind it
        Newest,
    };
    RoomId room;
    From from = From::Newest;
    quint64 seq = 0;
    int count = 0; ///< messages at most
};

using StoreTask = std::variant<OpenServer, IdentifyServer, AddItem, ChangeItem, MarkLeft, RequeueItem, FailItem,
    SettleItem, SaveSelf, SaveRooms, ForgetRoom, ClearHistory, SaveEvents, SavePage, SaveChanges, LoadPage>;

struct StoreRequest
{
    qint64 server = 0; ///< its key; 0: the one that was opened last
    StoreTask what;
};

// ---- replies -----------------------------------------------------------------------------------------------------

struct ServerOpened
{
    ServerSnapshot snapshot;
    bool isIdentified = false; ///< the answer to IdentifyServer
    bool isAnotherEpoch = false; ///< the history that was cached is gone
};
struct ItemsWritten
{
    QList<MessageId> messages;
    bool areWritten = true; ///< else the database is as it was; StoreProblem says why
};
struct ItemDiscarded
{
    MessageId message;
};
struct EventsSaved
{
    RoomId room;
    bool areChanges = false; ///< the answer to SaveChanges
};
struct PageLoaded
{
    LoadPage asked;
    bool isHere = false; ///< some range has what was asked for
    QList<protocol::Event> events; ///< every message from
    quint64 fromSeq = 0; ///< here
    quint64 toSeq = 0; ///< to here
};
/// The persistent part of a ledger has changed.
struct LedgerCounted
{
    Ledger ledger;
};
/// An English sentence. Empty: writing works again.
struct StoreProblem
{
    QString text;
};

using StoreAnswer =
    std::variant<ServerOpened, ItemsWritten, ItemDiscarded, EventsSaved, PageLoaded, LedgerCounted, StoreProblem>;

struct StoreReply
{
    qint64 server = 0; ///< as in the request
    StoreAnswer what;
};

} // namespace lanline::client
