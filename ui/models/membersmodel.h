#pragma once

#include "protocol/messages.h"

#include <QAbstractListModel>

namespace lanline::ui {

/// The people of the room on the screen: those who are online first, then by name.
class MembersModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { MemberRole = Qt::UserRole + 1 };

    using QAbstractListModel::QAbstractListModel;

    /// Changes only what differs.
    void setMembers(QList<protocol::Member> members);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<protocol::Member> m_rows;
};

} // namespace lanline::ui

Q_DECLARE_METATYPE(lanline::protocol::Member)
