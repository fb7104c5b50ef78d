#pragma once

#include <QString>

#include <chrono>

namespace lanline::ui {

/// "28 s", "4 min 12 s", "2 h 5 min", "3 days 4 h".
QString spanText(std::chrono::seconds span);

/// A window of time as a panel names it: "10 s", "60 min".
QString windowText(std::chrono::seconds window);

} // namespace lanline::ui
