#include "ui/models/roombook.h"

#include "client/chatsession.h"

#include <QSet>

namespace lanline::ui {

using client::ChatSession;

RoomBook::RoomBook(ChatSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_state(session.state())
{
    connect(&session, &ChatSession::stateChanged, this, &RoomBook::onStateChanged);
    connect(&session, &ChatSession::roomsReset, this, [this](const QList<protocol::RoomState> &rooms) {
        m_conversations.setRooms(rooms);
        for (const protocol::RoomState &room : rooms)
            refreshPreview(room.info.id);
    });
    connect(&session, &ChatSession::roomJoined, &m_conversations, &ConversationModel::addRoom);
    connect(&session, &ChatSession::roomLeft, &m_conversations, &ConversationModel::removeRoom);
    connect(&session, &ChatSession::memberChanged, &m_conversations, &ConversationModel::setMember);
    connect(&session, &ChatSession::presenceChanged, &m_conversations, &ConversationModel::setPresence);
    connect(&session, &ChatSession::timelineChanged, this, &RoomBook::onTimelineChanged);
    connect(&session, &ChatSession::outboxChanged, this, &RoomBook::onOutboxChanged);
    connect(&session, &ChatSession::roomRead, this, &RoomBook::onRoomRead);
    connect(&session, &ChatSession::linkEventHappened, this, &RoomBook::onLinkEvent);
    connect(&session, &ChatSession::requestFailed, this,
        [this](const client::RequestFailure &failure) { forgetRequests(failure.room); });
}

RoomBook::RoomBook(const RoomBook &other, QObject *parent)
    : RoomBook(other.m_session, parent)
{
    m_state = other.m_state;
    m_conversations.copy(other.m_conversations);
    m_readSeqs = other.m_readSeqs;
    for (const TimelineModel *shown : other.m_timelines)
        timeline(shown->room()).copy(*shown);
}

TimelineModel &RoomBook::timeline(const RoomId &room)
{
    TimelineModel *&timeline = m_timelines[room];
    if (!timeline) {
        timeline = new TimelineModel(room, this);
        timeline->setSelf(m_state.self);
        timeline->setLimits(m_state.limits);
    }
    return *timeline;
}

void RoomBook::open(const RoomId &room)
{
    if (room == m_open)
        return;
    if (!m_open.isNull())
        timeline(m_open).setFirstNew(0);
    m_open = room;
    const Conversation *conversation = m_conversations.find(room);
    if (conversation && conversation->unread > 0)
        timeline(room).setFirstNew(conversation->firstUnread);
}

void RoomBook::setReading(bool isReading)
{
    m_isReading = isReading;
    if (isReading)
        noteReading();
}

void RoomBook::noteReading()
{
    m_conversations.clearUnread(m_open);
    Q_EMIT roomRead(m_open);
    if (m_open.isNull())
        return;
    const quint64 head = timeline(m_open).headSeq();
    if (head <= m_readSeqs.value(m_open))
        return;
    m_readSeqs.insert(m_open, head);
    m_session.markRead(m_open, head);
}

void RoomBook::onRoomRead(const RoomId &room, quint64 seq)
{
    if (seq <= m_readSeqs.value(room))
        return;
    m_readSeqs.insert(room, seq);
    const TimelineModel &messages = timeline(room);
    if (room == m_open && m_isReading)
        return;
    if (seq >= messages.headSeq()) {
        m_conversations.clearUnread(room);
        return;
    }
    // What stands outside the window was counted when it came.
    if (messages.isDetached())
        return;
    int count = 0;
    quint64 first = 0;
    for (int row = messages.rowCount() - 1; row >= 0; --row) {
        const TimelineEntry entry = messages.entry(row);
        if (entry.seq > 0 && entry.seq <= seq)
            break;
        if (entry.kind != TimelineEntry::Kind::Message || entry.isOwn || entry.seq == 0)
            continue;
        first = entry.seq;
        ++count;
    }
    m_conversations.setUnread(room, first, count);
}

void RoomBook::loadOlder(const RoomId &room)
{
    const TimelineModel &shown = timeline(room);
    if (m_loadingOlder.contains(room) || shown.hasReachedStart() || shown.oldestSeq() == 0)
        return;
    m_loadingOlder.insert(room);
    m_session.loadOlder(room, shown.oldestSeq());
}

void RoomBook::loadNewer(const RoomId &room)
{
    const TimelineModel &shown = timeline(room);
    if (m_loadingNewer.contains(room) || !shown.isDetached())
        return;
    m_loadingNewer.insert(room);
    m_session.loadNewer(room, shown.newestShownSeq());
}

void RoomBook::loadNewest(const RoomId &room)
{
    if (!timeline(room).isDetached())
        return;
    m_loadingNewer.insert(room);
    m_session.loadNewest(room);
}

void RoomBook::forgetRequests(const RoomId &room)
{
    m_loadingOlder.remove(room);
    m_loadingNewer.remove(room);
}

void RoomBook::onStateChanged(const client::ConnectionState &state)
{
    // What waits for another server is kept for it, and not shown here.
    const bool isAnotherServer =
        !state.serverId.isNull() && !m_state.serverId.isNull() && state.serverId != m_state.serverId;
    m_state = state;
    // An answer that a lost link owed never comes.
    if (state.phase != client::Phase::Online)
        m_loadingOlder.clear();
    for (TimelineModel *timeline : std::as_const(m_timelines)) {
        if (isAnotherServer)
            timeline->clear();
        timeline->setLimits(state.limits);
        // Offline, a session that has not been welcomed yet has no self; those that were keep theirs.
        if (!state.self.id.isNull())
            timeline->setSelf(state.self);
    }
}

void RoomBook::onTimelineChanged(const client::TimelineUpdate &update)
{
    using Kind = client::TimelineUpdate::Kind;
    if (update.kind != Kind::Append && update.kind != Kind::Change)
        forgetRequests(update.room);
    TimelineModel &shown = timeline(update.room);
    const quint64 head = shown.headSeq();
    shown.apply(update);
    // A page of the newest after a long absence brings what nobody has seen, as far as it goes; so does the first page
    // on a new device, as far as it is known what was read on another one.
    if (update.kind == Kind::Append)
        countUnread(update, 0);
    else if (update.kind == Kind::Reset && (head > 0 || m_readSeqs.value(update.room) > 0))
        countUnread(update, head);
    refreshPreview(update.room);
}

void RoomBook::onOutboxChanged(const QList<client::OutboxItem> &items)
{
    QSet<RoomId> rooms;
    for (const client::OutboxItem &item : items) {
        timeline(item.room).apply(item);
        rooms.insert(item.room);
    }
    for (const RoomId &room : std::as_const(rooms))
        refreshPreview(room);
}

void RoomBook::onLinkEvent(const client::LinkEvent &event)
{
    if (event.kind != client::LinkEvent::Kind::Reconnected || m_open.isNull())
        return;
    const QString text = event.replayed == 0
        ? tr("Reconnected · nothing missed")
        : tr("Reconnected · %n message(s) caught up", nullptr, int(event.replayed));
    timeline(m_open).addNotice(text, event.wallAt);
}

void RoomBook::countUnread(const client::TimelineUpdate &update, quint64 after)
{
    const bool isSeen = update.room == m_open && m_isReading;
    const UserId self = m_state.self.id;
    const quint64 seen = qMax(after, m_readSeqs.value(update.room));
    int count = 0;
    quint64 first = 0;
    for (const protocol::Event &event : update.events) {
        if (event.author.id == self || event.seq <= seen || event.kind != protocol::EventKind::Message)
            continue;
        if (count++ == 0)
            first = event.seq;
        if (!isSeen)
            Q_EMIT unreadArrived(update.room, event);
    }
    if (count > 0 && isSeen)
        noteReading();
    if (count == 0 || isSeen)
        return;
    const Conversation *conversation = m_conversations.find(update.room);
    const bool wasRead = !conversation || conversation->unread == 0;
    m_conversations.addUnread(update.room, first, count);
    // What comes to the open room while nobody looks starts the line anew.
    if (update.room == m_open && wasRead)
        timeline(m_open).setFirstNew(first);
}

void RoomBook::refreshPreview(const RoomId &room)
{
    const TimelineModel &messages = timeline(room);
    m_conversations.setWaiting(room, messages.pendingCount());
    if (const auto newest = messages.newest())
        m_conversations.setLast(room, newest->author.name, newest->shownText(), newest->time, newest->isOwn);
}

} // namespace lanline::ui
