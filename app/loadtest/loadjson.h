#pragma once

#include "ui/loadtestcontroller.h"

#include <QJsonObject>

#include <optional>

namespace lanline::loadtest {

/// A report with all that it takes to show it again.
QJsonObject toJson(const ui::LoadTestReport &report);
/// None, if it is not one. Histograms are sound whatever stands there.
std::optional<ui::LoadTestReport> reportFrom(const QJsonObject &json);

} // namespace lanline::loadtest
