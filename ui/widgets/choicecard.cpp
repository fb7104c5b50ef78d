#include "ui/widgets/choicecard.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"

#include <QFocusEvent>
#include <QFontMetricsF>
#include <QPainter>

namespace lanline::ui {

namespace {

constexpr qreal padding = 19;
constexpr qreal tileExtent = 42;
constexpr qreal iconExtent = 22;
constexpr qreal tileToTitle = 13;
constexpr qreal titleToWords = 3;
constexpr int preferredWidth = 254;
constexpr int leastHeight = 172;

} // namespace

ChoiceCard::ChoiceCard(const ThemeController &themes, QLatin1StringView icon, const QString &title,
    const QString &explanation, QWidget *parent)
    : QAbstractButton(parent)
    , m_themes(themes)
    , m_icon(icon)
    , m_explanation(explanation)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(explanation);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void ChoiceCard::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    update();
}

QSize ChoiceCard::sizeHint() const
{
    return {preferredWidth, heightForWidth(preferredWidth)};
}

QSize ChoiceCard::minimumSizeHint() const
{
    return {int(4 * tileExtent), leastHeight};
}

int ChoiceCard::heightForWidth(int width) const
{
    const qreal words = drawParagraph(nullptr, {}, width - 2 * padding, TextStyle::Base, m_explanation);
    const qreal height =
        2 * padding + tileExtent + tileToTitle + lineHeightOf(TextStyle::Heading) + titleToWords + words;
    return qMax(leastHeight, qCeil(height));
}

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const bool isMarked = m_isCurrent || m_hasKeyboardFocus;
    const qreal edge = isMarked ? 2 : 1;
    const QRectF frame = QRectF(rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2);
    const bool isHovered = underMouse();
    painter.setPen(QPen(theme[isMarked ? Token::Accent : isHovered ? Token::Border : Token::Hairline], edge));
    painter.setBrush(theme[isDown() ? Token::RowHover : Token::Surface]);
    painter.drawRoundedRect(frame, radius::tile, radius::tile);

    qreal y = padding;
    const QRectF tile(padding, y, tileExtent, tileExtent);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[m_isCurrent ? Token::Accent : Token::AccentTint]);
    painter.drawRoundedRect(tile, radius::tile, radius::tile);
    QRectF icon(0, 0, iconExtent, iconExtent);
    icon.moveCenter(tile.center());
    drawIcon(painter, icon, m_icon, theme[m_isCurrent ? Token::OnAccent : Token::Accent]);
    y += tileExtent + tileToTitle;

    const qreal width = this->width() - 2 * padding;
    painter.setFont(fontFor(TextStyle::Heading));
    painter.setPen(theme[Token::Text]);
    const QRectF title(padding, y, width, lineHeightOf(TextStyle::Heading));
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(painter.font()).elidedText(text(), Qt::ElideRight, width));
    y += title.height() + titleToWords;

    painter.setPen(theme[Token::TextSecondary]);
    drawParagraph(&painter, {padding, y}, width, TextStyle::Base, m_explanation);
}

void ChoiceCard::focusInEvent(QFocusEvent *event)
{
    m_hasKeyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    QAbstractButton::focusInEvent(event);
}

void ChoiceCard::focusOutEvent(QFocusEvent *event)
{
    m_hasKeyboardFocus = false;
    QAbstractButton::focusOutEvent(event);
}

void ChoiceCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace lanline::ui
