#include "app/loadtest/ramp.h"

#include "ui/models/loadtestverdict.h"

#include <algorithm>

namespace lanline::loadtest {

namespace {

constexpr const auto &shares = ui::loadrule::ramp;
constexpr double most = double(ui::LoadTestController::mostMessagesPerSecond);

} // namespace

Ramp::Ramp(const ui::LoadTestPlan &plan)
    : m_plan(plan)
    , m_stepTime(std::chrono::milliseconds(plan.duration) / int(shares.size()))
    , m_count(1)
{
    // Behind the first step that the bound cuts there is nothing new.
    while (m_count < int(shares.size()) && rateOf(m_count) > rateOf(m_count - 1))
        ++m_count;
}

double Ramp::rateOf(int step) const
{
    return std::min(shares[size_t(step)] * m_plan.wished(), most);
}

std::optional<double> Ramp::next()
{
    if (m_next == m_count)
        return std::nullopt;
    return rateOf(m_next++);
}

} // namespace lanline::loadtest
