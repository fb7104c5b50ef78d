#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace lanline::ui {

class ElidedLabel;
class FamilyChip;
class HeatStrips;
class WrappedLabel;

/// How long work had to wait for each of the four threads in a range of time, and what they were doing when they stood
/// still.
class ThreadsTab final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostStalls = 8;

    explicit ThreadsTab(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const DiagnosticsRecord &record, const TimeRange &range);

private:
    QWidget *makeVerdict(const ThemeController &themes);
    QTableWidget *makeTable();
    void showStalls(const DiagnosticsRecord &record, const TimeRange &range);

    FamilyChip *m_chip;
    ElidedLabel *m_sentence;
    WrappedLabel *m_detail;
    HeatStrips *m_strips;
    QTableWidget *m_stalls;
    QLabel *m_noStalls;
};

} // namespace lanline::ui
