#include "ui/delegates/memberdelegate.h"

#include "ui/delegates/conversationdelegate.h"
#include "ui/models/membersmodel.h"
#include "ui/theme/type.h"
#include "ui/widgets/avatar.h"
#include "ui/words.h"

#include <QPainter>

namespace lanline::ui {

namespace {

constexpr int rowHeight = 48;
constexpr qreal inset = 8;
constexpr qreal avatarSize = 32;
constexpr qreal avatarLeft = 8;
constexpr qreal textLeft = 50;

} // namespace

MemberDelegate::MemberDelegate(const ThemeController &themes, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_themes(themes)
{ }

QSize MemberDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {1, rowHeight};
}

void MemberDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = m_themes.theme();
    const auto member = index.data(MembersModel::MemberRole).value<protocol::Member>();
    const QRectF row = QRectF(option.rect).adjusted(inset, 0, -inset, 0);
    const auto place = [&](qreal left, qreal top, qreal width, qreal height) {
        const qreal x = option.direction == Qt::LeftToRight ? row.left() + left : row.right() - left - width;
        return QRectF(x, row.top() + top, width, height);
    };

    painter->save();
    painter->setLayoutDirection(option.direction);
    const QRectF avatar = place(avatarLeft, (rowHeight - avatarSize) / 2, avatarSize, avatarSize);
    drawAvatar(*painter, avatar, theme, member.user);
    drawPresence(*painter, avatar, theme, member.presence, theme[Token::Surface]);

    const qreal width = row.width() - textLeft - inset;
    painter->setFont(fontFor(TextStyle::Base, QFont::Medium));
    painter->setPen(theme[Token::Text]);
    const QString name = member.user.isGuest ? MembersModel::tr("%1 · guest").arg(member.user.name) : member.user.name;
    painter->drawText(place(textLeft, 7, width, 18), Qt::AlignVCenter | Qt::AlignLeading,
        QFontMetricsF(painter->font()).elidedText(name, Qt::ElideRight, width));
    painter->setFont(fontFor(TextStyle::Small));
    painter->setPen(theme[Token::TextTertiary]);
    painter->drawText(
        place(textLeft, 24, width, 16), Qt::AlignVCenter | Qt::AlignLeading, presenceWord(member.presence));
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        drawRowFocus(*painter, row, theme);
    painter->restore();
}

} // namespace lanline::ui
