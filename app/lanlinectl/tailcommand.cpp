#include "tailcommand.h"

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;
using client::TimelineUpdate;

TailCommand::TailCommand(const Options &options, client::ChatSession &session, Output &output)
    : Command(options, session, output)
    , m_since(options.since)
{
    if (m_since) {
        m_last = *m_since;
        session.follow(options.room, *m_since);
    }
    connect(&session, &client::ChatSession::roomsReset, this, [this](const QList<protocol::RoomState> &rooms) {
        // What the profile knows from an earlier time comes first, and says nothing of where the room is now.
        if (this->session().state().phase != client::Phase::CatchingUp)
            return;
        for (const protocol::RoomState &room : rooms)
            onRoom(room);
    });
    connect(&session, &client::ChatSession::roomJoined, this, &TailCommand::onRoom);
    connect(&session, &client::ChatSession::timelineChanged, this, &TailCommand::onTimeline);
    connect(&session, &client::ChatSession::requestFailed, this, [this](const client::RequestFailure &failure) {
        // Without a code the connection went away before the answer came: the next one asks again.
        if (failure.room == this->options().room && failure.code != protocol::ErrorCode::Unspecified)
            fail(u"room %1: %2"_s.arg(failure.room.value(), failure.text));
    });
}

void TailCommand::begin()
{
    if (!m_hasJoined)
        session().join(options().room);
}

void TailCommand::onRoom(const protocol::RoomState &room)
{
    if (room.info.id != options().room)
        return;
    m_hasJoined = true;
    if (m_since) {
        if (*m_since > room.info.headSeq)
            fail(u"room %1 has no event %2 yet"_s.arg(room.info.id.value()).arg(*m_since));
        return;
    }
    m_since = m_last = room.info.headSeq;
    // However far behind a later reconnect finds us, nothing is left out.
    session().follow(options().room, *m_since);
}

void TailCommand::onTimeline(const TimelineUpdate &update)
{
    const bool isReset = update.kind == TimelineUpdate::Kind::Reset;
    if (update.room != options().room || !m_since || !(isReset || update.kind == TimelineUpdate::Kind::Append))
        return;
    if (isReset && m_last > *m_since) {
        complain(u"the server has another history now; starting again behind %1"_s.arg(*m_since));
        m_last = *m_since;
    }
    for (const protocol::Event &event : update.events) {
        if (event.seq > m_last)
            onEvent(event);
    }
}

void TailCommand::onEvent(const protocol::Event &event)
{
    if (options().count && m_printed >= *options().count)
        return;
    m_last = event.seq;
    ++m_printed;
    JsonLine line;
    line.add("room"_L1, options().room.value())
        .add("seq"_L1, event.seq)
        .add("message_id"_L1, event.messageId.value().toString(QUuid::WithoutBraces))
        .add("author"_L1, event.author.name)
        .add("guest"_L1, event.author.isGuest)
        .add("stored_ms"_L1, quint64(event.storedAt.time_since_epoch().count()))
        .add("text"_L1, event.text);
    if (event.kind == protocol::EventKind::Edit)
        line.add("kind"_L1, u"edit"_s);
    else if (event.kind == protocol::EventKind::Deletion)
        line.add("kind"_L1, u"deletion"_s);
    if (event.targetSeq > 0)
        line.add("target_seq"_L1, event.targetSeq);
    if (event.isDeleted)
        line.add("deleted"_L1, true);
    print(line.object());
    if (m_printed == options().count)
        finish(Done);
}

} // namespace lanline::ctl
