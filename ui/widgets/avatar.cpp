#include "ui/widgets/avatar.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"

#include <QPainter>

namespace lanline::ui {

namespace {

constexpr qreal presenceSize = 12;
constexpr qreal presenceEdge = 2;
constexpr qreal smallAvatar = 28;

QFont initialFont(qreal diameter)
{
    if (diameter <= smallAvatar)
        return fontFor(TextStyle::Tiny, QFont::DemiBold);
    return fontFor(diameter < 40 ? TextStyle::Micro : TextStyle::Heading, QFont::DemiBold);
}

} // namespace

void drawAvatar(QPainter &painter, const QRectF &rect, const Theme &theme, const protocol::User &user)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.avatarGround(user.hue, user.isGuest));
    painter.drawEllipse(rect);
    painter.setPen(theme.avatarInitial(user.hue, user.isGuest));
    painter.setFont(initialFont(rect.width()));
    painter.drawText(rect, Qt::AlignCenter, initialOf(user.name));
    painter.restore();
}

void drawRoomTile(QPainter &painter, const QRectF &rect, const Theme &theme, bool isSelected)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[isSelected ? Token::Accent : Token::Sunken]);
    painter.drawRoundedRect(rect, radius::tile, radius::tile);
    QRectF icon(0, 0, 18, 18);
    icon.moveCenter(rect.center());
    drawIcon(painter, icon, icons::Room, theme[isSelected ? Token::OnAccent : Token::TextSecondary]);
    painter.restore();
}

void drawPresence(
    QPainter &painter, const QRectF &avatar, const Theme &theme, protocol::Presence presence, const QColor &ground)
{
    using protocol::Presence;
    const bool isRightToLeft = painter.layoutDirection() == Qt::RightToLeft;
    QRectF mark(0, 0, presenceSize, presenceSize);
    mark.moveBottom(avatar.bottom() + 1);
    if (isRightToLeft)
        mark.moveLeft(avatar.left() - 1);
    else
        mark.moveRight(avatar.right() + 1);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawEllipse(mark);
    const QRectF inner = mark.adjusted(presenceEdge, presenceEdge, -presenceEdge, -presenceEdge);
    if (presence == Presence::Online) {
        painter.setBrush(theme[Token::OkMark]);
        painter.drawEllipse(inner);
    } else {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme[presence == Presence::Away ? Token::WarnMark : Token::Control], presenceEdge));
        painter.drawEllipse(inner.adjusted(1, 1, -1, -1));
    }
    painter.restore();
}

Avatar::Avatar(const ThemeController &themes, int diameter, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setFixedSize(diameter, diameter);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
}

void Avatar::setUser(const protocol::User &user)
{
    m_user = user;
    setAccessibleName(user.name);
    update();
}

void Avatar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawAvatar(painter, QRectF(rect()), m_themes.theme(), m_user);
}

} // namespace lanline::ui
