#include "server/session/clientlink.h"

#include "server/logging.h"
#include "server/randombytes.h"
#include "server/session/hellocheck.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace reason = protocol::close;
using protocol::ErrorCode;
using protocol::LinkRole;

namespace {

constexpr qsizetype nonceBytes = 32;

quint64 steadyUs(SteadyTime time)
{
    return quint64(std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count());
}

} // namespace

ClientLink::ClientLink(quint64 connection, std::unique_ptr<Transport> transport, LinkContext &context)
    : m_connection(connection)
    , m_transport(std::move(transport))
    , m_context(context)
{
    m_transport->setSink(this);
}

void ClientLink::start()
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

ClientRow ClientLink::row() const
{
    const Session::Client &client = m_session->clientOf(*this);
    return {m_connection, m_context.hub.person(m_user)->user, client.app, m_transport->peerAddress(),
        m_transport->queuedBytes(), m_messages, m_role == LinkRole::Standby, client.number, m_heartbeat};
}

// ---- what the peer sends ------------------------------------------------------------------------------------------

void ClientLink::onFrame(FrameType type, const QByteArray &payload)
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

Result<QByteArrayView, protocol::DecodeError> ClientLink::unpacked(const QByteArray &payload)
{
    if (m_compression.method == protocol::CompressionMethod::None)
        return payload;
    return m_context.decompressor.unpack(m_compression, payload, m_context.limits.messageBytes);
}

bool ClientLink::isAllowed(const protocol::ClientCommand &command) const
{
    if (std::holds_alternative<protocol::Unknown>(command) || std::holds_alternative<protocol::Bye>(command))
        return true;
    if (m_state != State::Online)
        return m_state == State::AwaitingHello && std::holds_alternative<protocol::Hello>(command);
    if (std::holds_alternative<protocol::Hello>(command))
        return false;
    if (std::holds_alternative<protocol::Promote>(command))
        return m_role == LinkRole::Standby;
    return m_role == LinkRole::Primary || std::holds_alternative<protocol::Heartbeat>(command);
}

void ClientLink::handle(const protocol::ClientCommand &command)
{
    if (!isAllowed(command)) {
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
                   [this](const protocol::Bye &) { onBye(); },
                   [this](const protocol::Promote &promote) { onPromote(promote); },
                   [this](const protocol::InUse &) { onUsed(); },
                   [this](const protocol::MarkRead &mark) { onMarkRead(mark); },
                   [this](const protocol::SetDraft &draft) { onSetDraft(draft); },
                   [this](const protocol::PairingGet &get) { onPairingGet(get); },
                   [this](const protocol::TraceGet &get) { onTraceGet(get); },
                   [this](const protocol::FaultSet &set) { onFaultSet(set); },
               },
        command);
}

void ClientLink::onHello(const protocol::Hello &hello)
{
    const QByteArray certificate = m_transport->isEncrypted() ? m_context.identity.certificateSha256 : QByteArray();
    auto login = checkHello(hello, *m_ready, certificate, m_connection);
    if (!login) {
        close(login.error());
        return;
    }
    if (!hello.pairingCode.isEmpty()) {
        const auto *device = std::get_if<protocol::DeviceAuth>(&hello.auth);
        login->pairWith = device ? m_context.pairing.take(hello.pairingCode, device->publicKey) : std::nullopt;
        if (!login->pairWith) {
            close(reason::PairingRefused);
            return;
        }
    }
    m_ready.reset();
    m_hello = std::make_unique<protocol::Hello>(hello);
    m_state = State::LoggingIn;
    // What the peer sends before its WELCOME is not lost, it only waits.
    m_transport->setReading(false);
    if (!m_context.store.submit(*std::move(login)))
        close(reason::StoreFailed);
    else
        ++m_inFlight;
}

void ClientLink::onHeartbeat(const protocol::Heartbeat &heartbeat, SteadyTime receivedAt)
{
    m_heartbeat = std::chrono::duration_cast<decltype(m_heartbeat)>(heartbeat.next);
    expectSign(protocol::heartbeatDeadline(heartbeat.next));
    if (m_context.faults && m_context.faults->isOn(FaultKind::DropHeartbeats))
        return;
    protocol::HeartbeatAck ack{heartbeat.sentUs, steadyUs(receivedAt)};
    if (isPrimary()) {
        if (auto &told = m_session->toldThreads(*this))
            m_context.threads->tell(ack, *told);
    }
    const SteadyTime now = m_context.time.now();
    if (m_queuedSince != SteadyTime{})
        ack.queued = std::chrono::duration_cast<std::chrono::microseconds>(now - m_queuedSince);
    ack.answeredUs = steadyUs(now);
    send(ack);
}

// ---- what the store answers ---------------------------------------------------------------------------------------

void ClientLink::onLoggedIn(const LoggedIn &login)
{
    onCommandDone();
    if (m_state != State::LoggingIn) {
        m_context.hub.learn(login);
        return;
    }
    const auto hello = std::exchange(m_hello, nullptr);
    const Claim claim{login.user.id, login.device, hello->clientId, hello->resume};
    const auto binding = m_context.sessions.judge(claim);
    if (!binding) {
        m_context.hub.learn(login);
        close(binding.error());
        return;
    }
    m_context.hub.learn(login, protocol::Presence::Online);
    m_state = State::Online;
    m_role = binding->role;
    m_user = login.user.id;
    m_session = &m_context.sessions.bind(*this, claim, *binding, hello->app, login.marks);
    expectSign(protocol::heartbeatDeadline(m_context.limits.heartbeatDefault));
    qCInfo(lcSession, "connection %llu is user %llu, client %llu%s", m_connection, m_user.value(),
        m_session->clientOf(*this).number, m_role == LinkRole::Standby ? " (standby)" : "");
    if (auto &told = m_session->toldThreads(*this); m_context.threads && !told)
        told = m_context.threads->end();
    welcome(login, *hello, *binding);
    m_transport->setReading(true);
    m_context.owner.onLinkChanged();
}

void ClientLink::welcome(const LoggedIn &login, const protocol::Hello &hello, const Binding &binding)
{
    protocol::Welcome welcome{login.user, login.device, login.guestSecret, {}};
    if (format().encoding == protocol::Encoding::Protobuf)
        welcome.compression = protocol::chooseCompression(hello.compressions);
    welcome.session = protocol::SessionInfo{
        m_session->id(), m_session->token(), binding.generation, m_role, binding.isResumed, m_context.limits.graceTime};
    welcome.clients = m_session->clientsTold();
    if (const auto &addressesFor = m_context.identity.addressesFor)
        welcome.addresses = addressesFor(m_transport->peerAddress());
    if (m_role == LinkRole::Primary)
        welcome.rooms = roomsWithMarks(login.cursors);
    send(welcome);
    m_compression = welcome.compression;
    if (m_role == LinkRole::Primary && !m_context.storeState.isWritable)
        tellStoreState();
}

void ClientLink::onPromote(const protocol::Promote &promote)
{
    if (!m_session->promote(*this, promote.generation)) {
        close(reason::Superseded);
        return;
    }
    m_role = LinkRole::Primary;
    qCInfo(lcSession, "connection %llu is promoted", m_connection);
    send(protocol::Promoted{promote.generation, roomsWithMarks()});
    // What the old primary was told last of these may never have arrived.
    tellStoreState();
    send(protocol::SessionClients{m_session->clientsTold()});
    m_context.owner.onLinkChanged();
}

void ClientLink::tellStoreState()
{
    send(m_context.storeState);
}

void ClientLink::onLogInRefused(const LogInRefused &refused)
{
    onCommandDone();
    switch (refused.why) {
    case LogInRefused::Why::NameTaken:
        close(reason::NameTaken);
        return;
    case LogInRefused::Why::DeviceOfAnother:
        close(reason::AuthRefused);
        return;
    case LogInRefused::Why::StoreFailed:
        close(reason::StoreFailed);
        return;
    }
}

void ClientLink::onAppended(const Appended &appended)
{
    onCommandDone();
    protocol::Stored stored{
        appended.room, appended.event.messageId, appended.event.seq, appended.isDuplicate, appended.event.storedAt};
    m_context.tracer.fill(stored, appended.stamps);
    send(stored);
}

void ClientLink::onAppendRefused(const AppendRefused &refused)
{
    onCommandDone();
    refuse(refused.room, refused.messageId, refused.code);
}

void ClientLink::onMembership(quint32 requestId, const Room &room, bool isMember)
{
    if (!isMember) {
        send(protocol::Left{requestId, room.id()});
        return;
    }
    protocol::RoomState state = m_context.hub.stateOf(room, m_context.limits.membersListed);
    m_session->rooms().addTo(state);
    send(protocol::Joined{requestId, state});
}

void ClientLink::onCommandRefused(const CommandRefused &refused)
{
    onCommandDone();
    fail(refused.origin.requestId, refused.code, refused.room);
}

// ---- the way out --------------------------------------------------------------------------------------------------

void ClientLink::send(const protocol::ServerMessage &message)
{
    if (m_state != State::Closing)
        deliver(m_context.hub.encoder().encode(message, format()));
}

void ClientLink::deliver(const SharedFrame &frame)
{
    m_transport->send(frame);
    m_context.owner.onLinkTouched(*this);
}

void ClientLink::endTurn()
{
    m_isTouched = false;
    if (m_state == State::Closing)
        return;
    m_transport->flush();
    noteQueue();
    if (m_transport->queuedBytes() > m_context.limits.slowReaderAtBytes) {
        close(reason::SlowReader);
        return;
    }
    updateReading();
}

void ClientLink::noteQueue()
{
    if (m_transport->queuedBytes() == 0)
        m_queuedSince = {};
    else if (m_queuedSince == SteadyTime{})
        m_queuedSince = m_context.time.now();
}

void ClientLink::onWritten()
{
    noteQueue();
    if (m_state != State::Online)
        return;
    // A peer that takes what it is sent is alive, even while its own beats wait for it.
    if (m_transport->queuedBytes() > m_context.limits.pauseReadingAtBytes)
        m_lastHeard = m_context.time.now();
    updateReading();
    pumpPages();
}

void ClientLink::updateReading()
{
    if (m_state == State::Online)
        m_transport->setReading(m_transport->queuedBytes() <= m_context.limits.pauseReadingAtBytes);
}

// ---- the end ------------------------------------------------------------------------------------------------------

void ClientLink::expectSign(std::chrono::milliseconds within)
{
    m_lastHeard = m_context.time.now();
    m_patience = within;
    m_context.wheel.start(*this, within);
}

void ClientLink::onDeadline()
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

void ClientLink::dismiss(const QString &text, std::chrono::milliseconds retryAfter)
{
    send(protocol::Goodbye{text, retryAfter});
    close(reason::GoingAway);
}

void ClientLink::close(const protocol::CloseReason &reason)
{
    if (m_state == State::Closing)
        return;
    qCInfo(lcSession, "connection %llu is closed: %s", m_connection, reason.text.data());
    leave();
    m_transport->close(reason);
}

void ClientLink::onBye()
{
    if (Session *session = std::exchange(m_session, nullptr))
        session->onBye(*this);
    close(reason::Normal);
}

void ClientLink::onReleased(const protocol::CloseReason &reason)
{
    m_session = nullptr;
    close(reason);
}

void ClientLink::leaveSilently()
{
    if (std::exchange(m_session, nullptr) && m_role == LinkRole::Primary)
        m_context.hub.detach(*this);
}

void ClientLink::onClosed()
{
    qCInfo(lcSession, "connection %llu is gone", m_connection);
    leave();
    m_context.owner.onLinkEnded(*this);
}

void ClientLink::leave()
{
    if (std::exchange(m_state, State::Closing) != State::Online)
        return;
    m_pages.clear();
    if (Session *session = std::exchange(m_session, nullptr))
        session->onLost(*this);
    m_context.owner.onLinkChanged();
}

} // namespace lanline::server
