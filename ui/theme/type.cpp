#include "ui/theme/type.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QStringList>
#include <QTextLayout>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

struct StyleRow
{
    TextStyle style;
    qreal points;
    qreal line; ///< line height over font size
    QFont::Weight weight;
    qreal letterSpacing; ///< percent
};

constexpr std::array styleTable{
    StyleRow{TextStyle::Title, 18, 1.25, QFont::DemiBold, 100},
    StyleRow{TextStyle::Figure, 15, 1.3, QFont::DemiBold, 99},
    StyleRow{TextStyle::Verdict, 14.25, 1.37, QFont::DemiBold, 100},
    StyleRow{TextStyle::Heading, 11.25, 1.34, QFont::DemiBold, 100},
    StyleRow{TextStyle::Message, 10.5, 1.43, QFont::Normal, 100},
    StyleRow{TextStyle::Base, 9.75, 1.39, QFont::Normal, 100},
    StyleRow{TextStyle::Code, 9.4, 1.44, QFont::Normal, 100},
    StyleRow{TextStyle::Small, 9, 1.34, QFont::Normal, 100},
    StyleRow{TextStyle::Micro, 8.25, 1.28, QFont::Normal, 100},
    StyleRow{TextStyle::Hint, 7.875, 1.3, QFont::Normal, 100},
    StyleRow{TextStyle::Tiny, 7.5, 1.2, QFont::Normal, 100},
};

const StyleRow &rowOf(TextStyle style)
{
    return styleTable[std::size_t(style)];
}

// Emoji stand before CJK, whose fonts carry black-and-white emoji, and after Latin, because the emoji font has digits.
QStringList familiesOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Title:
    case TextStyle::Figure:
    case TextStyle::Verdict:
        return {u"Inter Display"_s, u"Inter"_s, u"Noto Sans"_s, u"Noto Color Emoji"_s, u"Noto Sans CJK SC"_s};
    case TextStyle::Code:
        return {u"Noto Sans Mono"_s, u"DejaVu Sans Mono"_s, u"Noto Color Emoji"_s, u"Noto Sans Mono CJK SC"_s};
    default:
        return {u"Inter"_s, u"Noto Sans"_s, u"Noto Color Emoji"_s, u"Noto Sans CJK SC"_s};
    }
}

qreal widestDigit(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = qMax(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// Calls `onDigit(QChar)` for each digit and `onWords(QString)` for what stands between them.
template <class OnDigit, class OnWords>
void forEachRun(const QString &text, OnDigit onDigit, OnWords onWords)
{
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !isAsciiDigit(text[i]))
            continue;
        if (i > begin)
            onWords(text.mid(begin, i - begin));
        if (i < text.size())
            onDigit(text[i]);
        begin = i + 1;
    }
}

} // namespace

QFont fontFor(TextStyle style, QFont::Weight weight)
{
    const StyleRow &row = rowOf(style);
    QFont font;
    font.setFamilies(familiesOf(style));
    font.setPointSizeF(row.points);
    font.setWeight(weight == QFont::Normal ? row.weight : weight);
    if (row.letterSpacing != 100)
        font.setLetterSpacing(QFont::PercentageSpacing, row.letterSpacing);
    return font;
}

qreal lineHeightOf(TextStyle style)
{
    const QFontMetricsF metrics(fontFor(style));
    // A font's em is not in its metrics; points at the font's own resolution give it.
    const qreal em = metrics.fontDpi() * rowOf(style).points / 72.0;
    return qMax(qRound(em * rowOf(style).line) * 1.0, metrics.capHeight() * 1.5);
}

qreal tabularWidth(const QFont &font, const QString &text)
{
    const QFontMetricsF metrics(font);
    const qreal digitWidth = widestDigit(metrics);
    qreal width = 0;
    forEachRun(
        text, [&](QChar) { width += digitWidth; },
        [&](const QString &words) { width += metrics.horizontalAdvance(words); });
    return width;
}

void drawTabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    const qreal digitWidth = widestDigit(metrics);
    const qreal width = tabularWidth(painter.font(), text);

    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    qreal baseLine = rect.top() + metrics.ascent();
    if (alignment & Qt::AlignVCenter)
        baseLine = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    else if (alignment & Qt::AlignBottom)
        baseLine = rect.bottom() - metrics.descent();

    // Runs are placed from left to right here, so none may turn by itself.
    const Qt::LayoutDirection direction = painter.layoutDirection();
    painter.setLayoutDirection(Qt::LeftToRight);
    forEachRun(
        text,
        [&](QChar digit) {
            painter.drawText(QPointF(x + (digitWidth - metrics.horizontalAdvance(digit)) / 2, baseLine), digit);
            x += digitWidth;
        },
        [&](const QString &words) {
            painter.drawText(QPointF(x, baseLine), words);
            x += metrics.horizontalAdvance(words);
        });
    painter.setLayoutDirection(direction);
}

Qt::Alignment startAlignment()
{
    const bool isRightToLeft = QGuiApplication::layoutDirection() == Qt::RightToLeft;
    return Qt::AlignAbsolute | Qt::AlignVCenter | (isRightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

qreal drawParagraph(QPainter *painter, const QPointF &topLeft, qreal width, TextStyle style, const QString &text)
{
    QTextLayout layout(text, fontFor(style));
    const qreal lineHeight = lineHeightOf(style);
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y + (lineHeight - line.height()) / 2});
        y += lineHeight;
    }
    layout.endLayout();
    if (painter)
        layout.draw(painter, topLeft);
    return y;
}

} // namespace lanline::ui
