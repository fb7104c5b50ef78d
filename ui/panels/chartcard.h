#pragma once

#include "ui/models/diagnosticsrecord.h"
#include "ui/theme/themecontroller.h"

#include <QFrame>

class QLabel;

namespace lanline::ui {

class ChartLegend;
class LatencyChart;
class SegmentedControl;

/// The chart with its title, what its marks mean, and its scale.
class ChartCard final : public QFrame
{
    Q_OBJECT

public:
    explicit ChartCard(ThemeController &themes, QWidget *parent = nullptr);

    LatencyChart &chart() { return *m_chart; }
    void show(const DiagnosticsRecord &record, const client::ConnectionState &state);
    /// Linear or logarithmic, by turns.
    void toggleScale();

private:
    void setScale(int index);

    QLabel *m_title;
    ChartLegend *m_legend;
    SegmentedControl *m_scales;
    LatencyChart *m_chart;
};

} // namespace lanline::ui
