#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"

#include <QByteArray>

/// What a panel shows, for other programs. docs/latency.md lists the columns and the members. No texts of messages.
namespace lanline::ui {

/// One line per message of the range, in the order in which they ended, behind a line of names. RFC 4180; UTF-8.
QByteArray messagesAsCsv(const DiagnosticsRecord &record, const TimeRange &range);
/// Figures, verdict, messages, round trips and threads of the range.
QByteArray diagnosticsAsJson(const DiagnosticsRecord &record, const TimeRange &range);

} // namespace lanline::ui
