#include "ui/models/membersmodel.h"

#include "ui/words.h"

#include <QCollator>

#include <algorithm>

namespace lanline::ui {

namespace {

int rankOf(protocol::Presence presence)
{
    switch (presence) {
    case protocol::Presence::Online:
        return 0;
    case protocol::Presence::Away:
        return 1;
    case protocol::Presence::Offline:
        return 2;
    }
    return 2;
}

} // namespace

void MembersModel::setMembers(QList<protocol::Member> members)
{
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::stable_sort(members.begin(), members.end(), [&](const protocol::Member &a, const protocol::Member &b) {
        if (rankOf(a.presence) != rankOf(b.presence))
            return rankOf(a.presence) < rankOf(b.presence);
        return collator.compare(a.user.name, b.user.name) < 0;
    });

    const auto isSame = [](const protocol::Member &a, const protocol::Member &b) { return a.user.id == b.user.id; };
    // Rows are made to agree from the top down: what left goes, what came or moved is put in its place.
    for (int row = 0; row < members.size(); ++row) {
        while (row < m_rows.size() && !isSame(m_rows[row], members[row])) {
            const bool goesOn = std::any_of(members.cbegin() + row, members.cend(),
                [&](const protocol::Member &member) { return isSame(member, m_rows[row]); });
            if (goesOn)
                break;
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
        if (row < m_rows.size() && isSame(m_rows[row], members[row])) {
            if (m_rows[row] != members[row]) {
                m_rows[row] = members[row];
                Q_EMIT dataChanged(index(row), index(row));
            }
            continue;
        }
        const auto later = std::find_if(m_rows.cbegin() + qMin<qsizetype>(row, m_rows.size()), m_rows.cend(),
            [&](const protocol::Member &member) { return isSame(member, members[row]); });
        if (later != m_rows.cend()) {
            const int from = int(later - m_rows.cbegin());
            beginMoveRows({}, from, from, {}, row);
            m_rows.move(from, row);
            endMoveRows();
            m_rows[row] = members[row];
            Q_EMIT dataChanged(index(row), index(row));
            continue;
        }
        beginInsertRows({}, row, row);
        m_rows.insert(row, members[row]);
        endInsertRows();
    }
    if (m_rows.size() > members.size()) {
        beginRemoveRows({}, int(members.size()), int(m_rows.size()) - 1);
        m_rows.resize(members.size());
        endRemoveRows();
    }
}

int MembersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant MembersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const protocol::Member &member = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return member.user.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(member.user.name, presenceWord(member.presence));
    case MemberRole:
        return QVariant::fromValue(member);
    default:
        return {};
    }
}

} // namespace lanline::ui
