#include "server/net/timerwheel.h"

#include <algorithm>

namespace lanline::server {

TimerWheel::TimerWheel(TimeSource &time)
    : m_time(time)
{
    m_timer.setInterval(tick);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { advance(); });
}

void TimerWheel::start(Deadline &deadline, std::chrono::milliseconds after)
{
    if (!m_timer.isActive()) {
        m_last = tickOf(m_time.now());
        m_timer.start();
    }
    deadline.m_due = m_time.now() + after;
    deadline.m_hook.deadline = &deadline;
    // One tick behind the one it falls into: it is over when it is told.
    deadline.m_hook.enter(slotOf(std::max(tickOf(deadline.m_due), m_last) + 1));
}

void TimerWheel::advance()
{
    const SteadyTime now = m_time.now();
    const Tick reached = tickOf(now);
    // A process that slept for long has to look at every slot, but at none twice.
    const Tick from = std::max(m_last, reached - Tick(slots)) + 1;
    m_last = reached;
    ListHook due;
    for (Tick at = from; at <= reached; ++at) {
        ListHook inSlot;
        inSlot.takeAll(slotOf(at));
        while (inSlot.isLinked()) {
            auto *hook = static_cast<Deadline::Hook *>(inSlot.first());
            const bool isLater = hook->deadline->m_due > now;
            hook->enter(isLater ? slotOf(at) : due);
        }
    }
    while (due.isLinked()) {
        auto *hook = static_cast<Deadline::Hook *>(due.first());
        hook->leave();
        hook->deadline->onDeadline();
    }
    if (isEmpty())
        m_timer.stop();
}

bool TimerWheel::isEmpty() const
{
    return std::none_of(m_slots.begin(), m_slots.end(), [](const ListHook &slot) { return slot.isLinked(); });
}

} // namespace lanline::server
