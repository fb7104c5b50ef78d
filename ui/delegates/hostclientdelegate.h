#pragma once

#include "ui/theme/themecontroller.h"

#include <QStyledItemDelegate>

namespace lanline::ui {

/// Cells of the host's table: the name with its avatar, what is only descriptive in a quieter colour.
class HostClientDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit HostClientDelegate(const ThemeController &themes, QObject *parent = nullptr);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const ThemeController &m_themes;
};

} // namespace lanline::ui
