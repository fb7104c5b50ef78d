#include "ui/delegates/bubblelayout.h"

#include "ui/theme/type.h"
#include "ui/words.h"

#include <QFontMetricsF>
#include <QStyle>

#include <cmath>

namespace lanline::ui {

namespace {

constexpr qreal widestBubble = 520;
constexpr qreal widestShare = 0.64;
constexpr qreal narrowestText = 60;
constexpr qreal sidePadding = 12;
constexpr qreal topPadding = 5;
constexpr qreal avatarGap = 8;
constexpr qreal groupGap = 7;
constexpr qreal insideGap = 2;
constexpr qreal metaGap = 12;
constexpr qreal metaRight = 2; ///< time and state reach this far into the padding
constexpr qreal newLineHeight = 24;
constexpr qreal noticePadding = 8;
constexpr qreal asideGap = 10;
constexpr int asideBesideFrom = 640;
constexpr qreal tallLine = 1.25;
constexpr char16_t firstWide = 0x1100; ///< letters from here on are mostly as wide as high
constexpr qreal narrowLetter = 0.52; ///< of its height, a letter of prose with its share of spaces

QFont metaFont()
{
    return fontFor(TextStyle::Micro);
}

qreal smallWidth(const QString &text)
{
    return std::ceil(QFontMetricsF(fontFor(TextStyle::Small)).horizontalAdvance(text));
}

/// All that stands beside a message that was not sent.
qreal asideWidth(const BubbleKey &key)
{
    qreal width = 0;
    for (const QString &words : {key.aside, TimelineModel::tr("Retry"), TimelineModel::tr("Copy"), key.discard})
        width += asideGap + smallWidth(words);
    return width;
}

/// What stands above a row's bubble or notice.
qreal headHeight(const BubbleKey &key)
{
    const qreal day =
        key.startsDay ? BubbleLayout::dayTop + BubbleLayout::dayHeight + BubbleLayout::dayTop - groupGap : 0;
    return day + (key.isFirstNew ? newLineHeight : 0)
        + (!key.isMessage         ? noticePadding
                : key.startsGroup ? groupGap
                                  : insideGap);
}

/// Worked out once: fonts do not change while the program runs.
struct LineHeights
{
    qreal message = lineHeightOf(TextStyle::Message);
    qreal base = lineHeightOf(TextStyle::Base);
    qreal small = lineHeightOf(TextStyle::Small);
    qreal em = QFontMetricsF(fontFor(TextStyle::Message)).fontDpi() * fontFor(TextStyle::Message).pointSizeF() / 72.0;
    qreal meta = std::ceil(QFontMetricsF(metaFont()).averageCharWidth());
};

const LineHeights &lineHeights()
{
    static const LineHeights heights;
    return heights;
}

QRectF turned(const QRectF &rect, const QRectF &row, Qt::LayoutDirection direction)
{
    if (direction == Qt::LeftToRight || rect.isNull())
        return rect;
    return QRectF(row.left() + row.right() - rect.right(), rect.top(), rect.width(), rect.height());
}

} // namespace

BubbleKey::BubbleKey(const TimelineEntry &entry, int rowWidth, const protocol::Limits &limits)
    : widestText(qMax(narrowestText, std::floor(qMin(widestBubble, rowWidth * widestShare)) - 2 * sidePadding))
    , text(entry.shownText())
    , meta(entry.isEdited ? TimelineModel::tr("edited") + u' ' + timeText(entry.time) : timeText(entry.time))
    , isMessage(entry.isMessage())
    , hasMark(entry.isOwn && !(entry.isDeleted && entry.state == client::SendState::Stored))
    , isOwn(entry.isOwn)
    , startsDay(entry.startsDay)
    , startsGroup(entry.startsGroup)
    , isFirstNew(entry.isFirstNew)
{
    if (entry.isMessage() && entry.state == client::SendState::Failed) {
        aside = refusalWords(entry.refusal, limits);
        // A message goes, an edit of one leaves it as it was.
        discard = entry.commandId == entry.messageId ? TimelineModel::tr("Delete") : TimelineModel::tr("Discard");
        asideRoom = rowWidth;
    }
}

bool BubbleMeasure::holdsFor(const BubbleKey &other) const
{
    if (key == other)
        return true;
    BubbleKey sameWidth = other;
    sameWidth.widestText = key.widestText;
    return neededText >= 0 && neededText <= other.widestText && key == sameWidth;
}

BubbleLayout::BubbleLayout(const TimelineEntry &entry, const BubbleKey &key, const Theme &theme)
{
    m_measure.key = key;
    m_bubbleTop = headHeight(key);
    if (!key.isMessage) {
        m_measure.height = m_bubbleTop + lineHeightOf(TextStyle::Small) + noticePadding;
        m_measure.neededText = 0;
        return;
    }
    layOutText(key.text, theme);
    placeMeta();
    if (!key.isOwn && key.startsGroup)
        widenForName(entry);
    m_measure.height = m_bubbleTop + topPadding + m_nameHeight + m_inner.height() + topPadding;
    if (!key.aside.isEmpty()) {
        m_isAsideBelow = key.asideRoom < asideBesideFrom
            || m_inner.width() + 2 * sidePadding + asideWidth(key) + 2 * sideMargin > key.asideRoom;
        if (m_isAsideBelow)
            m_measure.height += insideGap + lineHeightOf(TextStyle::Small);
    }
    m_measure.height = std::ceil(m_measure.height);
}

qreal BubbleLayout::estimatedHeight(const BubbleKey &key)
{
    const LineHeights &heights = lineHeights();
    if (!key.isMessage)
        return headHeight(key) + heights.small + noticePadding;
    int lines = 0;
    qreal width = 0; // of the last line
    const auto endLine = [&] {
        const qreal full = std::floor(width / key.widestText);
        lines += 1 + int(full);
        width -= full * key.widestText;
    };
    for (const QChar letter : key.text) {
        if (letter == u'\n') {
            endLine();
            width = 0;
        } else if (!letter.isLowSurrogate()) {
            width += letter.unicode() >= firstWide ? heights.em : heights.em * narrowLetter;
        }
    }
    endLine();
    const qreal meta = qreal(key.meta.size()) * heights.meta + (key.hasMark ? stateGap + stateIcon : 0);
    const bool metaFits = width + metaGap + meta <= key.widestText + metaRight;
    const qreal name = !key.isOwn && key.startsGroup ? heights.base : 0;
    return std::ceil(headHeight(key) + 2 * topPadding + name + lines * heights.message + (metaFits ? 0 : stateIcon));
}

void BubbleLayout::layOutText(const QString &text, const Theme &theme)
{
    QString lines = text;
    lines.replace(u'\n', QChar::LineSeparator);
    m_links = findLinks(text);
    m_isRightToLeft = text.isRightToLeft();

    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(m_isRightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(m_isRightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    m_text.setTextOption(option);
    m_text.setFont(fontFor(TextStyle::Message));
    m_text.setText(lines);
    m_text.setCacheEnabled(true);
    QList<QTextLayout::FormatRange> formats;
    for (const Link &link : m_links) {
        QTextCharFormat format;
        format.setForeground(theme[Token::Accent]);
        format.setFontUnderline(true);
        formats.append({int(link.start), int(link.length), format});
    }
    m_text.setFormats(formats);

    const qreal leastLine = lineHeightOf(TextStyle::Message);
    qreal y = 0;
    m_text.beginLayout();
    for (QTextLine line = m_text.createLine(); line.isValid(); line = m_text.createLine()) {
        line.setLineWidth(m_measure.key.widestText);
        // Han and emoji fit in a line of Latin; only a really tall script takes more.
        const bool isTall = line.height() > leastLine * tallLine;
        const qreal lineHeight = isTall ? std::ceil(line.height()) : leastLine;
        line.setPosition(QPointF(0, y + (lineHeight - line.height()) / 2));
        y += lineHeight;
        m_widestLine = qMax(m_widestLine, line.naturalTextWidth());
    }
    m_text.endLayout();
    m_widestLine = std::ceil(m_widestLine);
    m_isWrapped = m_text.lineCount() > lines.count(QChar::LineSeparator) + 1;
    m_inner = QSizeF(m_widestLine, y);
}

void BubbleLayout::placeMeta()
{
    const qreal state = m_measure.key.hasMark ? stateGap + stateIcon : 0;
    const QSizeF size(std::ceil(tabularWidth(metaFont(), m_measure.key.meta)) + state, stateIcon + 2);
    const QTextLine last = m_text.lineAt(m_text.lineCount() - 1);
    // A last line that runs the other way than the text as a whole may end anywhere.
    const qreal lastWidth = std::ceil(last.naturalTextWidth());
    const bool fits = lastWidth + metaGap + size.width() <= m_measure.key.widestText + metaRight;
    if (fits) {
        m_inner.setWidth(qMax(m_widestLine, lastWidth + metaGap + size.width() - metaRight));
    } else {
        m_inner.setWidth(qMax(m_widestLine, size.width()));
        m_inner.setHeight(m_inner.height() + size.height() - 2);
    }
    // Behind the last line's end, which for right-to-left text is at the left.
    const qreal x = fits && m_isRightToLeft ? -metaRight : m_inner.width() + metaRight - size.width();
    m_meta = QRectF(QPointF(x, m_inner.height() - size.height() + (fits ? 0 : 1)), size);
    if (fits && !m_isWrapped)
        m_measure.neededText = m_inner.width();
}

void BubbleLayout::widenForName(const TimelineEntry &entry)
{
    const QFontMetricsF metrics(fontFor(TextStyle::Base, QFont::DemiBold));
    const qreal width = qMin(std::ceil(metrics.horizontalAdvance(entry.author.name)), m_measure.key.widestText);
    m_nameHeight = lineHeightOf(TextStyle::Base);
    if (width <= m_inner.width())
        return;
    if (!m_isRightToLeft || m_meta.left() > 0)
        m_meta.translate(width - m_inner.width(), 0);
    m_inner.setWidth(width);
    if (m_measure.neededText >= 0)
        m_measure.neededText = qMax(m_measure.neededText, width);
}

BubblePlaces BubbleLayout::place(const QRectF &row, Qt::LayoutDirection direction) const
{
    const BubbleKey &key = m_measure.key;
    BubblePlaces places;
    qreal y = row.top();
    if (key.startsDay) {
        places.day = QRectF(row.left(), y + dayTop, row.width(), dayHeight);
        y = places.day.bottom() + dayTop - groupGap;
    }
    if (key.isFirstNew)
        places.newLine = QRectF(row.left() + sideMargin, y, row.width() - 2 * sideMargin, newLineHeight + groupGap);
    const qreal top = row.top() + m_bubbleTop;
    if (!key.isMessage) {
        places.notice = QRectF(row.left(), top, row.width(), lineHeightOf(TextStyle::Small));
        return places;
    }

    const QSizeF size(m_inner.width() + 2 * sidePadding, topPadding + m_nameHeight + m_inner.height() + topPadding);
    const qreal left =
        key.isOwn ? row.right() - sideMargin - size.width() : row.left() + sideMargin + avatarSize + avatarGap;
    const QRectF bubble(QPointF(left, top), size);
    places.bubble = turned(bubble, row, direction);
    const QRectF avatar(row.left() + sideMargin, bubble.bottom() - avatarSize, avatarSize, avatarSize);
    places.avatar = key.isOwn ? QRectF() : turned(avatar, row, direction);

    const QPointF inner = places.bubble.topLeft() + QPointF(sidePadding, topPadding);
    if (m_nameHeight > 0)
        places.name = QRectF(inner, QSizeF(m_inner.width(), m_nameHeight));
    const QPointF text = inner + QPointF(0, m_nameHeight);
    places.text = m_isRightToLeft ? text - QPointF(key.widestText - m_inner.width(), 0) : text;
    places.meta = m_meta.translated(text);

    if (!key.aside.isEmpty()) {
        const qreal height = lineHeightOf(TextStyle::Small);
        const qreal asideY = m_isAsideBelow ? bubble.bottom() + insideGap : bubble.bottom() - height - topPadding - 2;
        qreal x = m_isAsideBelow ? bubble.right() : bubble.left() - asideGap;
        const auto before = [&](const QString &words) {
            const qreal width = smallWidth(words);
            const QRectF rect(qMax(row.left() + space::small, x - width), asideY, width, height);
            x = rect.left() - asideGap;
            return turned(rect, row, direction);
        };
        places.discard = before(key.discard);
        places.copy = before(TimelineModel::tr("Copy"));
        places.retry = before(TimelineModel::tr("Retry"));
        places.aside = before(key.aside);
    }
    return places;
}

BubbleLayout::Hit BubbleLayout::hit(const QPointF &position, const QRectF &row, Qt::LayoutDirection direction) const
{
    const BubblePlaces places = place(row, direction);
    constexpr qreal reach = 4;
    const auto isOn = [&](const QRectF &rect) {
        return !rect.isNull() && rect.adjusted(-reach, -reach, reach, reach).contains(position);
    };
    if (isOn(places.retry))
        return {Part::Retry, {}};
    if (isOn(places.copy))
        return {Part::Copy, {}};
    if (isOn(places.discard))
        return {Part::Delete, {}};
    if (!places.bubble.contains(position))
        return {};

    const QPointF inText = position - places.text;
    for (int i = 0; i < m_text.lineCount(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        if (!line.naturalTextRect().contains(inText))
            continue;
        const int at = line.xToCursor(inText.x(), QTextLine::CursorOnCharacter);
        for (const Link &link : m_links) {
            if (at >= link.start && at < link.start + link.length)
                return {Part::Link, link.url};
        }
    }
    return {Part::Bubble, {}};
}

} // namespace lanline::ui
