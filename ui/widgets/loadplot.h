#pragma once

#include "ui/loadtestcontroller.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

#include <array>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace lanline::ui {

/// P50, P95 and P99 of delivery over the load at which they were measured, and the knee.
class LoadPlot final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadPlot(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const LoadTestReport &report);

    using QWidget::show;

private:
    static constexpr std::array percents{50.0, 95.0, 99.0};

    void paint(const Theme &theme);
    void describe(const LoadTestReport &report);

    QCustomPlot *m_plot;
    std::array<QCPGraph *, percents.size()> m_lines{};
    std::array<QCPItemText *, percents.size()> m_names{};
    QCPItemStraightLine *m_knee;
    QCPItemText *m_kneeName;
};

} // namespace lanline::ui
