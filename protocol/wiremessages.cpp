#include "protocol/wireparts.h"
#include "protocol/wiretrace.h"

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;
using Need = FieldReader::Need;

namespace {

/// None has no dictionary, whatever the wire says of it.
Compression agreedCompression(const v1::Compression &wire, FieldReader &read)
{
    const Compression agreed = readCompression(wire, read);
    return agreed.method == CompressionMethod::None ? Compression{} : agreed;
}

constexpr qsizetype nonceBytes = 32;
constexpr qsizetype deviceIdBytes = 16;
constexpr qsizetype mostServerIdBytes = 16;
constexpr qint64 longestAddress = 256;

// ---- kinds
// -----------------------------------------------------------------------------------------------------------

void fill(v1::Ready &wire, const Ready &ready)
{
    wire.set_version_major(ready.versionMajor);
    wire.set_version_minor(ready.versionMinor);
    wire.set_server_name(toWire(ready.serverName));
    wire.set_app(toWire(ready.app));
    wire.set_epoch(toWire(ready.epoch.value()));
    wire.set_nonce(toWire(ready.nonce));
    fill(*wire.mutable_limits(), ready.limits);
    wire.set_server_id(toWire(ready.serverId.value()));
    for (const Compression &compression : ready.compressions)
        fill(*wire.add_compressions(), compression);
}

ServerMessage readKind(const v1::Ready &wire, FieldReader &read)
{
    return Ready{.versionMajor = wire.version_major(),
        .versionMinor = wire.version_minor(),
        .serverName = read.text(wire.server_name()),
        .app = read.text(wire.app()),
        .epoch = read.epoch(wire.epoch(), "epoch"_L1),
        .nonce = read.bytes(wire.nonce(), "nonce"_L1, nonceBytes),
        .limits = readLimits(wire.limits(), read),
        .serverId = ServerId(read.bytesUpTo(wire.server_id(), "server_id"_L1, mostServerIdBytes)),
        .compressions = readList<Compression>(wire.compressions(), read, readCompression)};
}

void fill(v1::SessionInfo &wire, const SessionInfo &session)
{
    wire.set_id(toWire(session.id.value()));
    wire.set_token(toWire(session.token));
    wire.set_generation(session.generation);
    wire.set_role(enumToWire<v1::LinkRole>(session.role));
    wire.set_resumed(session.isResumed);
    wire.set_grace_ms(toWire(session.graceTime));
}

SessionInfo readSessionInfo(const v1::SessionInfo &wire, FieldReader &read)
{
    return {.id = SessionId(read.bytes(wire.id(), "session.id"_L1, sessionIdBytes)),
        .token = read.bytes(wire.token(), "session.token"_L1, sessionTokenBytes),
        .generation = read.integer(wire.generation(), "session.generation"_L1),
        .role = readLinkRole(wire.role()),
        .isResumed = wire.resumed(),
        .graceTime = std::chrono::milliseconds(wire.grace_ms())};
}

QString readAddress(const v1::ServerAddress &wire, FieldReader &read)
{
    return read.text(wire.address(), "addresses"_L1, longestAddress);
}

void fill(v1::Welcome &wire, const Welcome &welcome)
{
    fill(*wire.mutable_self(), welcome.self);
    wire.set_device_id(toWire(welcome.deviceId.value()));
    wire.set_guest_secret(toWire(welcome.guestSecret));
    for (const RoomState &room : welcome.rooms)
        fill(*wire.add_rooms(), room);
    if (welcome.compression.method != CompressionMethod::None)
        fill(*wire.mutable_compression(), welcome.compression);
    if (welcome.session)
        fill(*wire.mutable_session(), *welcome.session);
    for (const QString &address : welcome.addresses)
        wire.add_addresses()->set_address(toWire(address));
    for (const SessionClient &client : welcome.clients)
        fill(*wire.add_clients(), client);
}

ServerMessage readKind(const v1::Welcome &wire, FieldReader &read)
{
    Welcome welcome{.self = readUser(wire.self(), read),
        .deviceId = DeviceId(read.bytes(wire.device_id(), "device_id"_L1, deviceIdBytes)),
        .guestSecret = read.bytesUpTo(wire.guest_secret(), "guest_secret"_L1, mostSecretBytes),
        .rooms = readList<RoomState>(wire.rooms(), read, readRoomState),
        .compression = agreedCompression(wire.compression(), read),
        .addresses = readList<QString>(wire.addresses(), read, readAddress),
        .clients = readList<SessionClient>(wire.clients(), read, readSessionClient)};
    if (wire.has_session())
        welcome.session = readSessionInfo(wire.session(), read);
    return welcome;
}

void fill(v1::Stored &wire, const Stored &stored)
{
    wire.set_room(toWire(stored.room.value()));
    wire.set_message_id(toWire(stored.messageId));
    wire.set_seq(stored.seq);
    wire.set_duplicate(stored.isDuplicate);
    wire.set_stored_ms(toWire(stored.storedAt));
    wire.set_store_ticks(stored.store.count());
    wire.set_told_ticks(stored.told.count());
}

ServerMessage readKind(const v1::Stored &wire, FieldReader &read)
{
    return Stored{.room = read.room(wire.room(), "room"_L1),
        .messageId = read.messageId(wire.message_id(), "message_id"_L1),
        .seq = read.positive(wire.seq(), "seq"_L1),
        .isDuplicate = wire.duplicate(),
        .storedAt = read.time(wire.stored_ms(), "stored_ms"_L1),
        .store = readTicks(wire.store_ticks()),
        .told = readTicks(wire.told_ticks())};
}

void fill(v1::Refused &wire, const Refused &refused)
{
    wire.set_room(toWire(refused.room.value()));
    wire.set_message_id(toWire(refused.messageId));
    wire.set_code(enumToWire<v1::ErrorCode>(refused.code));
    wire.set_text(toWire(refused.text));
    wire.set_retry_after_ms(toWire(refused.retryAfter));
}

ServerMessage readKind(const v1::Refused &wire, FieldReader &read)
{
    return Refused{.room = read.roomAsGiven(wire.room(), "room"_L1, Need::Optional),
        .messageId = read.messageId(wire.message_id(), "message_id"_L1),
        .code = readErrorCode(wire.code()),
        .text = read.text(wire.text()),
        .retryAfter = std::chrono::milliseconds(wire.retry_after_ms())};
}

void fill(v1::Events &wire, const Events &events)
{
    wire.set_request_id(events.requestId);
    wire.set_room(toWire(events.room.value()));
    for (const Event &event : events.events)
        fill(*wire.add_events(), event);
    wire.set_live(events.live);
    wire.set_head_seq(events.headSeq);
    wire.set_sent_at(events.sentAt.count());
}

ServerMessage readKind(const v1::Events &wire, FieldReader &read)
{
    return Events{.requestId = wire.request_id(),
        .room = read.room(wire.room(), "room"_L1),
        .events = readList<Event>(wire.events(), read, readEvent),
        .live = wire.live(),
        .headSeq = read.integer(wire.head_seq(), "head_seq"_L1),
        .sentAt = readTicks(wire.sent_at())};
}

void fill(v1::History &wire, const History &history)
{
    wire.set_request_id(history.requestId);
    wire.set_room(toWire(history.room.value()));
    for (const Event &event : history.events)
        fill(*wire.add_events(), event);
    wire.set_first_seq(history.firstSeq);
    wire.set_from_seq(history.fromSeq);
}

ServerMessage readKind(const v1::History &wire, FieldReader &read)
{
    return History{.requestId = wire.request_id(),
        .room = read.room(wire.room(), "room"_L1),
        .events = readList<Event>(wire.events(), read, readEvent),
        .firstSeq = read.integer(wire.first_seq(), "first_seq"_L1),
        .fromSeq = read.integer(wire.from_seq(), "from_seq"_L1)};
}

void fill(v1::Joined &wire, const Joined &joined)
{
    wire.set_request_id(joined.requestId);
    fill(*wire.mutable_room(), joined.room);
}

ServerMessage readKind(const v1::Joined &wire, FieldReader &read)
{
    return Joined{.requestId = wire.request_id(), .room = readRoomState(wire.room(), read)};
}

void fill(v1::Left &wire, const Left &left)
{
    wire.set_request_id(left.requestId);
    wire.set_room(toWire(left.room.value()));
}

ServerMessage readKind(const v1::Left &wire, FieldReader &read)
{
    return Left{.requestId = wire.request_id(), .room = read.room(wire.room(), "room"_L1)};
}

void fill(v1::Rooms &wire, const Rooms &rooms)
{
    wire.set_request_id(rooms.requestId);
    for (const RoomInfo &room : rooms.rooms)
        fill(*wire.add_rooms(), room);
}

ServerMessage readKind(const v1::Rooms &wire, FieldReader &read)
{
    return Rooms{.requestId = wire.request_id(), .rooms = readList<RoomInfo>(wire.rooms(), read, readRoomInfo)};
}

void fill(v1::MemberChanged &wire, const MemberChanged &change)
{
    wire.set_room(toWire(change.room.value()));
    fill(*wire.mutable_member(), change.member);
    wire.set_is_member(change.isMember);
}

ServerMessage readKind(const v1::MemberChanged &wire, FieldReader &read)
{
    return MemberChanged{.room = read.room(wire.room(), "room"_L1),
        .member = readMember(wire.member(), read),
        .isMember = wire.is_member()};
}

void fill(v1::PresenceChanged &wire, const PresenceChanged &change)
{
    wire.set_user_id(change.user.value());
    wire.set_presence(enumToWire<v1::Presence>(change.presence));
}

ServerMessage readKind(const v1::PresenceChanged &wire, FieldReader &read)
{
    return PresenceChanged{
        .user = UserId(read.positive(wire.user_id(), "user_id"_L1)), .presence = readPresence(wire.presence())};
}

void fill(v1::Status &wire, const Status &status)
{
    wire.set_request_id(status.requestId);
    wire.set_server_name(toWire(status.serverName));
    wire.set_app(toWire(status.app));
    wire.set_epoch(toWire(status.epoch.value()));
    wire.set_uptime_ms(quint64(std::max(status.uptime, std::chrono::milliseconds::zero()).count()));
    wire.set_connections(status.connections);
    wire.set_users(status.users);
    wire.set_rooms(status.rooms);
    wire.set_received(status.received);
    wire.set_stored(status.stored);
    wire.set_duplicates(status.duplicates);
    wire.set_refused(status.refused);
    wire.set_delivered(status.delivered);
    wire.set_replayed(status.replayed);
    wire.set_lost(status.lost);
    wire.set_pages_from_memory(status.pagesFromMemory);
    wire.set_pages_from_store(status.pagesFromStore);
    wire.set_read_only(status.isReadOnly);
    wire.set_stored_ever(status.storedEver);
    wire.set_duplicates_ever(status.duplicatesEver);
    wire.set_loop_lag_max_us(quint64(std::max(status.longestLoopLag, std::chrono::microseconds::zero()).count()));
}

ServerMessage readKind(const v1::Status &wire, FieldReader &read)
{
    return Status{.requestId = wire.request_id(),
        .serverName = read.text(wire.server_name()),
        .app = read.text(wire.app()),
        .epoch = read.epoch(wire.epoch(), "epoch"_L1),
        .uptime = read.time(wire.uptime_ms(), "uptime_ms"_L1).time_since_epoch(),
        .connections = wire.connections(),
        .users = wire.users(),
        .rooms = wire.rooms(),
        .received = read.integer(wire.received(), "received"_L1),
        .stored = read.integer(wire.stored(), "stored"_L1),
        .duplicates = read.integer(wire.duplicates(), "duplicates"_L1),
        .refused = read.integer(wire.refused(), "refused"_L1),
        .delivered = read.integer(wire.delivered(), "delivered"_L1),
        .replayed = read.integer(wire.replayed(), "replayed"_L1),
        .lost = read.integer(wire.lost(), "lost"_L1),
        .pagesFromMemory = read.integer(wire.pages_from_memory(), "pages_from_memory"_L1),
        .pagesFromStore = read.integer(wire.pages_from_store(), "pages_from_store"_L1),
        .isReadOnly = wire.read_only(),
        .storedEver = read.integer(wire.stored_ever(), "stored_ever"_L1),
        .duplicatesEver = read.integer(wire.duplicates_ever(), "duplicates_ever"_L1),
        .longestLoopLag =
            std::chrono::microseconds(qint64(read.integer(wire.loop_lag_max_us(), "loop_lag_max_us"_L1)))};
}

void fill(v1::Error &wire, const Error &error)
{
    wire.set_request_id(error.requestId);
    wire.set_code(enumToWire<v1::ErrorCode>(error.code));
    wire.set_room(toWire(error.room.value()));
    wire.set_text(toWire(error.text));
}

ServerMessage readKind(const v1::Error &wire, FieldReader &read)
{
    return Error{.requestId = wire.request_id(),
        .code = readErrorCode(wire.code()),
        .room = read.roomAsGiven(wire.room(), "room"_L1, Need::Optional),
        .text = read.text(wire.text())};
}

void fill(v1::Goodbye &wire, const Goodbye &goodbye)
{
    wire.set_text(toWire(goodbye.text));
    wire.set_retry_after_ms(toWire(goodbye.retryAfter));
}

ServerMessage readKind(const v1::Goodbye &wire, FieldReader &read)
{
    return Goodbye{.text = read.text(wire.text()), .retryAfter = std::chrono::milliseconds(wire.retry_after_ms())};
}

void fill(v1::StoreState &wire, const StoreState &state)
{
    wire.set_writable(state.isWritable);
    wire.set_text(toWire(state.text));
}

ServerMessage readKind(const v1::StoreState &wire, FieldReader &read)
{
    return StoreState{.isWritable = wire.writable(), .text = read.text(wire.text())};
}

void fill(v1::Promoted &wire, const Promoted &promoted)
{
    wire.set_generation(promoted.generation);
    for (const RoomState &room : promoted.rooms)
        fill(*wire.add_rooms(), room);
}

ServerMessage readKind(const v1::Promoted &wire, FieldReader &read)
{
    return Promoted{.generation = read.integer(wire.generation(), "generation"_L1),
        .rooms = readList<RoomState>(wire.rooms(), read, readRoomState)};
}

void fill(v1::SessionClients &wire, const SessionClients &session)
{
    for (const SessionClient &client : session.clients)
        fill(*wire.add_clients(), client);
}

ServerMessage readKind(const v1::SessionClients &wire, FieldReader &read)
{
    return SessionClients{.clients = readList<SessionClient>(wire.clients(), read, readSessionClient)};
}

void fill(v1::ReadMark &wire, const ReadMark &mark)
{
    wire.set_room(toWire(mark.room.value()));
    wire.set_seq(mark.seq);
}

ServerMessage readKind(const v1::ReadMark &wire, FieldReader &read)
{
    return ReadMark{.room = read.room(wire.room(), "room"_L1), .seq = read.integer(wire.seq(), "seq"_L1)};
}

void fill(v1::Draft &wire, const Draft &draft)
{
    wire.set_room(toWire(draft.room.value()));
    wire.set_text(toWire(draft.text));
}

ServerMessage readKind(const v1::Draft &wire, FieldReader &read)
{
    return Draft{.room = read.room(wire.room(), "room"_L1), .text = read.text(wire.text())};
}

void fill(v1::Pairing &wire, const Pairing &pairing)
{
    wire.set_request_id(pairing.requestId);
    wire.set_code(toWire(pairing.code));
    wire.set_valid_ms(toWire(pairing.validFor));
}

ServerMessage readKind(const v1::Pairing &wire, FieldReader &read)
{
    return Pairing{.requestId = wire.request_id(),
        .code = read.text(wire.code(), "code"_L1, read.limits().nameBytes),
        .validFor = std::chrono::milliseconds(wire.valid_ms())};
}

} // namespace

void toWire(const ServerMessage &message, v1::ServerFrame &frame)
{
    std::visit(Overloaded{
                   [&](const Unknown &) { setUnknownKind(frame); },
                   [&](const Ready &kind) { fill(*frame.mutable_ready(), kind); },
                   [&](const Welcome &kind) { fill(*frame.mutable_welcome(), kind); },
                   [&](const HeartbeatAck &kind) { fill(*frame.mutable_heartbeat_ack(), kind); },
                   [&](const Stored &kind) { fill(*frame.mutable_stored(), kind); },
                   [&](const Refused &kind) { fill(*frame.mutable_refused(), kind); },
                   [&](const Events &kind) { fill(*frame.mutable_events(), kind); },
                   [&](const History &kind) { fill(*frame.mutable_history(), kind); },
                   [&](const Joined &kind) { fill(*frame.mutable_joined(), kind); },
                   [&](const Left &kind) { fill(*frame.mutable_left(), kind); },
                   [&](const Rooms &kind) { fill(*frame.mutable_rooms(), kind); },
                   [&](const MemberChanged &kind) { fill(*frame.mutable_member(), kind); },
                   [&](const PresenceChanged &kind) { fill(*frame.mutable_presence(), kind); },
                   [&](const Status &kind) { fill(*frame.mutable_status(), kind); },
                   [&](const Error &kind) { fill(*frame.mutable_error(), kind); },
                   [&](const Goodbye &kind) { fill(*frame.mutable_goodbye(), kind); },
                   [&](const StoreState &kind) { fill(*frame.mutable_store_state(), kind); },
                   [&](const Promoted &kind) { fill(*frame.mutable_promoted(), kind); },
                   [&](const SessionClients &kind) { fill(*frame.mutable_session_clients(), kind); },
                   [&](const ReadMark &kind) { fill(*frame.mutable_read_mark(), kind); },
                   [&](const Draft &kind) { fill(*frame.mutable_draft(), kind); },
                   [&](const Pairing &kind) { fill(*frame.mutable_pairing(), kind); },
                   [&](const Trace &kind) { fill(*frame.mutable_trace(), kind); },
                   [&](const Faults &kind) { fill(*frame.mutable_faults(), kind); },
               },
        message);
}

ServerMessage fromWire(const v1::ServerFrame &frame, FieldReader &read)
{
    switch (frame.kind_case()) {
    case v1::ServerFrame::kReady:
        return readKind(frame.ready(), read);
    case v1::ServerFrame::kWelcome:
        return readKind(frame.welcome(), read);
    case v1::ServerFrame::kHeartbeatAck:
        return readKind(frame.heartbeat_ack(), read);
    case v1::ServerFrame::kStored:
        return readKind(frame.stored(), read);
    case v1::ServerFrame::kRefused:
        return readKind(frame.refused(), read);
    case v1::ServerFrame::kEvents:
        return readKind(frame.events(), read);
    case v1::ServerFrame::kHistory:
        return readKind(frame.history(), read);
    case v1::ServerFrame::kJoined:
        return readKind(frame.joined(), read);
    case v1::ServerFrame::kLeft:
        return readKind(frame.left(), read);
    case v1::ServerFrame::kRooms:
        return readKind(frame.rooms(), read);
    case v1::ServerFrame::kMember:
        return readKind(frame.member(), read);
    case v1::ServerFrame::kPresence:
        return readKind(frame.presence(), read);
    case v1::ServerFrame::kStatus:
        return readKind(frame.status(), read);
    case v1::ServerFrame::kError:
        return readKind(frame.error(), read);
    case v1::ServerFrame::kGoodbye:
        return readKind(frame.goodbye(), read);
    case v1::ServerFrame::kStoreState:
        return readKind(frame.store_state(), read);
    case v1::ServerFrame::kPromoted:
        return readKind(frame.promoted(), read);
    case v1::ServerFrame::kSessionClients:
        return readKind(frame.session_clients(), read);
    case v1::ServerFrame::kReadMark:
        return readKind(frame.read_mark(), read);
    case v1::ServerFrame::kDraft:
        return readKind(frame.draft(), read);
    case v1::ServerFrame::kPairing:
        return readKind(frame.pairing(), read);
    case v1::ServerFrame::kTrace:
        return readKind(frame.trace(), read);
    case v1::ServerFrame::kFaults:
        return readKind(frame.faults(), read);
    case v1::ServerFrame::KIND_NOT_SET:
        break;
    }
    return Unknown{};
}

} // namespace lanline::protocol
