#pragma once

#include "client/store/statements.h"
#include "client/store/storevalues.h"

namespace lanline::client {

/// Rooms and what is cached of their history: ranges of messages, each as it is now, and the cursor behind the newest.
/// Called inside a transaction.
class HistoryTable
{
public:
    explicit HistoryTable(Statements &statements)
        : m_statements(statements)
    { }

    /// Each with its newest page.
    Result<QList<CachedRoom>, SqlError> rooms(qint64 server);
    Result<void, SqlError> saveRooms(qint64 server, const SaveRooms &saved);
    Result<void, SqlError> forgetRoom(qint64 server, const RoomId &room);
    Result<void, SqlError> clear(qint64 server, const ClearHistory &cleared);
    /// Of all rooms; the rooms stay.
    Result<void, SqlError> clearAll(qint64 server);

    Result<void, SqlError> saveEvents(qint64 server, const SaveEvents &saved);
    Result<void, SqlError> savePage(qint64 server, const SavePage &saved);
    Result<void, SqlError> saveChanges(qint64 server, const SaveChanges &saved);
    Result<PageLoaded, SqlError> loadPage(qint64 server, const LoadPage &asked);

private:
    struct Range
    {
        quint64 first = 0;
        quint64 last = 0; ///< below first: none
        bool isEmpty() const { return last < first || last == 0; }
    };

    Result<Range, SqlError> rangeWith(qint64 server, const RoomId &room, quint64 seq);
    Result<Range, SqlError> newestRange(qint64 server, const RoomId &room);
    /// Joins the range to those that it overlaps or touches.
    Result<void, SqlError> addRange(qint64 server, const RoomId &room, Range range);
    Result<void, SqlError> putMessages(qint64 server, const RoomId &room, const QList<protocol::Event> &events);
    Result<void, SqlError> applyChange(qint64 server, const RoomId &room, const protocol::Event &change);
    Result<void, SqlError> moveCursor(
        qint64 server, const RoomId &room, quint64 fromSeq, const protocol::Event &newest, bool isForced);
    Result<QList<protocol::Event>, SqlError> messages(
        qint64 server, const RoomId &room, Range range, int count, bool newestFirst);

    Statements &m_statements;
};

} // namespace lanline::client
