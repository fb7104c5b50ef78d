#include "server/store/retention.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

/// Taken away in one transaction, which is how long a message that comes meanwhile waits (measured: 5 ms).
constexpr quint64 eventsPerStep = 200;

} // namespace

Result<void, SqlError> Retention::begin(const SqlDatabase &database)
{
    m_rooms.clear();
    auto rows = database.query(u"SELECT id, name, first_seq, head_seq FROM rooms"_s);
    if (!rows)
        return unexpected(rows.error());
    while (rows->next()) {
        const RoomRow room{rows->value(0).toLongLong(), RoomId(rows->value(1).toString()), rows->value(2).toULongLong(),
            rows->value(3).toULongLong()};
        if (!rulesFor(room.id).isEmpty())
            m_rooms.push_back(room);
    }
    return {};
}

QList<RetentionRule> Retention::rulesFor(const RoomId &room) const
{
    QList<RetentionRule> own;
    QList<RetentionRule> general;
    for (const RetentionRule &rule : m_rules) {
        if (rule.room == room)
            own.append(rule);
        else if (rule.room.isNull())
            general.append(rule);
    }
    return own.isEmpty() ? general : own;
}

Result<quint64, SqlError> Retention::keepFrom(const SqlDatabase &database, const RoomRow &room, WallTime now) const
{
    quint64 from = room.firstSeq;
    for (const RetentionRule &rule : rulesFor(room.id)) {
        if (rule.events && room.headSeq > *rule.events)
            from = qMax(from, room.headSeq - *rule.events + 1);
        if (!rule.age)
            continue;
        // Up to the first one that is young enough, whatever a clock that jumped has written behind it.
        auto row =
            database.query(u"SELECT COUNT(*), MIN(CASE WHEN stored_ms >= ? THEN seq END) FROM"
                           " (SELECT seq, stored_ms FROM events WHERE room = ? AND seq >= ? ORDER BY seq LIMIT ?)"_s,
                {qint64((now - *rule.age).time_since_epoch().count()), room.key, qint64(room.firstSeq),
                    qint64(eventsPerStep)});
        if (!row)
            return unexpected(row.error());
        if (row->next()) {
            from = qMax(from,
                row->value(1).isNull() ? room.firstSeq + row->value(0).toULongLong() : row->value(1).toULongLong());
        }
    }
    return qMin(from, room.firstSeq + eventsPerStep);
}

Result<std::optional<Expired>, SqlError> Retention::step(const SqlDatabase &database, WallTime now)
{
    RoomRow &room = m_rooms.front();
    const auto from = keepFrom(database, room, now);
    if (!from)
        return unexpected(from.error());
    if (*from == room.firstSeq) {
        m_rooms.pop_front();
        return std::nullopt;
    }
    auto transaction = SqlTransaction::begin(database);
    if (!transaction)
        return unexpected(transaction.error());
    auto done = database.execute(u"DELETE FROM events WHERE room = ? AND seq < ?"_s, {room.key, qint64(*from)});
    if (done)
        done = database.execute(u"UPDATE rooms SET first_seq = ? WHERE id = ?"_s, {qint64(*from), room.key});
    if (done)
        done = transaction->commit();
    if (!done)
        return unexpected(done.error());
    room.firstSeq = *from;
    return Expired{room.id, *from};
}

} // namespace lanline::server
