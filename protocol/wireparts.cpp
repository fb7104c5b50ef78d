#include "protocol/wireparts.h"

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;

namespace {

CursorState readCursorState(int wire)
{
    return v1::CursorState_IsValid(wire) ? static_cast<CursorState>(wire) : CursorState::Unknown;
}

} // namespace

Presence readPresence(int wire)
{
    return v1::Presence_IsValid(wire) ? static_cast<Presence>(wire) : Presence::Offline;
}

ErrorCode readErrorCode(int wire)
{
    return v1::ErrorCode_IsValid(wire) ? static_cast<ErrorCode>(wire) : ErrorCode::Unspecified;
}

EventKind readEventKind(int wire)
{
    return v1::EventKind_IsValid(wire) ? static_cast<EventKind>(wire) : EventKind::Other;
}

Ticks readTicks(quint32 wire)
{
    return std::min(Ticks(wire), longestTicks);
}

LinkRole readLinkRole(int wire)
{
    return v1::LinkRole_IsValid(wire) ? static_cast<LinkRole>(wire) : LinkRole::Primary;
}

void fill(v1::Compression &wire, const Compression &compression)
{
    wire.set_method(enumToWire<v1::CompressionMethod>(compression.method));
    wire.set_dictionary(compression.dictionary);
}

Compression readCompression(const v1::Compression &wire, FieldReader & /*read*/)
{
    const bool isKnown = v1::CompressionMethod_IsValid(wire.method());
    return {.method = isKnown ? static_cast<CompressionMethod>(wire.method()) : CompressionMethod::None,
        .dictionary = wire.dictionary()};
}

void fill(v1::User &wire, const User &user)
{
    wire.set_id(user.id.value());
    wire.set_name(toWire(user.name));
    wire.set_is_guest(user.isGuest);
    wire.set_hue(user.hue);
}

User readUser(const v1::User &wire, FieldReader &read)
{
    read.check(wire.hue() <= std::numeric_limits<quint8>::max(), "user.hue"_L1, "out of range"_L1);
    return {.id = UserId(read.positive(wire.id(), "user.id"_L1)),
        .name = read.text(wire.name(), "user.name"_L1, read.limits().nameBytes),
        .isGuest = wire.is_guest(),
        .hue = quint8(wire.hue())};
}

void fill(v1::Member &wire, const Member &member)
{
    fill(*wire.mutable_user(), member.user);
    wire.set_presence(enumToWire<v1::Presence>(member.presence));
}

Member readMember(const v1::Member &wire, FieldReader &read)
{
    return {.user = readUser(wire.user(), read), .presence = readPresence(wire.presence())};
}

void fill(v1::Event &wire, const Event &event)
{
    wire.set_seq(event.seq);
    wire.set_message_id(toWire(event.messageId));
    fill(*wire.mutable_author(), event.author);
    wire.set_stored_ms(toWire(event.storedAt));
    wire.set_text(toWire(event.text));
    wire.set_kind(enumToWire<v1::EventKind>(event.kind));
    wire.set_target_seq(event.targetSeq);
    wire.set_changed_seq(event.changedSeq);
    wire.set_deleted(event.isDeleted);
    wire.set_sender_ticks(event.trace.sender.count());
    wire.set_store_ticks(event.trace.store.count());
    wire.set_fan_out_ticks(event.trace.fanOut.count());
}

Event readEvent(const v1::Event &wire, FieldReader &read)
{
    // History outlives a limit: a text that was stored under a larger one is still shown.
    return {.seq = read.positive(wire.seq(), "events.seq"_L1),
        .messageId = read.messageId(wire.message_id(), "events.message_id"_L1),
        .author = readUser(wire.author(), read),
        .storedAt = read.time(wire.stored_ms(), "events.stored_ms"_L1),
        .text = read.text(wire.text()),
        .kind = readEventKind(wire.kind()),
        .targetSeq = read.integer(wire.target_seq(), "events.target_seq"_L1),
        .changedSeq = read.integer(wire.changed_seq(), "events.changed_seq"_L1),
        .isDeleted = wire.deleted(),
        .trace = {readTicks(wire.sender_ticks()), readTicks(wire.store_ticks()), readTicks(wire.fan_out_ticks())}};
}

void fill(v1::RoomInfo &wire, const RoomInfo &info)
{
    wire.set_room(toWire(info.id.value()));
    wire.set_title(toWire(info.title));
    wire.set_head_seq(info.headSeq);
    wire.set_member_count(info.memberCount);
}

RoomInfo readRoomInfo(const v1::RoomInfo &wire, FieldReader &read)
{
    return {.id = read.room(wire.room(), "room"_L1),
        .title = read.text(wire.title(), "title"_L1, read.limits().roomTitleBytes),
        .headSeq = read.integer(wire.head_seq(), "head_seq"_L1),
        .memberCount = wire.member_count()};
}

void fill(v1::RoomState &wire, const RoomState &room)
{
    fill(*wire.mutable_info(), room.info);
    wire.set_first_seq(room.firstSeq);
    wire.set_cursor(enumToWire<v1::CursorState>(room.cursor));
    for (const Member &member : room.members)
        fill(*wire.add_members(), member);
    wire.set_missed_messages(room.missedMessages);
    wire.set_read_seq(room.readSeq);
    wire.set_draft(toWire(room.draft));
}

void fill(v1::SessionClient &wire, const SessionClient &client)
{
    wire.set_client_id(toWire(client.clientId.value()));
    wire.set_app(toWire(client.app));
    wire.set_in_use(client.isInUse);
    wire.set_connected(client.isConnected);
}

SessionClient readSessionClient(const v1::SessionClient &wire, FieldReader &read)
{
    return {.clientId = ClientId(read.text(wire.client_id(), "client_id"_L1, read.limits().nameBytes)),
        .app = read.text(wire.app(), "app"_L1, read.limits().nameBytes),
        .isInUse = wire.in_use(),
        .isConnected = wire.connected()};
}

RoomState readRoomState(const v1::RoomState &wire, FieldReader &read)
{
    return {.info = readRoomInfo(wire.info(), read),
        .firstSeq = read.integer(wire.first_seq(), "first_seq"_L1),
        .cursor = readCursorState(wire.cursor()),
        .members = readList<Member>(wire.members(), read, readMember),
        .missedMessages = read.integer(wire.missed_messages(), "missed_messages"_L1),
        .readSeq = read.integer(wire.read_seq(), "read_seq"_L1),
        .draft = read.text(wire.draft())};
}

void fill(v1::Limits &wire, const Limits &limits)
{
    wire.set_frame_bytes(quint32(limits.frameBytes));
    wire.set_message_bytes(quint32(limits.messageBytes));
    wire.set_text_bytes(quint32(limits.textBytes));
    wire.set_name_bytes(quint32(limits.nameBytes));
    wire.set_room_name_bytes(quint32(limits.roomNameBytes));
    wire.set_room_title_bytes(quint32(limits.roomTitleBytes));
    wire.set_page_events(quint32(limits.pageEvents));
    wire.set_cursors_per_hello(quint32(limits.cursorsPerHello));
    wire.set_commands_in_flight(quint32(limits.commandsInFlight));
    wire.set_hello_timeout_ms(toWire(limits.helloTimeout));
    wire.set_heartbeat_shortest_ms(toWire(limits.heartbeatShortest));
    wire.set_heartbeat_longest_ms(toWire(limits.heartbeatLongest));
    wire.set_heartbeat_default_ms(toWire(limits.heartbeatDefault));
}

Limits readLimits(const v1::Limits &wire, FieldReader &read)
{
    constexpr quint32 largest = std::numeric_limits<qint32>::max();
    const auto take = [&read](auto &limit, quint32 told) {
        read.check(told <= largest, "limits"_L1, "out of range"_L1);
        if (told > 0 && told <= largest)
            limit = std::decay_t<decltype(limit)>(qint32(told));
    };
    Limits limits;
    take(limits.frameBytes, wire.frame_bytes());
    take(limits.messageBytes, wire.message_bytes());
    take(limits.textBytes, wire.text_bytes());
    take(limits.nameBytes, wire.name_bytes());
    take(limits.roomNameBytes, wire.room_name_bytes());
    take(limits.roomTitleBytes, wire.room_title_bytes());
    take(limits.pageEvents, wire.page_events());
    take(limits.cursorsPerHello, wire.cursors_per_hello());
    take(limits.commandsInFlight, wire.commands_in_flight());
    take(limits.helloTimeout, wire.hello_timeout_ms());
    take(limits.heartbeatShortest, wire.heartbeat_shortest_ms());
    take(limits.heartbeatLongest, wire.heartbeat_longest_ms());
    take(limits.heartbeatDefault, wire.heartbeat_default_ms());
    return limits;
}

} // namespace lanline::protocol
