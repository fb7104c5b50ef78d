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

Work takeLongestWork()
{
    Work longest = std::exchange(log().longest, {});
    Work current = log().current;
    if (current.what)
        current.duration = since(current.begin);
    return current.duration > longest.duration ? current : longest;
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
