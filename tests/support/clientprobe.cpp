#include "tests/support/clientprobe.h"

#include <QSet>

namespace lanline::client {

ClientProbe::ClientProbe(const QString &name, const QString &keyPath, const QString &storePath)
{
    m_network.start();
    m_session = std::make_unique<ChatSession>(Identity{name, keyPath, storePath}, &m_network);
    ChatSession *session = m_session.get();
    connect(session, &ChatSession::timelineChanged, this, &ClientProbe::onTimeline);
    connect(session, &ChatSession::outboxChanged, this, &ClientProbe::onOutbox);
    connect(session, &ChatSession::roomsReset, this, [this](const QList<protocol::RoomState> &rooms) {
        m_members.clear();
        for (const protocol::RoomState &room : rooms)
            putRoom(room);
    });
    connect(session, &ChatSession::roomJoined, this, &ClientProbe::putRoom);
    connect(session, &ChatSession::roomLeft, this, [this](const RoomId &room) { m_members.erase(room); });
    connect(session, &ChatSession::roomsListed, this,
        [this](const QList<protocol::RoomInfo> &rooms) { m_listedRooms = rooms; });
    connect(session, &ChatSession::memberChanged, this,
        [this](const RoomId &room, const protocol::Member &member, bool isMember) {
            m_members[room].removeIf([&](const protocol::User &user) { return user.id == member.user.id; });
            if (isMember)
                m_members[room].append(member.user);
            m_presence[member.user.id] = member.presence;
        });
    connect(session, &ChatSession::presenceChanged, this,
        [this](UserId user, protocol::Presence presence) { m_presence[user] = presence; });
    connect(session, &ChatSession::linkEventHappened, this, [this](const LinkEvent &event) {
        if (event.kind != LinkEvent::Kind::LaneChanged)
            m_linkEvents += event;
    });
    connect(
        session, &ChatSession::requestFailed, this, [this](const RequestFailure &failure) { m_failures += failure; });
    connect(session, &ChatSession::roundTripMeasured, this, [this](const RoundTrip &trip) { m_roundTrips += trip; });
    connect(
        session, &ChatSession::connectMeasured, this, [this](const ConnectSteps &steps) { m_connectSteps += steps; });
}

ClientProbe::~ClientProbe()
{
    m_session.reset();
    m_network.quit();
    m_network.wait();
}

void ClientProbe::onTimeline(const TimelineUpdate &update)
{
    QList<protocol::Event> &timeline = m_timelines[update.room];
    switch (update.kind) {
    case TimelineUpdate::Kind::Reset:
        timeline = update.events;
        break;
    case TimelineUpdate::Kind::Append:
    case TimelineUpdate::Kind::Extend:
        timeline += update.events;
        break;
    case TimelineUpdate::Kind::Change:
        break;
    case TimelineUpdate::Kind::Prepend:
        timeline = update.events + timeline;
        break;
    }
    for (const protocol::Event &event : update.events)
        apply(event, timeline);
}

void ClientProbe::apply(const protocol::Event &change, QList<protocol::Event> &timeline)
{
    const bool isDeletion = change.kind == protocol::EventKind::Deletion;
    if (!isDeletion && change.kind != protocol::EventKind::Edit)
        return;
    for (protocol::Event &event : timeline) {
        if (event.seq == change.targetSeq && event.changedSeq < change.seq) {
            event.text = change.text;
            event.changedSeq = change.seq;
            event.isDeleted = isDeletion;
        }
    }
}

void ClientProbe::onOutbox(const QList<OutboxItem> &items)
{
    for (const OutboxItem &item : items) {
        if (item.state == SendState::Stored)
            m_stored.append(item);
        else if (item.state == SendState::Failed)
            m_failed.append(item);
    }
}

void ClientProbe::putRoom(const protocol::RoomState &room)
{
    QList<protocol::User> users;
    for (const protocol::Member &member : room.members) {
        users.append(member.user);
        m_presence[member.user.id] = member.presence;
    }
    m_members[room.info.id] = users;
}

QList<protocol::Event> ClientProbe::timeline(const QString &room) const
{
    const auto found = m_timelines.find(RoomId(room));
    return found == m_timelines.end() ? QList<protocol::Event>{} : found->second;
}

QStringList ClientProbe::texts(const QString &room) const
{
    QStringList texts;
    for (const protocol::Event &event : timeline(room))
        texts.append(event.text);
    return texts;
}

QStringList ClientProbe::shown(const QString &room) const
{
    QStringList texts;
    for (const protocol::Event &event : timeline(room)) {
        if (event.kind == protocol::EventKind::Message && !event.isDeleted)
            texts.append(event.text);
    }
    return texts;
}

bool ClientProbe::isTimelineSound(const QString &room) const
{
    const QList<protocol::Event> events = timeline(room);
    QSet<QUuid> ids;
    for (qsizetype i = 0; i < events.size(); ++i) {
        ids.insert(events[i].messageId.value());
        if (i > 0 && events[i].seq != events[i - 1].seq + 1)
            return false;
    }
    return ids.size() == events.size();
}

QStringList ClientProbe::rooms() const
{
    QStringList names;
    for (const auto &[room, members] : m_members)
        names.append(room.value());
    return names;
}

QStringList ClientProbe::members(const QString &room) const
{
    QStringList names;
    if (const auto found = m_members.find(RoomId(room)); found != m_members.end()) {
        for (const protocol::User &user : found->second)
            names.append(user.name);
    }
    names.sort();
    return names;
}

protocol::Presence ClientProbe::presenceOf(const QString &name) const
{
    for (const auto &[room, users] : m_members) {
        for (const protocol::User &user : users) {
            const auto found = m_presence.find(user.id);
            if (user.name == name && found != m_presence.end())
                return found->second;
        }
    }
    return protocol::Presence::Offline;
}

} // namespace lanline::client
