#pragma once

#include "client/chatsession.h"

#include <QTemporaryDir>
#include <QThread>

#include <map>

namespace lanline::client {

/// A real ChatSession in a network thread, and all that it told: what a person at its window would have seen.
class ClientProbe final : public QObject
{
    Q_OBJECT

public:
    explicit ClientProbe(const QString &name, const QString &keyPath = {}, const QString &storePath = {});
    ~ClientProbe() override;

    ChatSession &session() { return *m_session; }
    Phase phase() const { return m_session->state().phase; }
    bool isOnline() const { return phase() == Phase::Online; }
    Problem problem() const { return m_session->state().problem; }

    /// The timeline of a room as a window shows it: all updates applied; edits and deletions keep their place in it.
    QList<protocol::Event> timeline(const QString &room = QStringLiteral("lobby")) const;
    QStringList texts(const QString &room = QStringLiteral("lobby")) const;
    /// The messages that have not been deleted, each with its newest text.
    QStringList shown(const QString &room = QStringLiteral("lobby")) const;
    /// Gapless, rising, and no message id twice.
    bool isTimelineSound(const QString &room = QStringLiteral("lobby")) const;

    const QList<LinkEvent> &linkEvents() const { return m_linkEvents; }
    const QList<OutboxItem> &stored() const { return m_stored; }
    const QList<OutboxItem> &failed() const { return m_failed; }
    const QList<RequestFailure> &failures() const { return m_failures; }
    const QList<RoundTrip> &roundTrips() const { return m_roundTrips; }
    const QList<ConnectSteps> &connectSteps() const { return m_connectSteps; }
    const QList<protocol::RoomInfo> &listedRooms() const { return m_listedRooms; }
    QStringList rooms() const;
    /// Names of a room's members, sorted.
    QStringList members(const QString &room = QStringLiteral("lobby")) const;
    protocol::Presence presenceOf(const QString &name) const;

private:
    void onTimeline(const TimelineUpdate &update);
    static void apply(const protocol::Event &change, QList<protocol::Event> &timeline);
    void onOutbox(const QList<OutboxItem> &items);
    void putRoom(const protocol::RoomState &room);

    QThread m_network;
    std::unique_ptr<ChatSession> m_session;
    std::map<RoomId, QList<protocol::Event>> m_timelines;
    std::map<RoomId, QList<protocol::User>> m_members;
    std::map<UserId, protocol::Presence> m_presence;
    QList<LinkEvent> m_linkEvents;
    QList<OutboxItem> m_stored;
    QList<OutboxItem> m_failed;
    QList<RequestFailure> m_failures;
    QList<RoundTrip> m_roundTrips;
    QList<ConnectSteps> m_connectSteps;
    QList<protocol::RoomInfo> m_listedRooms;
};

} // namespace lanline::client
