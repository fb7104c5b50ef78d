#pragma once

#include "report.h"

namespace lanline::bench {

/// One page that needs nothing but itself: goals, pictures and tables of one run, or of several one below the other.
QString toHtml(const QList<Report> &reports);
/// Replaces the file as a whole. The error is a sentence.
Result<void, QString> writeHtml(const QList<Report> &reports, const QString &path);

} // namespace lanline::bench
