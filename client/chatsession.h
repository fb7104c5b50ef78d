#pragma once

#include "client/values.h"
#include "core/crossing.h"

#include <QObject>
#include <QThread>
#include <QUrl>

#include <memory>

namespace lanline::client {

class ChatClient;

/// One person's client as the face sees it: lives in the GUI thread, while its ChatClient lives in the network thread.
/// Commands return at once; what comes of them arrives as signals, batched.
class ChatSession final : public QObject
{
    Q_OBJECT

public:
    /// `network` is started by its owner and outlives this object; several sessions may share it.
    ChatSession(Identity identity, QThread *network, QObject *parent = nullptr);
    ~ChatSession() override;

    /// Connects, and stays connected until close(). `url`: ws://host:port, host:port, or lanline://host:port.
    void open(const QUrl &url);
    /// BYE, and offline.
    void close();
    void retryNow();
    /// The interval announced to the server: 1 s while a diagnostics panel is open, else 15 s.
    void setHeartbeatInterval(std::chrono::milliseconds interval);

    /// Puts the text into the outbox and returns its id. outboxChanged() tells what becomes of it.
    MessageId send(const RoomId &room, const QString &text);
    /// Puts a failed message back into the outbox.
    void retry(const MessageId &message);
    /// Forgets a message that is waiting or failed.
    void discard(const MessageId &message);

    void join(const RoomId &room);
    void leave(const RoomId &room);
    void createRoom(const RoomId &room, const QString &title);
    void listRooms();
    /// One page of events before the oldest that was told of `room`.
    void loadOlder(const RoomId &room);
    void requestStatus();

    /// Latest value told by stateChanged().
    const ConnectionState &state() const { return m_state; }

Q_SIGNALS:
    void stateChanged(const lanline::client::ConnectionState &state);
    /// After every WELCOME: the rooms this person is in, members and all. Rooms not named are gone.
    void roomsReset(const QList<lanline::protocol::RoomState> &rooms);
    void roomJoined(const lanline::protocol::RoomState &room);
    void roomLeft(const lanline::RoomId &room);
    /// The answer to listRooms(), or (with one entry and `complete` false) a room that was just created.
    void roomsListed(const QList<lanline::protocol::RoomInfo> &rooms, bool complete);
    void timelineChanged(const lanline::client::TimelineUpdate &update);
    void outboxChanged(const QList<lanline::client::OutboxItem> &items);
    void memberChanged(const lanline::RoomId &room, const lanline::protocol::Member &member, bool isMember);
    void presenceChanged(lanline::UserId user, lanline::protocol::Presence presence);
    void roundTripMeasured(const lanline::client::RoundTrip &roundTrip);
    void linkEventHappened(const lanline::client::LinkEvent &event);
    void statusReceived(const lanline::protocol::Status &status);
    void requestFailed(const lanline::client::RequestFailure &failure);

private:
    ConnectionState m_state;
};

} // namespace lanline::client
