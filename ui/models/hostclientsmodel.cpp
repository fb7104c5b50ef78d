#include "ui/models/hostclientsmodel.h"

#include "ui/words.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

Qt::Alignment alignmentOf(int column)
{
    return (column >= HostClientsModel::QueueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

} // namespace

bool HostClientsModel::Row::isSameClient(const Row &other) const
{
    // Before its hello a client is only a connection.
    return (any().client != 0 && any().client == other.any().client)
        || (primary && other.primary && primary->connection == other.primary->connection);
}

QList<HostClientsModel::Row> HostClientsModel::rowsOf(const QList<HostClient> &links)
{
    QList<Row> rows;
    for (const HostClient &link : links) {
        const auto known = std::find_if(rows.begin(), rows.end(), [&](const Row &row) {
            const bool hasRoom = link.isStandby ? !row.standby : !row.primary;
            return hasRoom && link.client != 0 && row.any().client == link.client;
        });
        Row &row = known == rows.end() ? rows.emplace_back() : *known;
        (link.isStandby ? row.standby : row.primary) = link;
    }
    return rows;
}

int HostClientsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HostClientsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HostClientsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return tooltip(row, index.column());
    case Qt::TextAlignmentRole:
        return int(alignmentOf(index.column()));
    case HueRole:
        return row.any().hue;
    case IsGuestRole:
        return row.any().isGuest;
    case PlainNameRole:
        return row.any().name;
    case LinkRole:
        return linkOf(row, index.column());
    default:
        return {};
    }
}

QVariant HostClientsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return int(alignmentOf(section));
    if (role == Qt::ToolTipRole && section == QueueColumn)
        return tr("What waits here because this client reads slowly");
    if (role == Qt::ToolTipRole && section == StandbyColumn)
        return tr("A second link that takes over when the first one breaks");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case AppColumn:
        return tr("App");
    case PrimaryColumn:
        return tr("Primary");
    case StandbyColumn:
        return tr("Standby");
    case QueueColumn:
        return tr("Queue");
    case MessagesColumn:
        return tr("Messages");
    default:
        return {};
    }
}

HostClientsModel::Link HostClientsModel::linkOf(const Row &row, int column)
{
    if (column == PrimaryColumn)
        return row.primary ? Active : Down;
    return column == StandbyColumn && row.standby ? Ready : None;
}

QString HostClientsModel::text(const Row &row, int column) const
{
    const HostClient &client = row.any();
    switch (column) {
    case NameColumn:
        if (client.name.isEmpty())
            return tr("Joining");
        return client.isGuest ? tr("%1 · guest").arg(client.name) : client.name;
    case AppColumn:
        return client.app;
    case PrimaryColumn:
        return row.primary ? row.primary->address : tr("Down");
    case StandbyColumn:
        return row.standby ? row.standby->address : tr("None");
    case QueueColumn: {
        const qint64 queued =
            (row.primary ? row.primary->queuedBytes : 0) + (row.standby ? row.standby->queuedBytes : 0);
        return queued == 0 ? u"0"_s : bytesText(queued);
    }
    case MessagesColumn:
        return QLocale().toString(
            (row.primary ? row.primary->messages : 0) + (row.standby ? row.standby->messages : 0));
    default:
        return {};
    }
}

QString HostClientsModel::tooltip(const Row &row, int column) const
{
    const auto &link = column == StandbyColumn ? row.standby : row.primary;
    if ((column != PrimaryColumn && column != StandbyColumn) || !link || link->heartbeat.count() == 0)
        return text(row, column);
    //: Tooltip of a link in the host's table: its address, how often it beats
    return tr("%1 · heartbeat every %2").arg(text(row, column), durationText(link->heartbeat));
}

void HostClientsModel::setLinks(const QList<HostClient> &links)
{
    QList<Row> next = rowsOf(links);
    for (int at = int(m_rows.size()) - 1; at >= 0; --at) {
        const auto found =
            std::find_if(next.begin(), next.end(), [&](const Row &row) { return row.isSameClient(m_rows.at(at)); });
        if (found == next.end()) {
            beginRemoveRows({}, at, at);
            m_rows.removeAt(at);
            endRemoveRows();
            continue;
        }
        const bool hasChanged = *found != m_rows.at(at);
        m_rows[at] = *found;
        next.erase(found);
        if (hasChanged) {
            Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1),
                {Qt::DisplayRole, Qt::ToolTipRole, HueRole, IsGuestRole, PlainNameRole, LinkRole});
        }
    }
    if (next.isEmpty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + next.size()) - 1);
    m_rows.append(next);
    endInsertRows();
}

} // namespace lanline::ui
