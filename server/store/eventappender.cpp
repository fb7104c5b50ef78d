#include "server/store/eventappender.h"

#include "server/store/schema.h"

#include <QCryptographicHash>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

using protocol::ErrorCode;
using protocol::EventKind;

namespace {

/// A null QString is bound as NULL, and a deletion's text may well be null.
QString textToStore(const Append &command)
{
    return command.text.isNull() ? u""_s : command.text;
}

/// What makes a command the same command when its id comes again. An edit counts by the place of its target: it may
/// come first with the target's id, and with its seq once the author has learnt it.
QByteArray bodyHash(const Append &command, quint64 targetSeq)
{
    QByteArray body = command.room.value().toUtf8() + '\0' + command.text.toUtf8();
    if (command.kind != EventKind::Message)
        body += '\0' + QByteArray::number(int(command.kind)) + '\0' + QByteArray::number(targetSeq);
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256);
}

} // namespace

Result<StoreOutcome, SqlError> EventAppender::append(const Append &command, WallTime now)
{
    const auto refused = [&](ErrorCode code) -> StoreOutcome {
        return AppendRefused{command.origin, command.room, command.messageId, code};
    };
    quint64 targetSeq = 0;
    if (command.kind != EventKind::Message) {
        const auto found = findTarget(command);
        if (!found)
            return unexpected(found.error());
        targetSeq = *found;
    }

    const QByteArray id = toBlob(command.messageId);
    const QByteArray hash = bodyHash(command, targetSeq);
    auto accepted =
        m_statements.first(u"SELECT seq, stored_ms, hash FROM accepted WHERE device_id = ? AND message_id = ?"_s,
            {command.device.value(), id});
    if (!accepted)
        return unexpected(accepted.error());
    if ((*accepted)->isValid()) {
        if ((*accepted)->value(2).toByteArray() != hash)
            return refused(ErrorCode::MessageIdReused);
        ++m_counted.duplicates;
        protocol::Event event;
        event.seq = (*accepted)->value(0).toULongLong();
        event.messageId = command.messageId;
        event.storedAt = WallTime(std::chrono::milliseconds((*accepted)->value(1).toLongLong()));
        return Appended{command.origin, command.room, event, true};
    }

    if (command.kind != EventKind::Message) {
        const auto fault = faultOfTarget(command, targetSeq);
        if (!fault)
            return unexpected(fault.error());
        if (*fault != ErrorCode::Unspecified)
            return refused(*fault);
    }
    const auto place = takePlace(command);
    if (!place)
        return unexpected(place.error());
    if (place->seq == 0)
        return refused(ErrorCode::UnknownRoom);

    auto done = insert(command, *place, targetSeq, now);
    if (done) {
        const auto remembered = m_statements.rows(
            u"INSERT INTO accepted(device_id, message_id, room, seq, stored_ms, hash) VALUES (?, ?, ?, ?, ?, ?)"_s,
            {command.device.value(), id, place->room, qint64(place->seq), qint64(now.time_since_epoch().count()),
                hash});
        if (!remembered)
            done = unexpected(remembered.error());
    }
    if (done && command.kind != EventKind::Message)
        done = fold(command, *place, targetSeq);
    if (!done)
        return unexpected(done.error());
    ++m_counted.stored;
    return Appended{command.origin, command.room,
        {place->seq, command.messageId, command.author, now, command.text, command.kind, targetSeq}, false,
        command.stamps};
}

Result<quint64, SqlError> EventAppender::findTarget(const Append &command)
{
    if (command.targetSeq > 0)
        return command.targetSeq;
    auto row = m_statements.first(u"SELECT a.seq FROM accepted a JOIN rooms r ON r.id = a.room"
                                  " WHERE a.device_id = ? AND a.message_id = ? AND r.name = ?"_s,
        {command.device.value(), toBlob(command.targetId), command.room.value()});
    if (!row)
        return unexpected(row.error());
    return (*row)->isValid() ? (*row)->value(0).toULongLong() : 0;
}

Result<ErrorCode, SqlError> EventAppender::faultOfTarget(const Append &command, quint64 targetSeq)
{
    auto row = m_statements.first(u"SELECT e.user_id FROM events e JOIN rooms r ON r.id = e.room"
                                  " WHERE r.name = ? AND e.seq = ? AND e.kind = 0 AND e.is_deleted = 0"_s,
        {command.room.value(), qint64(targetSeq)});
    if (!row)
        return unexpected(row.error());
    if (!(*row)->isValid())
        return ErrorCode::UnknownMessage;
    return (*row)->value(0).toULongLong() == command.author.id.value() ? ErrorCode::Unspecified : ErrorCode::NotYours;
}

Result<EventAppender::Place, SqlError> EventAppender::takePlace(const Append &command)
{
    // Counted here and written once: an UPDATE with RETURNING per event took a third of the whole transaction.
    auto end = m_ends.find(command.room);
    if (end == m_ends.end()) {
        auto room =
            m_statements.first(u"SELECT id, head_seq, messages FROM rooms WHERE name = ?"_s, {command.room.value()});
        if (!room)
            return unexpected(room.error());
        if (!(*room)->isValid())
            return Place{};
        end = m_ends.insert(command.room,
            {(*room)->value(0).toLongLong(), (*room)->value(1).toULongLong(), (*room)->value(2).toULongLong()});
    }
    ++end->seq;
    if (command.kind == EventKind::Message)
        ++end->ordinal;
    return *end;
}

Result<void, SqlError> EventAppender::writeEnds()
{
    for (const Place &end : std::as_const(m_ends)) {
        const auto done = m_statements.rows(u"UPDATE rooms SET head_seq = ?, messages = ? WHERE id = ?"_s,
            {qint64(end.seq), qint64(end.ordinal), end.room});
        if (!done)
            return unexpected(done.error());
    }
    m_ends.clear();
    return {};
}

Result<void, SqlError> EventAppender::insert(const Append &command, const Place &place, quint64 targetSeq, WallTime now)
{
    const protocol::User &author = command.author;
    const auto done = m_statements.rows(
        u"INSERT INTO events(room, seq, message_id, user_id, author_name, author_is_guest, author_hue, stored_ms,"
        " text, kind, target_seq, ordinal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {place.room, qint64(place.seq), toBlob(command.messageId), qint64(author.id.value()), author.name,
            author.isGuest, author.hue, qint64(now.time_since_epoch().count()), textToStore(command), int(command.kind),
            qint64(targetSeq), qint64(place.ordinal)});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> EventAppender::fold(const Append &command, const Place &place, quint64 targetSeq)
{
    const bool isDeletion = command.kind == EventKind::Deletion;
    auto done =
        m_statements.rows(u"UPDATE events SET text = ?, changed_seq = ?, is_deleted = ? WHERE room = ? AND seq = ?"_s,
            {textToStore(command), qint64(place.seq), isDeletion, place.room, qint64(targetSeq)});
    // Nothing of the text stays, not even in the edits that brought it. They keep their places in the order.
    if (done && isDeletion) {
        done = m_statements.rows(
            u"UPDATE events SET text = '', kind = ? WHERE room = ? AND target_seq = ? AND kind <> 0"_s,
            {int(EventKind::Deletion), place.room, qint64(targetSeq)});
    }
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<std::optional<StoreTotals>, SqlError> EventAppender::writeTotals()
{
    if (const auto written = writeEnds(); !written)
        return unexpected(written.error());
    if (m_counted.stored == 0 && m_counted.duplicates == 0)
        return std::nullopt;
    const StoreTotals counted = std::exchange(m_counted, {});
    const auto done = m_statements.rows(u"UPDATE ledger SET stored = stored + ?, duplicates = duplicates + ?"_s,
        {qint64(counted.stored), qint64(counted.duplicates)});
    if (!done)
        return unexpected(done.error());
    auto row = m_statements.first(u"SELECT stored, duplicates FROM ledger"_s, {});
    if (!row)
        return unexpected(row.error());
    return StoreTotals{(*row)->value(0).toULongLong(), (*row)->value(1).toULongLong()};
}

} // namespace lanline::server
