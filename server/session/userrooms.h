#pragma once

#include "server/store/store.h"

#include <QHash>

namespace lanline::server {

/// How far one user has read each room and what they have begun to write there, whatever client it came from. Kept
/// while the user has a session; changes go to the store, per room one at a time, so that a client which changes its
/// draft with every key costs no more than one write per transaction. Lives in the server thread.
class UserRooms
{
public:
    /// Of all drafts of a user together, as UTF-8: a WELCOME tells them all and has to fit a message, even where JSON
    /// takes six bytes for one.
    static constexpr qint64 draftBytes = 64 * 1024;

    UserRooms(UserId user, const QList<RoomMarks> &marks);

    quint64 readSeq(const RoomId &room) const { return m_rooms.value(room).readSeq; }
    QString draft(const RoomId &room) const { return m_rooms.value(room).draft; }

    /// True when that is further than before.
    bool markRead(const RoomId &room, quint64 seq, Store &store);
    /// False when the user's drafts would be too much together.
    bool hasSpaceFor(const RoomId &room, const QString &text) const;
    /// True when that is another one than before.
    bool setDraft(const RoomId &room, const QString &text, Store &store);
    /// The user has left the room.
    void forget(const RoomId &room) { m_rooms.remove(room); }
    /// What is this user's in a state that is the same for all members.
    void addTo(protocol::RoomState &room) const;

    /// What the store says to a save. One that failed is made up for by the next change, or by saveAll().
    void onSaved(const MarksSaved &saved, Store &store);
    /// Of all rooms, what is not on its way yet: when the store can write again, and before the session ends.
    void saveAll(Store &store);

private:
    struct Marks
    {
        quint64 readSeq = 0;
        QString draft;
        bool isReadSeqNew = false; ///< and not on its way to the store
        bool isDraftNew = false; ///< likewise
        std::optional<SaveMarks> underWay{};
    };

    void save(const RoomId &room, Marks &marks, Store &store);

    UserId m_user;
    QHash<RoomId, Marks> m_rooms;
};

} // namespace lanline::server
