#include "server/faults/faultytransport.h"

#include <algorithm>

namespace lanline::server {

using std::chrono::milliseconds;

FaultyTransport::FaultyTransport(std::unique_ptr<Transport> transport, const ServerFaults &faults, TimeSource &time)
    : m_transport(std::move(transport))
    , m_faults(faults)
    , m_time(time)
    , m_timer(time.makeTimer([this] { leaveDue(); }))
{ }

void FaultyTransport::send(const SharedFrame &frame)
{
    if (m_held.empty() && !m_faults.isDelaying()) {
        m_transport->send(frame);
        return;
    }
    const SteadyTime now = m_time.now();
    SteadyTime due = now + m_faults.delay();
    if (!m_held.empty())
        due = std::max(due, m_held.back().due);
    if (due <= now) {
        m_transport->send(frame);
        return;
    }
    m_held.push_back({frame, due});
    m_bytes += frame.payload.size();
    while (m_held.size() > mostFrames || m_bytes > mostBytes)
        sendFirst();
    if (!m_timer->isActive())
        m_timer->start(std::chrono::ceil<milliseconds>(m_held.front().due - now));
}

void FaultyTransport::sendFirst()
{
    const Held held = std::move(m_held.front());
    m_held.pop_front();
    m_bytes -= held.frame.payload.size();
    m_transport->send(held.frame);
}

void FaultyTransport::leaveDue()
{
    const SteadyTime now = m_time.now();
    while (!m_held.empty() && m_held.front().due <= now)
        sendFirst();
    if (!m_held.empty())
        m_timer->start(std::chrono::ceil<milliseconds>(m_held.front().due - now));
    m_transport->flush();
}

void FaultyTransport::mend()
{
    m_timer->stop();
    while (!m_held.empty())
        sendFirst();
    m_transport->flush();
}

void FaultyTransport::close(const protocol::CloseReason &reason)
{
    m_timer->stop();
    while (!m_held.empty())
        sendFirst();
    m_transport->close(reason);
}

void FaultyTransport::abort()
{
    m_timer->stop();
    m_held.clear();
    m_bytes = 0;
    m_transport->abort();
}

} // namespace lanline::server
