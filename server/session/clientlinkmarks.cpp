/// The part of ClientLink for what a user's clients share: read marks, drafts, and the way for another device to join.
#include "core/text.h"
#include "server/session/clientlink.h"

namespace lanline::server {

using protocol::ErrorCode;

QList<protocol::RoomState> ClientLink::roomsWithMarks(const QList<CursorAnswer> &cursors) const
{
    QList<protocol::RoomState> rooms = m_context.hub.roomsOf(m_user, cursors);
    for (protocol::RoomState &room : rooms)
        m_session->rooms().addTo(room);
    return rooms;
}

const Room *ClientLink::roomOfOwn(const RoomId &id)
{
    const Room *room = m_context.hub.room(id);
    if (!room)
        fail(0, ErrorCode::UnknownRoom, id);
    else if (!room->hasMember(m_user))
        fail(0, ErrorCode::NotAMember, id);
    return room && room->hasMember(m_user) ? room : nullptr;
}

void ClientLink::onMarkRead(const protocol::MarkRead &mark)
{
    onUsed();
    const Room *room = roomOfOwn(mark.room);
    if (!room)
        return;
    // What is not there yet cannot have been read; without the bound a client could mark all that will ever come.
    const quint64 seq = qMin(mark.seq, room->headSeq());
    if (m_session->rooms().markRead(mark.room, seq, m_context.store))
        m_session->tell(protocol::ReadMark{mark.room, seq}, this);
}

void ClientLink::onSetDraft(const protocol::SetDraft &draft)
{
    onUsed();
    if (!roomOfOwn(draft.room))
        return;
    UserRooms &rooms = m_session->rooms();
    if (utf8Size(draft.text) > m_context.limits.textBytes || !rooms.hasSpaceFor(draft.room, draft.text))
        fail(0, ErrorCode::TextTooLong, draft.room);
    else if (rooms.setDraft(draft.room, draft.text, m_context.store))
        m_session->tell(protocol::Draft{draft.room, draft.text}, this);
}

void ClientLink::onPairingGet(const protocol::PairingGet &get)
{
    // A guest is gone with the browser that has its secret: there is nobody to be a device of.
    if (m_context.hub.person(m_user)->user.isGuest) {
        fail(get.requestId, ErrorCode::BadRequest);
        return;
    }
    if (const auto code = m_context.pairing.make(m_user))
        send(protocol::Pairing{get.requestId, *code, PairingCodes::validFor});
    else
        fail(get.requestId, ErrorCode::Busy);
}

} // namespace lanline::server
