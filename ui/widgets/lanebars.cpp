#include "ui/widgets/lanebars.h"

#include "ui/theme/type.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr qreal firstRow = 8; // from the plot to the upper bar
constexpr qreal rowStep = 16;
constexpr qreal barHeight = 10;
constexpr qreal barRadius = 2;
constexpr qreal nameGap = 8;
constexpr qreal wordsGap = 8;
constexpr qreal leastWidth = 2;

} // namespace

void drawLaneBar(QPainter &painter, const QRectF &where, const Theme &theme, client::LaneState state)
{
    switch (state) {
    case client::LaneState::Empty:
        return;
    case client::LaneState::Connecting:
        painter.setPen(QPen(theme[Token::Control], 1.5, Qt::DotLine, Qt::FlatCap));
        painter.drawLine(QPointF(where.left(), where.center().y()), QPointF(where.right(), where.center().y()));
        return;
    case client::LaneState::Ready:
        painter.setPen(QPen(theme[Token::Accent], 1));
        painter.setBrush(theme[Token::LaneReady]);
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), barRadius, barRadius);
        return;
    case client::LaneState::Active:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[Token::Accent]);
        painter.drawRoundedRect(where, barRadius, barRadius);
        return;
    }
}

LaneBars::LaneBars(QCPAxisRect *axes)
    : QCPLayerable(axes->parentPlot(), u"main"_s)
    , m_axes(axes)
{ }

void LaneBars::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(true);
}

QRectF LaneBars::rowOf(std::size_t lane) const
{
    const QRectF plot = m_axes->rect();
    return {plot.left(), plot.bottom() + firstRow + rowStep * qreal(lane), plot.width(), barHeight};
}

QRectF LaneBars::areaOf(const Bar &bar, const QRectF &row) const
{
    const QCPAxis *time = m_axes->axis(QCPAxis::atBottom);
    const qreal left = qMax(row.left(), time->coordToPixel(bar.from));
    const qreal right = qMin(row.right(), time->coordToPixel(bar.to));
    // A lane that has just begun is seen at once.
    return QRectF(left, row.top(), qMax(right - left, leastWidth), row.height()) & row;
}

void LaneBars::draw(QCPPainter *painter)
{
    const QFont font = fontFor(TextStyle::Micro);
    const QFontMetricsF metrics(font);
    painter->setFont(font);
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const QRectF row = rowOf(lane);
        const qreal wordsTop = row.center().y() - metrics.height() / 2;
        painter->setPen(m_theme[Token::TextTertiary]);
        painter->drawText(QRectF(0, wordsTop, row.left() - nameGap, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, m_lanes[lane].name);

        qreal end = row.left();
        for (const Bar &bar : std::as_const(m_lanes[lane].bars)) {
            const QRectF area = areaOf(bar, row);
            drawLaneBar(*painter, area, m_theme, bar.state);
            end = area.right() + wordsGap;
        }
        const QString &words = m_lanes[lane].words;
        if (words.isEmpty() || end + metrics.horizontalAdvance(words) > row.right())
            continue;
        painter->setPen(m_theme[Token::TextTertiary]);
        painter->drawText(
            QRectF(end, wordsTop, row.right() - end, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, words);
    }
}

QString LaneBars::detailsAt(const QPointF &position) const
{
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const QRectF row = rowOf(lane);
        if (position.y() < row.top() || position.y() > row.bottom() || position.x() > row.right())
            continue;
        for (const Bar &bar : m_lanes[lane].bars) {
            const QRectF area = areaOf(bar, row);
            if (position.x() >= area.left() && position.x() <= area.right())
                return bar.details;
        }
        return m_lanes[lane].words;
    }
    return {};
}

} // namespace lanline::ui
