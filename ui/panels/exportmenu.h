#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"

#include <QMenu>

#include <functional>

namespace lanline::ui {

/// Takes what a panel shows out of it: figures for other programs, a picture for people, a recording that
/// `lanline --replay` opens. Asks where to, and says what went wrong.
class ExportMenu final : public QMenu
{
    Q_OBJECT

public:
    /// `panel` is what is pictured; `range` tells what it shows.
    ExportMenu(const DiagnosticsRecord &record, std::function<TimeRange()> range, QWidget &panel);

    /// What is written to a file of this name's kind: .csv, .json, .png or .lanline; empty: another.
    QByteArray contentOf(const QString &fileName) const;

private:
    void addKind(const QString &objectName, const QString &words, const QString &suffix, const QString &filter);
    void save(const QString &suffix, const QString &filter);

    const DiagnosticsRecord &m_record;
    std::function<TimeRange()> m_range;
    QWidget &m_panel;
    QAction *m_texts = nullptr; ///< whether a recording holds what people wrote
};

} // namespace lanline::ui
