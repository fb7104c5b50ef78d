#include "protocol/wiretrace.h"

#include "protocol/wireparts.h"

#include <array>

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<std::pair<FaultKind, v1::FaultKind>, 6> faultKinds{
    {{FaultKind::Delay, v1::DELAY}, {FaultKind::Jitter, v1::JITTER}, {FaultKind::DropHeartbeats, v1::DROP_HEARTBEATS},
        {FaultKind::StallServer, v1::STALL_SERVER}, {FaultKind::StallStorage, v1::STALL_STORAGE},
        {FaultKind::SlowDisk, v1::SLOW_DISK}}};

constexpr qint64 longestWhat = 160;

ThreadKind readThreadKind(int wire)
{
    return wire == v1::STORAGE ? ThreadKind::Storage : ThreadKind::Server;
}

v1::ThreadKind toWire(ThreadKind thread)
{
    return thread == ThreadKind::Storage ? v1::STORAGE : v1::SERVER;
}

std::optional<FaultKind> readFaultKind(int wire)
{
    for (const auto &[kind, number] : faultKinds) {
        if (number == wire)
            return kind;
    }
    return std::nullopt;
}

v1::FaultKind toWire(FaultKind kind)
{
    for (const auto &[known, number] : faultKinds) {
        if (known == kind)
            return number;
    }
    return v1::NO_FAULT;
}

ThreadLoad readThreadLoad(const v1::ThreadLoad &wire, FieldReader & /*read*/)
{
    return {.thread = readThreadKind(wire.thread()),
        .longestLag = std::chrono::microseconds(wire.longest_lag_us()),
        .busyPermille = std::min(wire.busy_permille(), 1000U),
        .queued = wire.queued()};
}

ThreadStall readThreadStall(const v1::ThreadStall &wire, FieldReader &read)
{
    return {.thread = readThreadKind(wire.thread()),
        .beginUs = read.integer(wire.begin_us(), "stalls.begin_us"_L1),
        .duration = std::chrono::microseconds(wire.duration_us()),
        .what = read.text(wire.what(), "stalls.what"_L1, longestWhat),
        .heldUp = wire.held_up()};
}

ActiveFault readActiveFault(const v1::ActiveFault &wire, FieldReader &read)
{
    const auto kind = readFaultKind(wire.kind());
    read.check(kind.has_value(), "faults.kind"_L1, "unknown"_L1);
    return {.kind = kind.value_or(FaultKind::Delay),
        .amount = std::chrono::milliseconds(wire.amount_ms()),
        .left = std::chrono::milliseconds(wire.left_ms())};
}

} // namespace

void fill(v1::HeartbeatAck &wire, const HeartbeatAck &ack)
{
    wire.set_t_us(ack.sentUs);
    wire.set_received_us(ack.receivedUs);
    wire.set_sent_us(ack.answeredUs);
    for (const ThreadLoad &load : ack.threads) {
        v1::ThreadLoad &entry = *wire.add_threads();
        entry.set_thread(toWire(load.thread));
        entry.set_longest_lag_us(quint32(load.longestLag.count()));
        entry.set_busy_permille(load.busyPermille);
        entry.set_queued(load.queued);
    }
    for (const ThreadStall &stall : ack.stalls) {
        v1::ThreadStall &entry = *wire.add_stalls();
        entry.set_thread(toWire(stall.thread));
        entry.set_begin_us(stall.beginUs);
        entry.set_duration_us(quint32(stall.duration.count()));
        entry.set_what(toWire(stall.what));
        entry.set_held_up(stall.heldUp);
    }
    wire.set_queued_us(quint32(ack.queued.count()));
}

ServerMessage readKind(const v1::HeartbeatAck &wire, FieldReader &read)
{
    return HeartbeatAck{.sentUs = read.integer(wire.t_us(), "t_us"_L1),
        .receivedUs = read.integer(wire.received_us(), "received_us"_L1),
        .answeredUs = read.integer(wire.sent_us(), "sent_us"_L1),
        .threads = readList<ThreadLoad>(wire.threads(), read, readThreadLoad),
        .stalls = readList<ThreadStall>(wire.stalls(), read, readThreadStall),
        .queued = std::chrono::microseconds(wire.queued_us())};
}

void fill(v1::Trace &wire, const Trace &trace)
{
    wire.set_request_id(trace.requestId);
    wire.set_room(toWire(trace.room.value()));
    wire.set_seq(trace.seq);
    fillTrace(wire, trace.sender);
    wire.set_read_us(trace.readUs);
    wire.set_routed_us(trace.routedUs);
    wire.set_begun_us(trace.begunUs);
    wire.set_committed_us(trace.committedUs);
    wire.set_told_us(trace.toldUs);
    wire.set_fanned_out_us(trace.fannedOutUs);
    wire.set_written_us(trace.writtenUs);
}

ServerMessage readKind(const v1::Trace &wire, FieldReader &read)
{
    return Trace{.requestId = wire.request_id(),
        .room = read.room(wire.room(), "room"_L1),
        .seq = read.integer(wire.seq(), "seq"_L1),
        .sender = readTrace(wire),
        .readUs = read.integer(wire.read_us(), "read_us"_L1),
        .routedUs = read.integer(wire.routed_us(), "routed_us"_L1),
        .begunUs = read.integer(wire.begun_us(), "begun_us"_L1),
        .committedUs = read.integer(wire.committed_us(), "committed_us"_L1),
        .toldUs = read.integer(wire.told_us(), "told_us"_L1),
        .fannedOutUs = read.integer(wire.fanned_out_us(), "fanned_out_us"_L1),
        .writtenUs = read.integer(wire.written_us(), "written_us"_L1)};
}

void fill(v1::Faults &wire, const Faults &faults)
{
    wire.set_request_id(faults.requestId);
    for (const ActiveFault &fault : faults.faults) {
        v1::ActiveFault &entry = *wire.add_faults();
        entry.set_kind(toWire(fault.kind));
        entry.set_amount_ms(toWire(fault.amount));
        entry.set_left_ms(toWire(fault.left));
    }
}

ServerMessage readKind(const v1::Faults &wire, FieldReader &read)
{
    return Faults{
        .requestId = wire.request_id(), .faults = readList<ActiveFault>(wire.faults(), read, readActiveFault)};
}

void fill(v1::TraceGet &wire, const TraceGet &get)
{
    wire.set_request_id(get.requestId);
    wire.set_room(toWire(get.room.value()));
    wire.set_seq(get.seq);
}

ClientCommand readKind(const v1::TraceGet &wire, FieldReader &read)
{
    return TraceGet{.requestId = wire.request_id(),
        .room = read.roomAsGiven(wire.room(), "room"_L1),
        .seq = read.integer(wire.seq(), "seq"_L1)};
}

void fill(v1::FaultSet &wire, const FaultSet &set)
{
    wire.set_request_id(set.requestId);
    if (!set.fault)
        return;
    wire.set_kind(toWire(set.fault->kind));
    wire.set_amount_ms(toWire(set.fault->amount));
    wire.set_duration_ms(toWire(set.fault->duration));
}

ClientCommand readKind(const v1::FaultSet &wire, FieldReader & /*read*/)
{
    FaultSet set{.requestId = wire.request_id()};
    if (const auto kind = readFaultKind(wire.kind())) {
        set.fault = Fault{.kind = *kind,
            .amount = std::chrono::milliseconds(wire.amount_ms()),
            .duration = std::chrono::milliseconds(wire.duration_ms())};
    }
    return set;
}

} // namespace lanline::protocol
