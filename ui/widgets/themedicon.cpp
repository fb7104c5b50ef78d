#include "ui/widgets/themedicon.h"

#include "ui/theme/icons.h"

#include <QPainter>

namespace lanline::ui {

ThemedIcon::ThemedIcon(const ThemeController &themes, QLatin1StringView icon, int extent, Token color, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_icon(icon)
    , m_extent(extent)
    , m_color(color)
{
    setFixedSize(extent, extent);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void ThemedIcon::setIcon(QLatin1StringView icon, Token color)
{
    m_icon = icon;
    m_color = color;
    update();
}

void ThemedIcon::setGround(Token ground, int tileExtent)
{
    m_ground = ground;
    setFixedSize(tileExtent, tileExtent);
    update();
}

void ThemedIcon::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    if (m_ground) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[*m_ground]);
        painter.drawRoundedRect(QRectF(rect()), radius::tile, radius::tile);
    }
    QRectF icon(0, 0, m_extent, m_extent);
    icon.moveCenter(QRectF(rect()).center());
    drawIcon(painter, icon, m_icon, theme[m_color]);
}

} // namespace lanline::ui
