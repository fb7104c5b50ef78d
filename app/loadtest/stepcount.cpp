#include "app/loadtest/stepcount.h"

#include <utility>

namespace lanline::loadtest {

void StepCount::begin(double offered, quint64 first, int audience)
{
    m_step = {};
    m_step.offered = offered;
    m_first = first;
    m_audience = audience;
    m_messages.clear();
    m_complete = 0;
    m_stored = 0;
    m_isSending = true;
}

void StepCount::onSent()
{
    m_messages.push_back({});
    ++m_step.sent;
}

StepCount::Message *StepCount::find(quint64 number)
{
    return number >= m_first && number - m_first < m_messages.size() ? &m_messages[size_t(number - m_first)] : nullptr;
}

void StepCount::onStored(quint64 number, bool isInTime)
{
    Message *message = find(number);
    if (!message || message->isStored)
        return;
    message->isStored = true;
    message->isInTime = isInTime;
    if (m_isSending)
        ++m_stored;
    countIfComplete(*message);
}

void StepCount::onDelivered(quint64 number, Histogram::Duration time)
{
    Message *message = find(number);
    if (!message)
        return;
    ++message->delivered;
    ++m_step.delivered;
    if (time > m_step.delivery.max())
        m_step.longestAt = SystemTime().wallNow();
    m_step.delivery.record(time);
    countIfComplete(*message);
}

void StepCount::onRefused(quint64 number)
{
    Message *message = find(number);
    if (message && !std::exchange(message->isRefused, true))
        ++m_step.refused;
}

void StepCount::countIfComplete(const Message &message)
{
    // Told by each of the two that make it so; the other one finds more than is needed, or less.
    if (!message.isStored || message.delivered != m_audience)
        return;
    ++m_complete;
    if (message.isInTime)
        ++m_step.succeeded;
}

ui::LoadTestStep StepCount::step(std::chrono::milliseconds time) const
{
    ui::LoadTestStep step = m_step;
    step.time = time;
    if (time.count() > 0)
        step.stored = double(m_stored) / std::chrono::duration<double>(time).count();
    return step;
}

} // namespace lanline::loadtest
