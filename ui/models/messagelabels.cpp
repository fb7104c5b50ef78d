#include "ui/models/messagelabels.h"

namespace lanline::ui {

namespace {

constexpr qsizetype longestPreview = 80;

QString previewOf(const QString &text)
{
    const qsizetype end = text.indexOf(u'\n');
    return (end < 0 ? text : text.first(end)).left(longestPreview);
}

} // namespace

void MessageLabels::setRooms(const QList<protocol::RoomState> &rooms)
{
    for (const protocol::RoomState &room : rooms)
        m_titles.insert(room.info.id, room.info.title);
}

QString MessageLabels::titleOf(const RoomId &room) const
{
    const QString title = m_titles.value(room);
    return title.isEmpty() ? room.value() : title;
}

void MessageLabels::set(const MessageId &message, const MessageLabel &label)
{
    if (!m_labels.contains(message))
        m_order.push_back(message);
    m_labels.insert(message, label);
    while (m_order.size() > kept) {
        m_labels.remove(m_order.front());
        m_order.pop_front();
    }
}

void MessageLabels::add(const client::TimelineUpdate &update)
{
    // What is loaded from before has no trace.
    if (update.kind != client::TimelineUpdate::Kind::Append || update.isCatchUp)
        return;
    for (const protocol::Event &event : update.events)
        set(event.messageId, {event.author.name, titleOf(update.room), previewOf(event.text)});
}

void MessageLabels::add(const QList<client::OutboxItem> &items, const protocol::User &self)
{
    for (const client::OutboxItem &item : items) {
        if (item.state == client::SendState::Stored)
            set(item.messageId, {self.name, titleOf(item.room), previewOf(item.text)});
    }
}

MessageLabel MessageLabels::of(const client::MessageTrace &trace) const
{
    MessageLabel label = m_labels.value(trace.messageId);
    if (label.room.isEmpty())
        label.room = titleOf(trace.room);
    return label;
}

} // namespace lanline::ui
