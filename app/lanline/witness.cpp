#include "witness.h"

namespace lanline::app {

Witness::Witness(client::ChatSession &session, RoomId room, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_room(std::move(room))
{
    connect(&session, &client::ChatSession::outboxChanged, this, &Witness::onOutboxChanged);
    connect(&session, &client::ChatSession::timelineChanged, this, &Witness::onTimelineChanged);
}

void Witness::onOutboxChanged(const QList<client::OutboxItem> &items)
{
    for (const client::OutboxItem &item : items) {
        if (item.room != m_room)
            continue;
        m_composed.insert(item.messageId);
        if (item.state == client::SendState::Stored)
            m_stored.insert(item.messageId);
    }
}

void Witness::onTimelineChanged(const client::TimelineUpdate &update)
{
    if (update.room != m_room)
        return;
    if (update.kind == client::TimelineUpdate::Kind::Reset) {
        m_history.clear();
        m_newest = 0;
        m_received = 0;
    }
    for (const protocol::Event &event : update.events) {
        if (m_history.contains(event.seq)) {
            ++m_duplicated;
            continue;
        }
        if (update.kind == client::TimelineUpdate::Kind::Append && event.seq <= m_newest)
            ++m_reordered;
        m_newest = qMax(m_newest, event.seq);
        m_history.insert(event.seq, event.text);
        if (event.author.id != m_session.state().self.id)
            ++m_received;
    }
}

} // namespace lanline::app
