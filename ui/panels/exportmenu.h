#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"

#include <QMenu>

#include <functional>

namespace lanline::ui {

/// Takes what a panel shows out of it: a picture for people. Asks where to, and says what went wrong.
class ExportMenu final : public QMenu
{
    Q_OBJECT

public:
    /// `panel` is what is pictured; `range` tells what it shows.
    ExportMenu(const DiagnosticsRecord &record, std::function<TimeRange()> range, QWidget &panel);

    /// What is written to a file of this name's kind: .png; empty: another.
    QByteArray contentOf(const QString &fileName) const;

private:
    void addKind(const QString &objectName, const QString &words, const QString &suffix, const QString &filter);
    void save(const QString &suffix, const QString &filter);

    const DiagnosticsRecord &m_record;
    std::function<TimeRange()> m_range;
    QWidget &m_panel;
};

} // namespace lanline::ui
