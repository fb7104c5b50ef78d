#pragma once

#include "ui/theme/themecontroller.h"

#include <QStyledItemDelegate>

namespace lanline::ui {

/// One room of the sidebar: tile, name and time, preview or draft, unread badge.
class ConversationDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ConversationDelegate(const ThemeController &themes, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const ThemeController &m_themes;
};

/// Inside a row, for the keyboard's focus.
void drawRowFocus(QPainter &painter, const QRectF &row, const Theme &theme);

} // namespace lanline::ui
