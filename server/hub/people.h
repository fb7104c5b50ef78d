#pragma once

#include "protocol/messages.h"
#include "server/hub/link.h"

#include <QList>
#include <QSet>

#include <memory>
#include <unordered_map>

namespace lanline::server {

/// One user in memory.
struct Person
{
    protocol::User user;
    protocol::Presence presence = protocol::Presence::Offline;
    QList<Link *> links;
    QSet<RoomId> rooms;

    protocol::Member asMember() const { return {user, presence}; }
};

/// All users the server knows, and who of them is here.
class People
{
public:
    Person &add(const protocol::User &user);
    /// Null when there is no such user.
    Person *find(UserId user);
    const Person *find(UserId user) const;

    /// True when it changed.
    bool setPresence(Person &person, protocol::Presence presence);

    int onlineCount() const { return m_online; }
    QList<Link *> allLinks() const;

private:
    struct Hasher
    {
        size_t operator()(UserId user) const { return qHash(user); }
    };

    std::unordered_map<UserId, std::unique_ptr<Person>, Hasher> m_persons;
    int m_online = 0;
};

} // namespace lanline::server
