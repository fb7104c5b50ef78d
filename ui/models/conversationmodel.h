#pragma once

#include "client/values.h"

#include <QAbstractListModel>
#include <QList>

#include <optional>

namespace lanline::ui {

/// One room in the list of conversations.
struct Conversation
{
    protocol::RoomInfo info;
    QList<protocol::Member> members;
    QString lastAuthor; ///< empty: nobody wrote yet
    QString lastText;
    std::optional<WallTime> lastAt;
    bool isLastOwn = false;
    quint64 firstUnread = 0; ///< seq, while `unread` > 0
    int unread = 0; ///< messages of others
    int waiting = 0; ///< own messages that are not stored yet
    QString draft;

    QString name() const { return info.id.value(); }
    /// A title that only repeats the name tells nothing.
    bool hasOwnTitle() const { return name().compare(info.title, Qt::CaseInsensitive) != 0 && !info.title.isEmpty(); }
    int onlineCount() const;
};

/// The rooms of this person, as the sidebar lists them. The order is the view's business.
class ConversationModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        ConversationRole = Qt::UserRole + 1, ///< Conversation
        RoomRole, ///< the room's name as a string
        LastAtRole, ///< qint64, ms; 0: nothing yet
    };

    using QAbstractListModel::QAbstractListModel;

    void copy(const ConversationModel &other);
    /// All rooms there are; what is known of those that stay is kept.
    void setRooms(const QList<protocol::RoomState> &rooms);
    void addRoom(const protocol::RoomState &room);
    void removeRoom(const RoomId &room);
    void setMember(const RoomId &room, const protocol::Member &member, bool isMember);
    void setPresence(UserId user, protocol::Presence presence);

    void setLast(const RoomId &room, const QString &author, const QString &text, WallTime at, bool isOwn);
    void setWaiting(const RoomId &room, int count);
    void addUnread(const RoomId &room, quint64 firstSeq, int count);
    /// Not added to what there is, but instead of it.
    void setUnread(const RoomId &room, quint64 firstSeq, int count);
    void clearUnread(const RoomId &room);
    void setDraft(const RoomId &room, const QString &draft);

    /// nullptr when this person is not in it.
    const Conversation *find(const RoomId &room) const;
    QModelIndex indexOf(const RoomId &room) const;
    int unreadTotal() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    int rowOf(const RoomId &room) const;
    template <class Change>
    void change(const RoomId &room, Change change);
    void told(int row);

    QList<Conversation> m_rows;
};

} // namespace lanline::ui

Q_DECLARE_METATYPE(lanline::ui::Conversation)
