#include "ui/widgets/keycap.h"

#include "ui/theme/type.h"

#include <QPainter>

namespace lanline::ui {

namespace {

constexpr int capHeight = 18;
constexpr int sidePadding = 6;

} // namespace

KeyCap::KeyCap(const ThemeController &themes, const QKeySequence &keys, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_text(keys.toString(QKeySequence::NativeText).replace(u'+', u' '))
{
    setFont(fontFor(TextStyle::Hint));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

QSize KeyCap::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2 * sidePadding, capHeight};
}

void KeyCap::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme[Token::Border], 1));
    painter.setBrush(theme[Token::Surface]);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::tag, radius::tag);
    painter.setPen(theme[Token::TextSecondary]);
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace lanline::ui
