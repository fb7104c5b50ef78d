#pragma once

#include "client/chatsession.h"

#include <QMap>
#include <QObject>
#include <QSet>

namespace lanline::app {

/// Counts what one session sends and receives in one room, and whether it comes in order and once.
class Witness final : public QObject
{
    Q_OBJECT

public:
    Witness(client::ChatSession &session, RoomId room, QObject *parent = nullptr);

    int composed() const { return int(m_composed.size()); }
    int stored() const { return int(m_stored.size()); } ///< of one's own
    int received() const { return m_received; } ///< of others
    int duplicated() const { return m_duplicated; }
    int reordered() const { return m_reordered; }
    /// All events seen, by seq: the same on both sides once everything has arrived.
    const QMap<quint64, QString> &history() const { return m_history; }

private:
    void onOutboxChanged(const QList<client::OutboxItem> &items);
    void onTimelineChanged(const client::TimelineUpdate &update);

    client::ChatSession &m_session;
    RoomId m_room;
    QSet<MessageId> m_composed;
    QSet<MessageId> m_stored;
    QMap<quint64, QString> m_history;
    quint64 m_newest = 0;
    int m_received = 0;
    int m_duplicated = 0;
    int m_reordered = 0;
};

} // namespace lanline::app
