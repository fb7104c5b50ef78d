#include "app/loadtest/busyclock.h"

#ifdef Q_OS_UNIX
#include <ctime>
#endif

namespace lanline::loadtest {

using std::chrono::duration;
using std::chrono::steady_clock;

namespace {

constexpr double permille = 1000;

/// Below zero where the system does not tell.
std::chrono::nanoseconds threadCpu()
{
#ifdef Q_OS_UNIX
    timespec time{};
    if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#endif
    return std::chrono::nanoseconds(-1);
}

} // namespace

void BusyClock::start()
{
    m_since = steady_clock::now();
    m_cpu = threadCpu();
}

double BusyClock::share() const
{
    const auto time = steady_clock::now() - m_since;
    return m_cpu.count() < 0 || time.count() == 0 ? -1 : duration<double>(threadCpu() - m_cpu) / duration<double>(time);
}

void ServerBusy::beginStep()
{
    m_busy = {};
    m_known = {};
    m_isBeginning = true;
}

void ServerBusy::onThreads(SteadyTime now, const QList<protocol::ThreadLoad> &threads)
{
    for (const protocol::ThreadLoad &load : threads) {
        if (load.thread != ThreadKind::Server)
            continue;
        const duration<double> span = m_lastReport ? now - *m_lastReport : duration<double>();
        m_lastReport = now;
        // The first one tells of the time before the step.
        if (std::exchange(m_isBeginning, false))
            continue;
        m_known += span;
        m_busy += span * (load.busyPermille / permille);
    }
}

double ServerBusy::share() const
{
    return m_known.count() > 0 ? m_busy / m_known : -1;
}

} // namespace lanline::loadtest
