#include "protocol/wireparts.h"
#include "protocol/wiretrace.h"

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;
using Need = FieldReader::Need;

// Texts, titles and names of rooms and people are let through at any length: the server has an answer of its own for
// those over the limit, and the connection goes on or ends with the reason that fits.

namespace {

constexpr qsizetype publicKeyBytes = 32;
constexpr qsizetype signatureBytes = 64;

void fill(v1::Hello &wire, const Hello &hello)
{
    wire.set_version_major(hello.versionMajor);
    wire.set_version_minor(hello.versionMinor);
    wire.set_app(toWire(hello.app));
    wire.set_client_id(toWire(hello.clientId.value()));
    wire.set_name(toWire(hello.name));
    std::visit(
        Overloaded{
            [&wire](const DeviceAuth &auth) {
                v1::DeviceAuth &device = *wire.mutable_auth()->mutable_device();
                device.set_key(toWire(auth.publicKey));
                device.set_signature(toWire(auth.signature));
            },
            [&wire](const GuestAuth &auth) { wire.mutable_auth()->mutable_guest()->set_secret(toWire(auth.secret)); },
        },
        hello.auth);
    wire.set_epoch(toWire(hello.epoch.value()));
    for (const Cursor &cursor : hello.cursors) {
        v1::Cursor &entry = *wire.add_cursors();
        entry.set_room(toWire(cursor.room.value()));
        entry.set_seq(cursor.seq);
        entry.set_message_id(toWire(cursor.messageId));
    }
    for (const Compression &compression : hello.compressions)
        fill(*wire.add_compressions(), compression);
    if (hello.resume) {
        v1::Resume &resume = *wire.mutable_resume();
        resume.set_session_id(toWire(hello.resume->session.value()));
        resume.set_token(toWire(hello.resume->token));
        resume.set_generation(hello.resume->generation);
        resume.set_role(enumToWire<v1::LinkRole>(hello.resume->role));
    }
    wire.set_pairing_code(toWire(hello.pairingCode));
}

Resume readResume(const v1::Resume &wire, FieldReader &read)
{
    return {.session = SessionId(read.bytes(wire.session_id(), "resume.session_id"_L1, sessionIdBytes)),
        .token = read.bytes(wire.token(), "resume.token"_L1, sessionTokenBytes),
        .generation = read.integer(wire.generation(), "resume.generation"_L1),
        .role = readLinkRole(wire.role())};
}

std::variant<DeviceAuth, GuestAuth> readAuth(const v1::Auth &wire, FieldReader &read)
{
    switch (wire.method_case()) {
    case v1::Auth::kDevice:
        return DeviceAuth{.publicKey = read.bytes(wire.device().key(), "auth.device.key"_L1, publicKeyBytes),
            .signature = read.bytes(wire.device().signature(), "auth.device.signature"_L1, signatureBytes)};
    case v1::Auth::kGuest:
        return GuestAuth{.secret = read.bytesUpTo(wire.guest().secret(), "auth.guest.secret"_L1, mostSecretBytes)};
    case v1::Auth::METHOD_NOT_SET:
        break;
    }
    read.check(false, "auth"_L1, "missing"_L1);
    return {};
}

ClientCommand readKind(const v1::Hello &wire, FieldReader &read)
{
    const Limits &limits = read.limits();
    Hello hello{.versionMajor = wire.version_major(),
        .versionMinor = wire.version_minor(),
        .app = read.text(wire.app(), "app"_L1, limits.nameBytes),
        .clientId = ClientId(read.text(wire.client_id(), "client_id"_L1, limits.nameBytes)),
        .name = read.text(wire.name()),
        .auth = readAuth(wire.auth(), read),
        .epoch = read.epoch(wire.epoch(), "epoch"_L1, Need::Optional),
        .cursors = {},
        .compressions = readList<Compression>(wire.compressions(), read, readCompression),
        .pairingCode = read.text(wire.pairing_code(), "pairing_code"_L1, limits.nameBytes)};
    if (wire.has_resume())
        hello.resume = readResume(wire.resume(), read);
    read.check(wire.cursors_size() <= limits.cursorsPerHello, "cursors"_L1, "too many"_L1);
    for (const v1::Cursor &cursor : wire.cursors()) {
        if (read.hasFailed())
            break;
        hello.cursors.append({.room = read.roomAsGiven(cursor.room(), "cursors.room"_L1),
            .seq = read.integer(cursor.seq(), "cursors.seq"_L1),
            .messageId = read.messageId(cursor.message_id(), "cursors.message_id"_L1, Need::Optional)});
    }
    return hello;
}

void fill(v1::Heartbeat &wire, const Heartbeat &heartbeat)
{
    wire.set_timestamp(toWire(heartbeat.timestamp));
    wire.set_client_id(toWire(heartbeat.clientId.value()));
    wire.set_next_ms(toWire(heartbeat.next));
    wire.set_t_us(heartbeat.sentUs);
}

ClientCommand readKind(const v1::Heartbeat &wire, FieldReader &read)
{
    const Limits &limits = read.limits();
    const std::chrono::milliseconds next(wire.next_ms());
    read.check(next >= limits.heartbeatShortest && next <= limits.heartbeatLongest, "next_ms"_L1, "out of range"_L1);
    return Heartbeat{.timestamp = read.time(wire.timestamp(), "timestamp"_L1),
        .clientId = ClientId(read.text(wire.client_id(), "client_id"_L1, limits.nameBytes)),
        .next = next,
        .sentUs = read.integer(wire.t_us(), "t_us"_L1)};
}

void fill(v1::Send &wire, const Send &send)
{
    wire.set_room(toWire(send.room.value()));
    wire.set_message_id(toWire(send.messageId));
    wire.set_text(toWire(send.text));
    wire.set_kind(enumToWire<v1::EventKind>(send.kind));
    wire.set_target_seq(send.targetSeq);
    wire.set_target_id(toWire(send.targetId));
    fillTrace(wire, send.trace);
}

ClientCommand readKind(const v1::Send &wire, FieldReader &read)
{
    return Send{.room = read.roomAsGiven(wire.room(), "room"_L1),
        .messageId = read.messageId(wire.message_id(), "message_id"_L1),
        .text = read.text(wire.text()),
        .kind = readEventKind(wire.kind()),
        .targetSeq = read.integer(wire.target_seq(), "target_seq"_L1),
        .targetId = read.messageId(wire.target_id(), "target_id"_L1, Need::Optional),
        .trace = readTrace(wire)};
}

void fill(v1::Join &wire, const Join &join)
{
    wire.set_request_id(join.requestId);
    wire.set_room(toWire(join.room.value()));
}

ClientCommand readKind(const v1::Join &wire, FieldReader &read)
{
    return Join{.requestId = wire.request_id(), .room = read.roomAsGiven(wire.room(), "room"_L1)};
}

void fill(v1::Leave &wire, const Leave &leave)
{
    wire.set_request_id(leave.requestId);
    wire.set_room(toWire(leave.room.value()));
}

ClientCommand readKind(const v1::Leave &wire, FieldReader &read)
{
    return Leave{.requestId = wire.request_id(), .room = read.roomAsGiven(wire.room(), "room"_L1)};
}

void fill(v1::CreateRoom &wire, const CreateRoom &create)
{
    wire.set_request_id(create.requestId);
    wire.set_room(toWire(create.room.value()));
    wire.set_title(toWire(create.title));
}

ClientCommand readKind(const v1::CreateRoom &wire, FieldReader &read)
{
    return CreateRoom{.requestId = wire.request_id(),
        .room = read.roomAsGiven(wire.room(), "room"_L1),
        .title = read.text(wire.title())};
}

void fill(v1::RoomsGet &wire, const RoomsGet &get)
{
    wire.set_request_id(get.requestId);
}

ClientCommand readKind(const v1::RoomsGet &wire, FieldReader &)
{
    return RoomsGet{.requestId = wire.request_id()};
}

void fill(v1::EventsGet &wire, const EventsGet &get)
{
    wire.set_request_id(get.requestId);
    wire.set_room(toWire(get.room.value()));
    wire.set_after_seq(get.afterSeq);
    wire.set_targets_until(get.targetsUntil);
}

ClientCommand readKind(const v1::EventsGet &wire, FieldReader &read)
{
    return EventsGet{.requestId = wire.request_id(),
        .room = read.roomAsGiven(wire.room(), "room"_L1),
        .afterSeq = read.integer(wire.after_seq(), "after_seq"_L1),
        .targetsUntil = read.integer(wire.targets_until(), "targets_until"_L1)};
}

void fill(v1::HistoryGet &wire, const HistoryGet &get)
{
    wire.set_request_id(get.requestId);
    wire.set_room(toWire(get.room.value()));
    wire.set_before_seq(get.beforeSeq);
    wire.set_count(get.count);
}

ClientCommand readKind(const v1::HistoryGet &wire, FieldReader &read)
{
    return HistoryGet{.requestId = wire.request_id(),
        .room = read.roomAsGiven(wire.room(), "room"_L1),
        .beforeSeq = read.integer(wire.before_seq(), "before_seq"_L1),
        .count = wire.count()};
}

void fill(v1::StatusGet &wire, const StatusGet &get)
{
    wire.set_request_id(get.requestId);
}

ClientCommand readKind(const v1::StatusGet &wire, FieldReader &)
{
    return StatusGet{.requestId = wire.request_id()};
}

void fill(v1::Promote &wire, const Promote &promote)
{
    wire.set_generation(promote.generation);
}

ClientCommand readKind(const v1::Promote &wire, FieldReader &read)
{
    return Promote{.generation = read.positive(wire.generation(), "generation"_L1)};
}

void fill(v1::MarkRead &wire, const MarkRead &mark)
{
    wire.set_room(toWire(mark.room.value()));
    wire.set_seq(mark.seq);
}

ClientCommand readKind(const v1::MarkRead &wire, FieldReader &read)
{
    return MarkRead{.room = read.roomAsGiven(wire.room(), "room"_L1), .seq = read.integer(wire.seq(), "seq"_L1)};
}

void fill(v1::SetDraft &wire, const SetDraft &draft)
{
    wire.set_room(toWire(draft.room.value()));
    wire.set_text(toWire(draft.text));
}

ClientCommand readKind(const v1::SetDraft &wire, FieldReader &read)
{
    return SetDraft{.room = read.roomAsGiven(wire.room(), "room"_L1), .text = read.text(wire.text())};
}

void fill(v1::PairingGet &wire, const PairingGet &get)
{
    wire.set_request_id(get.requestId);
}

ClientCommand readKind(const v1::PairingGet &wire, FieldReader &)
{
    return PairingGet{.requestId = wire.request_id()};
}

} // namespace

void toWire(const ClientCommand &command, v1::ClientFrame &frame)
{
    std::visit(Overloaded{
                   [&](const Unknown &) { setUnknownKind(frame); },
                   [&](const Hello &kind) { fill(*frame.mutable_hello(), kind); },
                   [&](const Heartbeat &kind) { fill(*frame.mutable_heartbeat(), kind); },
                   [&](const Send &kind) { fill(*frame.mutable_send(), kind); },
                   [&](const Join &kind) { fill(*frame.mutable_join(), kind); },
                   [&](const Leave &kind) { fill(*frame.mutable_leave(), kind); },
                   [&](const CreateRoom &kind) { fill(*frame.mutable_create_room(), kind); },
                   [&](const RoomsGet &kind) { fill(*frame.mutable_rooms_get(), kind); },
                   [&](const EventsGet &kind) { fill(*frame.mutable_events_get(), kind); },
                   [&](const HistoryGet &kind) { fill(*frame.mutable_history_get(), kind); },
                   [&](const StatusGet &kind) { fill(*frame.mutable_status_get(), kind); },
                   [&](const Bye &) { frame.mutable_bye(); },
                   [&](const Promote &kind) { fill(*frame.mutable_promote(), kind); },
                   [&](const InUse &) { frame.mutable_in_use(); },
                   [&](const MarkRead &kind) { fill(*frame.mutable_mark_read(), kind); },
                   [&](const SetDraft &kind) { fill(*frame.mutable_set_draft(), kind); },
                   [&](const PairingGet &kind) { fill(*frame.mutable_pairing_get(), kind); },
                   [&](const TraceGet &kind) { fill(*frame.mutable_trace_get(), kind); },
                   [&](const FaultSet &kind) { fill(*frame.mutable_fault_set(), kind); },
               },
        command);
}

ClientCommand fromWire(const v1::ClientFrame &frame, FieldReader &read)
{
    switch (frame.kind_case()) {
    case v1::ClientFrame::kHello:
        return readKind(frame.hello(), read);
    case v1::ClientFrame::kHeartbeat:
        return readKind(frame.heartbeat(), read);
    case v1::ClientFrame::kSend:
        return readKind(frame.send(), read);
    case v1::ClientFrame::kJoin:
        return readKind(frame.join(), read);
    case v1::ClientFrame::kLeave:
        return readKind(frame.leave(), read);
    case v1::ClientFrame::kCreateRoom:
        return readKind(frame.create_room(), read);
    case v1::ClientFrame::kRoomsGet:
        return readKind(frame.rooms_get(), read);
    case v1::ClientFrame::kEventsGet:
        return readKind(frame.events_get(), read);
    case v1::ClientFrame::kHistoryGet:
        return readKind(frame.history_get(), read);
    case v1::ClientFrame::kStatusGet:
        return readKind(frame.status_get(), read);
    case v1::ClientFrame::kBye:
        return Bye{};
    case v1::ClientFrame::kPromote:
        return readKind(frame.promote(), read);
    case v1::ClientFrame::kInUse:
        return InUse{};
    case v1::ClientFrame::kMarkRead:
        return readKind(frame.mark_read(), read);
    case v1::ClientFrame::kSetDraft:
        return readKind(frame.set_draft(), read);
    case v1::ClientFrame::kPairingGet:
        return readKind(frame.pairing_get(), read);
    case v1::ClientFrame::kTraceGet:
        return readKind(frame.trace_get(), read);
    case v1::ClientFrame::kFaultSet:
        return readKind(frame.fault_set(), read);
    case v1::ClientFrame::KIND_NOT_SET:
        break;
    }
    return Unknown{};
}

} // namespace lanline::protocol
