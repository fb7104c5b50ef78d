#pragma once

#include "core/timing.h"
#include "server/net/listhook.h"

#include <QTimer>

#include <array>

namespace lanline::server {

/// Deadlines of any number of connections for the price of one timer; it rests while there are none. A deadline is told
/// up to two ticks late, never early. Lives in the server thread.
class TimerWheel
{
public:
    static constexpr std::chrono::milliseconds tick{50};

    /// One deadline at a time; destroyed or stopped, it is forgotten.
    class Deadline
    {
    public:
        virtual ~Deadline() = default;
        void stopDeadline() { m_hook.leave(); }

    protected:
        virtual void onDeadline() = 0;

    private:
        friend class TimerWheel;
        struct Hook : ListHook
        {
            Deadline *deadline = nullptr;
        };
        Hook m_hook;
        SteadyTime m_due;
    };

    explicit TimerWheel(TimeSource &time);

    /// From now; replaces an earlier one.
    void start(Deadline &deadline, std::chrono::milliseconds after);
    /// Tells what is due. Called by the wheel's own timer.
    void advance();

private:
    using Tick = SteadyTime::rep;
    static constexpr size_t slots = 128; ///< a power of two; what lies further ahead goes round again
    static Tick tickOf(SteadyTime time) { return time.time_since_epoch() / tick; }
    ListHook &slotOf(Tick at) { return m_slots.at(size_t(at) % slots); }
    bool isEmpty() const;

    TimeSource &m_time;
    QTimer m_timer;
    Tick m_last = 0; ///< all before and in it are told
    std::array<ListHook, slots> m_slots;
};

} // namespace lanline::server
