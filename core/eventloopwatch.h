#pragma once

#include "core/crossing.h"
#include "core/histogram.h"
#include "core/timing.h"
#include "core/work.h"

#include <QObject>

#include <deque>

namespace lanline {

/// A time in which an event loop did not turn.
struct Stall
{
    SteadyTime begin;
    std::chrono::microseconds duration{};
    QString what{}; ///< English: the longest WorkScope meanwhile; empty: none is known
};

/// How busy an event loop was over some time.
struct LoopLoad
{
    std::chrono::microseconds longestLag{};
    quint32 busyPermille = 0; ///< of the time: on the processor, or inside of a WorkScope, whichever is more
};

/// Watches how late the event loop of its thread is: a timer is due 20 times a second, and how much later it fires is
/// the loop's lag. It is made, used and destroyed in the thread it watches; other threads listen to stalled().
///
/// A stall is known from the moment the timer was due; what of it lay before, at most one interval, is not seen.
class EventLoopWatch final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{50};
    static constexpr std::chrono::milliseconds stallThreshold{50};
    static constexpr size_t stallsKept = 64;

    /// `time` outlives this object. Stopped at first.
    explicit EventLoopWatch(TimeSource &time, QObject *parent = nullptr);

    void start();
    /// Keeps what was measured.
    void stop();
    bool isRunning() const { return m_timer->isActive(); }

    /// Of the last time the timer fired.
    std::chrono::microseconds lastLag() const { return m_lastLag; }
    /// All lags since the start or clearLags().
    const Histogram &lags() const { return m_lags; }
    void clearLags() { m_lags.clear(); }
    /// Since the last call. In the thread that is watched.
    LoopLoad takeLoad();

    /// How late the loop is at this moment: nothing unless the timer should already have fired.
    std::chrono::microseconds overdue() const;
    /// How much of the time from `begin` to `end` this loop is known to have been stalled, the present stall included.
    /// A deadline that began at `begin` moves by this: while the loop stood still, an answer may have come unread. Of
    /// past stalls the last `stallsKept` are known.
    std::chrono::microseconds stalledBetween(SteadyTime begin, SteadyTime end) const;

Q_SIGNALS:
    /// The loop turns again after more than stallThreshold.
    void stalled(const lanline::Crossing<lanline::Stall> &stall);

private:
    void arm();
    void onDue();

    TimeSource &m_time;
    std::unique_ptr<Timer> m_timer;
    SteadyTime m_due;
    std::chrono::microseconds m_lastLag{};
    Histogram m_lags;
    std::chrono::microseconds m_longestLag{}; ///< since the last takeLoad(), as the next
    SteadyTime m_loadSince;
    std::chrono::microseconds m_busyBefore{};
    std::chrono::microseconds m_workBefore{};
    std::deque<Stall> m_stalls; ///< oldest first
};

} // namespace lanline
