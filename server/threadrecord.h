#pragma once

#include "core/eventloopwatch.h"
#include "protocol/messages.h"

#include <deque>

namespace lanline::server {

/// How the server's threads have fared of late, for the clients who ask with every heartbeat: loads by the second, and
/// stalls. Bounded. Lives in the server thread.
class ThreadRecord
{
public:
    static constexpr std::size_t loadsKept = 128; ///< a little over a minute of two threads
    static constexpr std::size_t stallsKept = 64;
    static constexpr qsizetype stallsTold = 8; ///< in one answer

    /// What a client has been told of already.
    struct Cursor
    {
        quint64 load = 0;
        quint64 stall = 0;
    };

    void add(const protocol::ThreadLoad &load);
    void add(const protocol::ThreadStall &stall);

    /// Where a client begins that is told of what comes from now on.
    Cursor end() const { return {m_firstLoad + m_loads.size(), m_firstStall + m_stalls.size()}; }
    /// Fills in what has come since `cursor`, and moves it on: a load per thread, and the longest of the stalls.
    void tell(protocol::HeartbeatAck &ack, Cursor &cursor) const;

private:
    std::deque<protocol::ThreadLoad> m_loads;
    quint64 m_firstLoad = 0; ///< number of the first that is kept; they are numbered as they come
    std::deque<protocol::ThreadStall> m_stalls;
    quint64 m_firstStall = 0;
};

/// As it is told on the wire.
protocol::ThreadStall told(ThreadKind thread, const Stall &stall, quint32 heldUp);

} // namespace lanline::server
