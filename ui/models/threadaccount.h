#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"

#include <QList>
#include <QString>

#include <optional>

namespace lanline::ui {

/// What a stall meant for the conversation.
struct StallRow
{
    client::ThreadStall stall;
    quint32 heldUp = 0; ///< messages
};

/// How the threads fared in a range of time, in words.
struct ThreadVerdict
{
    std::optional<client::Family> culprit;
    QString sentence;
    QString detail; ///< one more line, or empty
};

ThreadVerdict threadVerdict(const DiagnosticsRecord &record, const TimeRange &range);
/// The longest first, `atMost` of them.
QList<StallRow> longestStalls(const DiagnosticsRecord &record, const TimeRange &range, qsizetype atMost);

/// "GUI", and "widgets, models"
QString threadName(ThreadKind thread);
QString threadWork(ThreadKind thread);
/// What a WorkScope calls itself, in the interface's language if it is one of ours.
QString workWords(const QString &what);

} // namespace lanline::ui
