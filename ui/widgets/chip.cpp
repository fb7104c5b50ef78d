#include "ui/widgets/chip.h"

#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QPainter>

namespace lanline::ui {

namespace {

constexpr qreal padding = 8;
constexpr qreal dot = 6;
constexpr qreal dotGap = 5;
constexpr int chipHeight = 20;

QFont chipFont()
{
    return fontFor(TextStyle::Small, QFont::DemiBold);
}

} // namespace

Chip::Chip(const ThemeController &themes, const QString &word, Token ground, Token mark, Token words, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_word(word)
    , m_ground(ground)
    , m_mark(mark)
    , m_words(words)
{
    setAccessibleName(word);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

QSize Chip::sizeHint() const
{
    const QFontMetricsF metrics(chipFont());
    return {qCeil(2 * padding + dot + dotGap + metrics.horizontalAdvance(m_word)),
        qMax(chipHeight, qCeil(metrics.height() + 4))};
}

void Chip::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[m_ground]);
    painter.drawRoundedRect(QRectF(rect()), height() / 2.0, height() / 2.0);
    painter.setBrush(theme[m_mark]);
    painter.drawEllipse(QRectF(padding, (height() - dot) / 2, dot, dot));
    painter.setFont(chipFont());
    painter.setPen(theme[m_words]);
    painter.drawText(
        QRectF(rect()).adjusted(padding + dot + dotGap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_word);
}

} // namespace lanline::ui
