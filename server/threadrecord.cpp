#include "server/threadrecord.h"

#include <algorithm>

namespace lanline::server {

using std::chrono::duration_cast;
using std::chrono::microseconds;

void ThreadRecord::add(const protocol::ThreadLoad &load)
{
    m_loads.push_back(load);
    if (m_loads.size() > loadsKept) {
        m_loads.pop_front();
        ++m_firstLoad;
    }
}

void ThreadRecord::add(const protocol::ThreadStall &stall)
{
    m_stalls.push_back(stall);
    if (m_stalls.size() > stallsKept) {
        m_stalls.pop_front();
        ++m_firstStall;
    }
}

void ThreadRecord::tell(protocol::HeartbeatAck &ack, Cursor &cursor) const
{
    const auto behind = [](quint64 told, quint64 first) { return std::ptrdiff_t(told > first ? told - first : 0); };
    for (auto load = m_loads.begin() + behind(cursor.load, m_firstLoad); load != m_loads.end(); ++load) {
        const auto known = std::find_if(ack.threads.begin(), ack.threads.end(),
            [&](const protocol::ThreadLoad &other) { return other.thread == load->thread; });
        if (known == ack.threads.end()) {
            ack.threads.append(*load);
            continue;
        }
        known->longestLag = std::max(known->longestLag, load->longestLag);
        known->busyPermille = std::max(known->busyPermille, load->busyPermille);
        known->queued = load->queued;
    }
    ack.stalls = {m_stalls.begin() + behind(cursor.stall, m_firstStall), m_stalls.end()};
    while (ack.stalls.size() > stallsTold) {
        ack.stalls.erase(std::min_element(ack.stalls.begin(), ack.stalls.end(),
            [](const auto &a, const auto &b) { return a.duration < b.duration; }));
    }
    cursor = end();
}

protocol::ThreadStall told(ThreadKind thread, const Stall &stall, quint32 heldUp)
{
    const auto beginUs = duration_cast<microseconds>(stall.begin.time_since_epoch()).count();
    return {thread, quint64(std::max<qint64>(beginUs, 0)), stall.duration, stall.what, heldUp};
}

} // namespace lanline::server
