#include "client/threadreporter.h"

#include <utility>

namespace lanline::client {

using namespace std::chrono_literals;

namespace {

constexpr auto interval = 1s;

} // namespace

ThreadReporter::ThreadReporter(ThreadKind thread, EventLoopWatch &watch, TimeSource &time, Told told, QObject *parent)
    : QObject(parent)
    , m_thread(thread)
    , m_watch(watch)
    , m_time(time)
    , m_told(std::move(told))
    , m_timer(time.makeTimer([this] { report(); }))
{
    connect(&watch, &EventLoopWatch::stalled, this, [this](const Crossing<Stall> &stall) {
        m_stalls.append({m_thread, stall->begin, stall->duration, stall->what, 0});
        // What it has held up is about to be told, too.
        if (m_timer->isActive())
            m_timer->start(0ms);
    });
}

void ThreadReporter::setActive(bool isActive)
{
    if (!isActive) {
        m_timer->stop();
    } else if (!m_timer->isActive()) {
        m_stalls.clear();
        m_watch.takeLoad();
        m_timer->start(interval);
    }
}

void ThreadReporter::report()
{
    m_timer->start(interval);
    const LoopLoad load = m_watch.takeLoad();
    m_told({{{m_thread, m_time.now(), load.longestLag, load.busyPermille, 0}}, std::exchange(m_stalls, {})});
}

ThreadReport serverThreads(const protocol::HeartbeatAck &ack, SteadyTime at, std::chrono::microseconds offset)
{
    ThreadReport report;
    for (const protocol::ThreadLoad &load : ack.threads)
        report.samples.append({load.thread, at, load.longestLag, load.busyPermille, load.queued});
    for (const protocol::ThreadStall &stall : ack.stalls) {
        const SteadyTime begin(std::chrono::microseconds(qint64(stall.beginUs)));
        report.stalls.append({stall.thread, begin - offset, stall.duration, stall.what, stall.heldUp});
    }
    return report;
}

} // namespace lanline::client
