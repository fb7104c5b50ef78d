#include "server/hub/hub.h"

#include "core/text.h"

namespace lanline::server {

using protocol::Presence;

namespace {

/// Over all rooms of one WELCOME, so that it always fits a message.
constexpr int membersPerWelcome = 2000;

/// A guest is a member that others see only while here: nobody wants the list of all browsers that ever looked in.
bool isListed(const Person &person)
{
    return !person.user.isGuest || person.presence != Presence::Offline;
}

} // namespace

Hub::Hub(const protocol::Limits &limits, Ledger &ledger)
    : m_limits(limits)
    , m_ledger(ledger)
{ }

void Hub::load(const Snapshot &snapshot)
{
    for (const protocol::User &user : snapshot.users)
        m_people.add(user);
    for (const RoomRecord &record : snapshot.rooms) {
        m_rooms.emplace(record.id, std::make_unique<Room>(record, m_limits));
        for (const UserId member : record.members) {
            if (Person *person = m_people.find(member))
                person->rooms.insert(record.id);
        }
    }
}

// ---- people -------------------------------------------------------------------------------------------------------

bool Hub::remember(const LoggedIn &login)
{
    const Person *known = m_people.find(login.user.id);
    const bool isNews = !known || known->user != login.user;
    Person &person = m_people.add(login.user);
    if (login.isNew) {
        person.rooms.insert(lobbyId);
        find(lobbyId)->addMember(login.user.id);
    }
    return isNews;
}

void Hub::learn(const LoggedIn &login, std::optional<Presence> presence)
{
    const bool isNews = remember(login);
    Person &person = *m_people.find(login.user.id);
    const bool wasListed = isListed(person);
    const bool isPresenceNew = presence && m_people.setPresence(person, *presence);
    if (isNews && isListed(person))
        tellEveryRoomOf(person, true);
    else if (isPresenceNew)
        tellPresence(person, wasListed);
}

void Hub::setPresence(UserId user, Presence presence)
{
    Person &person = *m_people.find(user);
    const bool wasListed = isListed(person);
    if (m_people.setPresence(person, presence))
        tellPresence(person, wasListed);
}

void Hub::attach(Link &link)
{
    m_people.find(link.userId())->links.append(&link);
}

void Hub::detach(Link &link)
{
    Person &person = *m_people.find(link.userId());
    person.links.removeOne(&link);
    for (const RoomId &id : std::as_const(person.rooms))
        find(id)->unsetLive(link);
}

QList<protocol::RoomState> Hub::roomsOf(UserId user, const QList<CursorAnswer> &cursors) const
{
    QList<protocol::RoomState> states;
    int membersLeft = membersPerWelcome;
    for (const RoomId &id : m_people.find(user)->rooms) {
        states.append(stateOf(*room(id), qMin(membersLeft, m_limits.membersListed)));
        membersLeft -= int(states.last().members.size());
        for (const CursorAnswer &answer : cursors) {
            if (answer.room == id) {
                states.last().cursor = answer.state;
                states.last().missedMessages = answer.missedMessages;
            }
        }
    }
    return states;
}

void Hub::tellPresence(const Person &person, bool wasListed)
{
    if (isListed(person) != wasListed)
        tellEveryRoomOf(person, !wasListed);
    else
        tell(linksSharingARoomWith(person), protocol::PresenceChanged{person.user.id, person.presence});
}

void Hub::tellEveryRoomOf(const Person &person, bool isMember)
{
    for (const RoomId &id : person.rooms)
        tellMember(*room(id), person, isMember);
}

void Hub::tellMember(const Room &room, const Person &person, bool isMember)
{
    tell(linksOf(room), protocol::MemberChanged{room.id(), person.asMember(), isMember});
}

void Hub::tell(const QList<Link *> &links, const protocol::ServerMessage &message)
{
    Broadcast broadcast(m_encoder, message);
    for (Link *link : links)
        link->deliver(broadcast.in(link->format()));
}

QList<Link *> Hub::linksOf(const Room &room) const
{
    QList<Link *> links;
    for (const UserId member : room.members()) {
        if (const Person *person = m_people.find(member))
            links.append(person->links);
    }
    return links;
}

QList<Link *> Hub::linksSharingARoomWith(const Person &person) const
{
    if (person.rooms.size() == 1)
        return linksOf(*room(*person.rooms.begin()));
    QSet<Link *> links;
    for (const RoomId &id : person.rooms) {
        const QList<Link *> more = linksOf(*room(id));
        links.unite(QSet<Link *>(more.begin(), more.end()));
    }
    return links.values();
}

// ---- rooms --------------------------------------------------------------------------------------------------------

const Room *Hub::room(const RoomId &id) const
{
    const auto found = m_rooms.find(id);
    return found == m_rooms.end() ? nullptr : found->second.get();
}

Room *Hub::find(const RoomId &id)
{
    const auto found = m_rooms.find(id);
    return found == m_rooms.end() ? nullptr : found->second.get();
}

QList<protocol::RoomInfo> Hub::roomInfos() const
{
    QList<protocol::RoomInfo> infos;
    for (const auto &[id, room] : m_rooms)
        infos.append(infoOf(*room));
    std::sort(infos.begin(), infos.end(),
        [](const protocol::RoomInfo &a, const protocol::RoomInfo &b) { return a.id < b.id; });
    return infos;
}

protocol::RoomInfo Hub::infoOf(const Room &room) const
{
    const auto listed = std::count_if(room.members().begin(), room.members().end(), [this](UserId id) {
        const Person *member = m_people.find(id);
        return member && isListed(*member);
    });
    return {room.id(), room.title(), room.headSeq(), quint32(listed)};
}

protocol::RoomState Hub::stateOf(const Room &room, int membersListed) const
{
    protocol::RoomState state{infoOf(room), room.firstSeq(), protocol::CursorState::None, {}};
    // Where not all fit, those who are here go first.
    for (const bool isHere : {true, false}) {
        for (const UserId id : room.members()) {
            if (state.members.size() >= membersListed)
                return state;
            const Person *member = m_people.find(id);
            if (member && isListed(*member) && (member->presence != Presence::Offline) == isHere)
                state.members.append(member->asMember());
        }
    }
    return state;
}

std::optional<protocol::Events> Hub::catchUp(Link &link, const protocol::EventsGet &request, quint64 afterSeq)
{
    Room &room = *find(request.room);
    auto page = room.pageAfter(afterSeq);
    if (!page)
        return std::nullopt;
    const quint64 reached = page->isEmpty() ? afterSeq : page->last().seq;
    const bool isLive = reached == room.headSeq();
    // In the same turn as the page: no event can come between the two.
    if (isLive)
        room.setLive(link);
    return protocol::Events{request.requestId, request.room, *std::move(page), isLive, room.headSeq()};
}

void Hub::publish(const RoomId &id, const QList<protocol::Event> &events, SteadyTime sentAt)
{
    const protocol::Ticks sentAtTicks = sentAt == SteadyTime{} ? protocol::Ticks{} : protocol::clockTicks(sentAt);
    Room &room = *find(id);
    QList<protocol::Event> page;
    qint64 bytes = 0;
    const auto send = [&] {
        m_ledger.delivered += quint64(page.size() * room.liveLinks().size());
        const QSet<Link *> &live = room.liveLinks();
        tell(QList<Link *>(live.begin(), live.end()),
            protocol::Events{0, id, std::exchange(page, {}), false, 0, sentAtTicks});
        bytes = 0;
    };
    for (const protocol::Event &event : events) {
        room.append(event);
        const qint64 size = utf8Size(event.text);
        if (!page.isEmpty() && (bytes + size > m_limits.pageBytes || page.size() >= m_limits.pageEvents))
            send();
        page.append(event);
        bytes += size;
    }
    send();
}

void Hub::onExpired(const Expired &expired)
{
    if (Room *room = find(expired.room))
        room->expire(expired.firstSeq);
}

void Hub::onRoomCreated(const RoomCreated &created)
{
    const auto made = m_rooms.emplace(
        created.room, std::make_unique<Room>(RoomRecord{created.room, created.title, 0, 1, {created.user}}, m_limits));
    if (Person *person = m_people.find(created.user))
        person->rooms.insert(created.room);
    tell(m_people.allLinks(), protocol::Rooms{0, {infoOf(*made.first->second)}});
}

void Hub::onMembershipChanged(const MembershipChanged &changed)
{
    Room *room = find(changed.room);
    Person *person = m_people.find(changed.user);
    if (!room || !person || room->hasMember(changed.user) == changed.isMember)
        return;
    // Told to the other members; the person's own links get JOINED or LEFT.
    room->removeMember(changed.user);
    tellMember(*room, *person, changed.isMember);
    if (changed.isMember) {
        room->addMember(changed.user);
        person->rooms.insert(changed.room);
    } else {
        person->rooms.remove(changed.room);
        for (Link *link : std::as_const(person->links))
            room->unsetLive(*link);
    }
}

} // namespace lanline::server
