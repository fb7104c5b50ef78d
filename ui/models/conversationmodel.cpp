#include "ui/models/conversationmodel.h"

#include <algorithm>

namespace lanline::ui {

int Conversation::onlineCount() const
{
    return int(std::count_if(members.cbegin(), members.cend(),
        [](const protocol::Member &member) { return member.presence == protocol::Presence::Online; }));
}

void ConversationModel::copy(const ConversationModel &other)
{
    beginResetModel();
    m_rows = other.m_rows;
    endResetModel();
}

void ConversationModel::setRooms(const QList<protocol::RoomState> &rooms)
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const bool stays = std::any_of(rooms.cbegin(), rooms.cend(),
            [&](const protocol::RoomState &room) { return room.info.id == m_rows[row].info.id; });
        if (!stays)
            removeRoom(m_rows[row].info.id);
    }
    for (const protocol::RoomState &room : rooms)
        addRoom(room);
}

void ConversationModel::addRoom(const protocol::RoomState &room)
{
    if (const int row = rowOf(room.info.id); row >= 0) {
        m_rows[row].info = room.info;
        m_rows[row].members = room.members;
        told(row);
        return;
    }
    Conversation conversation;
    conversation.info = room.info;
    conversation.members = room.members;
    const int row = int(m_rows.size());
    beginInsertRows({}, row, row);
    m_rows.append(conversation);
    endInsertRows();
}

void ConversationModel::removeRoom(const RoomId &room)
{
    const int row = rowOf(room);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

void ConversationModel::setMember(const RoomId &room, const protocol::Member &member, bool isMember)
{
    change(room, [&](Conversation &conversation) {
        QList<protocol::Member> &members = conversation.members;
        const auto it = std::find_if(members.begin(), members.end(),
            [&](const protocol::Member &other) { return other.user.id == member.user.id; });
        const quint32 countBefore = quint32(members.size());
        if (!isMember && it != members.end())
            members.erase(it);
        else if (isMember && it != members.end())
            *it = member;
        else if (isMember)
            members.append(member);
        conversation.info.memberCount += quint32(members.size()) - countBefore;
    });
}

void ConversationModel::setPresence(UserId user, protocol::Presence presence)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        for (protocol::Member &member : m_rows[row].members) {
            if (member.user.id == user && member.presence != presence) {
                member.presence = presence;
                told(row);
            }
        }
    }
}

void ConversationModel::setLast(const RoomId &room, const QString &author, const QString &text, WallTime at, bool isOwn)
{
    change(room, [&](Conversation &conversation) {
        conversation.lastAuthor = author;
        conversation.lastText = text;
        conversation.lastAt = at;
        conversation.isLastOwn = isOwn;
    });
}

void ConversationModel::setWaiting(const RoomId &room, int count)
{
    change(room, [&](Conversation &conversation) { conversation.waiting = count; });
}

void ConversationModel::addUnread(const RoomId &room, quint64 firstSeq, int count)
{
    change(room, [&](Conversation &conversation) {
        if (conversation.unread == 0)
            conversation.firstUnread = firstSeq;
        conversation.unread += count;
    });
}

void ConversationModel::setUnread(const RoomId &room, quint64 firstSeq, int count)
{
    const Conversation *conversation = find(room);
    if (!conversation || conversation->unread == count)
        return;
    change(room, [&](Conversation &changed) {
        changed.firstUnread = count > 0 ? firstSeq : 0;
        changed.unread = count;
    });
}

void ConversationModel::clearUnread(const RoomId &room)
{
    const Conversation *conversation = find(room);
    if (!conversation || conversation->unread == 0)
        return;
    change(room, [](Conversation &changed) {
        changed.unread = 0;
        changed.firstUnread = 0;
    });
}

void ConversationModel::setDraft(const RoomId &room, const QString &draft)
{
    const Conversation *conversation = find(room);
    if (conversation && conversation->draft != draft)
        change(room, [&](Conversation &changed) { changed.draft = draft; });
}

const Conversation *ConversationModel::find(const RoomId &room) const
{
    const int row = rowOf(room);
    return row < 0 ? nullptr : &m_rows[row];
}

QModelIndex ConversationModel::indexOf(const RoomId &room) const
{
    const int row = rowOf(room);
    return row < 0 ? QModelIndex() : index(row);
}

int ConversationModel::unreadTotal() const
{
    int total = 0;
    for (const Conversation &conversation : m_rows)
        total += conversation.unread;
    return total;
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Conversation &conversation = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return conversation.name();
    case Qt::AccessibleTextRole:
        if (conversation.unread > 0)
            return tr("%1, %n unread message(s)", nullptr, conversation.unread).arg(conversation.name());
        return conversation.name();
    case ConversationRole:
        return QVariant::fromValue(conversation);
    case RoomRole:
        return conversation.info.id.value();
    case LastAtRole:
        return conversation.lastAt ? qint64(conversation.lastAt->time_since_epoch().count()) : qint64(0);
    default:
        return {};
    }
}

int ConversationModel::rowOf(const RoomId &room) const
{
    const auto it =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Conversation &row) { return row.info.id == room; });
    return it == m_rows.cend() ? -1 : int(it - m_rows.cbegin());
}

template <class Change>
void ConversationModel::change(const RoomId &room, Change change)
{
    const int row = rowOf(room);
    if (row < 0)
        return;
    change(m_rows[row]);
    told(row);
}

void ConversationModel::told(int row)
{
    Q_EMIT dataChanged(index(row), index(row), {Qt::DisplayRole, Qt::AccessibleTextRole, ConversationRole, LastAtRole});
}

} // namespace lanline::ui
