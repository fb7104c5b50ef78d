#include "protocol/trace.h"

namespace lanline::protocol {

namespace {

using WideTicks = std::chrono::duration<qint64, Ticks::period>;

/// Zero is for what is not known.
constexpr qint64 turn = longestTicks.count();

} // namespace

Ticks ticksOf(std::chrono::nanoseconds duration)
{
    const qint64 count = std::chrono::round<WideTicks>(duration).count();
    return Ticks(quint32(std::clamp<qint64>(count, 1, longestTicks.count())));
}

Ticks clockTicks(SteadyTime time)
{
    const qint64 count = std::chrono::floor<WideTicks>(time.time_since_epoch()).count() % turn;
    return Ticks(quint32(count < 0 ? count + turn : count) + 1);
}

SteadyTime timeOf(Ticks clock, SteadyTime near)
{
    qint64 ahead = qint64(clock.count()) - qint64(clockTicks(near).count());
    if (ahead > turn / 2)
        ahead -= turn;
    else if (ahead < -turn / 2)
        ahead += turn;
    return near + WideTicks(ahead);
}

} // namespace lanline::protocol
