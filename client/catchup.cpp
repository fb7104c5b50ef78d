#include "client/catchup.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;

namespace {

/// A hole is given this long to close by itself, and a random share of it more, before it is asked for.
constexpr std::chrono::milliseconds holePatience = 500ms;

quint64 messagesIn(const QList<protocol::Event> &events)
{
    return quint64(std::count_if(events.begin(), events.end(),
        [](const protocol::Event &event) { return event.kind == protocol::EventKind::Message; }));
}

/// `from` and `to` as TimelineUpdate means them.
TimelineUpdate resetTo(
    const RoomId &room, const QList<protocol::Event> &events, quint64 from, quint64 to, bool reachedStart)
{
    TimelineUpdate update;
    update.room = room;
    update.kind = TimelineUpdate::Kind::Reset;
    update.events = events;
    update.fromSeq = from;
    update.toSeq = to;
    update.reachedStart = reachedStart;
    return update;
}

} // namespace

CatchUp::CatchUp(TimeSource &time, std::function<double()> random, Sink sink)
    : m_time(time)
    , m_random(std::move(random))
    , m_sink(std::move(sink))
{ }

void CatchUp::restore(const QList<CachedRoom> &rooms)
{
    for (const CachedRoom &cached : rooms) {
        Room &room = m_rooms[cached.info.id];
        room.first = cached.firstSeq;
        room.head = cached.info.headSeq;
        room.newest = cached.cursor.seq;
        room.newestId = cached.cursor.messageId;
        room.hasEvents = room.newest > 0;
        room.changesAfter = cached.changesAfter;
        room.changesUntil = cached.changesUntil;
        if (!m_followed.contains(cached.info.id)) {
            m_sink.timelineChanged(resetTo(cached.info.id, cached.events, cached.fromSeq, cached.toSeq,
                cached.toSeq > 0 && cached.fromSeq <= room.first));
        }
    }
}

QList<protocol::Cursor> CatchUp::cursors(int atMost) const
{
    QList<protocol::Cursor> cursors;
    for (const auto &[id, room] : m_rooms) {
        if (room.hasEvents && cursors.size() < atMost)
            cursors.append({id, room.newest, room.newestId});
    }
    return cursors;
}

void CatchUp::begin(const QList<protocol::RoomState> &rooms)
{
    m_loaded = 0;
    m_replayedBefore = m_counts.replayed;
    keepOnly(rooms);
    for (const protocol::RoomState &state : rooms) {
        Room &room = m_rooms[state.info.id];
        room.isOfWelcome = true;
        start(state.info.id, room, state);
    }
}

void CatchUp::linkDown()
{
    for (auto &[id, room] : m_rooms) {
        room.stage = Stage::Idle;
        room.isAskingChanges = false;
        if (room.holeTimer)
            room.holeTimer->stop();
    }
}

void CatchUp::keepOnly(const QList<protocol::RoomState> &rooms)
{
    std::erase_if(m_rooms, [&](const auto &entry) {
        return std::none_of(rooms.begin(), rooms.end(), [&](const auto &room) { return room.info.id == entry.first; });
    });
    m_sink.store(SaveRooms{rooms, true});
}

void CatchUp::switchLink()
{
    m_loaded = 0;
    m_replayedBefore = m_counts.replayed;
    for (auto &[id, room] : m_rooms) {
        if (room.holeTimer)
            room.holeTimer->stop();
        room.missed = 0;
        if (room.stage == Stage::LoadingNewest)
            m_sink.askNewest(id);
        else if (room.stage == Stage::Pulling || room.stage == Stage::Live)
            pull(id, room);
        // One that is being saved asks for its next page by itself, one that is idle for none.
        if (std::exchange(room.isAskingChanges, false) && room.changesAfter > 0)
            askChanges(id, room);
    }
}

void CatchUp::confirm(const QList<protocol::RoomState> &rooms)
{
    keepOnly(rooms);
    for (const protocol::RoomState &state : rooms) {
        Room &room = m_rooms[state.info.id];
        room.isOfWelcome = true;
        room.first = state.firstSeq;
        // Joined by another of this person's devices meanwhile.
        if (room.stage == Stage::Idle)
            start(state.info.id, room, state);
    }
}

void CatchUp::add(const protocol::RoomState &state)
{
    Room &room = m_rooms[state.info.id];
    // Joined once more while it is already loading or live: nothing starts over.
    if (room.stage != Stage::Idle)
        return;
    m_sink.store(SaveRooms{{state}, false});
    start(state.info.id, room, state);
}

void CatchUp::remove(const RoomId &room)
{
    m_rooms.erase(room);
    m_sink.store(ForgetRoom{room});
}

void CatchUp::start(const RoomId &id, Room &room, const protocol::RoomState &state)
{
    room.first = state.firstSeq;
    room.head = state.info.headSeq;
    room.missed = 0;
    const bool isFollowed = m_followed.contains(id);
    if (room.hasEvents && state.cursor == protocol::CursorState::Unknown) {
        // Whatever is here belongs to a history that is no more.
        m_sink.store(ClearHistory{id});
        room.hasEvents = false;
        room.changesAfter = room.changesUntil = 0;
    }
    const bool goesOn = room.hasEvents && state.cursor == protocol::CursorState::Valid;
    const bool isFarBehind = room.head > room.newest + farBehind;
    if (!goesOn || (isFollowed ? !room.isFollowing : isFarBehind)) {
        startAnew(id, room);
        return;
    }
    room.missed = state.missedMessages;
    pull(id, room);
}

void CatchUp::startAnew(const RoomId &id, Room &room)
{
    const auto followed = m_followed.find(id);
    if (followed == m_followed.end() && room.head > 0) {
        room.stage = Stage::LoadingNewest;
        m_sink.askNewest(id);
        return;
    }
    room.isFollowing = followed != m_followed.end();
    room.hasEvents = false;
    room.newestId = {};
    room.newest = room.isFollowing ? followed->second : 0;
    const quint64 from = room.newest + 1;
    m_sink.timelineChanged(resetTo(id, {}, from, room.newest, from <= room.first));
    pull(id, room);
}

void CatchUp::pull(const RoomId &id, Room &room)
{
    room.stage = Stage::Pulling;
    m_sink.askEvents({0, id, room.newest, 0});
}

void CatchUp::onNewest(const protocol::History &page)
{
    const auto found = m_rooms.find(page.room);
    if (found == m_rooms.end() || found->second.stage != Stage::LoadingNewest)
        return;
    Room &room = found->second;
    room.first = page.firstSeq;
    const quint64 to = page.events.isEmpty() ? std::max<quint64>(page.firstSeq, 1) - 1 : page.events.last().seq;
    quint64 from = page.fromSeq;
    if (from == 0)
        from = page.events.isEmpty() ? to + 1 : page.events.first().seq;
    if (room.hasEvents && from > room.newest + 1)
        noteLeftOut(room);
    room.newest = to;
    room.hasEvents = !page.events.isEmpty();
    room.newestId = room.hasEvents ? page.events.last().messageId : MessageId();
    room.head = std::max(room.head, to);
    m_counts.replayed += quint64(page.events.size());
    m_loaded += messagesIn(page.events);
    m_sink.timelineChanged(resetTo(page.room, page.events, from, to, from <= room.first));
    m_sink.store(SavePage{page.room, page.firstSeq, from, to, page.events, true});
    pull(page.room, room);
    m_sink.progressed();
}

void CatchUp::noteLeftOut(Room &room) const
{
    if (room.changesAfter == 0)
        room.changesAfter = room.newest;
    room.changesUntil = room.newest;
}

void CatchUp::onEvents(const protocol::Events &events)
{
    const auto found = m_rooms.find(events.room);
    if (found == m_rooms.end())
        return;
    if (events.requestId == 0)
        onLive(events, found->second);
    else
        onPage(events, found->second);
}

void CatchUp::onLive(const protocol::Events &events, Room &room)
{
    // Before the page that meets the newest event there is nothing to go on from: that page will have these.
    if (room.stage != Stage::Live || events.events.isEmpty())
        return;
    const bool hasHole = std::any_of(
        events.events.begin(), events.events.end(), [next = room.newest + 1](const protocol::Event &event) mutable {
            if (event.seq == next)
                ++next;
            return event.seq >= next;
        });
    if (!hasHole) {
        const QList<protocol::Event> fresh = append(events.room, room, events.events, false);
        if (!fresh.isEmpty())
            m_sink.store(SaveEvents{events.room, fresh.first().seq, fresh, false});
        return;
    }
    if (!room.holeTimer) {
        room.holeTimer = m_time.makeTimer([this, id = events.room] {
            if (Room &holed = m_rooms.at(id); holed.stage == Stage::Live)
                pull(id, holed);
        });
    }
    if (!room.holeTimer->isActive())
        room.holeTimer->start(holePatience + std::chrono::milliseconds(qint64(m_random() * holePatience.count())));
}

void CatchUp::onPage(const protocol::Events &page, Room &room)
{
    if (room.stage != Stage::Pulling)
        return;
    room.head = std::max(page.headSeq, room.head);
    const quint64 from = room.newest + 1;
    const QList<protocol::Event> fresh = append(page.room, room, page.events, true);
    if (!fresh.isEmpty()) {
        // Events below what the server keeps have not been skipped: they are gone.
        const quint64 expected = std::max(from, room.first);
        if (fresh.first().seq > expected)
            m_counts.missing += fresh.first().seq - expected;
        m_sink.store(SaveEvents{page.room, from, fresh, !page.live});
    }
    if (page.live)
        becomeLive(page.room, room);
    else
        // Neither live nor anything new: asking again at once would go round in circles.
        room.stage = fresh.isEmpty() ? Stage::Idle : Stage::Saving;
    m_sink.progressed();
}

void CatchUp::onSaved(const EventsSaved &saved)
{
    const auto found = m_rooms.find(saved.room);
    if (found == m_rooms.end())
        return;
    Room &room = found->second;
    if (saved.areChanges) {
        if (room.isAskingChanges && room.changesAfter > 0)
            askChanges(saved.room, room);
    } else if (room.stage == Stage::Saving) {
        pull(saved.room, room);
    }
}

void CatchUp::becomeLive(const RoomId &id, Room &room)
{
    room.stage = Stage::Live;
    if (room.changesAfter > 0 && !room.isAskingChanges)
        askChanges(id, room);
}

void CatchUp::askChanges(const RoomId &id, Room &room)
{
    room.isAskingChanges = true;
    m_sink.askEvents({0, id, room.changesAfter, room.changesUntil});
}

void CatchUp::onChanges(const protocol::Events &page)
{
    const auto found = m_rooms.find(page.room);
    if (found == m_rooms.end() || !found->second.isAskingChanges)
        return;
    Room &room = found->second;
    TimelineUpdate update;
    update.room = page.room;
    update.kind = TimelineUpdate::Kind::Change;
    update.isCatchUp = true;
    std::copy_if(page.events.begin(), page.events.end(), std::back_inserter(update.events),
        [](const protocol::Event &event) { return event.kind != protocol::EventKind::Message; });
    // An empty page is the last. A server that knows no such pages answers with one that is live.
    const bool isLast = page.events.isEmpty() || page.live || page.events.last().seq <= room.changesAfter;
    room.changesAfter = isLast ? 0 : page.events.last().seq;
    room.isAskingChanges = !isLast;
    m_counts.replayed += quint64(update.events.size());
    m_sink.store(SaveChanges{page.room, update.events, room.changesAfter, room.changesUntil});
    if (isLast)
        room.changesUntil = 0;
    if (!update.events.isEmpty())
        m_sink.timelineChanged(update);
}

QList<protocol::Event> CatchUp::append(
    const RoomId &id, Room &room, const QList<protocol::Event> &events, bool isCatchUp)
{
    TimelineUpdate update;
    update.room = id;
    update.kind = TimelineUpdate::Kind::Append;
    update.isCatchUp = isCatchUp;
    update.fromSeq = room.newest + 1;
    for (const protocol::Event &event : events) {
        if (event.seq <= room.newest) {
            ++m_counts.repeated;
            continue;
        }
        room.newest = event.seq;
        room.newestId = event.messageId;
        update.events.append(event);
    }
    if (update.events.isEmpty())
        return {};
    room.hasEvents = true;
    room.head = std::max(room.head, room.newest);
    (isCatchUp ? m_counts.replayed : m_counts.delivered) += quint64(update.events.size());
    if (isCatchUp) {
        const quint64 messages = messagesIn(update.events);
        m_loaded += messages;
        room.missed -= std::min(room.missed, messages);
    }
    update.toSeq = room.newest;
    m_sink.timelineChanged(update);
    return update.events;
}

void CatchUp::onPageFailed(const RoomId &id, protocol::ErrorCode code)
{
    const auto found = m_rooms.find(id);
    if (found == m_rooms.end())
        return;
    Room &room = found->second;
    const bool wasPulling = room.stage == Stage::Pulling;
    room.stage = Stage::Idle;
    if (wasPulling && code == protocol::ErrorCode::HistoryExpired) {
        // The server keeps nothing that far back any more, so what is here has no end to go on from.
        m_sink.store(ClearHistory{id});
        room.hasEvents = false;
        room.changesAfter = room.changesUntil = 0;
        room.head = std::max<quint64>(room.head, 1);
        m_followed.erase(id);
        startAnew(id, room);
    }
    m_sink.progressed();
}

void CatchUp::onChangesFailed(const RoomId &id, protocol::ErrorCode code)
{
    const auto found = m_rooms.find(id);
    if (found == m_rooms.end())
        return;
    Room &room = found->second;
    room.isAskingChanges = false;
    if (code != protocol::ErrorCode::HistoryExpired)
        return;
    // Nobody can tell any more what became of the older messages: they are loaded again when someone scrolls to them.
    room.changesAfter = room.changesUntil = 0;
    m_sink.store(ClearHistory{id, true});
}

bool CatchUp::isComplete() const
{
    return std::none_of(m_rooms.begin(), m_rooms.end(), [](const auto &entry) {
        const Room &room = entry.second;
        return room.isOfWelcome && room.stage != Stage::Idle && room.stage != Stage::Live;
    });
}

quint64 CatchUp::missing() const
{
    quint64 remaining = 0;
    for (const auto &[id, room] : m_rooms) {
        if (room.stage == Stage::LoadingNewest)
            remaining += std::min<quint64>(room.head - std::min(room.head, room.first - 1), pageSize);
        else if (room.stage == Stage::Pulling || room.stage == Stage::Saving)
            remaining += room.missed;
    }
    return m_loaded + remaining;
}

} // namespace lanline::client
