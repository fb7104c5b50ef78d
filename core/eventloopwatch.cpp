#include "core/eventloopwatch.h"

#include <algorithm>
#include <utility>

namespace lanline {

using std::chrono::microseconds;

EventLoopWatch::EventLoopWatch(TimeSource &time, QObject *parent)
    : QObject(parent)
    , m_time(time)
    , m_timer(time.makeTimer([this] { onDue(); }))
{ }

void EventLoopWatch::start()
{
    if (!isRunning())
        arm();
}

void EventLoopWatch::stop()
{
    m_timer->stop();
}

microseconds EventLoopWatch::overdue() const
{
    if (!isRunning())
        return {};
    return std::max(std::chrono::duration_cast<microseconds>(m_time.now() - m_due), microseconds::zero());
}

microseconds EventLoopWatch::stalledBetween(SteadyTime begin, SteadyTime end) const
{
    microseconds total{};
    const auto add = [&total, begin, end](const Stall &stall) {
        const auto overlap = std::min(end, stall.begin + stall.duration) - std::max(begin, stall.begin);
        total += std::max(std::chrono::duration_cast<microseconds>(overlap), microseconds::zero());
    };
    std::for_each(m_stalls.begin(), m_stalls.end(), add);
    if (const microseconds late = overdue(); late > stallThreshold)
        add({m_due, late});
    return total;
}

LoopLoad EventLoopWatch::takeLoad()
{
    const SteadyTime now = m_time.now();
    const microseconds processor = processorTime();
    const microseconds work = workTime();
    LoopLoad load;
    load.longestLag = std::max(std::exchange(m_longestLag, {}), overdue());
    const auto span = std::chrono::duration_cast<microseconds>(now - m_loadSince);
    if (m_loadSince != SteadyTime{} && span > microseconds::zero()) {
        const microseconds busy = std::max(processor - m_busyBefore, work - m_workBefore);
        load.busyPermille = quint32(std::clamp<qint64>(busy * 1000 / span, 0, 1000));
    }
    m_loadSince = now;
    m_busyBefore = processor;
    m_workBefore = work;
    return load;
}

void EventLoopWatch::arm()
{
    m_due = m_time.now() + interval;
    m_timer->start(interval);
}

void EventLoopWatch::onDue()
{
    m_lastLag = std::max(std::chrono::duration_cast<microseconds>(m_time.now() - m_due), microseconds::zero());
    m_lags.record(m_lastLag);
    m_longestLag = std::max(m_longestLag, m_lastLag);
    const Work work = takeLongestWork();
    // A scope that is but a small part of the stall does not explain it.
    const bool isExplained = work.what && work.duration * 2 > m_lastLag;
    const Stall stall{m_due, m_lastLag, isExplained ? QString::fromLatin1(work.what) : QString()};
    arm();
    if (stall.duration <= stallThreshold)
        return;
    if (m_stalls.size() == stallsKept)
        m_stalls.pop_front();
    m_stalls.push_back(stall);
    Q_EMIT stalled(stall);
}

} // namespace lanline
