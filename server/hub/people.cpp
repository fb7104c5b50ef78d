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
