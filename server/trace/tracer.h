#pragma once

#include "core/histogram.h"
#include "protocol/limits.h"
#include "protocol/messages.h"
#include "server/trace/tracering.h"

namespace lanline::server {

/// How long messages have taken within the server.
struct DeliveryTimes
{
    Histogram readToStored;
    Histogram storedToWritten; ///< to the sockets of all who hear it
};

/// Stamps messages on their way from the store to the sockets, tells the clients what they shall know at once, and
/// keeps the rest for those who ask. Reads the clock only where a message was stamped before it came here. Lives in the
/// server thread.
class Tracer
{
public:
    /// `time` outlives this object.
    Tracer(const protocol::Limits &limits, TimeSource &time)
        : m_time(time)
        , m_ring(size_t(limits.tracesKept))
    { }

    /// The outcomes that are looked at from here on were taken at this time.
    void onOutcomes(SteadyTime now) { m_told = now; }
    /// How long the message was on its way, for its author.
    void fill(protocol::Stored &stored, const Stamps &stamps) const;
    /// The events are about to leave; `stamps` are theirs, in the same order. Returns when: zero if none is traced.
    SteadyTime onPublish(const RoomId &room, QList<protocol::Event> &events, const QList<Stamps> &stamps);
    /// Counts from here on how long messages take, all of them; outlives this object.
    void keepTimes(DeliveryTimes &times) { m_times = &times; }
    /// All that was published is in the sockets.
    void onTurnEnd();

    /// How many messages that have left the server, or are about to, were still inside at `begin`.
    size_t countSince(SteadyTime begin) const { return m_ring.countSince(begin); }
    /// With zeros where nothing is known.
    protocol::Trace traceOf(const protocol::TraceGet &get) const;

private:
    TimeSource &m_time;
    DeliveryTimes *m_times = nullptr;
    TraceRing m_ring;
    SteadyTime m_told{};
    size_t m_unwritten = 0; ///< the newest records, published in this turn
};

} // namespace lanline::server
