#include "client/wakedetector.h"

#include <QtGlobal>

#include <utility>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

namespace lanline::client {

using std::chrono::nanoseconds;

#ifdef Q_OS_LINUX
namespace {

nanoseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

} // namespace

ClockReading readClocks()
{
    return {read(CLOCK_MONOTONIC), read(CLOCK_BOOTTIME), read(CLOCK_REALTIME)};
}
#else
ClockReading readClocks()
{
    const nanoseconds steady = std::chrono::steady_clock::now().time_since_epoch();
    return {steady, steady, std::chrono::system_clock::now().time_since_epoch()};
}
#endif

bool WakeDetector::take(const ClockReading &reading)
{
    const ClockReading before = std::exchange(m_before, reading);
    const nanoseconds awake = reading.monotonic - before.monotonic;
    const nanoseconds slept = reading.boot - before.boot - awake;
    const nanoseconds set = reading.wall - before.wall - awake;
    return slept > tolerance || set > tolerance || set < -tolerance;
}

} // namespace lanline::client
