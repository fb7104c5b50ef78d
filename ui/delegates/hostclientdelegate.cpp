#include "ui/delegates/hostclientdelegate.h"

#include "ui/models/hostclientsmodel.h"
#include "ui/theme/type.h"
#include "ui/widgets/avatar.h"

#include <QPainter>

namespace lanline::ui {

namespace {

constexpr int avatarExtent = 22;

} // namespace

HostClientDelegate::HostClientDelegate(const ThemeController &themes, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_themes(themes)
{ }

void HostClientDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme &theme = m_themes.theme();
    const bool isQuiet =
        index.column() == HostClientsModel::AppColumn || index.column() == HostClientsModel::AddressColumn;
    option->palette.setColor(QPalette::Text, theme[isQuiet ? Token::TextSecondary : Token::Text]);
    if (index.column() != HostClientsModel::NameColumn)
        return;

    option->font = fontFor(TextStyle::Base, QFont::Medium);
    const qreal ratio = option->widget ? option->widget->devicePixelRatioF() : 1;
    QPixmap avatar(QSize(avatarExtent, avatarExtent) * ratio);
    avatar.setDevicePixelRatio(ratio);
    avatar.fill(Qt::transparent);
    QPainter painter(&avatar);
    protocol::User user;
    user.name = index.data(HostClientsModel::PlainNameRole).toString();
    user.hue = quint8(index.data(HostClientsModel::HueRole).toUInt());
    user.isGuest = index.data(HostClientsModel::IsGuestRole).toBool();
    drawAvatar(painter, QRectF(0, 0, avatarExtent, avatarExtent), theme, user);
    painter.end();
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {avatarExtent, avatarExtent};
    option->icon = QIcon(avatar);
}

} // namespace lanline::ui
