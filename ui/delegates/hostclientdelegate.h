#pragma once

#include "ui/models/hostclientsmodel.h"
#include "ui/theme/themecontroller.h"

#include <QStyledItemDelegate>

namespace lanline::ui {

/// Cells of the host's table: the name with its avatar, a link with its mark, what is only descriptive in a quieter
/// colour.
class HostClientDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit HostClientDelegate(const ThemeController &themes, QObject *parent = nullptr);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    Token textColor(const QModelIndex &index) const;
    void drawPerson(QPainter &painter, const QModelIndex &index) const;
    void drawLink(QPainter &painter, HostClientsModel::Link link) const;

    const ThemeController &m_themes;
};

} // namespace lanline::ui
