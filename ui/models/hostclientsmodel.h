#pragma once

#include "ui/hostcontroller.h"

#include <QAbstractTableModel>

#include <optional>

namespace lanline::ui {

/// The host's table of clients: one row for each with its one or two links, in the order in which they came.
class HostClientsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, AppColumn, PrimaryColumn, StandbyColumn, QueueColumn, MessagesColumn, ColumnCount };
    enum Role { HueRole = Qt::UserRole, IsGuestRole, PlainNameRole, LinkRole };
    /// What LinkRole says of the two columns of links; None elsewhere.
    enum Link { None, Active, Ready, Down };
    Q_ENUM(Link)

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Brings the rows to the clients that have these links by removing, changing and appending; a row that stays keeps
    /// its place.
    void setLinks(const QList<HostClient> &links);

private:
    /// One client; it has at least one of the two.
    struct Row
    {
        std::optional<HostClient> primary;
        std::optional<HostClient> standby;

        const HostClient &any() const { return primary ? *primary : *standby; }
        bool isSameClient(const Row &other) const;
        friend bool operator==(const Row &, const Row &) = default;
    };

    static QList<Row> rowsOf(const QList<HostClient> &links);
    QString text(const Row &row, int column) const;
    QString tooltip(const Row &row, int column) const;
    static Link linkOf(const Row &row, int column);

    QList<Row> m_rows;
};

} // namespace lanline::ui
