#pragma once

#include "ui/loadtestcontroller.h"

#include <chrono>
#include <optional>

namespace lanline::loadtest {

/// Which loads are tried, and for how long each: up to the wished one, and then beyond it as far as the bounds let it.
class Ramp
{
public:
    /// `plan` is within LoadTestController's bounds.
    explicit Ramp(const ui::LoadTestPlan &plan);

    /// Messages per second of the next step; none: it is at its end.
    std::optional<double> next();
    std::chrono::milliseconds stepTime() const { return m_stepTime; }
    /// Steps that it takes if none is uncomfortable.
    int stepCount() const { return m_count; }

private:
    double rateOf(int step) const;

    ui::LoadTestPlan m_plan;
    std::chrono::milliseconds m_stepTime;
    int m_count = 0;
    int m_next = 0;
};

} // namespace lanline::loadtest
