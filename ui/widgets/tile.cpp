#include "ui/widgets/tile.h"

#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int sidePadding = 12;
constexpr qreal topPadding = 8;
constexpr int preferredWidth = 148;
constexpr int narrowest = 88;
constexpr qreal unitGap = 4;

int tileHeight()
{
    return qCeil(lineHeightOf(TextStyle::Small) + lineHeightOf(TextStyle::Figure) + lineHeightOf(TextStyle::Micro)
        + 2 * topPadding + 2);
}

} // namespace

Tile::Tile(const ThemeController &themes, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_name(name)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    describe();
}

QSize Tile::sizeHint() const
{
    return {preferredWidth, tileHeight()};
}

QSize Tile::minimumSizeHint() const
{
    return {narrowest, tileHeight()};
}

void Tile::setName(const QString &name)
{
    if (m_name == name)
        return;
    m_name = name;
    describe();
}

void Tile::setValue(const QString &value, Token tone)
{
    if (m_value == value && m_tone == tone)
        return;
    m_value = value;
    m_tone = tone;
    describe();
}

void Tile::setCaption(const QString &caption)
{
    if (m_caption == caption)
        return;
    m_caption = caption;
    describe();
}

void Tile::setOpens(bool opens)
{
    m_opens = opens;
    setFocusPolicy(opens ? Qt::TabFocus : Qt::NoFocus);
    setCursor(opens ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Tile::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_opens && event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
    else
        QWidget::mouseReleaseEvent(event);
}

void Tile::keyPressEvent(QKeyEvent *event)
{
    const bool isOurs =
        event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_opens && isOurs)
        Q_EMIT clicked();
    else
        QWidget::keyPressEvent(event);
}

void Tile::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    update();
}

void Tile::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_showsFocus = false;
    update();
}

void Tile::describe()
{
    setAccessibleName(m_name);
    setAccessibleDescription(u"%1, %2"_s.arg(m_value.isEmpty() ? tr("No data") : m_value, m_caption));
    update();
}

void Tile::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme[Token::Hairline], 1 / devicePixelRatioF()));
    painter.setBrush(theme[Token::Surface]);
    const qreal half = 0.5 / devicePixelRatioF();
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius::card, radius::card);
    if (m_showsFocus) {
        painter.setPen(QPen(theme[Token::Accent], 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius::card, radius::card);
    }

    const qreal width = this->width() - 2 * sidePadding;
    qreal y = topPadding;
    const auto line = [&](TextStyle style) {
        const QRectF row(sidePadding, y, width, lineHeightOf(style));
        y += row.height();
        return row;
    };
    const auto drawWords = [&](TextStyle style, Token color, const QString &words) {
        painter.setFont(fontFor(style));
        painter.setPen(theme[color]);
        const QRectF row = line(style);
        drawTabular(painter, row, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(words, Qt::ElideRight, row.width()));
    };

    drawWords(TextStyle::Small, Token::TextSecondary, m_name);

    const QRectF figure = line(TextStyle::Figure);
    const qsizetype unitAt = m_value.indexOf(QChar::Nbsp);
    const QString value = m_value.isEmpty() ? u"–"_s : m_value.left(unitAt);
    const QFont figureFont = fontFor(TextStyle::Figure);
    painter.setFont(figureFont);
    painter.setPen(theme[m_value.isEmpty() ? Token::TextTertiary : m_tone]);
    drawTabular(painter, figure, Qt::AlignLeft | Qt::AlignVCenter, value);
    if (unitAt >= 0) {
        const QFont unitFont = fontFor(TextStyle::Small, QFont::Medium);
        // Both stand on the figure's base line.
        const QFontMetricsF large(figureFont);
        const qreal baseLine = figure.center().y() + (large.ascent() - large.descent()) / 2;
        painter.setFont(unitFont);
        painter.setPen(theme[m_tone == Token::Text ? Token::TextSecondary : m_tone]);
        painter.drawText(
            QPointF(figure.left() + tabularWidth(figureFont, value) + unitGap, baseLine), m_value.mid(unitAt + 1));
    }

    drawWords(TextStyle::Micro, Token::TextTertiary, m_caption);
}

} // namespace lanline::ui
