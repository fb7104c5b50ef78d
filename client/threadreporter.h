#pragma once

#include "client/trace.h"
#include "core/eventloopwatch.h"
#include "protocol/messages.h"

#include <QObject>

#include <functional>
#include <memory>

namespace lanline::client {

/// Reports on the thread it lives in, once a second while it is active.
class ThreadReporter final : public QObject
{
    Q_OBJECT

public:
    using Told = std::function<void(const ThreadReport &)>;

    /// `watch`, of the same thread, and `time` outlive it. Not active at first.
    ThreadReporter(ThreadKind thread, EventLoopWatch &watch, TimeSource &time, Told told, QObject *parent = nullptr);

    void setActive(bool isActive);

private:
    void report();

    ThreadKind m_thread;
    EventLoopWatch &m_watch;
    TimeSource &m_time;
    Told m_told;
    QList<ThreadStall> m_stalls;
    std::unique_ptr<Timer> m_timer;
};

/// What a server tells of its threads, by this computer's clock: `offset` is the server's minus ours. Read at `at`.
ThreadReport serverThreads(const protocol::HeartbeatAck &ack, SteadyTime at, std::chrono::microseconds offset);

} // namespace lanline::client
