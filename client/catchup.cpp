#include "client/catchup.h"

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;

namespace {

/// A hole is given this long to close by itself, and a random share of it more, before it is asked for.
constexpr std::chrono::milliseconds holePatience = 500ms;

} // namespace

CatchUp::CatchUp(TimeSource &time, std::function<double()> random, Sink sink)
    : m_time(time)
    , m_random(std::move(random))
    , m_sink(std::move(sink))
{ }

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
    std::erase_if(m_rooms, [&](const auto &entry) {
        return std::none_of(rooms.begin(), rooms.end(), [&](const auto &room) { return room.info.id == entry.first; });
    });
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
        room.isAskingOlder = false;
        if (room.holeTimer)
            room.holeTimer->stop();
    }
}

void CatchUp::add(const protocol::RoomState &state)
{
    Room &room = m_rooms[state.info.id];
    // Joined once more while it is already loading or live: nothing starts over.
    if (room.stage == Stage::Idle)
        start(state.info.id, room, state);
}

void CatchUp::start(const RoomId &id, Room &room, const protocol::RoomState &state)
{
    room.first = state.firstSeq;
    room.head = state.info.headSeq;
    const bool goesOn = room.hasEvents && state.cursor == protocol::CursorState::Valid;
    const bool isFarBehind = room.head > room.newest + farBehind && !m_followed.contains(id);
    if (goesOn && !isFarBehind)
        pull(id, room);
    else
        startAnew(id, room);
}

void CatchUp::startAnew(const RoomId &id, Room &room)
{
    room.hasEvents = false;
    room.newestId = {};
    const auto followed = m_followed.find(id);
    if (followed == m_followed.end() && room.head > 0) {
        room.stage = Stage::LoadingNewest;
        m_sink.askNewest(id);
        return;
    }
    room.newest = followed == m_followed.end() ? 0 : followed->second;
    room.oldest = room.newest + 1;
    m_sink.timelineChanged({id, TimelineUpdate::Kind::Reset, {}, room.oldest <= room.first, false});
    pull(id, room);
}

void CatchUp::pull(const RoomId &id, Room &room)
{
    room.stage = Stage::Pulling;
    m_sink.askEvents(id, room.newest);
}

void CatchUp::onNewest(const protocol::History &page)
{
    const auto found = m_rooms.find(page.room);
    if (found == m_rooms.end() || found->second.stage != Stage::LoadingNewest)
        return;
    Room &room = found->second;
    room.first = page.firstSeq;
    room.newest = 0;
    extend(room, page.events);
    room.oldest = page.events.isEmpty() ? 1 : page.events.first().seq;
    m_loaded += quint64(page.events.size());
    m_sink.timelineChanged({page.room, TimelineUpdate::Kind::Reset, page.events, room.oldest <= room.first, false});
    pull(page.room, room);
    m_sink.progressed();
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
        append(events.room, room, events.events, false);
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
    const quint64 before = room.newest;
    append(page.room, room, page.events, true);
    if (page.live) {
        room.stage = Stage::Live;
    } else if (room.newest > before) {
        pull(page.room, room);
    } else {
        // Neither live nor anything new: asking again at once would go round in circles.
        room.stage = Stage::Idle;
    }
    m_sink.progressed();
}

void CatchUp::append(const RoomId &id, Room &room, const QList<protocol::Event> &events, bool isCatchUp)
{
    QList<protocol::Event> fresh;
    quint64 newest = room.newest;
    for (const protocol::Event &event : events) {
        if (event.seq <= newest)
            continue;
        newest = event.seq;
        fresh.append(event);
    }
    if (fresh.isEmpty())
        return;
    if (isCatchUp)
        m_loaded += quint64(fresh.size());
    extend(room, fresh);
    m_sink.timelineChanged({id, TimelineUpdate::Kind::Append, fresh, false, isCatchUp});
}

void CatchUp::extend(Room &room, const QList<protocol::Event> &events)
{
    if (events.isEmpty())
        return;
    room.hasEvents = true;
    room.newest = events.last().seq;
    room.newestId = events.last().messageId;
    room.head = std::max(room.head, room.newest);
}

bool CatchUp::loadOlder(const RoomId &id)
{
    const auto found = m_rooms.find(id);
    if (found == m_rooms.end() || found->second.stage == Stage::Idle || found->second.stage == Stage::LoadingNewest)
        return false;
    Room &room = found->second;
    if (room.isAskingOlder)
        return true;
    if (room.oldest <= room.first) {
        m_sink.timelineChanged({id, TimelineUpdate::Kind::Prepend, {}, true, false});
        return true;
    }
    room.isAskingOlder = true;
    m_sink.askOlder(id, room.oldest);
    return true;
}

void CatchUp::onOlder(const protocol::History &page)
{
    const auto found = m_rooms.find(page.room);
    if (found == m_rooms.end() || !found->second.isAskingOlder)
        return;
    Room &room = found->second;
    room.isAskingOlder = false;
    room.first = page.firstSeq;
    QList<protocol::Event> older;
    std::copy_if(page.events.begin(), page.events.end(), std::back_inserter(older),
        [&](const protocol::Event &event) { return event.seq < room.oldest; });
    if (!older.isEmpty())
        room.oldest = older.first().seq;
    m_sink.timelineChanged(
        {page.room, TimelineUpdate::Kind::Prepend, older, older.isEmpty() || room.oldest <= room.first, false});
}

void CatchUp::onPageFailed(const RoomId &id)
{
    if (const auto found = m_rooms.find(id); found != m_rooms.end())
        found->second.stage = Stage::Idle;
    m_sink.progressed();
}

void CatchUp::onOlderFailed(const RoomId &id)
{
    if (const auto found = m_rooms.find(id); found != m_rooms.end())
        found->second.isAskingOlder = false;
}

bool CatchUp::isComplete() const
{
    return std::none_of(m_rooms.begin(), m_rooms.end(), [](const auto &entry) {
        const Room &room = entry.second;
        return room.isOfWelcome && (room.stage == Stage::LoadingNewest || room.stage == Stage::Pulling);
    });
}

quint64 CatchUp::missing() const
{
    quint64 remaining = 0;
    for (const auto &[id, room] : m_rooms) {
        if (room.stage == Stage::LoadingNewest)
            remaining += std::min<quint64>(room.head - std::min(room.head, room.first - 1), pageSize);
        else if (room.stage == Stage::Pulling)
            remaining += room.head - std::min(room.head, room.newest);
    }
    return m_loaded + remaining;
}

} // namespace lanline::client
