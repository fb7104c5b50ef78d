#include "ui/widgets/rangeband.h"

namespace lanline::ui {

namespace {

constexpr int tintAlpha = 38; // of 255: what lies under it stays readable
constexpr qreal ringInset = 3;

} // namespace

RangeBand::RangeBand(QCPAxisRect *axes)
    : QCPLayerable(axes->parentPlot(), QStringLiteral("overlay"))
    , m_axes(axes)
{ }

void RangeBand::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

void RangeBand::draw(QCPPainter *painter)
{
    const QRectF plot = m_axes->rect();
    const QCPAxis *time = m_axes->axis(QCPAxis::atBottom);
    const QRectF area(plot.left(), plot.top(), plot.width(), plot.height() + m_depth);
    if (m_span) {
        const qreal left = qMax(area.left(), time->coordToPixel(m_span->from));
        const qreal right = qMin(area.right(), time->coordToPixel(m_span->to));
        if (right > left) {
            QColor tint = m_theme[Token::Accent];
            tint.setAlpha(tintAlpha);
            painter->fillRect(QRectF(left, area.top(), right - left, area.height()), tint);
            painter->setPen(QPen(m_theme[Token::Accent], 0));
            painter->drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()));
            painter->drawLine(QPointF(right, area.top()), QPointF(right, area.bottom()));
        }
    }
    if (!m_isFocused)
        return;
    if (m_cursor) {
        const qreal x = time->coordToPixel(*m_cursor);
        if (x >= area.left() && x <= area.right() + 1) {
            painter->setPen(QPen(m_theme[Token::Accent], 1, Qt::DashLine));
            painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
    }
    painter->setAntialiasing(true);
    painter->setPen(QPen(m_theme[Token::Accent], 2));
    painter->setBrush(Qt::NoBrush);
    const QRectF all = QRectF(parentPlot()->viewport());
    painter->drawRoundedRect(all.adjusted(ringInset, 1, -ringInset, -1), radius::button, radius::button);
}

} // namespace lanline::ui
