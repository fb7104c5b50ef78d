#include "ui/widgets/menubutton.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"

#include <QPainter>

namespace lanline::ui {

namespace {

constexpr qreal chevron = 14;
constexpr qreal chevronMargin = 10;

} // namespace

MenuButton::MenuButton(const ThemeController &themes, QLatin1StringView icon, const QString &text, QWidget *parent)
    : QPushButton(u'\u2009' + text, parent) // the style leaves too little between icon and word
    , m_themes(themes)
{
    setFont(fontFor(TextStyle::Base, QFont::Medium));
    setProperty("menu", true);
    setAccessibleName(text);
    setAutoDefault(false);
    const auto paint = [this, icon](const Theme &theme) {
        setIcon(themedIcon(icon, theme[Token::Text], theme[Token::DisabledText]));
    };
    connect(&themes, &ThemeController::themeChanged, this, paint);
    paint(themes.theme());
}

void MenuButton::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    QPainter painter(this);
    const qreal left = layoutDirection() == Qt::RightToLeft ? chevronMargin : width() - chevronMargin - chevron;
    drawIcon(painter, QRectF(left, (height() - chevron) / 2, chevron, chevron), icons::JumpToLatest,
        m_themes.theme()[isEnabled() ? Token::TextSecondary : Token::DisabledText]);
}

} // namespace lanline::ui
