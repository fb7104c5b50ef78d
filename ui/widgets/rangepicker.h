#pragma once

#include "ui/models/chartrange.h"
#include "ui/widgets/chartclock.h"

#include <QObject>
#include <QPointF>

#include <optional>

class QCPAxisRect;
class QCustomPlot;
class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace lanline::ui {

/// Lets a person choose a range of time in a plot: dragging, the wheel, and the keys that keyPress() is given. GUI
/// thread.
class RangePicker final : public QObject
{
    Q_OBJECT

public:
    /// Watches the plot's mouse. `clock` outlives it.
    RangePicker(QCustomPlot &plot, const ChartClock &clock);

    ChartRange &range() { return m_range; }
    const ChartRange &range() const { return m_range; }
    /// False: not one of its keys.
    bool keyPress(const QKeyEvent &event);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// range() is another one, by the person.
    void changed();
    /// Pressed and released without a move.
    void clicked(const QPointF &position);

private:
    bool press(const QMouseEvent &event);
    bool move(const QMouseEvent &event);
    bool release(const QMouseEvent &event);
    bool wheel(const QWheelEvent &event);
    SteadyTime timeAt(qreal x) const;

    QCustomPlot &m_plot;
    const ChartClock &m_clock;
    ChartRange m_range;
    std::optional<QPointF> m_pressedAt;
    SteadyTime m_pressedTime; ///< there, which the clock may have moved on from
    bool m_hasMoved = false;
};

} // namespace lanline::ui
