#include "server/net/turn.h"

namespace lanline::server {

SteadyTime Turn::now(const TimeSource &time)
{
    if (m_depth == 0)
        return time.now();
    if (m_now == SteadyTime{})
        m_now = time.now();
    return m_now;
}

void Turn::callAtEnd(Member &member)
{
    if (member.m_atEnd.isLinked())
        return;
    member.m_atEnd.member = &member;
    member.m_atEnd.enter(m_ending);
    if (m_depth == 0)
        schedule();
}

void Turn::callNext(Member &member)
{
    if (member.m_next.isLinked())
        return;
    member.m_next.member = &member;
    member.m_next.enter(m_waiting);
    schedule();
}

void Turn::schedule()
{
    if (!std::exchange(m_isScheduled, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isScheduled = false;
                const Scope scope(*this);
                ListHook now;
                now.takeAll(m_waiting);
                while (now.isLinked()) {
                    auto *hook = static_cast<Member::Hook *>(now.first());
                    hook->leave();
                    hook->member->onNextTurn();
                }
            },
            Qt::QueuedConnection);
    }
}

void Turn::end()
{
    // Flushing may touch others; they still belong to this turn.
    while (m_ending.isLinked()) {
        auto *hook = static_cast<Member::Hook *>(m_ending.first());
        hook->leave();
        hook->member->onTurnEnd();
    }
    // What goes may take others with it.
    while (!m_buried.empty())
        std::exchange(m_buried, {}).clear();
    m_now = {};
}

} // namespace lanline::server
