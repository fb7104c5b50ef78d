#pragma once

#include "report.h"

namespace lanline::bench {

/// All of a report, for programs and to be shown again later.
QJsonObject toJson(const Report &report);
/// Of a file that writeJson() wrote. The error is a sentence.
Result<Report, QString> readReport(const QString &path);

} // namespace lanline::bench
