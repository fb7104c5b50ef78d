#include "client/store/historytable.h"

#include <QSqlError>

#include <algorithm>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Messages told of each room before there is any connection.
constexpr int firstPage = 200;

protocol::Event eventFrom(const QSqlQuery &row)
{
    protocol::Event event;
    event.seq = row.value(0).toULongLong();
    event.messageId = messageIdFrom(row.value(1));
    event.author.id = UserId(row.value(2).toULongLong());
    event.author.name = row.value(3).toString();
    event.author.isGuest = row.value(4).toBool();
    event.author.hue = quint8(row.value(5).toUInt());
    event.storedAt = WallTime(std::chrono::milliseconds(row.value(6).toLongLong()));
    event.text = row.value(7).toString();
    event.changedSeq = row.value(8).toULongLong();
    event.isDeleted = row.value(9).toBool();
    return event;
}

} // namespace

Result<QList<CachedRoom>, SqlError> HistoryTable::rooms(qint64 server)
{
    auto query = m_statements.query(u"SELECT room, title, first_seq, head_seq, cursor_seq, cursor_id, changes_after, "
                                    "changes_until FROM rooms WHERE server=? ORDER BY room"_s,
        {server});
    if (!query)
        return unexpected(query.error());
    QList<CachedRoom> rooms;
    while ((*query)->next()) {
        const QSqlQuery &row = **query;
        CachedRoom room;
        room.info.id = RoomId(row.value(0).toString());
        room.info.title = row.value(1).toString();
        room.firstSeq = row.value(2).toULongLong();
        room.info.headSeq = row.value(3).toULongLong();
        room.cursor = {room.info.id, row.value(4).toULongLong(), messageIdFrom(row.value(5))};
        room.changesAfter = row.value(6).toULongLong();
        room.changesUntil = row.value(7).toULongLong();
        rooms.append(room);
    }
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return unexpected(SqlError{error.text(), error.nativeErrorCode()});
    for (CachedRoom &room : rooms) {
        const auto page = loadPage(server, {room.info.id, LoadPage::From::Newest, 0, firstPage});
        if (!page)
            return unexpected(page.error());
        room.events = page->events;
        room.fromSeq = page->fromSeq;
        room.toSeq = page->toSeq;
    }
    return rooms;
}

Result<void, SqlError> HistoryTable::saveRooms(qint64 server, const SaveRooms &saved)
{
    if (saved.areAll) {
        auto query = m_statements.query(u"SELECT room FROM rooms WHERE server=?"_s, {server});
        if (!query)
            return unexpected(query.error());
        QList<RoomId> gone;
        while ((*query)->next()) {
            const RoomId room((*query)->value(0).toString());
            if (std::none_of(saved.rooms.begin(), saved.rooms.end(),
                    [&](const protocol::RoomState &state) { return state.info.id == room; }))
                gone.append(room);
        }
        (*query)->finish();
        for (const RoomId &room : std::as_const(gone)) {
            if (auto done = forgetRoom(server, room); !done)
                return done;
        }
    }
    for (const protocol::RoomState &room : saved.rooms) {
        const auto done =
            m_statements.execute(u"INSERT INTO rooms(server, room, title, first_seq, head_seq) VALUES(?, ?, ?, ?, ?) "
                                 "ON CONFLICT DO UPDATE SET title=excluded.title, first_seq=excluded.first_seq, "
                                 "head_seq=excluded.head_seq"_s,
                {server, sqlText(room.info.id.value()), sqlText(room.info.title), sqlNumber(room.firstSeq),
                    sqlNumber(room.info.headSeq)});
        if (!done)
            return unexpected(done.error());
    }
    return {};
}

Result<void, SqlError> HistoryTable::forgetRoom(qint64 server, const RoomId &room)
{
    if (auto done = clear(server, {room, false}); !done)
        return done;
    const auto done =
        m_statements.execute(u"DELETE FROM rooms WHERE server=? AND room=?"_s, {server, sqlText(room.value())});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> HistoryTable::clear(qint64 server, const ClearHistory &cleared)
{
    // What stays begins here; nothing reaches that far but by keepNewest.
    qint64 from = std::numeric_limits<qint64>::max();
    if (cleared.keepNewest) {
        const auto newest = newestRange(server, cleared.room);
        if (!newest)
            return unexpected(newest.error());
        from = qint64(newest->first);
    }
    const QString room = cleared.room.value();
    for (const QString &sql : {u"DELETE FROM messages WHERE server=? AND room=? AND seq<?"_s,
             u"DELETE FROM ranges WHERE server=? AND room=? AND first<?"_s}) {
        if (const auto done = m_statements.execute(sql, {server, sqlText(room), from}); !done)
            return unexpected(done.error());
    }
    const auto done = m_statements.execute(cleared.keepNewest
            ? u"UPDATE rooms SET changes_after=0, changes_until=0 WHERE server=? AND room=?"_s
            : u"UPDATE rooms SET changes_after=0, changes_until=0, cursor_seq=0, cursor_id=NULL "
              "WHERE server=? AND room=?"_s,
        {server, sqlText(room)});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> HistoryTable::clearAll(qint64 server)
{
    for (const QString &sql : {u"DELETE FROM messages WHERE server=?"_s, u"DELETE FROM ranges WHERE server=?"_s,
             u"UPDATE rooms SET first_seq=1, head_seq=0, cursor_seq=0, cursor_id=NULL, changes_after=0, "
             "changes_until=0 WHERE server=?"_s}) {
        if (const auto done = m_statements.execute(sql, {server}); !done)
            return unexpected(done.error());
    }
    return {};
}

Result<void, SqlError> HistoryTable::saveEvents(qint64 server, const SaveEvents &saved)
{
    if (saved.events.isEmpty())
        return {};
    if (auto done = putMessages(server, saved.room, saved.events); !done)
        return done;
    for (const protocol::Event &event : saved.events) {
        if (auto done = applyChange(server, saved.room, event); !done)
            return done;
    }
    if (auto done = moveCursor(server, saved.room, saved.fromSeq, saved.events.last(), false); !done)
        return done;
    return addRange(server, saved.room, {saved.fromSeq, saved.events.last().seq});
}

Result<void, SqlError> HistoryTable::savePage(qint64 server, const SavePage &saved)
{
    if (auto done = putMessages(server, saved.room, saved.events); !done)
        return done;
    const auto told = m_statements.execute(u"UPDATE rooms SET first_seq=? WHERE server=? AND room=?"_s,
        {sqlNumber(saved.firstSeq), server, sqlText(saved.room.value())});
    if (!told)
        return unexpected(told.error());
    if (saved.isNewest && !saved.events.isEmpty()) {
        if (auto done = moveCursor(server, saved.room, saved.fromSeq, saved.events.last(), true); !done)
            return done;
    }
    return addRange(server, saved.room, {saved.fromSeq, saved.toSeq});
}

Result<void, SqlError> HistoryTable::saveChanges(qint64 server, const SaveChanges &saved)
{
    for (const protocol::Event &event : saved.events) {
        if (auto done = applyChange(server, saved.room, event); !done)
            return done;
    }
    const auto done = m_statements.execute(
        u"UPDATE rooms SET changes_after=?, changes_until=? WHERE server=? AND room=?"_s,
        {sqlNumber(saved.after), sqlNumber(saved.after == 0 ? 0 : saved.until), server, sqlText(saved.room.value())});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<PageLoaded, SqlError> HistoryTable::loadPage(qint64 server, const LoadPage &asked)
{
    PageLoaded page;
    page.asked = asked;
    auto range = asked.from == LoadPage::From::Newest ? newestRange(server, asked.room)
        : asked.from == LoadPage::From::Before        ? rangeWith(server, asked.room, asked.seq - 1)
                                                      : rangeWith(server, asked.room, asked.seq + 1);
    if (!range)
        return unexpected(range.error());
    if (range->isEmpty())
        return page;
    page.isHere = true;
    if (asked.from == LoadPage::From::Before)
        range->last = asked.seq - 1;
    else if (asked.from == LoadPage::From::Behind)
        range->first = asked.seq + 1;
    const bool newestFirst = asked.from != LoadPage::From::Behind;
    auto events = messages(server, asked.room, *range, asked.count, newestFirst);
    if (!events)
        return unexpected(events.error());
    page.fromSeq = range->first;
    page.toSeq = range->last;
    if (events->size() == asked.count) {
        if (newestFirst)
            page.fromSeq = events->first().seq;
        else
            page.toSeq = events->last().seq;
    }
    page.events = *std::move(events);
    return page;
}

Result<HistoryTable::Range, SqlError> HistoryTable::rangeWith(qint64 server, const RoomId &room, quint64 seq)
{
    auto query = m_statements.query(
        u"SELECT first, last FROM ranges WHERE server=? AND room=? AND first<=? ORDER BY first DESC LIMIT 1"_s,
        {server, sqlText(room.value()), sqlNumber(seq)});
    if (!query)
        return unexpected(query.error());
    Range range;
    if ((*query)->next() && (*query)->value(1).toULongLong() >= seq)
        range = {(*query)->value(0).toULongLong(), (*query)->value(1).toULongLong()};
    (*query)->finish();
    return range;
}

Result<HistoryTable::Range, SqlError> HistoryTable::newestRange(qint64 server, const RoomId &room)
{
    auto query =
        m_statements.query(u"SELECT first, last FROM ranges WHERE server=? AND room=? ORDER BY first DESC LIMIT 1"_s,
            {server, sqlText(room.value())});
    if (!query)
        return unexpected(query.error());
    Range range;
    if ((*query)->next())
        range = {(*query)->value(0).toULongLong(), (*query)->value(1).toULongLong()};
    (*query)->finish();
    return range;
}

Result<void, SqlError> HistoryTable::addRange(qint64 server, const RoomId &room, Range range)
{
    if (range.isEmpty())
        return {};
    const QVariantList where = {
        server, sqlText(room.value()), sqlNumber(range.last + 1), sqlNumber(std::max<quint64>(range.first, 1) - 1)};
    auto query = m_statements.query(
        u"SELECT min(first), max(last) FROM ranges WHERE server=? AND room=? AND first<=? AND last>=?"_s, where);
    if (!query)
        return unexpected(query.error());
    if ((*query)->next() && !(*query)->value(0).isNull()) {
        range.first = std::min<quint64>(range.first, (*query)->value(0).toULongLong());
        range.last = std::max<quint64>(range.last, (*query)->value(1).toULongLong());
    }
    (*query)->finish();
    const auto joined =
        m_statements.execute(u"DELETE FROM ranges WHERE server=? AND room=? AND first<=? AND last>=?"_s, where);
    if (!joined)
        return unexpected(joined.error());
    const auto added = m_statements.execute(u"INSERT INTO ranges(server, room, first, last) VALUES(?, ?, ?, ?)"_s,
        {server, sqlText(room.value()), sqlNumber(range.first), sqlNumber(range.last)});
    if (!added)
        return unexpected(added.error());
    return {};
}

Result<void, SqlError> HistoryTable::putMessages(
    qint64 server, const RoomId &room, const QList<protocol::Event> &events)
{
    for (const protocol::Event &event : events) {
        if (event.kind != protocol::EventKind::Message)
            continue;
        // A page may have been on its way while a newer change was applied.
        const auto put = m_statements.execute(
            u"INSERT INTO messages(server, room, seq, message_id, author_id, author_name, author_is_guest, "
            "author_hue, stored_ms, text, changed_seq, is_deleted) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET text=excluded.text, changed_seq=excluded.changed_seq, "
            "is_deleted=excluded.is_deleted WHERE excluded.changed_seq>changed_seq"_s,
            {server, sqlText(room.value()), sqlNumber(event.seq), sqlId(event.messageId),
                sqlNumber(event.author.id.value()), sqlText(event.author.name), event.author.isGuest,
                int(event.author.hue), qint64(event.storedAt.time_since_epoch().count()), sqlText(event.text),
                sqlNumber(event.changedSeq), event.isDeleted});
        if (!put)
            return unexpected(put.error());
    }
    return {};
}

Result<void, SqlError> HistoryTable::applyChange(qint64 server, const RoomId &room, const protocol::Event &change)
{
    const bool isDeletion = change.kind == protocol::EventKind::Deletion;
    if (!isDeletion && change.kind != protocol::EventKind::Edit)
        return {};
    const auto done = m_statements.execute(
        u"UPDATE messages SET text=?, changed_seq=?, is_deleted=? WHERE server=? AND room=? AND seq=? "
        "AND changed_seq<?"_s,
        {sqlText(isDeletion ? QString() : change.text), sqlNumber(change.seq), isDeletion, server,
            sqlText(room.value()), sqlNumber(change.targetSeq), sqlNumber(change.seq)});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> HistoryTable::moveCursor(
    qint64 server, const RoomId &room, quint64 fromSeq, const protocol::Event &newest, bool isForced)
{
    // Whatever lies between the old cursor and `fromSeq` has been left out. What it changed is still to be asked for.
    const auto changes = m_statements.execute(
        u"UPDATE rooms SET changes_after=CASE WHEN changes_after=0 THEN cursor_seq ELSE changes_after END, "
        "changes_until=cursor_seq WHERE server=? AND room=? AND cursor_seq>0 AND cursor_seq<?-1"_s,
        {server, sqlText(room.value()), sqlNumber(fromSeq)});
    if (!changes)
        return unexpected(changes.error());
    const auto moved = m_statements.execute(u"UPDATE rooms SET cursor_seq=?, cursor_id=?, head_seq=max(head_seq, ?) "
                                            "WHERE server=? AND room=? AND (?=1 OR cursor_seq<?)"_s,
        {sqlNumber(newest.seq), sqlId(newest.messageId), sqlNumber(newest.seq), server, sqlText(room.value()),
            int(isForced), sqlNumber(newest.seq)});
    if (!moved)
        return unexpected(moved.error());
    return {};
}

Result<QList<protocol::Event>, SqlError> HistoryTable::messages(
    qint64 server, const RoomId &room, Range range, int count, bool newestFirst)
{
    auto query = m_statements.query(newestFirst
            ? u"SELECT seq, message_id, author_id, author_name, author_is_guest, author_hue, stored_ms, text, "
              "changed_seq, is_deleted FROM messages WHERE server=? AND room=? AND seq BETWEEN ? AND ? "
              "ORDER BY seq DESC LIMIT ?"_s
            : u"SELECT seq, message_id, author_id, author_name, author_is_guest, author_hue, stored_ms, text, "
              "changed_seq, is_deleted FROM messages WHERE server=? AND room=? AND seq BETWEEN ? AND ? "
              "ORDER BY seq LIMIT ?"_s,
        {server, sqlText(room.value()), sqlNumber(range.first), sqlNumber(range.last), count});
    if (!query)
        return unexpected(query.error());
    QList<protocol::Event> events;
    while ((*query)->next())
        events.append(eventFrom(**query));
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return unexpected(SqlError{error.text(), error.nativeErrorCode()});
    if (newestFirst)
        std::reverse(events.begin(), events.end());
    return events;
}

} // namespace lanline::client
