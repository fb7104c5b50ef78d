#include "ui/widgets/familychip.h"

#include "ui/models/diagnosis.h"
#include "ui/theme/type.h"
#include "ui/widgets/familylook.h"

#include <QFontMetricsF>
#include <QPainter>

namespace lanline::ui {

namespace {

constexpr qreal padding = 8;
constexpr qreal iconSize = 13;
constexpr qreal iconGap = 5;
constexpr int chipHeight = 22;

QFont chipFont()
{
    return fontFor(TextStyle::Small, QFont::DemiBold);
}

} // namespace

FamilyChip::FamilyChip(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    setFamily(m_family);
}

void FamilyChip::setFamily(client::Family family)
{
    if (family == m_family && !m_word.isEmpty())
        return;
    m_family = family;
    m_word = familyName(family);
    setAccessibleName(m_word);
    updateGeometry();
    update();
}

QSize FamilyChip::sizeHint() const
{
    const QFontMetricsF metrics(chipFont());
    return {qCeil(2 * padding + iconSize + iconGap + metrics.horizontalAdvance(m_word)),
        qMax(chipHeight, qCeil(metrics.height() + 4))};
}

void FamilyChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    const FamilyLook look = lookOf(m_family);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[look.tint]);
    painter.drawRoundedRect(QRectF(rect()), height() / 2.0, height() / 2.0);
    drawIcon(painter, QRectF(padding, (height() - iconSize) / 2, iconSize, iconSize), look.icon, theme[look.text]);
    painter.setFont(chipFont());
    painter.setPen(theme[look.text]);
    painter.drawText(
        QRectF(rect()).adjusted(padding + iconSize + iconGap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_word);
}

} // namespace lanline::ui
