#pragma once

#include "protocol/limits.h"
#include "server/hub/people.h"
#include "server/hub/room.h"
#include "server/ledger.h"
#include "server/net/frameencoder.h"
#include "server/store/storevalues.h"

#include <memory>
#include <unordered_map>

namespace lanline::server {

/// Rooms, members, presence, and the fan-out of events. Holds in memory what the store has made durable, and changes
/// only when the store says so. Lives in the server thread.
class Hub
{
public:
    Hub(const protocol::Limits &limits, Ledger &ledger);

    void load(const Snapshot &snapshot);
    FrameEncoder &encoder() { return m_encoder; }

    // People
    /// Tells others of a new user or a new name, and of the presence that comes with it, if one does.
    void learn(const LoggedIn &login, std::optional<protocol::Presence> presence = {});
    void setPresence(UserId user, protocol::Presence presence);
    /// The link hears what every member hears, from here on. No room is live for it.
    void attach(Link &link);
    /// Nothing reaches the link any more.
    void detach(Link &link);
    /// The user's rooms, as WELCOME and PROMOTED tell them.
    QList<protocol::RoomState> roomsOf(UserId user, const QList<CursorAnswer> &cursors = {}) const;
    const Person *person(UserId user) const { return m_people.find(user); }
    int onlineCount() const { return m_people.onlineCount(); }

    // Rooms
    const Room *room(const RoomId &id) const;
    int roomCount() const { return int(m_rooms.size()); }
    QList<protocol::RoomInfo> roomInfos() const;
    protocol::RoomState stateOf(const Room &room, int membersListed) const;

    /// The page behind `afterSeq` as an answer to `request`, if memory has it. One that reaches the head makes the room
    /// live for the link.
    std::optional<protocol::Events> catchUp(Link &link, const protocol::EventsGet &request, quint64 afterSeq);

    // What the store has done
    /// Puts the events behind the room's head and sends them to every link the room is live for. Their traces only go
    /// to these, with `sentAt`; zero: there are none.
    void publish(const RoomId &room, const QList<protocol::Event> &events, SteadyTime sentAt = {});
    void onRoomCreated(const RoomCreated &created);
    void onMembershipChanged(const MembershipChanged &changed);
    void onExpired(const Expired &expired);

private:
    protocol::RoomInfo infoOf(const Room &room) const;
    Room *find(const RoomId &id);
    /// True when the user was unknown, or had another name.
    bool remember(const LoggedIn &login);
    /// To those who share a room; a person who began or ceased to be listed is told as a member who came or left.
    void tellPresence(const Person &person, bool wasListed);
    void tellEveryRoomOf(const Person &person, bool isMember);
    void tellMember(const Room &room, const Person &person, bool isMember);
    void tell(const QList<Link *> &links, const protocol::ServerMessage &message);
    QList<Link *> linksOf(const Room &room) const;
    QList<Link *> linksSharingARoomWith(const Person &person) const;

    struct Hasher
    {
        size_t operator()(const RoomId &room) const { return qHash(room); }
    };
    protocol::Limits m_limits;
    Ledger &m_ledger;
    FrameEncoder m_encoder;
    People m_people;
    std::unordered_map<RoomId, std::unique_ptr<Room>, Hasher> m_rooms;
};

} // namespace lanline::server
