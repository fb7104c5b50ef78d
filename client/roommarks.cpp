#include "client/roommarks.h"

using namespace std::chrono_literals;

namespace lanline::client {

namespace {

/// A busy room moves the mark with every message; nobody needs to hear of it that often.
constexpr auto betweenReadMarks = 200ms;
/// What was sent longer ago than this has arrived: a dead link is noticed earlier.
constexpr auto surelyArrived = 2min;

} // namespace

RoomMarks::RoomMarks(TimeSource &time, Sink sink)
    : m_time(time)
    , m_sink(std::move(sink))
    , m_pause(time.makeTimer([this] { sendReadMarks(); }))
{ }

// ---- from here ----------------------------------------------------------------------------------------------------

void RoomMarks::markRead(const protocol::MarkRead &mark)
{
    Marks &marks = m_rooms[mark.room];
    if (mark.seq <= marks.readSeq)
        return;
    marks.readSeq = mark.seq;
    if (!m_isUp)
        return;
    m_unsentReadMarks.insert(mark.room);
    if (!m_pause->isActive())
        sendReadMarks();
}

void RoomMarks::sendReadMarks()
{
    if (!m_isUp || m_unsentReadMarks.isEmpty())
        return;
    const auto rooms = std::exchange(m_unsentReadMarks, {});
    for (const RoomId &room : rooms)
        m_sink.send(protocol::MarkRead{room, m_rooms.value(room).readSeq});
    m_pause->start(betweenReadMarks);
}

void RoomMarks::setDraft(const protocol::SetDraft &draft)
{
    Marks &marks = m_rooms[draft.room];
    if (draft.text == marks.draft)
        return;
    marks.draft = draft.text;
    if (m_isUp)
        send(draft.room, marks);
    else
        marks.wasChangedOffline = true;
}

void RoomMarks::send(const RoomId &room, Marks &marks)
{
    forgetReplaced(marks);
    marks.known.append({qHash(marks.draft), m_time.now()});
    m_sink.send(protocol::SetDraft{room, marks.draft});
}

void RoomMarks::forgetReplaced(Marks &marks) const
{
    while (marks.known.size() > 1 && m_time.now() - marks.known.at(1).at > surelyArrived)
        marks.known.removeFirst();
}

// ---- from the server ----------------------------------------------------------------------------------------------

void RoomMarks::linkUp(const QList<protocol::RoomState> &rooms)
{
    m_isUp = true;
    QSet<RoomId> named;
    for (const protocol::RoomState &room : rooms)
        named.insert(room.info.id);
    m_rooms.removeIf([&named](const auto &entry) { return !named.contains(entry.key()); });
    m_unsentReadMarks.clear();
    for (const protocol::RoomState &room : rooms)
        merge(room);
}

void RoomMarks::linkDown()
{
    m_isUp = false;
    m_pause->stop();
    m_unsentReadMarks.clear();
    for (Marks &marks : m_rooms)
        forgetReplaced(marks);
}

void RoomMarks::onJoined(const protocol::RoomState &room)
{
    merge(room);
}

void RoomMarks::onLeft(const RoomId &room)
{
    m_rooms.remove(room);
    m_unsentReadMarks.remove(room);
}

void RoomMarks::onReadMark(const protocol::ReadMark &mark)
{
    takeReadSeq(mark.room, mark.seq);
}

void RoomMarks::onDraft(const protocol::Draft &draft)
{
    takeDraft(draft.room, draft.text);
}

void RoomMarks::merge(const protocol::RoomState &room)
{
    const RoomId &id = room.info.id;
    Marks &marks = m_rooms[id];
    // A room that is shorter than what was read has another history now.
    if (marks.readSeq > room.info.headSeq)
        marks.readSeq = 0;
    if (marks.readSeq > room.readSeq)
        m_sink.send(protocol::MarkRead{id, marks.readSeq});
    else
        takeReadSeq(id, room.readSeq);

    if (marks.draft == room.draft || !isOursNewer(marks, room.draft)) {
        takeDraft(id, room.draft);
        return;
    }
    marks.wasChangedOffline = false;
    marks.known = {{qHash(room.draft), m_time.now()}};
    send(id, marks);
}

bool RoomMarks::isOursNewer(const Marks &marks, const QString &servers) const
{
    // Nobody has changed it since, or there never was another.
    if (marks.known.isEmpty() ? servers.isEmpty() : marks.known.constLast().hash == qHash(servers))
        return true;
    // Either the server has not read what was sent last, or somebody has gone back to what was there before.
    const bool wasOurs = std::any_of(marks.known.cbegin(), marks.known.cend(),
        [hash = qHash(servers)](const Sent &sent) { return sent.hash == hash; });
    return (wasOurs || marks.wasChangedOffline) && m_sink.isInUse();
}

void RoomMarks::takeReadSeq(const RoomId &room, quint64 seq)
{
    Marks &marks = m_rooms[room];
    if (seq <= marks.readSeq)
        return;
    marks.readSeq = seq;
    m_sink.tell(protocol::ReadMark{room, seq});
}

void RoomMarks::takeDraft(const RoomId &room, const QString &text)
{
    Marks &marks = m_rooms[room];
    const bool isNews = marks.draft != text;
    marks.draft = text;
    marks.wasChangedOffline = false;
    marks.known = {{qHash(text), m_time.now()}};
    if (isNews)
        m_sink.tell(protocol::Draft{room, text});
}

} // namespace lanline::client
