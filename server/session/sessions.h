#pragma once

#include "server/session/session.h"

#include <QObject>
#include <QSet>

#include <memory>
#include <unordered_map>

namespace lanline::server {

/// All sessions of a server: brings them what the store answers, ends their turns, sweeps their deadlines.
/// A turn is one pass of the thread's event loop: whatever is written in it leaves at its end, each link at once.
class Sessions final : public QObject, private SessionOwner
{
    Q_OBJECT

public:
    /// What is referred to outlives this object.
    Sessions(const protocol::Limits &limits, const ServerIdentity &identity, Hub &hub, Store &store, TimeSource &time,
        Ledger &ledger, QObject *parent = nullptr);
    ~Sessions() override;

    void accept(std::unique_ptr<Transport> transport);
    void onStoreOutcomes(const QList<StoreOutcome> &outcomes);
    /// Tells everyone.
    void onStoreState(const protocol::StoreState &state);
    void onPage(const Page &page);
    /// Ends what is overdue. `watch` outlives the sessions.
    void sweep(const EventLoopWatch &watch);
    /// GOODBYE to everyone, then the end.
    void dismissAll(const QString &text, std::chrono::milliseconds retryAfter);

    bool isEmpty() const { return m_sessions.empty(); }
    /// One row per client that has logged in.
    QList<ClientRow> rows() const;
    protocol::Status status() const override;

Q_SIGNALS:
    /// Someone came or went.
    void changed();
    /// The last one has gone.
    void drained();

private:
    void onSessionTouched(Session &session) override;
    void onSessionChanged() override;
    void onSessionEnded(Session &session) override;
    void scheduleEndOfTurn();
    void endTurn();

    Session *find(const Origin &origin) const;
    /// Safe to go through while sessions end.
    QList<Session *> all() const;
    void onAppended(const Appended &appended);
    /// Fans out what was stored so far, room by room.
    void publishStored();
    void onRoomCreated(const RoomCreated &created);
    void onMembershipChanged(const MembershipChanged &changed);
    void tellMembership(const Origin &origin, UserId user, const RoomId &room, bool isMember);

    TimerWheel m_wheel;
    SessionContext m_context;
    SteadyTime m_startedAt;
    quint64 m_lastConnection = 0;
    std::unordered_map<quint64, std::unique_ptr<Session>> m_sessions;
    std::vector<Session *> m_touched; ///< one that has ended meanwhile lives until the end of the turn
    std::vector<std::unique_ptr<Session>> m_ended; ///< deleted when the turn ends
    std::vector<std::pair<RoomId, QList<protocol::Event>>> m_stored; ///< not fanned out yet
    bool m_isEndOfTurnDue = false;
    bool m_hasChanged = false;
};

} // namespace lanline::server
