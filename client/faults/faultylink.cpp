#include "client/faults/faultylink.h"

#include <QPointer>

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

void FaultyLink::Queue::add(const QByteArray &frame, SteadyTime at)
{
    bytes += frame.size();
    frames.push_back({frame, at});
}

FaultyLink::Held FaultyLink::Queue::take()
{
    Held held = std::move(frames.front());
    frames.pop_front();
    bytes -= held.frame.size();
    return held;
}

FaultyLink::FaultyLink(std::unique_ptr<Link> link, std::shared_ptr<LinkFaults> faults, std::shared_ptr<TimeSource> time)
    : m_link(std::move(link))
    , m_faults(std::move(faults))
    , m_time(std::move(time))
{
    connect(m_link.get(), &Link::opened, this, &Link::opened);
    connect(m_link.get(), &Link::frameReceived, this, &FaultyLink::onFrame);
    connect(m_link.get(), &Link::ended, this, &FaultyLink::onEnded);
    m_faults->watch(*this);
}

FaultyLink::~FaultyLink()
{
    m_faults->unwatch(*this);
}

// ---- out ----------------------------------------------------------------------------------------------------------

void FaultyLink::send(const QByteArray &frame)
{
    if (m_out.frames.empty() && !m_faults->isAny()) {
        m_link->send(frame);
        return;
    }
    const SteadyTime now = m_time->now();
    SteadyTime due = now + m_faults->delay();
    if (!m_out.frames.empty())
        due = std::max(due, m_out.frames.back().at);
    if (due <= now) {
        m_link->send(frame);
        return;
    }
    m_out.add(frame, due);
    while (m_out.isFull())
        m_link->send(m_out.take().frame);
    if (!m_outTimer)
        m_outTimer = m_time->makeTimer([this] { leaveDue(); });
    if (!m_outTimer->isActive())
        m_outTimer->start(std::chrono::ceil<milliseconds>(due - now));
}

void FaultyLink::leaveDue()
{
    const SteadyTime now = m_time->now();
    while (!m_out.frames.empty() && m_out.frames.front().at <= now)
        m_link->send(m_out.take().frame);
    if (!m_out.frames.empty())
        m_outTimer->start(std::chrono::ceil<milliseconds>(m_out.frames.front().at - now));
}

void FaultyLink::leaveAll()
{
    while (!m_out.frames.empty())
        m_link->send(m_out.take().frame);
    if (m_outTimer)
        m_outTimer->stop();
}

void FaultyLink::close(const protocol::CloseReason &reason)
{
    leaveAll();
    m_link->close(reason);
}

void FaultyLink::abort()
{
    m_isDropped = true;
    m_out = {};
    m_in = {};
    m_outTimer.reset();
    m_inTimer.reset();
    m_link->abort();
}

// ---- in -----------------------------------------------------------------------------------------------------------

std::optional<SteadyTime> FaultyLink::lastArrival() const
{
    return m_arrival ? m_arrival : m_link->lastArrival();
}

void FaultyLink::onFrame(const QByteArray &frame)
{
    if (m_in.frames.empty() && !isSlow()) {
        Q_EMIT frameReceived(frame);
        return;
    }
    m_in.add(frame, m_link->lastArrival().value_or(m_time->now()));
    while (m_in.isFull()) {
        if (!takeOne())
            return;
    }
    if (!m_inTimer)
        m_inTimer = m_time->makeTimer([this] { takeNext(); });
    if (!m_inTimer->isActive())
        m_inTimer->start(m_faults->amountOf(FaultKind::SlowReader));
}

void FaultyLink::takeNext()
{
    if (takeOne() && !m_in.frames.empty())
        m_inTimer->start(m_faults->amountOf(FaultKind::SlowReader));
}

bool FaultyLink::takeOne()
{
    const QPointer<FaultyLink> self(this);
    const Held held = m_in.take();
    m_arrival = held.at;
    Q_EMIT frameReceived(held.frame);
    if (!self || m_isDropped)
        return false;
    m_arrival.reset();
    return true;
}

bool FaultyLink::takeAll()
{
    if (m_inTimer)
        m_inTimer->stop();
    while (!m_in.frames.empty()) {
        if (!takeOne())
            return false;
    }
    return true;
}

void FaultyLink::onEnded(const LinkEnd &end)
{
    // What has come before the end is told before it.
    if (takeAll())
        Q_EMIT ended(end);
}

// ---- faults -------------------------------------------------------------------------------------------------------

void FaultyLink::onFaultChanged(FaultKind kind)
{
    const bool isOut = kind == FaultKind::Delay || kind == FaultKind::Jitter;
    if (isOut && m_faults->delay() == 0ms)
        leaveAll();
    if (kind == FaultKind::SlowReader && !isSlow())
        takeAll();
}

} // namespace lanline::client
