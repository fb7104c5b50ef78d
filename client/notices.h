#pragma once

#include "client/tracepoints.h"
#include "client/values.h"

#include <variant>

namespace lanline::client {

/// What the client has to tell, as values for the way out of the network thread. The list of rooms is that of WELCOME.
using Notice = std::variant<ConnectionState, QList<protocol::RoomState>, protocol::Joined, protocol::Left,
    protocol::Rooms, TimelineUpdate, QList<OutboxItem>, protocol::MemberChanged, protocol::PresenceChanged, RoundTrip,
    LinkEvent, ConnectSteps, Ledger, protocol::Status, RequestFailure, protocol::ReadMark, protocol::Draft,
    protocol::Pairing, ThreadReport, QList<TracePoints>, protocol::Trace, protocol::Faults>;

/// Gathers the notices of one turn of the event loop, so that a burst crosses as one value. Keeps their order.
class NoticeBatch
{
public:
    void add(Notice notice);
    bool isEmpty() const { return m_notices.isEmpty(); }
    QList<Notice> take() { return std::exchange(m_notices, {}); }

private:
    QList<Notice> m_notices;
};

} // namespace lanline::client
