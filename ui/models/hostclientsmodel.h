#pragma once

#include "ui/hostcontroller.h"

#include <QAbstractTableModel>

namespace lanline::ui {

/// The host's table of clients: one row per connection, in the order in which they came.
class HostClientsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, AppColumn, AddressColumn, QueueColumn, MessagesColumn, ColumnCount };
    enum Role { HueRole = Qt::UserRole, IsGuestRole, PlainNameRole };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Brings the rows to `clients` by removing, changing and appending; a row that stays keeps its place.
    void setClients(const QList<HostClient> &clients);

private:
    QString text(const HostClient &client, int column) const;

    QList<HostClient> m_clients;
};

} // namespace lanline::ui
