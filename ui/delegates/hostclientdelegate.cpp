#include "ui/delegates/hostclientdelegate.h"

#include "ui/theme/type.h"
#include "ui/widgets/avatar.h"

#include <QPainter>

namespace lanline::ui {

namespace {

constexpr int avatarExtent = 22;
constexpr int linkMark = 7;
constexpr qreal ringWidth = 1.5;

} // namespace

HostClientDelegate::HostClientDelegate(const ThemeController &themes, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_themes(themes)
{ }

void HostClientDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->palette.setColor(QPalette::Text, m_themes.theme()[textColor(index)]);
    const auto link = index.data(HostClientsModel::LinkRole).value<HostClientsModel::Link>();
    const bool isName = index.column() == HostClientsModel::NameColumn;
    if (!isName && link == HostClientsModel::None)
        return;

    const int extent = isName ? avatarExtent : linkMark;
    const qreal ratio = option->widget ? option->widget->devicePixelRatioF() : 1;
    QPixmap picture(QSize(extent, extent) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    if (isName) {
        option->font = fontFor(TextStyle::Base, QFont::Medium);
        drawPerson(painter, index);
    } else {
        drawLink(painter, link);
    }
    painter.end();
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {extent, extent};
    option->icon = QIcon(picture);
}

Token HostClientDelegate::textColor(const QModelIndex &index) const
{
    const auto link = index.data(HostClientsModel::LinkRole).value<HostClientsModel::Link>();
    if (link == HostClientsModel::Down)
        return Token::ErrorText;
    const bool isMissing = index.column() == HostClientsModel::StandbyColumn && link == HostClientsModel::None;
    return isMissing || index.column() == HostClientsModel::AppColumn ? Token::TextSecondary : Token::Text;
}

void HostClientDelegate::drawPerson(QPainter &painter, const QModelIndex &index) const
{
    protocol::User user;
    user.name = index.data(HostClientsModel::PlainNameRole).toString();
    user.hue = quint8(index.data(HostClientsModel::HueRole).toUInt());
    user.isGuest = index.data(HostClientsModel::IsGuestRole).toBool();
    drawAvatar(painter, QRectF(0, 0, avatarExtent, avatarExtent), m_themes.theme(), user);
}

void HostClientDelegate::drawLink(QPainter &painter, HostClientsModel::Link link) const
{
    const Theme &theme = m_themes.theme();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF dot(0, 0, linkMark, linkMark);
    if (link == HostClientsModel::Ready) {
        painter.setPen(QPen(theme[Token::OkMark], ringWidth));
        painter.drawEllipse(dot.adjusted(ringWidth / 2, ringWidth / 2, -ringWidth / 2, -ringWidth / 2));
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme[link == HostClientsModel::Down ? Token::ErrorMark : Token::OkMark]);
    painter.drawEllipse(dot);
}

} // namespace lanline::ui
