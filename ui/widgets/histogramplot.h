#pragma once

#include "core/histogram.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QCPBars;
class QCPItemLine;
class QCPItemText;
class QCustomPlot;

namespace lanline::ui {

/// How often something took how long, on a logarithmic axis, with upright lines at P50, P95, P99 and the longest.
class HistogramPlot final : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramPlot(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const Histogram &histogram);

    using QWidget::show;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Mark
    {
        QCPItemLine *line = nullptr;
        QCPItemText *name = nullptr;
        double at = 0; ///< on the axis
    };

    void setUpAxis();
    void fillBars(const Histogram &histogram);
    void setMark(Mark &mark, const QString &name, Histogram::Duration at);
    /// Names side by side where there is room, else one below the other.
    void placeNames();
    void paint(const Theme &theme);

    QCustomPlot *m_plot;
    QCPBars *m_bars = nullptr;
    QList<Mark> m_marks;
};

} // namespace lanline::ui
