#include "server/store/toldstate.h"

#include "server/store/schema.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

void ToldState::learn(const Snapshot &snapshot)
{
    for (const protocol::User &user : snapshot.users)
        m_lastUser = qMax(m_lastUser, user.id.value());
    for (const RoomRecord &room : snapshot.rooms)
        m_heads.insert(room.id, room.headSeq);
}

void ToldState::learn(const QList<StoreOutcome> &outcomes)
{
    for (const StoreOutcome &outcome : outcomes) {
        if (const auto *login = std::get_if<LoggedIn>(&outcome))
            m_lastUser = qMax(m_lastUser, login->user.id.value());
        else if (const auto *created = std::get_if<RoomCreated>(&outcome))
            m_heads.insert(created->room, 0);
        else if (const auto *appended = std::get_if<Appended>(&outcome); appended && !appended->isDuplicate)
            m_heads.insert(appended->room, appended->event.seq);
    }
}

void ToldState::doubt(const StoreCommand &command)
{
    if (const auto *change = std::get_if<ChangeMembership>(&command))
        m_doubted.append(*change);
}

Result<QList<StoreOutcome>, SqlError> ToldState::takeUntold(const SqlDatabase &database)
{
    QList<StoreOutcome> found;
    // Each builds on those before: an author on its user, an event on its room.
    auto done = findUsers(database, found);
    if (done)
        done = findRooms(database, found);
    if (done)
        done = findMemberships(database, found);
    if (done)
        done = findEvents(database, found);
    if (!done)
        return unexpected(done.error());
    m_doubted.clear();
    learn(found);
    return found;
}

Result<void, SqlError> ToldState::findUsers(const SqlDatabase &database, QList<StoreOutcome> &found) const
{
    auto rows =
        database.query(u"SELECT id, name, is_guest, hue FROM users WHERE id > ? ORDER BY id"_s, {qint64(m_lastUser)});
    if (!rows)
        return unexpected(rows.error());
    while (rows->next()) {
        LoggedIn login;
        login.user = userFrom(*rows);
        login.isNew = true;
        found.append(login);
    }
    return {};
}

Result<void, SqlError> ToldState::findRooms(const SqlDatabase &database, QList<StoreOutcome> &found) const
{
    auto rows = database.query(u"SELECT name, title, (SELECT MIN(user_id) FROM members WHERE room = id) FROM rooms"_s);
    if (!rows)
        return unexpected(rows.error());
    while (rows->next()) {
        const RoomId room(rows->value(0).toString());
        if (!m_heads.contains(room))
            found.append(RoomCreated{{}, UserId(rows->value(2).toULongLong()), room, rows->value(1).toString()});
    }
    return {};
}

Result<void, SqlError> ToldState::findMemberships(const SqlDatabase &database, QList<StoreOutcome> &found) const
{
    for (const ChangeMembership &change : m_doubted) {
        auto row = database.query(
            u"SELECT 1 FROM members WHERE user_id = ? AND room = (SELECT id FROM rooms WHERE name = ?)"_s,
            {qint64(change.user.value()), change.room.value()});
        if (!row)
            return unexpected(row.error());
        found.append(MembershipChanged{{}, change.user, change.room, row->next()});
    }
    return {};
}

Result<void, SqlError> ToldState::findEvents(const SqlDatabase &database, QList<StoreOutcome> &found) const
{
    auto rooms = database.query(u"SELECT id, name, head_seq FROM rooms"_s);
    if (!rooms)
        return unexpected(rooms.error());
    while (rooms->next()) {
        const RoomId room(rooms->value(1).toString());
        const quint64 told = m_heads.value(room);
        if (rooms->value(2).toULongLong() <= told)
            continue;
        auto events =
            database.query(u"SELECT %1 FROM events WHERE room = ? AND seq > ? ORDER BY seq"_s.arg(eventColumns),
                {rooms->value(0), qint64(told)});
        if (!events)
            return unexpected(events.error());
        while (events->next())
            found.append(Appended{{}, room, eventFrom(*events), false});
    }
    return {};
}

} // namespace lanline::server
