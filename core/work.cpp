#include "core/work.h"

#include <ctime>
#include <utility>

namespace lanline {

using std::chrono::duration_cast;
using std::chrono::microseconds;

namespace {

struct WorkLog
{
    Work current; ///< without a duration
    Work longest; ///< of those that are done
    Work currentEvent; ///< without a duration
    int eventLevel = 0; ///< of its loop
    Work longestEvent;
    microseconds total{};
};

WorkLog &log()
{
    thread_local WorkLog ofThread;
    return ofThread;
}

microseconds since(SteadyTime begin)
{
    return duration_cast<microseconds>(SteadyTime::clock::now() - begin);
}

/// Of one that is done, and one that still goes on.
Work longer(const Work &done, Work current)
{
    if (current.what)
        current.duration = since(current.begin);
    return current.duration > done.duration ? current : done;
}

} // namespace

WorkScope::WorkScope(const char *what)
    : m_isOuter(log().current.what == nullptr)
{
    if (m_isOuter)
        log().current = {what, SteadyTime::clock::now(), {}};
}

WorkScope::~WorkScope()
{
    if (!m_isOuter)
        return;
    WorkLog &work = log();
    Work done = std::exchange(work.current, {});
    done.duration = since(done.begin);
    work.total += done.duration;
    if (done.duration > work.longest.duration)
        work.longest = done;
}

EventScope::EventScope(const char *receiver, int loopLevel)
    : m_isOuter(log().currentEvent.what == nullptr || loopLevel > log().eventLevel)
{
    if (!m_isOuter)
        return;
    WorkLog &work = log();
    m_around = std::exchange(work.currentEvent, {receiver, SteadyTime::clock::now(), {}});
    m_levelAround = std::exchange(work.eventLevel, loopLevel);
}

EventScope::~EventScope()
{
    if (!m_isOuter)
        return;
    WorkLog &work = log();
    Work done = std::exchange(work.currentEvent, m_around);
    done.duration = since(done.begin);
    if (done.duration > work.longestEvent.duration)
        work.longestEvent = done;
    // While the inner loop turned, the outer event held nothing up.
    work.currentEvent.begin = SteadyTime::clock::now();
    work.eventLevel = m_levelAround;
}

Work takeLongestWork()
{
    WorkLog &work = log();
    const Work named = longer(std::exchange(work.longest, {}), work.current);
    const Work event = longer(std::exchange(work.longestEvent, {}), work.currentEvent);
    return named.duration * 2 >= event.duration ? named : event;
}

microseconds workTime()
{
    const WorkLog &work = log();
    return work.current.what ? work.total + since(work.current.begin) : work.total;
}

microseconds processorTime()
{
    timespec used{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) != 0)
        return {};
    return duration_cast<microseconds>(std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec));
}

} // namespace lanline
