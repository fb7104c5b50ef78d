#include "ui/models/hostclientsmodel.h"

#include "ui/words.h"

#include <QHash>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

int HostClientsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_clients.size());
}

int HostClientsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HostClientsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HostClient &client = m_clients.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(client, index.column());
    case Qt::TextAlignmentRole:
        return int((index.column() >= QueueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case HueRole:
        return client.hue;
    case IsGuestRole:
        return client.isGuest;
    case PlainNameRole:
        return client.name;
    default:
        return {};
    }
}

QVariant HostClientsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return int((section >= QueueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == QueueColumn)
        return tr("What waits here because this client reads slowly");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case AppColumn:
        return tr("App");
    case AddressColumn:
        return tr("Address");
    case QueueColumn:
        return tr("Queue");
    case MessagesColumn:
        return tr("Messages");
    default:
        return {};
    }
}

QString HostClientsModel::text(const HostClient &client, int column) const
{
    switch (column) {
    case NameColumn:
        if (client.name.isEmpty())
            return tr("Joining");
        return client.isGuest ? tr("%1 · guest").arg(client.name) : client.name;
    case AppColumn:
        return client.app;
    case AddressColumn:
        return client.address;
    case QueueColumn:
        return client.queuedBytes == 0 ? u"0"_s : bytesText(client.queuedBytes);
    case MessagesColumn:
        return QLocale().toString(client.messages);
    default:
        return {};
    }
}

void HostClientsModel::setClients(const QList<HostClient> &clients)
{
    QHash<quint64, const HostClient *> next;
    for (const HostClient &client : clients)
        next.insert(client.connection, &client);

    for (int row = int(m_clients.size()) - 1; row >= 0; --row) {
        const HostClient *client = next.take(m_clients.at(row).connection);
        if (!client) {
            beginRemoveRows({}, row, row);
            m_clients.removeAt(row);
            endRemoveRows();
        } else if (*client != m_clients.at(row)) {
            m_clients[row] = *client;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1),
                {Qt::DisplayRole, Qt::ToolTipRole, HueRole, IsGuestRole, PlainNameRole});
        }
    }

    QList<HostClient> arrived;
    for (const HostClient &client : clients) {
        if (next.contains(client.connection))
            arrived.append(client);
    }
    if (arrived.isEmpty())
        return;
    beginInsertRows({}, int(m_clients.size()), int(m_clients.size() + arrived.size()) - 1);
    m_clients.append(arrived);
    endInsertRows();
}

} // namespace lanline::ui
