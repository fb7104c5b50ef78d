#pragma once

#include "client/values.h"
#include "ui/models/conversationmodel.h"
#include "ui/models/timelinemodel.h"

#include <QHash>
#include <QObject>

namespace lanline::client {
class ChatSession;
}

namespace lanline::ui {

/// Keeps a person's rooms from what the session tells: the list of conversations, one timeline per room, and what is
/// unread. Knows no widget.
class RoomBook final : public QObject
{
    Q_OBJECT

public:
    explicit RoomBook(client::ChatSession &session, QObject *parent = nullptr);
    /// For another window on the same session: knows what `other` knows, and shows and scrolls on its own.
    RoomBook(const RoomBook &other, QObject *parent);

    ConversationModel &conversations() { return m_conversations; }
    /// Made at first use; lives as long as the book.
    TimelineModel &timeline(const RoomId &room);

    /// The room on the screen: its unread messages get the "New" line, which goes when the room is left. Null: none.
    void open(const RoomId &room);
    const RoomId &openRoom() const { return m_open; }
    /// Is the end of the open room before somebody's eyes? Then nothing of it counts as unread, here or on another
    /// device.
    void setReading(bool isReading);
    /// Somebody has read the room in another window.
    void markRead(const RoomId &room) { m_conversations.clearUnread(room); }

    /// Ask for the page before or behind what is shown, unless one is on its way or there is none.
    void loadOlder(const RoomId &room);
    void loadNewer(const RoomId &room);
    /// Shows the end of the room again, however far somebody has scrolled back.
    void loadNewest(const RoomId &room);

Q_SIGNALS:
    void roomRead(const lanline::RoomId &room);
    /// A message of somebody else arrived that nobody is looking at.
    void unreadArrived(const lanline::RoomId &room, const lanline::protocol::Event &event);

private:
    void onStateChanged(const client::ConnectionState &state);
    void onTimelineChanged(const client::TimelineUpdate &update);
    void onOutboxChanged(const QList<client::OutboxItem> &items);
    void onLinkEvent(const client::LinkEvent &event);
    /// The end of the open room is being read.
    void noteReading();
    void onRoomRead(const RoomId &room, quint64 seq);
    /// Of what is behind `after`.
    void countUnread(const client::TimelineUpdate &update, quint64 after);
    void forgetRequests(const RoomId &room);
    void refreshPreview(const RoomId &room);

    client::ChatSession &m_session;
    client::ConnectionState m_state;
    ConversationModel m_conversations;
    QHash<RoomId, TimelineModel *> m_timelines;
    QSet<RoomId> m_loadingOlder;
    QSet<RoomId> m_loadingNewer; ///< or the newest
    QHash<RoomId, quint64> m_readSeqs; ///< how far the person has read, wherever
    RoomId m_open;
    bool m_isReading = false;
};

} // namespace lanline::ui
