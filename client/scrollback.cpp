#include "client/scrollback.h"

#include "client/catchup.h"

#include <algorithm>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

void Scrollback::onTold(const TimelineUpdate &update)
{
    Room &room = m_rooms[update.room];
    if (update.kind == TimelineUpdate::Kind::Reset)
        room.oldest = update.fromSeq;
    if (room.newestAsked > 0)
        room.toldMeanwhile.append(update);
    if (room.before == 0 && room.newerAsked == 0)
        return;
    std::copy_if(update.events.begin(), update.events.end(), std::back_inserter(room.changesMeanwhile),
        [](const protocol::Event &event) { return event.targetSeq > 0; });
}

void Scrollback::applyChanges(Room &room, QList<protocol::Event> &events)
{
    for (const protocol::Event &change : std::as_const(room.changesMeanwhile)) {
        for (protocol::Event &event : events) {
            if (event.seq != change.targetSeq || event.changedSeq >= change.seq)
                continue;
            event.isDeleted = change.kind == protocol::EventKind::Deletion;
            event.text = event.isDeleted ? QString() : change.text;
            event.changedSeq = change.seq;
        }
    }
    if (room.before == 0 && room.newerAsked == 0)
        room.changesMeanwhile.clear();
}

void Scrollback::loadOlder(const LoadOlder &older)
{
    const auto found = m_rooms.find(older.room);
    if (found == m_rooms.end()) {
        m_sink.failed(older.room, u"the room is not loaded"_s);
        return;
    }
    Room &room = found->second;
    if (room.before > 0)
        return;
    const quint64 before = older.beforeSeq > 0 ? older.beforeSeq : room.oldest;
    if (before == 0) {
        m_sink.failed(older.room, u"the room is not loaded"_s);
        return;
    }
    room.before = room.end = before;
    if (before <= room.first)
        tellOlder(older.room, room, {}, before);
    else
        askOlder(older.room, room, before);
}

void Scrollback::askOlder(const RoomId &id, Room &room, quint64 before)
{
    room.before = before;
    m_sink.store(LoadPage{id, LoadPage::From::Before, before, int(pageSize)});
}

void Scrollback::tellOlder(const RoomId &id, Room &room, QList<protocol::Event> events, quint64 from)
{
    if (events.isEmpty() && from > room.first) {
        // Nothing but edits and deletions: whoever asked wants to see messages.
        askOlder(id, room, from);
        return;
    }
    TimelineUpdate update;
    update.room = id;
    update.kind = TimelineUpdate::Kind::Prepend;
    update.fromSeq = from;
    update.toSeq = room.end - 1;
    update.reachedStart = from <= room.first;
    room.before = room.end = 0;
    applyChanges(room, events);
    update.events = std::move(events);
    room.oldest = room.oldest == 0 ? from : std::min(room.oldest, from);
    m_sink.timelineChanged(update);
}

void Scrollback::loadNewer(const LoadNewer &newer)
{
    ++m_rooms[newer.room].newerAsked;
    m_sink.store(LoadPage{newer.room, LoadPage::From::Behind, newer.afterSeq, int(pageSize)});
}

void Scrollback::loadNewest(const LoadNewest &newest)
{
    ++m_rooms[newest.room].newestAsked;
    m_sink.store(LoadPage{newest.room, LoadPage::From::Newest, 0, int(pageSize)});
}

void Scrollback::onPage(const PageLoaded &page)
{
    const auto found = m_rooms.find(page.asked.room);
    if (found == m_rooms.end())
        return;
    Room &room = found->second;
    switch (page.asked.from) {
    case LoadPage::From::Newest:
        onNewest(page, room);
        break;
    case LoadPage::From::Behind:
        --room.newerAsked;
        if (!page.isHere) {
            m_sink.failed(page.asked.room, u"nothing newer is on this computer"_s);
        } else {
            TimelineUpdate update;
            update.room = page.asked.room;
            update.kind = TimelineUpdate::Kind::Extend;
            update.events = page.events;
            applyChanges(room, update.events);
            update.fromSeq = page.fromSeq;
            update.toSeq = page.toSeq;
            m_sink.timelineChanged(update);
        }
        break;
    case LoadPage::From::Before:
        if (room.before != page.asked.seq)
            return;
        if (page.isHere) {
            tellOlder(page.asked.room, room, page.events, page.fromSeq);
        } else if (m_isUp) {
            m_sink.askHistory({0, page.asked.room, room.before, pageSize});
        } else {
            room.before = room.end = 0;
            m_sink.failed(page.asked.room, u"not connected, and nothing older is on this computer"_s);
        }
        break;
    }
}

void Scrollback::onNewest(const PageLoaded &page, Room &room)
{
    if (--room.newestAsked > 0)
        return;
    const QList<TimelineUpdate> meanwhile = std::exchange(room.toldMeanwhile, {});
    TimelineUpdate update;
    update.room = page.asked.room;
    update.kind = TimelineUpdate::Kind::Reset;
    update.events = page.events;
    update.fromSeq = page.fromSeq;
    update.toSeq = page.toSeq;
    update.reachedStart = page.isHere && page.fromSeq <= room.first;
    room.oldest = page.fromSeq;
    m_sink.timelineChanged(update);
    // What was told since the disk was asked is not in its page, and has just been dropped by the reset.
    for (TimelineUpdate again : meanwhile) {
        if (again.kind != TimelineUpdate::Kind::Append && again.kind != TimelineUpdate::Kind::Change) {
            m_sink.timelineChanged(again);
            continue;
        }
        if (again.kind == TimelineUpdate::Kind::Append)
            again.events.removeIf([&](const protocol::Event &event) { return event.seq <= page.toSeq; });
        if (!again.events.isEmpty())
            m_sink.timelineChanged(again);
    }
}

void Scrollback::onHistory(const protocol::History &page)
{
    const auto found = m_rooms.find(page.room);
    if (found == m_rooms.end() || found->second.before == 0)
        return;
    Room &room = found->second;
    room.first = page.firstSeq;
    QList<protocol::Event> older;
    std::copy_if(page.events.begin(), page.events.end(), std::back_inserter(older),
        [&](const protocol::Event &event) { return event.seq < room.before; });
    // An empty page comes only at the end.
    quint64 from = older.isEmpty() ? std::min(room.first, room.before) : older.first().seq;
    if (!older.isEmpty() && page.fromSeq > 0)
        from = std::min(from, page.fromSeq);
    m_replayed += quint64(older.size());
    if (from < room.before)
        m_sink.store(SavePage{page.room, page.firstSeq, from, room.before - 1, older, false});
    tellOlder(page.room, room, older, from);
}

void Scrollback::onHistoryFailed(const RoomId &id)
{
    if (const auto found = m_rooms.find(id); found != m_rooms.end())
        found->second.before = found->second.end = 0;
}

} // namespace lanline::client
