#pragma once

#include "ui/models/latencyseries.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QCPAxisTicker;
class QCPGraph;
class QCustomPlot;

namespace lanline::ui {

class EventMarks;
class GapBlocks;
class LaneBars;

/// Round trips over time: a dot each, the P50 and P95 lines, the times without a link, what
/// happened when, and under them the two lanes.
/// It draws what show() gave it; whoever calls decides how often.
class LatencyChart final : public QWidget
{
    Q_OBJECT

public:
    enum class Scale : quint8 { Linear, Logarithmic };

    explicit LatencyChart(ThemeController &themes, QWidget *parent = nullptr);

    /// The `window` that ends at `end`. The picture is brought up to date with the next turn of the event loop.
    /// `state`: as it was then; why there is no standby follows from it.
    void show(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window,
        const client::ConnectionState &state);
    void setScale(Scale scale);

    QSize sizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Extent
    {
        double low;
        double high;
    };

    void applyTheme(const Theme &theme);
    void showDots(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window);
    void showLines(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window);
    void showGaps(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window);
    void showMarks(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window);
    void showLanes(const LatencySeries &series, SteadyTime end, std::chrono::milliseconds window,
        const client::ConnectionState &state);
    void fitValueAxis();
    double keyOf(SteadyTime time) const;
    QString tooltipAt(const QPointF &position) const;

    QCustomPlot *m_plot;
    QCPGraph *m_dots;
    QCPGraph *m_p50;
    QCPGraph *m_p95;
    GapBlocks *m_gaps;
    LaneBars *m_lanes;
    EventMarks *m_marks;
    Scale m_scale = Scale::Logarithmic;
    Extent m_extent; ///< of what is shown, in milliseconds
    double m_wallOffset = 0; ///< seconds from the steady clock to the wall clock's
    quint64 m_shownRevision = 0;
    qint64 m_shownStep = 0;
    std::chrono::milliseconds m_shownWindow{};
};

} // namespace lanline::ui
