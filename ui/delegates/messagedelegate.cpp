#include "ui/delegates/messagedelegate.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"
#include "ui/widgets/avatar.h"
#include "ui/words.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

namespace lanline::ui {

namespace {

constexpr int layoutsKept = 400;
constexpr int measuresKept = 4 * TimelineModel::mostRows;
constexpr qreal tightCorner = 4;
constexpr qreal pillPadding = 10;
constexpr qreal newLineGap = 12;
constexpr qreal newLineOpacity = 0.45;
constexpr qreal focusGap = 1;
constexpr qreal focusWidth = 2;
constexpr int markSize = 14;
constexpr qreal riseHeight = 6;

/// The corner at the author's side is tight at the bottom, and at the top from a group's second bubble on.
QPainterPath bubblePath(const QRectF &rect, bool isAuthorRight, bool startsGroup)
{
    const qreal round = radius::bubble;
    const qreal top = startsGroup ? round : tightCorner;
    const qreal topLeft = isAuthorRight ? round : top;
    const qreal topRight = isAuthorRight ? top : round;
    const qreal bottomLeft = isAuthorRight ? round : tightCorner;
    const qreal bottomRight = isAuthorRight ? tightCorner : round;

    QPainterPath path;
    path.moveTo(rect.left() + topLeft, rect.top());
    path.lineTo(rect.right() - topRight, rect.top());
    path.arcTo(rect.right() - 2 * topRight, rect.top(), 2 * topRight, 2 * topRight, 90, -90);
    path.lineTo(rect.right(), rect.bottom() - bottomRight);
    path.arcTo(
        rect.right() - 2 * bottomRight, rect.bottom() - 2 * bottomRight, 2 * bottomRight, 2 * bottomRight, 0, -90);
    path.lineTo(rect.left() + bottomLeft, rect.bottom());
    path.arcTo(rect.left(), rect.bottom() - 2 * bottomLeft, 2 * bottomLeft, 2 * bottomLeft, 270, -90);
    path.lineTo(rect.left(), rect.top() + topLeft);
    path.arcTo(rect.left(), rect.top(), 2 * topLeft, 2 * topLeft, 180, -90);
    path.closeSubpath();
    return path;
}

void drawNewLine(QPainter &painter, const QRectF &rect, const Theme &theme)
{
    const QString word = TimelineModel::tr("New", "messages since the last visit");
    painter.setFont(fontFor(TextStyle::Micro, QFont::DemiBold));
    const qreal width = QFontMetricsF(painter.font()).horizontalAdvance(word);
    painter.setPen(theme[Token::Accent]);
    painter.drawText(rect, Qt::AlignCenter, word);
    QColor line = theme[Token::Accent];
    line.setAlphaF(newLineOpacity);
    painter.setPen(QPen(line, 0));
    const qreal y = std::floor(rect.center().y()) + 0.5;
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.center().x() - width / 2 - newLineGap, y));
    painter.drawLine(QPointF(rect.center().x() + width / 2 + newLineGap, y), QPointF(rect.right(), y));
}

void drawNotice(QPainter &painter, const QRectF &rect, const Theme &theme, const TimelineEntry &entry)
{
    constexpr qreal icon = 13;
    constexpr qreal gap = 6;
    painter.setFont(fontFor(TextStyle::Small));
    const QFontMetricsF metrics(painter.font());
    const QString time = timeText(entry.time);
    const qreal timeWidth = tabularWidth(painter.font(), time);
    const qreal available = rect.width() - 2 * BubbleLayout::sideMargin - icon - 2 * gap - timeWidth;
    const QString words = metrics.elidedText(entry.text, Qt::ElideRight, available);
    const qreal wordsWidth = metrics.horizontalAdvance(words);
    const bool isMirrored = painter.layoutDirection() == Qt::RightToLeft;

    const qreal total = icon + gap + wordsWidth + gap + timeWidth;
    const qreal left = rect.center().x() - total / 2;
    const auto part = [&](qreal offset, qreal width) {
        const qreal x = isMirrored ? rect.center().x() + total / 2 - offset - width : left + offset;
        return QRectF(x, rect.top(), width, rect.height());
    };
    painter.setPen(theme[Token::TextTertiary]);
    drawIcon(painter, part(0, icon), icons::Failover, theme[Token::TextTertiary]);
    painter.drawText(part(icon + gap, wordsWidth), Qt::AlignCenter, words);
    drawTabular(painter, part(total - timeWidth, timeWidth), Qt::AlignVCenter | Qt::AlignLeft, time);
}

void drawStateMark(QPainter &painter, const QRectF &rect, const Theme &theme, client::SendState state)
{
    switch (state) {
    case client::SendState::Waiting:
        return drawIcon(painter, rect, icons::Waiting, theme[Token::BubbleOwnMeta]);
    case client::SendState::Sending:
        return drawIcon(painter, rect, icons::Sending, theme[Token::BubbleOwnMeta]);
    case client::SendState::Stored:
        return drawIcon(painter, rect, icons::Stored, theme[Token::BubbleOwnMeta]);
    case client::SendState::Discarded:
        return;
    case client::SendState::Failed: {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme[Token::ErrorMark]);
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5));
        // The mark is drawn, not set: a glyph would sit differently in every font.
        painter.setPen(QPen(theme[Token::Surface], 1.75, Qt::SolidLine, Qt::RoundCap));
        const QPointF middle = rect.center();
        painter.drawLine(middle + QPointF(0, -3.2), middle + QPointF(0, 0.6));
        painter.drawPoint(middle + QPointF(0, 3.3));
        return;
    }
    }
}

void drawMeta(
    QPainter &painter, const QRectF &rect, const Theme &theme, const TimelineEntry &entry, const BubbleKey &key)
{
    painter.setFont(fontFor(TextStyle::Micro));
    painter.setPen(theme[entry.isOwn ? Token::BubbleOwnMeta : Token::TextTertiary]);
    drawTabular(painter, rect, Qt::AlignLeft | Qt::AlignVCenter, key.meta);
    if (key.hasMark) {
        const QRectF mark(rect.right() - markSize, rect.center().y() - markSize / 2.0, markSize, markSize);
        drawStateMark(painter, mark, theme, entry.state);
    }
}

void drawAside(QPainter &painter, const BubblePlaces &places, const Theme &theme, const BubbleKey &key)
{
    QFont font = fontFor(TextStyle::Small);
    painter.setFont(font);
    painter.setPen(theme[Token::ErrorText]);
    painter.drawText(places.aside, Qt::AlignCenter, key.aside);
    font.setUnderline(true);
    painter.setFont(font);
    painter.setPen(theme[Token::Accent]);
    painter.drawText(places.retry, Qt::AlignCenter, TimelineModel::tr("Retry"));
    painter.drawText(places.copy, Qt::AlignCenter, TimelineModel::tr("Copy"));
    painter.drawText(places.discard, Qt::AlignCenter, key.discard);
}

TimelineEntry entryOf(const QModelIndex &index)
{
    // This delegate's view shows nothing but timelines; a QVariant per row and layout would be felt in long ones.
    return static_cast<const TimelineModel *>(index.model())->entry(index.row());
}

} // namespace

void drawDayPill(QPainter &painter, const QRectF &rect, const Theme &theme, const QString &text)
{
    painter.setFont(fontFor(TextStyle::Micro, QFont::Medium));
    QRectF pill(
        0, 0, std::ceil(QFontMetricsF(painter.font()).horizontalAdvance(text)) + 2 * pillPadding, rect.height());
    pill.moveCenter(rect.center());
    pill.moveLeft(std::floor(pill.left()));
    painter.setPen(QPen(theme[Token::BubbleLine], 1));
    painter.setBrush(theme[Token::Surface]);
    const QRectF edge = pill.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2);
    painter.setPen(theme[Token::TextSecondary]);
    painter.drawText(pill, Qt::AlignCenter, text);
}

MessageDelegate::MessageDelegate(const ThemeController &themes, QAbstractScrollArea *view)
    : QStyledItemDelegate(view)
    , m_themes(themes)
    , m_layouts(layoutsKept)
    , m_measures(measuresKept)
    , m_view(view)
{
    // Layouts hold their links' colour.
    connect(&themes, &ThemeController::themeChanged, this, [this] { m_layouts.clear(); });
}

void MessageDelegate::forget()
{
    m_layouts.clear();
    m_measures.clear();
}

void MessageDelegate::setAppearing(int firstRow, qreal progress)
{
    m_appearingFrom = firstRow;
    m_appeared = progress;
}

int MessageDelegate::widthIn(const QAbstractScrollArea &view)
{
    const QScrollBar *bar = view.verticalScrollBar();
    return view.viewport()->width() + (bar->isVisible() ? bar->width() : 0);
}

QRectF MessageDelegate::rowOf(const QRect &item) const
{
    const int width = widthIn(*m_view);
    const bool isMirrored = m_view->layoutDirection() == Qt::RightToLeft;
    return QRectF(isMirrored ? item.right() + 1 - width : item.left(), item.top(), width, item.height());
}

const BubbleLayout &MessageDelegate::layoutOf(const TimelineEntry &entry, int rowWidth) const
{
    const BubbleKey key(entry, rowWidth, m_limits);
    BubbleLayout *layout = m_layouts.object(entry.messageId);
    if (!layout || !layout->measure().holdsFor(key)) {
        layout = new BubbleLayout(entry, key, m_themes.theme());
        m_layouts.insert(entry.messageId, layout);
        m_measures.insert(entry.messageId, new BubbleMeasure(layout->measure()));
    }
    return *layout;
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const TimelineEntry entry = entryOf(index);
    const BubbleKey key(entry, widthIn(*m_view), m_limits);
    const BubbleMeasure *measured = m_measures.object(entry.messageId);
    return {1, int(measured && measured->holdsFor(key) ? measured->height : BubbleLayout::estimatedHeight(key))};
}

int MessageDelegate::measuredHeight(const QModelIndex &index) const
{
    const int rowWidth = widthIn(*m_view);
    const TimelineEntry entry = entryOf(index);
    const BubbleMeasure *measured = m_measures.object(entry.messageId);
    if (measured && measured->holdsFor(BubbleKey(entry, rowWidth, m_limits)))
        return int(measured->height);
    return int(layoutOf(entry, rowWidth).measure().height);
}

BubbleLayout::Hit MessageDelegate::hitAt(const QPointF &position, const QRect &item, const QModelIndex &index) const
{
    const QRectF row = rowOf(item);
    return layoutOf(entryOf(index), int(row.width())).hit(position, row, m_view->layoutDirection());
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = m_themes.theme();
    const TimelineEntry entry = entryOf(index);
    const QRectF row = rowOf(option.rect);
    const BubbleLayout &layout = layoutOf(entry, int(row.width()));
    const BubblePlaces places = layout.place(row, option.direction);
    const bool isFailed = entry.isMessage() && entry.state == client::SendState::Failed;

    painter->save();
    painter->setLayoutDirection(option.direction);
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_appearingFrom >= 0 && index.row() >= m_appearingFrom) {
        painter->setOpacity(m_appeared);
        painter->translate(0, riseHeight * (1 - m_appeared));
    }
    if (!places.day.isNull() && index.row() != m_fixedDayRow)
        drawDayPill(*painter, places.day, theme, dayText(entry.day, QDate::currentDate()));
    if (!places.newLine.isNull())
        drawNewLine(*painter, places.newLine, theme);
    if (!entry.isMessage()) {
        drawNotice(*painter, places.notice, theme, entry);
        painter->restore();
        return;
    }

    const bool isAuthorRight = entry.isOwn == (option.direction == Qt::LeftToRight);
    const bool hasEdge = !entry.isOwn || isFailed;
    painter->setPen(hasEdge ? QPen(theme[isFailed ? Token::ErrorMark : Token::BubbleLine], 1) : QPen(Qt::NoPen));
    painter->setBrush(theme[entry.isOwn ? Token::BubbleOwn : Token::BubbleOther]);
    const QRectF edge = hasEdge ? places.bubble.adjusted(0.5, 0.5, -0.5, -0.5) : places.bubble;
    painter->drawPath(bubblePath(edge, isAuthorRight, entry.startsGroup));

    if (!entry.isOwn && entry.endsGroup)
        drawAvatar(*painter, places.avatar, theme, entry.author);
    if (!places.name.isNull()) {
        painter->setFont(fontFor(TextStyle::Base, QFont::DemiBold));
        painter->setPen(theme.authorColor(entry.author.hue, entry.author.isGuest));
        const QString name =
            QFontMetricsF(painter->font()).elidedText(entry.author.name, Qt::ElideRight, places.name.width());
        painter->drawText(places.name, Qt::AlignVCenter | Qt::AlignLeading, name);
    }
    const Token quiet = entry.isOwn ? Token::BubbleOwnMeta : Token::TextTertiary;
    painter->setPen(theme[entry.isDeleted ? quiet : Token::Text]);
    layout.text().draw(painter, places.text);
    drawMeta(*painter, places.meta, theme, entry, layout.measure().key);
    if (isFailed)
        drawAside(*painter, places, theme, layout.measure().key);

    if (index.row() == m_focusRow) {
        const qreal out = focusGap + focusWidth / 2;
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(theme[Token::Accent], focusWidth));
        painter->drawPath(bubblePath(places.bubble.adjusted(-out, -out, out, out), isAuthorRight, entry.startsGroup));
    }
    painter->restore();
}

} // namespace lanline::ui
