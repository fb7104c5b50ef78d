#pragma once

#include "ui/loadtestcontroller.h"

namespace lanline::loadtest {

/// The report for a browser: one HTML file that needs no other. In the interface's language.
QString loadPage(const ui::LoadTestReport &report);

} // namespace lanline::loadtest
