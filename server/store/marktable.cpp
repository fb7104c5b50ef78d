#include "server/store/marktable.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

Result<StoreOutcome, SqlError> MarkTable::save(const SaveMarks &command, WallTime now)
{
    Result<void, SqlError> done;
    if (command.readSeq)
        done = saveReadSeq(command, *command.readSeq);
    if (done && command.draft)
        done = saveDraft(command, *command.draft, now);
    if (!done)
        return unexpected(done.error());
    return MarksSaved{command.user, command.room, true};
}

Result<void, SqlError> MarkTable::saveReadSeq(const SaveMarks &command, quint64 seq)
{
    const auto done = m_statements.rows(u"INSERT INTO read_marks(user_id, room, seq)"
                                        " SELECT m.user_id, m.room, ? FROM members m JOIN rooms r ON r.id = m.room"
                                        " WHERE r.name = ? AND m.user_id = ?"
                                        " ON CONFLICT DO UPDATE SET seq = MAX(seq, excluded.seq)"_s,
        {qint64(seq), command.room.value(), qint64(command.user.value())});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> MarkTable::saveDraft(const SaveMarks &command, const QString &text, WallTime now)
{
    const auto done = text.isEmpty()
        ? m_statements.rows(u"DELETE FROM drafts WHERE user_id = ? AND room = (SELECT id FROM rooms WHERE name = ?)"_s,
            {qint64(command.user.value()), command.room.value()})
        : m_statements.rows(u"INSERT INTO drafts(user_id, room, text, changed_ms)"
                            " SELECT m.user_id, m.room, ?, ? FROM members m JOIN rooms r ON r.id = m.room"
                            " WHERE r.name = ? AND m.user_id = ?"
                            " ON CONFLICT DO UPDATE SET text = excluded.text, changed_ms = excluded.changed_ms"_s,
            {text, qint64(now.time_since_epoch().count()), command.room.value(), qint64(command.user.value())});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<QList<RoomMarks>, SqlError> MarkTable::load(UserId user)
{
    auto rows = m_statements.rows(u"SELECT r.name, seq, text FROM"
                                  " (SELECT room, seq, '' AS text FROM read_marks WHERE user_id = ?1"
                                  " UNION ALL SELECT room, 0, text FROM drafts WHERE user_id = ?1) marks"
                                  " JOIN rooms r ON r.id = marks.room ORDER BY r.id"_s,
        {qint64(user.value())});
    if (!rows)
        return unexpected(rows.error());
    QList<RoomMarks> found;
    while ((*rows)->next()) {
        const RoomId room((*rows)->value(0).toString());
        if (found.isEmpty() || found.constLast().room != room)
            found.append(RoomMarks{room, 0, {}});
        found.last().readSeq += (*rows)->value(1).toULongLong();
        found.last().draft += (*rows)->value(2).toString();
    }
    return found;
}

} // namespace lanline::server
