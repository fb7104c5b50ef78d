#pragma once

#include "protocol/limits.h"
#include "server/hub/link.h"
#include "server/store/storevalues.h"

#include <QSet>

#include <deque>
#include <optional>

namespace lanline::server {

/// Messages in seq order, and from where on they are all there are.
struct MessagePage
{
    QList<protocol::Event> messages;
    quint64 fromSeq = 0;
};

/// One room in memory: who is in it, which links it is live for, and the tail of its history.
class Room
{
public:
    Room(const RoomRecord &record, const protocol::Limits &limits);

    const RoomId &id() const { return m_id; }
    quint64 headSeq() const { return m_headSeq; }
    quint64 firstSeq() const { return m_firstSeq; }
    const QString &title() const { return m_title; }

    const QSet<UserId> &members() const { return m_members; }
    bool hasMember(UserId user) const { return m_members.contains(user); }
    void addMember(UserId user) { m_members.insert(user); }
    void removeMember(UserId user) { m_members.remove(user); }

    /// Links that get every event from the next one on.
    const QSet<Link *> &liveLinks() const { return m_liveLinks; }
    void setLive(Link &link) { m_liveLinks.insert(&link); }
    void unsetLive(Link &link) { m_liveLinks.remove(&link); }

    /// `event` is the one behind the head; its trace is not kept. An edit or a deletion also changes its target, if the
    /// tail has it.
    void append(const protocol::Event &event);

    /// Events before `firstSeq` are not kept any more.
    void expire(quint64 firstSeq);

    /// The page behind `seq`, if the tail still has its first event.
    std::optional<QList<protocol::Event>> pageAfter(quint64 seq) const;
    /// The page of `count` messages before `seq`, if the tail has it whole.
    std::optional<MessagePage> pageBefore(quint64 seq, int count) const;

private:
    quint64 tailBegin() const { return m_headSeq + 1 - m_tail.size(); }
    void fold(const protocol::Event &change);

    RoomId m_id;
    QString m_title;
    quint64 m_headSeq;
    quint64 m_firstSeq;
    protocol::Limits m_limits;
    QSet<UserId> m_members;
    QSet<Link *> m_liveLinks;
    std::deque<protocol::Event> m_tail; ///< ends with the head
};

} // namespace lanline::server
