#pragma once

#include "protocol/fieldreader.h"
#include "protocol/wire.h"

/// How latency and faults are told on the wire. Private to protocol/.
namespace lanline::protocol {

void fill(v1::HeartbeatAck &wire, const HeartbeatAck &ack);
void fill(v1::Trace &wire, const Trace &trace);
void fill(v1::Faults &wire, const Faults &faults);
void fill(v1::TraceGet &wire, const TraceGet &get);
void fill(v1::FaultSet &wire, const FaultSet &set);

ServerMessage readKind(const v1::HeartbeatAck &wire, FieldReader &read);
ServerMessage readKind(const v1::Trace &wire, FieldReader &read);
ServerMessage readKind(const v1::Faults &wire, FieldReader &read);
ClientCommand readKind(const v1::TraceGet &wire, FieldReader &read);
ClientCommand readKind(const v1::FaultSet &wire, FieldReader &read);

} // namespace lanline::protocol
