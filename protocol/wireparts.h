#pragma once

#include "protocol/wire.h"

/// The parts that several server messages have in common. Private to protocol/.
namespace lanline::protocol {

void fill(v1::Compression &wire, const Compression &compression);
void fill(v1::User &wire, const User &user);
void fill(v1::Member &wire, const Member &member);
void fill(v1::Event &wire, const Event &event);
void fill(v1::RoomInfo &wire, const RoomInfo &info);
void fill(v1::RoomState &wire, const RoomState &room);
void fill(v1::SessionClient &wire, const SessionClient &client);
/// Of SEND and TRACE.
template <class Wire>
void fillTrace(Wire &wire, const SendTrace &trace)
{
    wire.set_sender_ticks(trace.total.count());
    wire.set_disk_ticks(trace.disk.count());
    wire.set_held_ticks(trace.held.count());
    wire.set_sent_at(trace.sentAt.count());
}
/// Only what binds a client.
void fill(v1::Limits &wire, const Limits &limits);

Compression readCompression(const v1::Compression &wire, FieldReader &read);
User readUser(const v1::User &wire, FieldReader &read);
Member readMember(const v1::Member &wire, FieldReader &read);
Event readEvent(const v1::Event &wire, FieldReader &read);
RoomInfo readRoomInfo(const v1::RoomInfo &wire, FieldReader &read);
RoomState readRoomState(const v1::RoomState &wire, FieldReader &read);
/// What is longer than ticks can tell is that long.
Ticks readTicks(quint32 wire);
template <class Wire>
SendTrace readTrace(const Wire &wire)
{
    return {readTicks(wire.sender_ticks()), readTicks(wire.disk_ticks()), readTicks(wire.held_ticks()),
        readTicks(wire.sent_at())};
}
SessionClient readSessionClient(const v1::SessionClient &wire, FieldReader &read);
/// A limit that is not told stays as it is by default.
Limits readLimits(const v1::Limits &wire, FieldReader &read);

// An enum value of a later version is read as the one that chat.proto names for it.
Presence readPresence(int wire);
ErrorCode readErrorCode(int wire);
EventKind readEventKind(int wire);
LinkRole readLinkRole(int wire);

/// The values' enums have the schema's numbers.
template <class Wire, class Value>
Wire enumToWire(Value value)
{
    return static_cast<Wire>(static_cast<int>(value));
}

/// Reads a list until its first bad entry. Its length is bounded by the frame's.
template <class Value, class Entries>
QList<Value> readList(
    const Entries &entries, FieldReader &read, Value (*readOne)(const typename Entries::value_type &, FieldReader &))
{
    QList<Value> values;
    for (const auto &entry : entries) {
        if (read.hasFailed())
            break;
        values.append(readOne(entry, read));
    }
    return values;
}

} // namespace lanline::protocol
