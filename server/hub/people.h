#pragma once

#include "core/timing.h"
#include "protocol/messages.h"
#include "server/hub/link.h"

#include <QHash>
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
    explicit People(std::chrono::milliseconds graceTime)
        : m_graceTime(graceTime)
    { }

    Person &add(const protocol::User &user);
    /// Null when there is no such user.
    Person *find(UserId user);
    const Person *find(UserId user) const;

    /// True when the presence changed.
    bool addLink(Person &person, Link &link);
    /// The last link that was lost leaves its person away for the grace time; one that said BYE, offline. True when
    /// the presence changed.
    bool removeLink(Person &person, Link &link, bool saidBye, SteadyTime now);
    /// Those whose grace time has ended by now: they are offline.
    QList<Person *> expireAways(SteadyTime now);

    int onlineCount() const { return m_online; }
    QList<Link *> allLinks() const;

private:
    struct Hasher
    {
        size_t operator()(UserId user) const { return qHash(user); }
    };

    bool setPresence(Person &person, protocol::Presence presence);

    std::chrono::milliseconds m_graceTime;
    std::unordered_map<UserId, std::unique_ptr<Person>, Hasher> m_persons;
    QHash<UserId, SteadyTime> m_awayUntil;
    int m_online = 0;
};

} // namespace lanline::server
