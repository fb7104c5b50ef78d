#include "ui/widgets/chartoverlays.h"

#include "ui/theme/type.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr QSizeF triangle(8, 6);
constexpr qreal labelRow = 18; // from the labels' middle line to the plot
constexpr qreal reach = 5; // of the pointer, to each side of a line
constexpr qreal blockPadding = 6;

QFont labelFont()
{
    return fontFor(TextStyle::Micro, QFont::Medium);
}

} // namespace

GapBlocks::GapBlocks(QCPAxisRect *axes)
    : QCPLayerable(axes->parentPlot(), u"grid"_s) // over the grid, or its lines would strike the words through
    , m_axes(axes)
{ }

void GapBlocks::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

void GapBlocks::draw(QCPPainter *painter)
{
    const QRectF plot = m_axes->rect();
    const QCPAxis *time = m_axes->axis(QCPAxis::atBottom);
    painter->setFont(labelFont());
    const QFontMetricsF metrics(labelFont());
    for (const Block &block : m_blocks) {
        const qreal left = qMax(plot.left(), time->coordToPixel(block.from));
        const qreal right = qMin(plot.right(), time->coordToPixel(block.to));
        if (right <= left)
            continue;
        const QRectF area(left, plot.top(), right - left, plot.height());
        painter->fillRect(area, m_theme[Token::GapTint]);
        if (metrics.horizontalAdvance(block.words) + 2 * blockPadding > area.width())
            continue;
        painter->setPen(m_theme[Token::ErrorText]);
        painter->drawText(area, Qt::AlignCenter, block.words);
    }
}

EventMarks::EventMarks(QCPAxisRect *axes)
    : QCPLayerable(axes->parentPlot(), u"overlay"_s)
    , m_axes(axes)
{ }

void EventMarks::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

qreal EventMarks::pixelOf(const Mark &mark) const
{
    return m_axes->axis(QCPAxis::atBottom)->coordToPixel(mark.at);
}

void EventMarks::draw(QCPPainter *painter)
{
    const QRectF plot = m_axes->rect();
    const QFontMetricsF metrics(labelFont());

    QList<MarkLabel> wanted;
    for (const Mark &mark : std::as_const(m_marks)) {
        const qreal x = pixelOf(mark);
        wanted.append({x, metrics.horizontalAdvance(mark.words), mark.prefersLeft, mark.rank});

        painter->setAntialiasing(false);
        painter->setPen(QPen(m_theme[mark.color], 0));
        painter->drawLine(QPointF(x, plot.top() - labelRow), QPointF(x, plot.bottom() + m_depth));
        painter->setAntialiasing(true);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme[mark.color]);
        const qreal top = plot.top() - labelRow - triangle.height() / 2;
        painter->drawPolygon(QPolygonF({QPointF(x - triangle.width() / 2, top), QPointF(x + triangle.width() / 2, top),
            QPointF(x, top + triangle.height())}));
    }

    m_labels = placeLabels(wanted, plot.left(), plot.right(), metrics.horizontalAdvance(u" +0"_s));
    painter->setFont(labelFont());
    painter->setPen(m_theme[Token::Text]);
    for (const PlacedLabel &label : std::as_const(m_labels)) {
        QString words = m_marks[label.mark].words;
        if (!label.folded.isEmpty())
            words += u" +%1"_s.arg(label.folded.size());
        const qreal width = metrics.horizontalAdvance(words);
        const QRectF area(label.isLeft ? label.to - width : label.from, plot.top() - labelRow - metrics.height() / 2,
            width, metrics.height());
        painter->fillRect(area, m_theme[Token::Surface]); // over the triangle of another mark
        painter->drawText(area.adjusted(0, 0, 1, 0), Qt::AlignLeft | Qt::AlignVCenter, words);
    }
}

QString EventMarks::detailsAt(const QPointF &position) const
{
    const QRectF plot = m_axes->rect();
    if (position.y() > plot.bottom() + m_depth)
        return {};

    QList<qsizetype> touched;
    if (position.y() < plot.top()) {
        for (const PlacedLabel &label : m_labels) {
            if (position.x() >= label.from && position.x() <= label.to)
                touched = QList{label.mark} + label.folded;
        }
    }
    for (qsizetype i = 0; i < m_marks.size(); ++i) {
        if (qAbs(pixelOf(m_marks[i]) - position.x()) <= reach && !touched.contains(i))
            touched.append(i);
    }
    std::sort(touched.begin(), touched.end());
    QStringList lines;
    for (const qsizetype index : std::as_const(touched))
        lines.append(m_marks[index].details);
    return lines.join(u'\n');
}

} // namespace lanline::ui
