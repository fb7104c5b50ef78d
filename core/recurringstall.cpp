#include "core/recurringstall.h"

#include "core/work.h"

#include <algorithm>
#include <thread>

namespace lanline {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds interval = 1s;
/// Between two, however long they are: a thread that never wakes up could not be told to stop it.
constexpr milliseconds shortestPause = 200ms;

} // namespace

RecurringStall::RecurringStall(TimeSource &time)
    : RecurringStall(time, [](milliseconds length) {
        const WorkScope scope("Standing still on purpose");
        std::this_thread::sleep_for(length);
    })
{ }

RecurringStall::RecurringStall(TimeSource &time, std::function<void(milliseconds)> sleep)
    : m_time(time)
    , m_sleep(std::move(sleep))
{ }

void RecurringStall::set(milliseconds length)
{
    m_length = length;
    if (length <= 0ms) {
        if (m_timer)
            m_timer->stop();
        return;
    }
    if (!m_timer)
        m_timer = m_time.makeTimer([this] { stall(); });
    m_timer->start(0ms);
}

void RecurringStall::stall()
{
    m_sleep(m_length);
    m_timer->start(std::max(interval - m_length, shortestPause));
}

} // namespace lanline
