#include "tests/support/faketime.h"

#include <algorithm>
#include <tuple>

namespace lanline {

class FakeTime::FakeTimer final : public Timer
{
public:
    FakeTimer(FakeTime *time, std::function<void()> onTimeout)
        : m_time(time)
        , m_onTimeout(std::make_shared<std::function<void()>>(std::move(onTimeout)))
    {
        m_time->m_timers.push_back(this);
    }
    ~FakeTimer() override { std::erase(m_time->m_timers, this); }

    void start(std::chrono::milliseconds delay) override
    {
        m_deadline = m_time->now() + std::max(delay, std::chrono::milliseconds::zero());
        m_order = ++m_time->m_starts;
        m_active = true;
    }
    void stop() override { m_active = false; }
    bool isActive() const override { return m_active; }

    SteadyTime deadline() const { return m_deadline; }
    bool isBefore(const FakeTimer &other) const
    {
        return std::tie(m_deadline, m_order) < std::tie(other.m_deadline, other.m_order);
    }
    void fire()
    {
        m_active = false;
        // The callback may destroy its timer.
        const auto onTimeout = m_onTimeout;
        (*onTimeout)();
    }

private:
    FakeTime *m_time;
    std::shared_ptr<std::function<void()>> m_onTimeout;
    SteadyTime m_deadline;
    quint64 m_order = 0;
    bool m_active = false;
};

std::unique_ptr<Timer> FakeTime::makeTimer(std::function<void()> onTimeout)
{
    return std::make_unique<FakeTimer>(this, std::move(onTimeout));
}

void FakeTime::advance(std::chrono::milliseconds duration)
{
    const SteadyTime target = m_now + duration;
    for (FakeTimer *timer = nextDue(); timer && timer->deadline() <= target; timer = nextDue()) {
        moveTo(timer->deadline());
        timer->fire();
    }
    moveTo(target);
}

std::optional<std::chrono::milliseconds> FakeTime::untilNextTimeout() const
{
    const FakeTimer *timer = nextDue();
    if (!timer)
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(timer->deadline() - m_now);
}

int FakeTime::activeTimers() const
{
    return int(std::count_if(m_timers.begin(), m_timers.end(), std::mem_fn(&FakeTimer::isActive)));
}

FakeTime::FakeTimer *FakeTime::nextDue() const
{
    FakeTimer *next = nullptr;
    for (FakeTimer *timer : m_timers) {
        if (timer->isActive() && (!next || timer->isBefore(*next)))
            next = timer;
    }
    return next;
}

void FakeTime::moveTo(SteadyTime time)
{
    // A callback may itself have advanced the clock further.
    if (time <= m_now)
        return;
    m_wallNow += std::chrono::duration_cast<std::chrono::milliseconds>(time - m_now);
    m_now = time;
}

} // namespace lanline
