#include "ui/widgets/chartlegend.h"

#include "ui/theme/type.h"
#include "ui/widgets/lanebars.h"

#include <QFontMetricsF>
#include <QPainter>

namespace lanline::ui {

namespace {

constexpr qreal lineLength = 18;
constexpr QSizeF barSize(14, 8);
constexpr qreal dotSize = 4;
constexpr qreal markGap = 6;
constexpr qreal entryGap = 14;

qreal markWidth(ChartLegend::Mark mark)
{
    switch (mark) {
    case ChartLegend::Mark::Dot:
        return dotSize;
    case ChartLegend::Mark::SolidLine:
    case ChartLegend::Mark::DashedLine:
        return lineLength;
    case ChartLegend::Mark::Bar:
    case ChartLegend::Mark::OutlinedBar:
        break;
    }
    return barSize.width();
}

} // namespace

ChartLegend::ChartLegend(const ThemeController &themes, QList<Entry> entries, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_entries(std::move(entries))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    describe();
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void ChartLegend::describe()
{
    QStringList words;
    for (const Entry &entry : std::as_const(m_entries))
        words.append(entry.words);
    setAccessibleName(words.join(QStringLiteral(", ")));
}

void ChartLegend::setWords(qsizetype entry, const QString &words)
{
    if (m_entries[entry].words == words)
        return;
    m_entries[entry].words = words;
    describe();
    updateGeometry();
    update();
}

QSize ChartLegend::sizeHint() const
{
    const QFontMetricsF metrics(fontFor(TextStyle::Small));
    qreal width = 0;
    for (const Entry &entry : m_entries)
        width += markWidth(entry.mark) + markGap + metrics.horizontalAdvance(entry.words) + entryGap;
    return {qCeil(width), qCeil(lineHeightOf(TextStyle::Small))};
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(fontFor(TextStyle::Small));
    const QFontMetricsF metrics(painter.font());
    const qreal middle = height() / 2.0;
    qreal x = 0;
    for (const Entry &entry : std::as_const(m_entries)) {
        const qreal width = markWidth(entry.mark);
        if (entry.mark == Mark::Dot) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme[entry.color]);
            painter.drawEllipse(QRectF(x, middle - dotSize / 2, dotSize, dotSize));
        } else if (entry.mark == Mark::Bar || entry.mark == Mark::OutlinedBar) {
            const QRectF where(x, middle - barSize.height() / 2, barSize.width(), barSize.height());
            drawLaneBar(
                painter, where, theme, entry.mark == Mark::Bar ? client::LaneState::Active : client::LaneState::Ready);
        } else {
            QPen pen(theme[entry.color], 2, Qt::SolidLine, Qt::FlatCap);
            if (entry.mark == Mark::DashedLine)
                pen.setDashPattern({3, 1.5});
            painter.setPen(pen);
            painter.drawLine(QPointF(x, middle), QPointF(x + width, middle));
        }
        x += width + markGap;
        painter.setPen(theme[Token::TextSecondary]);
        const qreal words = metrics.horizontalAdvance(entry.words);
        painter.drawText(QRectF(x, 0, words + 1, height()), Qt::AlignLeft | Qt::AlignVCenter, entry.words);
        x += words + entryGap;
    }
}

} // namespace lanline::ui
