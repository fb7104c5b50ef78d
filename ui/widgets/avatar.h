#pragma once

#include "protocol/messages.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QPainter;

namespace lanline::ui {

/// A person's disk with one initial.
void drawAvatar(QPainter &painter, const QRectF &rect, const Theme &theme, const protocol::User &user);
/// A room's rounded square with a hash; `isSelected` fills it with the accent.
void drawRoomTile(QPainter &painter, const QRectF &rect, const Theme &theme, bool isSelected);
/// The mark at an avatar's lower right, 12 px, with an edge of the ground it stands on.
void drawPresence(
    QPainter &painter, const QRectF &avatar, const Theme &theme, protocol::Presence presence, const QColor &ground);

/// A person's disk as a widget.
class Avatar final : public QWidget
{
    Q_OBJECT

public:
    Avatar(const ThemeController &themes, int diameter, QWidget *parent = nullptr);
    void setUser(const protocol::User &user);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeController &m_themes;
    protocol::User m_user;
};

} // namespace lanline::ui
