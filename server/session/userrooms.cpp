#include "server/session/userrooms.h"

#include "core/text.h"

namespace lanline::server {

UserRooms::UserRooms(UserId user, const QList<RoomMarks> &marks)
    : m_user(user)
{
    for (const RoomMarks &of : marks) {
        Marks &room = m_rooms[of.room];
        room.readSeq = of.readSeq;
        room.draft = of.draft;
    }
}

bool UserRooms::markRead(const RoomId &room, quint64 seq, Store &store)
{
    if (seq <= readSeq(room))
        return false;
    Marks &marks = m_rooms[room];
    marks.readSeq = seq;
    marks.isReadSeqNew = true;
    save(room, marks, store);
    return true;
}

bool UserRooms::hasSpaceFor(const RoomId &room, const QString &text) const
{
    qint64 bytes = utf8Size(text);
    for (auto marks = m_rooms.begin(); marks != m_rooms.end(); ++marks) {
        if (marks.key() != room)
            bytes += utf8Size(marks->draft);
    }
    return bytes <= draftBytes;
}

bool UserRooms::setDraft(const RoomId &room, const QString &text, Store &store)
{
    if (text == draft(room))
        return false;
    Marks &marks = m_rooms[room];
    marks.draft = text;
    marks.isDraftNew = true;
    save(room, marks, store);
    return true;
}

void UserRooms::addTo(protocol::RoomState &room) const
{
    const auto marks = m_rooms.find(room.info.id);
    if (marks == m_rooms.end())
        return;
    // The mark may come from a time when the room had more.
    room.readSeq = qMin(marks->readSeq, room.info.headSeq);
    room.draft = marks->draft;
}

void UserRooms::save(const RoomId &room, Marks &marks, Store &store)
{
    if (marks.underWay || (!marks.isReadSeqNew && !marks.isDraftNew))
        return;
    SaveMarks command{m_user, room, {}, {}};
    if (marks.isReadSeqNew)
        command.readSeq = marks.readSeq;
    if (marks.isDraftNew)
        command.draft = marks.draft;
    if (!store.submit(command))
        return;
    marks.underWay = std::move(command);
    marks.isReadSeqNew = false;
    marks.isDraftNew = false;
}

void UserRooms::onSaved(const MarksSaved &saved, Store &store)
{
    const auto marks = m_rooms.find(saved.room);
    // Left meanwhile, and perhaps joined again.
    if (marks == m_rooms.end() || !marks->underWay)
        return;
    const SaveMarks command = *std::exchange(marks->underWay, std::nullopt);
    if (saved.isSaved) {
        save(saved.room, *marks, store);
        return;
    }
    marks->isReadSeqNew = marks->isReadSeqNew || command.readSeq;
    marks->isDraftNew = marks->isDraftNew || command.draft;
}

void UserRooms::saveAll(Store &store)
{
    for (auto marks = m_rooms.begin(); marks != m_rooms.end(); ++marks) {
        // The store does them in order: what is on its way need not be waited for any more.
        marks->underWay.reset();
        save(marks.key(), *marks, store);
    }
}

} // namespace lanline::server
