#pragma once

#include "ui/theme/themecontroller.h"

#include <QStyledItemDelegate>

namespace lanline::ui {

/// One person of a room: avatar with presence, name, and the presence in a word.
class MemberDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    MemberDelegate(const ThemeController &themes, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const ThemeController &m_themes;
};

} // namespace lanline::ui
