/// The half of ClientLink that checks what a client wants stored, and refuses what cannot be.
#include "core/text.h"
#include "server/session/clientlink.h"
#include "server/session/refusals.h"

namespace lanline::server {

using protocol::ErrorCode;

void ClientLink::onSend(const protocol::Send &send)
{
    ++m_messages;
    ++m_context.ledger.received;
    onUsed();
    if (!m_sendGate.admits(send.messageId))
        return;
    if (const ErrorCode fault = faultOf(send); fault != ErrorCode::Unspecified)
        refuse(send, fault);
    else if (m_inFlight >= m_context.limits.commandsInFlight)
        refuse(send, ErrorCode::Busy);
    else if (!m_context.store.submit(Append{{m_connection, 0}, m_session->clientOf(*this).device,
                 m_context.hub.person(userId())->user, send.room, send.messageId, send.text, send.kind, send.targetSeq,
                 send.targetId, Stamps{send.trace, m_transport->readAt()}}))
        refuse(send, ErrorCode::Busy);
    else
        ++m_inFlight;
}

void ClientLink::onTraceGet(const protocol::TraceGet &get)
{
    const Room *room = m_context.hub.room(get.room);
    if (!room)
        fail(get.requestId, ErrorCode::UnknownRoom, get.room);
    else if (!room->hasMember(userId()))
        fail(get.requestId, ErrorCode::NotAMember, get.room);
    else
        send(m_context.tracer.traceOf(get));
}

ErrorCode ClientLink::faultOf(const protocol::Send &send) const
{
    const Room *room = m_context.hub.room(send.room);
    if (!room)
        return ErrorCode::UnknownRoom;
    if (!room->hasMember(userId()))
        return ErrorCode::NotAMember;
    return server::faultOf(send, m_context.limits);
}

void ClientLink::onJoin(const protocol::Join &join)
{
    const Room *room = m_context.hub.room(join.room);
    if (!room)
        fail(join.requestId, ErrorCode::UnknownRoom, join.room);
    else if (room->hasMember(userId()))
        onMembership(join.requestId, *room, true);
    else if (m_context.hub.person(userId())->rooms.size() >= m_context.limits.roomsPerUser)
        fail(join.requestId, ErrorCode::TooManyRooms, join.room);
    else
        submit(ChangeMembership{{m_connection, join.requestId}, userId(), join.room, true}, join.requestId, join.room);
}

void ClientLink::onLeave(const protocol::Leave &leave)
{
    const Room *room = m_context.hub.room(leave.room);
    if (!room)
        fail(leave.requestId, ErrorCode::UnknownRoom, leave.room);
    else if (!room->hasMember(userId()))
        fail(leave.requestId, ErrorCode::NotAMember, leave.room);
    else
        submit(ChangeMembership{{m_connection, leave.requestId}, userId(), leave.room, false}, leave.requestId,
            leave.room);
}

void ClientLink::onCreateRoom(const protocol::CreateRoom &create)
{
    const QString given = normalizedName(create.title);
    const QString title = given.isEmpty() ? create.room.value() : given;
    if (!isRoomName(create.room.value()) || utf8Size(create.room.value()) > m_context.limits.roomNameBytes)
        fail(create.requestId, ErrorCode::BadRoomName, create.room);
    else if (!isCleanName(title) || utf8Size(title) > m_context.limits.roomTitleBytes)
        fail(create.requestId, ErrorCode::BadRequest, create.room);
    else if (m_context.hub.room(create.room))
        fail(create.requestId, ErrorCode::RoomExists, create.room);
    else if (m_context.hub.roomCount() >= m_context.limits.rooms
        || m_context.hub.person(userId())->rooms.size() >= m_context.limits.roomsPerUser)
        fail(create.requestId, ErrorCode::TooManyRooms, create.room);
    else
        submit(
            CreateRoom{{m_connection, create.requestId}, userId(), create.room, title}, create.requestId, create.room);
}

void ClientLink::submit(StoreCommand command, quint32 requestId, const RoomId &room)
{
    if (m_inFlight >= m_context.limits.commandsInFlight || !m_context.store.submit(std::move(command)))
        fail(requestId, ErrorCode::Busy, room);
    else
        ++m_inFlight;
}

void ClientLink::fail(quint32 requestId, ErrorCode code, const RoomId &room)
{
    send(protocol::Error{requestId, code, room, textOf(code)});
}

void ClientLink::refuse(const protocol::Send &refused, ErrorCode code)
{
    refuse(refused.room, refused.messageId, code);
}

void ClientLink::refuse(const RoomId &room, const MessageId &message, ErrorCode code)
{
    ++m_context.ledger.refused;
    const auto retry = retryAfter(code);
    if (retry.count() > 0 && !m_sendGate.refuse(message))
        return;
    send(protocol::Refused{room, message, code, textOf(code), retry});
}

// ---- faults on purpose --------------------------------------------------------------------------------------------

void ClientLink::onFaultSet(const protocol::FaultSet &set)
{
    ServerFaults *faults = m_context.faults;
    if (!faults || !faults->isAllowed() || !m_transport->peerAddress().isLoopback()) {
        fail(set.requestId, ErrorCode::NotAllowed);
        return;
    }
    if (set.fault && !isServerFault(set.fault->kind)) {
        fail(set.requestId, ErrorCode::BadRequest);
        return;
    }
    if (set.fault)
        faults->set(*set.fault);
    send(protocol::Faults{set.requestId, faults->active()});
}

void ClientLink::breakTransport()
{
    if (m_faulty || m_state == State::Closing)
        return;
    auto faulty = std::make_unique<FaultyTransport>(std::move(m_transport), *m_context.faults, m_context.time);
    m_faulty = faulty.get();
    m_transport = std::move(faulty);
}

void ClientLink::mendTransport()
{
    if (m_faulty && m_state != State::Closing)
        m_faulty->mend();
}

} // namespace lanline::server
