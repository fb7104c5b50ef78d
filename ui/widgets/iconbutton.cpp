#include "ui/widgets/iconbutton.h"

#include "ui/theme/icons.h"

#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

IconButton::IconButton(const ThemeController &themes, QLatin1StringView icon, const QString &name, QWidget *parent)
    : QToolButton(parent)
    , m_themes(themes)
    , m_icon(icon)
{
    setAccessibleName(name);
    setToolTip(name);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(bar::iconButton, bar::iconButton);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void IconButton::setExtent(int button, int icon)
{
    setFixedSize(button, button);
    m_iconExtent = icon;
    update();
}

void IconButton::setTone(Token tone)
{
    m_tone = tone;
    update();
}

void IconButton::setPrimary(bool isPrimary)
{
    m_isPrimary = isPrimary;
    update();
}

void IconButton::setGlyph(QLatin1StringView icon, const QString &name)
{
    m_icon = icon;
    setAccessibleName(name);
    setToolTip(name);
    update();
}

void IconButton::setShortcutShown(const QKeySequence &shortcut)
{
    setToolTip(u"%1 (%2)"_s.arg(accessibleName(), shortcut.toString(QKeySequence::NativeText)));
}

void IconButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);

    const bool isHovered = underMouse() && isEnabled();
    Token icon = isEnabled() ? m_tone : Token::DisabledText;
    QColor ground = Qt::transparent;
    if (m_isPrimary) {
        icon = isEnabled() ? Token::OnAccent : Token::DisabledText;
        ground = theme[!isEnabled() ? Token::Sunken
                : isDown()          ? Token::AccentPressed
                : isHovered         ? Token::AccentHover
                                    : Token::Accent];
    } else if (isChecked() || isDown()) {
        ground = theme[Token::AccentTint];
        icon = isChecked() ? Token::Accent : icon;
    } else if (isHovered) {
        ground = theme[Token::RowHover];
    }
    painter.setBrush(ground);
    const qreal corner = m_isPrimary ? radius::card : radius::button;
    painter.drawRoundedRect(QRectF(rect()), corner, corner);

    QRectF iconRect(0, 0, m_iconExtent, m_iconExtent);
    iconRect.moveCenter(QRectF(rect()).center());
    drawIcon(painter, iconRect, m_icon, theme[icon]);
}

} // namespace lanline::ui
