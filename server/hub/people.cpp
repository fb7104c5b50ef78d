#include "server/hub/people.h"

namespace lanline::server {

using protocol::Presence;

Person &People::add(const protocol::User &user)
{
    auto &person = m_persons[user.id];
    if (!person)
        person = std::make_unique<Person>();
    person->user = user;
    return *person;
}

Person *People::find(UserId user)
{
    const auto found = m_persons.find(user);
    return found == m_persons.end() ? nullptr : found->second.get();
}

const Person *People::find(UserId user) const
{
    const auto found = m_persons.find(user);
    return found == m_persons.end() ? nullptr : found->second.get();
}

bool People::addLink(Person &person, Link &link)
{
    person.links.append(&link);
    m_awayUntil.remove(person.user.id);
    return setPresence(person, Presence::Online);
}

bool People::removeLink(Person &person, Link &link, bool saidBye, SteadyTime now)
{
    person.links.removeOne(&link);
    if (!person.links.isEmpty())
        return false;
    if (saidBye)
        return setPresence(person, Presence::Offline);
    m_awayUntil.insert(person.user.id, now + m_graceTime);
    return setPresence(person, Presence::Away);
}

QList<Person *> People::expireAways(SteadyTime now)
{
    QList<Person *> expired;
    for (auto entry = m_awayUntil.begin(); entry != m_awayUntil.end();) {
        if (entry.value() > now) {
            ++entry;
            continue;
        }
        Person *person = find(entry.key());
        entry = m_awayUntil.erase(entry);
        setPresence(*person, Presence::Offline);
        expired.append(person);
    }
    return expired;
}

QList<Link *> People::allLinks() const
{
    QList<Link *> links;
    for (const auto &[id, person] : m_persons)
        links.append(person->links);
    return links;
}

bool People::setPresence(Person &person, Presence presence)
{
    if (person.presence == presence)
        return false;
    m_online += int(presence == Presence::Online) - int(person.presence == Presence::Online);
    person.presence = presence;
    return true;
}

} // namespace lanline::server
