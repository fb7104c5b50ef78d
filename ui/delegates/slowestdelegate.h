#pragma once

#include "ui/theme/themecontroller.h"

#include <QStyledItemDelegate>

namespace lanline::ui {

/// One message of SlowestModel: who wrote where, how long it took, what it says, when, and what its time went to.
class SlowestDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    SlowestDelegate(const ThemeController &themes, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const ThemeController &m_themes;
};

} // namespace lanline::ui
