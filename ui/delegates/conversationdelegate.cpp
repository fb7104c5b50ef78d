#include "ui/delegates/conversationdelegate.h"

#include "ui/models/conversationmodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/type.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/jumppill.h"
#include "ui/words.h"

#include <QLocale>
#include <QPainter>

namespace lanline::ui {

namespace {

constexpr int rowHeight = 58;
constexpr int inset = 8;
constexpr qreal tileSize = 40;
constexpr qreal tileLeft = 8;
constexpr qreal textLeft = 58;
constexpr qreal textRight = 10;
constexpr qreal firstLine = 11;
constexpr qreal secondLine = 30;
constexpr qreal partGap = 8;
constexpr qreal clockSize = 13;

/// Today the time, this week the day's name, before that the date.
QString whenText(WallTime at)
{
    const QDateTime when = localTime(at);
    const qint64 days = when.date().daysTo(QDate::currentDate());
    if (days <= 0)
        return timeText(at);
    const QLocale locale;
    if (days < 7)
        return locale.dayName(when.date().dayOfWeek(), QLocale::ShortFormat);
    return locale.toString(when.date(), ConversationModel::tr("d MMM", "date format"));
}

QString previewText(const Conversation &conversation)
{
    // A preview is one line.
    const QString text = conversation.lastText.simplified();
    if (conversation.isLastOwn)
        return ConversationModel::tr("You: %1").arg(text);
    return conversation.lastAuthor.isEmpty() ? QString()
                                             : ConversationModel::tr("%1: %2").arg(conversation.lastAuthor, text);
}

} // namespace

void drawRowFocus(QPainter &painter, const QRectF &row, const Theme &theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme[Token::Accent], 2));
    painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), radius::card, radius::card);
}

ConversationDelegate::ConversationDelegate(const ThemeController &themes, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_themes(themes)
{ }

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {1, rowHeight};
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = m_themes.theme();
    const auto conversation = index.data(ConversationModel::ConversationRole).value<Conversation>();
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isHovered = option.state & QStyle::State_MouseOver;
    const QRectF row = QRectF(option.rect).adjusted(inset, 0, -inset, 0);
    const auto place = [&](qreal left, qreal top, qreal width, qreal height) {
        const qreal x = option.direction == Qt::LeftToRight ? row.left() + left : row.right() - left - width;
        return QRectF(x, row.top() + top, width, height);
    };

    painter->save();
    painter->setLayoutDirection(option.direction);
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected || isHovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme[isSelected ? Token::AccentTint : Token::RowHover]);
        painter->drawRoundedRect(row, radius::card, radius::card);
    }
    drawRoomTile(*painter, place(tileLeft, (rowHeight - tileSize) / 2, tileSize, tileSize), theme, isSelected);

    // Line 1: name, clock while something waits, time
    const bool isUnread = conversation.unread > 0;
    const qreal firstHeight = lineHeightOf(TextStyle::Base);
    qreal end = row.width() - textRight;
    if (conversation.lastAt) {
        const QString when = whenText(*conversation.lastAt);
        painter->setFont(fontFor(TextStyle::Micro, isUnread ? QFont::Medium : QFont::Normal));
        painter->setPen(theme[isUnread ? Token::Accent : Token::TextTertiary]);
        const qreal width = tabularWidth(painter->font(), when);
        drawTabular(
            *painter, place(end - width, firstLine, width, firstHeight), Qt::AlignVCenter | Qt::AlignLeft, when);
        end -= width + partGap / 2;
    }
    if (conversation.waiting > 0) {
        drawIcon(*painter, place(end - clockSize, firstLine, clockSize, firstHeight), icons::Waiting,
            theme[Token::TextSecondary]);
        end -= clockSize + partGap / 2;
    }
    painter->setFont(fontFor(TextStyle::Base, isUnread ? QFont::DemiBold : QFont::Medium));
    painter->setPen(theme[Token::Text]);
    const qreal nameWidth = end - textLeft - partGap / 2;
    const QFontMetricsF nameMetrics(painter->font());
    painter->drawText(place(textLeft, firstLine, nameWidth, firstHeight), Qt::AlignVCenter | Qt::AlignLeading,
        nameMetrics.elidedText(conversation.name(), Qt::ElideRight, nameWidth));

    // Line 2: draft or preview, badge
    const qreal secondHeight = lineHeightOf(TextStyle::Base);
    end = row.width() - textRight;
    if (isUnread) {
        const qreal width = badgeWidth(conversation.unread);
        drawBadge(*painter, place(end - width, secondLine, width, secondHeight), theme, conversation.unread);
        end -= width + partGap;
    }
    painter->setFont(fontFor(TextStyle::Small));
    const QFontMetricsF metrics(painter->font());
    qreal start = textLeft;
    QString preview = previewText(conversation);
    painter->setPen(theme[Token::TextSecondary]);
    if (!conversation.draft.isEmpty() && !isSelected) {
        const QString word = ConversationModel::tr("Draft:");
        const qreal width = metrics.horizontalAdvance(word);
        painter->setPen(theme[Token::ErrorText]);
        painter->drawText(place(start, secondLine, width, secondHeight), Qt::AlignVCenter | Qt::AlignLeading, word);
        painter->setPen(theme[Token::TextSecondary]);
        start += width + partGap / 2;
        preview = conversation.draft.simplified();
    }
    painter->drawText(place(start, secondLine, end - start, secondHeight), Qt::AlignVCenter | Qt::AlignLeading,
        metrics.elidedText(preview, Qt::ElideRight, end - start));

    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        drawRowFocus(*painter, row, theme);
    painter->restore();
}

} // namespace lanline::ui
