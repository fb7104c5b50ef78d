#include "server/session/session.h"

#include "core/text.h"
#include "server/logging.h"
#include "server/randombytes.h"
#include "server/session/hellocheck.h"
#include "server/session/refusals.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace reason = protocol::close;
using protocol::ErrorCode;

namespace {

constexpr qsizetype nonceBytes = 32;

quint64 steadyUs(SteadyTime time)
{
    return quint64(std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count());
}

} // namespace

Session::Session(quint64 connection, std::unique_ptr<Transport> transport, SessionContext &context)
    : m_connection(connection)
    , m_transport(std::move(transport))
    , m_context(context)
{
    m_transport->setSink(this);
}

void Session::start()
{
    expectSign(m_context.limits.helloTimeout);
    m_ready = std::make_unique<protocol::Ready>();
    m_ready->serverName = m_context.identity.name;
    m_ready->app = QStringLiteral("lanline " LANLINE_VERSION);
    m_ready->epoch = m_context.identity.epoch;
    m_ready->serverId = m_context.identity.id;
    m_ready->nonce = randomBytes(nonceBytes);
    m_ready->limits = m_context.limits;
    if (format().encoding == protocol::Encoding::Protobuf)
        m_ready->compressions = protocol::supportedCompressions();
    send(*m_ready);
}

ClientRow Session::row() const
{
    return {m_connection, m_user, m_app, m_transport->peerAddress(), m_transport->queuedBytes(), m_messages};
}

// ---- what the peer sends ------------------------------------------------------------------------------------------

void Session::onFrame(FrameType type, const QByteArray &payload)
{
    if (m_state == State::Closing)
        return;
    if ((type == FrameType::Text) != (format().encoding == protocol::Encoding::Json)) {
        close(reason::WrongFrameType);
        return;
    }
    const auto command = unpacked(payload).and_then(
        [this](QByteArrayView frame) { return protocol::decodeCommand(format().encoding, frame, m_context.limits); });
    if (command) {
        handle(*command);
    } else if (command.error().kind == protocol::DecodeError::Kind::TooBig) {
        close(reason::MessageTooBig);
    } else {
        // The close reason has no room for what exactly was wrong, and its author wants to know.
        send(protocol::Error{0, ErrorCode::BadRequest, {}, command.error().text});
        close(reason::BadFrame);
    }
}

Result<QByteArrayView, protocol::DecodeError> Session::unpacked(const QByteArray &payload)
{
    if (m_compression.method == protocol::CompressionMethod::None)
        return payload;
    return m_context.decompressor.unpack(m_compression, payload, m_context.limits.messageBytes);
}

void Session::handle(const protocol::ClientCommand &command)
{
    const bool isAllowed = m_state == State::Online || std::holds_alternative<protocol::Hello>(command)
        || std::holds_alternative<protocol::Unknown>(command) || std::holds_alternative<protocol::Bye>(command);
    if (!isAllowed) {
        close(reason::OutOfOrder);
        return;
    }
    std::visit(protocol::Overloaded{
                   [](const protocol::Unknown &) {},
                   [this](const protocol::Hello &hello) { onHello(hello); },
                   [this](const protocol::Heartbeat &beat) { onHeartbeat(beat, m_context.time.now()); },
                   [this](const protocol::Send &send) { onSend(send); },
                   [this](const protocol::Join &join) { onJoin(join); },
                   [this](const protocol::Leave &leave) { onLeave(leave); },
                   [this](const protocol::CreateRoom &create) { onCreateRoom(create); },
                   [this](const protocol::RoomsGet &get) {
                       send(protocol::Rooms{get.requestId, m_context.hub.roomInfos()});
                   },
                   [this](const protocol::EventsGet &get) { onPageRequest(get); },
                   [this](const protocol::HistoryGet &get) { onPageRequest(get); },
                   [this](const protocol::StatusGet &get) {
                       protocol::Status status = m_context.owner.status();
                       status.requestId = get.requestId;
                       send(status);
                   },
                   [this](const protocol::Bye &) { close(reason::Normal, true); },
                   [](const auto &) {},
               },
        command);
}

void Session::onHello(const protocol::Hello &hello)
{
    if (m_state != State::AwaitingHello) {
        close(reason::OutOfOrder);
        return;
    }
    const QByteArray certificate = m_transport->isEncrypted() ? m_context.identity.certificateSha256 : QByteArray();
    auto login = checkHello(hello, *m_ready, certificate, m_connection);
    if (!login) {
        close(login.error());
        return;
    }
    m_ready.reset();
    m_app = hello.app;
    if (format().encoding == protocol::Encoding::Protobuf)
        m_agreed = protocol::chooseCompression(hello.compressions);
    m_state = State::LoggingIn;
    // What the peer sends before its WELCOME is not lost, it only waits.
    m_transport->setReading(false);
    if (!m_context.store.submit(*std::move(login)))
        close(reason::StoreFailed);
    else
        ++m_inFlight;
}

void Session::onHeartbeat(const protocol::Heartbeat &heartbeat, SteadyTime receivedAt)
{
    expectSign(protocol::heartbeatDeadline(heartbeat.next));
    send(protocol::HeartbeatAck{heartbeat.sentUs, steadyUs(receivedAt), steadyUs(m_context.time.now())});
}

void Session::onSend(const protocol::Send &send)
{
    ++m_messages;
    ++m_context.ledger.received;
    if (!m_sendGate.admits(send.messageId))
        return;
    if (const ErrorCode fault = faultOf(send); fault != ErrorCode::Unspecified)
        refuse(send, fault);
    else if (m_inFlight >= m_context.limits.commandsInFlight)
        refuse(send, ErrorCode::Busy);
    else if (!m_context.store.submit(Append{{m_connection, 0}, m_device, m_context.hub.person(userId())->user,
                 send.room, send.messageId, send.text, send.kind, send.targetSeq, send.targetId}))
        refuse(send, ErrorCode::Busy);
    else
        ++m_inFlight;
}

ErrorCode Session::faultOf(const protocol::Send &send) const
{
    const Room *room = m_context.hub.room(send.room);
    if (!room)
        return ErrorCode::UnknownRoom;
    if (!room->hasMember(userId()))
        return ErrorCode::NotAMember;
    return server::faultOf(send, m_context.limits);
}

void Session::onJoin(const protocol::Join &join)
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

void Session::onLeave(const protocol::Leave &leave)
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

void Session::onCreateRoom(const protocol::CreateRoom &create)
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

void Session::submit(StoreCommand command, quint32 requestId, const RoomId &room)
{
    if (m_inFlight >= m_context.limits.commandsInFlight || !m_context.store.submit(std::move(command)))
        fail(requestId, ErrorCode::Busy, room);
    else
        ++m_inFlight;
}

// ---- what the store answers ---------------------------------------------------------------------------------------

void Session::onLoggedIn(const LoggedIn &login)
{
    onCommandDone();
    if (m_state != State::LoggingIn)
        return;
    m_user = login.user;
    m_device = login.device;
    m_state = State::Online;
    expectSign(protocol::heartbeatDeadline(m_context.limits.heartbeatDefault));
    qCInfo(lcSession, "connection %llu is user %llu", m_connection, login.user.id.value());
    send(protocol::Welcome{login.user, login.device, login.guestSecret, m_context.hub.enter(*this, login), m_agreed});
    m_compression = m_agreed;
    if (!m_context.storeState.isWritable)
        tellStoreState();
    m_transport->setReading(true);
    m_context.owner.onSessionChanged();
}

void Session::tellStoreState()
{
    send(m_context.storeState);
}

void Session::onLogInRefused(const LogInRefused &refused)
{
    onCommandDone();
    close(refused.why == LogInRefused::Why::NameTaken ? reason::NameTaken : reason::StoreFailed);
}

void Session::onAppended(const Appended &appended)
{
    onCommandDone();
    send(protocol::Stored{
        appended.room, appended.event.messageId, appended.event.seq, appended.isDuplicate, appended.event.storedAt});
}

void Session::onAppendRefused(const AppendRefused &refused)
{
    onCommandDone();
    refuse(refused.room, refused.messageId, refused.code);
}

void Session::onMembership(quint32 requestId, const Room &room, bool isMember)
{
    if (isMember)
        send(protocol::Joined{requestId, m_context.hub.stateOf(room, m_context.limits.membersListed)});
    else
        send(protocol::Left{requestId, room.id()});
}

void Session::onCommandRefused(const CommandRefused &refused)
{
    onCommandDone();
    fail(refused.origin.requestId, refused.code, refused.room);
}

// ---- the way out --------------------------------------------------------------------------------------------------

void Session::send(const protocol::ServerMessage &message)
{
    if (m_state != State::Closing)
        deliver(m_context.hub.encoder().encode(message, format()));
}

void Session::deliver(const SharedFrame &frame)
{
    m_transport->send(frame);
    m_context.owner.onSessionTouched(*this);
}

void Session::fail(quint32 requestId, ErrorCode code, const RoomId &room)
{
    send(protocol::Error{requestId, code, room, textOf(code)});
}

void Session::refuse(const protocol::Send &refused, ErrorCode code)
{
    refuse(refused.room, refused.messageId, code);
}

void Session::refuse(const RoomId &room, const MessageId &message, ErrorCode code)
{
    ++m_context.ledger.refused;
    const auto retry = retryAfter(code);
    if (retry.count() > 0 && !m_sendGate.refuse(message))
        return;
    send(protocol::Refused{room, message, code, textOf(code), retry});
}

void Session::endTurn()
{
    m_isTouched = false;
    if (m_state == State::Closing)
        return;
    m_transport->flush();
    if (m_transport->queuedBytes() > m_context.limits.slowReaderAtBytes) {
        close(reason::SlowReader);
        return;
    }
    updateReading();
}

void Session::onWritten()
{
    if (m_state != State::Online)
        return;
    // A peer that takes what it is sent is alive, even while its own beats wait for it.
    if (m_transport->queuedBytes() > m_context.limits.pauseReadingAtBytes)
        m_lastHeard = m_context.time.now();
    updateReading();
    pumpPages();
}

void Session::updateReading()
{
    if (m_state == State::Online)
        m_transport->setReading(m_transport->queuedBytes() <= m_context.limits.pauseReadingAtBytes);
}

// ---- the end ------------------------------------------------------------------------------------------------------

void Session::expectSign(std::chrono::milliseconds within)
{
    m_lastHeard = m_context.time.now();
    m_patience = within;
    m_context.wheel.start(*this, within);
}

void Session::onDeadline()
{
    // While the login is in the store, nothing is asked of the peer.
    if (m_state == State::Closing || m_state == State::LoggingIn)
        return;
    const SteadyTime now = m_context.time.now();
    auto end = m_lastHeard + m_patience;
    if (m_context.watch)
        end += std::chrono::ceil<std::chrono::milliseconds>(m_context.watch->stalledBetween(m_lastHeard, now));
    if (now > end)
        close(m_state == State::Online ? reason::HeartbeatMissed : reason::HelloTimeout);
    else
        m_context.wheel.start(*this, std::chrono::ceil<std::chrono::milliseconds>(end - now));
}

void Session::dismiss(const QString &text, std::chrono::milliseconds retryAfter)
{
    send(protocol::Goodbye{text, retryAfter});
    close(reason::GoingAway);
}

void Session::close(const protocol::CloseReason &reason, bool saidBye)
{
    if (m_state == State::Closing)
        return;
    qCInfo(lcSession, "connection %llu is closed: %s", m_connection, reason.text.data());
    leaveHub(saidBye);
    m_transport->close(reason);
}

void Session::onClosed()
{
    qCInfo(lcSession, "connection %llu is gone", m_connection);
    leaveHub(false);
    m_context.owner.onSessionEnded(*this);
}

void Session::leaveHub(bool saidBye)
{
    if (std::exchange(m_state, State::Closing) != State::Online)
        return;
    m_pages.clear();
    m_context.hub.leave(*this, saidBye, m_context.time.now());
    m_context.owner.onSessionChanged();
}

} // namespace lanline::server
