#include "chatstory.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::test {

namespace {

WallTime wall(QDate day, QTime time)
{
    const QDateTime when(day.isValid() ? day : QDate::currentDate(), time);
    return WallTime(std::chrono::milliseconds(when.toMSecsSinceEpoch()));
}

const QStringList people{u"Alice"_s, u"Bob"_s, u"Mei 王梅"_s, u"Jonas"_s, u"Pixel 8"_s};

} // namespace

ChatStory::ChatStory(const QString &self)
{
    m_network.start();
    m_session = std::make_unique<client::ChatSession>(client::Identity{self, {}}, &m_network);
    m_state.url = QUrl(u"ws://192.168.1.20:47100"_s);
    m_state.self = user(self);
}

ChatStory::~ChatStory()
{
    m_session.reset();
    m_network.quit();
    m_network.wait();
}

protocol::User ChatStory::user(const QString &name) const
{
    const int index = int(people.indexOf(name));
    return {UserId(index >= 0 ? quint64(index + 1) : quint64(100 + name.size())), name, name == u"Pixel 8"_s,
        quint8(index >= 0 ? index : 7)};
}

void ChatStory::online()
{
    tell([](client::ConnectionState &state) {
        state.phase = client::Phase::Online;
        state.serverName = u"Studio LAN"_s;
        state.problem = client::Problem::None;
        state.lastContactAt = wall({}, QTime(14, 2, 11));
    });
}

void ChatStory::rooms(const QStringList &names, const QStringList &titles)
{
    QList<protocol::RoomState> rooms;
    for (qsizetype i = 0; i < names.size(); ++i) {
        protocol::RoomState room;
        room.info.id = RoomId(names[i]);
        room.info.title = titles.value(i);
        room.info.memberCount = quint32(people.size());
        for (const QString &name : people) {
            using protocol::Presence;
            const Presence presence = name == u"Jonas"_s ? Presence::Away
                : name == u"Pixel 8"_s                   ? Presence::Offline
                                                         : Presence::Online;
            room.members.append({user(name), presence});
        }
        rooms.append(room);
    }
    Q_EMIT m_session->roomsReset(rooms);
}

protocol::Event ChatStory::event(const RoomId &room, const QString &author, const QString &text, QTime at, QDate day)
{
    protocol::Event event;
    event.seq = ++m_heads[room];
    event.storedAt = wall(day, at);
    event.messageId = makeMessageId(event.storedAt.time_since_epoch().count());
    event.author = user(author);
    event.text = text;
    return event;
}

void ChatStory::reset(const RoomId &room, const QList<protocol::Event> &events)
{
    client::TimelineUpdate update;
    update.room = room;
    update.kind = client::TimelineUpdate::Kind::Reset;
    update.events = events;
    update.reachedStart = true;
    Q_EMIT m_session->timelineChanged(update);
}

void ChatStory::append(const RoomId &room, const QList<protocol::Event> &events)
{
    client::TimelineUpdate update;
    update.room = room;
    update.events = events;
    Q_EMIT m_session->timelineChanged(update);
}

MessageId ChatStory::outbox(
    const RoomId &room, const QString &text, client::SendState state, QTime at, protocol::ErrorCode code)
{
    client::OutboxItem item;
    item.room = room;
    item.text = text;
    item.composedAt = wall({}, at);
    item.messageId = makeMessageId(item.composedAt.time_since_epoch().count());
    item.state = state;
    item.code = code;
    Q_EMIT m_session->outboxChanged({item});
    return item.messageId;
}

} // namespace lanline::test
