#pragma once

#include "client/trace.h"
#include "client/values.h"

#include <QHash>

#include <deque>

namespace lanline::ui {

/// How the panel names a message that it shows; no longer than a line.
struct MessageLabel
{
    QString author;
    QString room;
    QString preview;
    friend bool operator==(const MessageLabel &, const MessageLabel &) = default;
};

/// The names of the messages that came or were stored lately: by their ids, `kept` of them.
class MessageLabels
{
public:
    static constexpr std::size_t kept = 40'000;

    void setRooms(const QList<protocol::RoomState> &rooms);
    void add(const client::TimelineUpdate &update);
    void add(const QList<client::OutboxItem> &items, const protocol::User &self);
    void set(const MessageId &message, const MessageLabel &label);
    MessageLabel of(const client::MessageTrace &trace) const;

private:
    QString titleOf(const RoomId &room) const;

    QHash<MessageId, MessageLabel> m_labels;
    std::deque<MessageId> m_order; ///< oldest first
    QHash<RoomId, QString> m_titles;
};

} // namespace lanline::ui
