#include "ui/widgets/rangepicker.h"

#include "ui/widgets/plotting.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace lanline::ui {

namespace {

constexpr double zoomStep = 0.8;
constexpr int wheelNotch = 120;

} // namespace

RangePicker::RangePicker(QCustomPlot &plot, const ChartClock &clock)
    : QObject(&plot)
    , m_plot(plot)
    , m_clock(clock)
{
    plot.installEventFilter(this);
}

SteadyTime RangePicker::timeAt(qreal x) const
{
    const QRect area = m_plot.axisRect()->rect();
    return m_clock.timeAt(m_plot.xAxis->pixelToCoord(std::clamp<qreal>(x, area.left(), area.right() + 1)));
}

bool RangePicker::keyPress(const QKeyEvent &event)
{
    const bool extends = event.modifiers().testFlag(Qt::ShiftModifier);
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        // Time goes from left to right here in every language.
        const int steps = event.key() == Qt::Key_Left ? -1 : 1;
        if (extends)
            m_range.extend(steps);
        else
            m_range.move(steps);
        break;
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus: {
        const ChartRange &range = m_range;
        const SteadyTime around = range.selection()
            ? range.selection()->from + (range.selection()->to - range.selection()->from) / 2
            : range.cursor().value_or(range.shown().to);
        m_range.zoom(event.key() == Qt::Key_Minus ? 1 / zoomStep : zoomStep, around);
        break;
    }
    case Qt::Key_Escape:
        if (!m_range.clearOne())
            return false;
        break;
    default:
        return false;
    }
    Q_EMIT changed();
    return true;
}

bool RangePicker::press(const QMouseEvent &event)
{
    const QRect area = m_plot.axisRect()->rect();
    const QPointF at = event.position();
    if (event.button() != Qt::LeftButton || at.x() < area.left() || at.x() > area.right() + 1)
        return false;
    m_pressedAt = at;
    m_pressedTime = timeAt(at.x());
    m_hasMoved = false;
    return true;
}

bool RangePicker::move(const QMouseEvent &event)
{
    if (!m_pressedAt)
        return false;
    if (!m_hasMoved && std::abs(event.position().x() - m_pressedAt->x()) < QApplication::startDragDistance())
        return true;
    m_hasMoved = true;
    m_range.select(m_pressedTime, timeAt(event.position().x()));
    Q_EMIT changed();
    return true;
}

bool RangePicker::release(const QMouseEvent &event)
{
    if (!m_pressedAt || event.button() != Qt::LeftButton)
        return false;
    const QPointF at = *m_pressedAt;
    m_pressedAt.reset();
    if (!m_hasMoved)
        Q_EMIT clicked(at);
    return true;
}

bool RangePicker::wheel(const QWheelEvent &event)
{
    const double notches = double(event.angleDelta().y()) / wheelNotch;
    if (notches == 0)
        return false;
    m_range.zoom(std::pow(zoomStep, notches), timeAt(event.position().x()));
    Q_EMIT changed();
    return true;
}

bool RangePicker::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        return press(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseMove:
        return move(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonRelease:
        return release(*static_cast<QMouseEvent *>(event));
    case QEvent::Wheel:
        return wheel(*static_cast<QWheelEvent *>(event));
    default:
        return QObject::eventFilter(watched, event);
    }
}

} // namespace lanline::ui
