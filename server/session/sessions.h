#pragma once

#include "server/session/clientlink.h"

#include <QObject>
#include <QSet>

#include <deque>
#include <memory>
#include <unordered_map>

namespace lanline::server {

/// The sessions of a server and the links that are bound to them: brings the links what the store answers, ends their
/// turns, sweeps their deadlines.
/// A turn is one pass of the thread's event loop: whatever is written in it leaves at its end, each link at once.
class Sessions final : public QObject, private LinkOwner
{
    Q_OBJECT

public:
    /// What is referred to outlives this object.
    Sessions(const protocol::Limits &limits, const ServerIdentity &identity, Hub &hub, Store &store, TimeSource &time,
        Ledger &ledger, QObject *parent = nullptr);
    ~Sessions() override;

    void accept(std::unique_ptr<Transport> transport);
    /// In their order, but not all at once if there are many logins: others have their turns in between.
    void onStoreOutcomes(const QList<StoreOutcome> &outcomes);
    /// Tells everyone.
    void onStoreState(const protocol::StoreState &state);
    void onPage(const Page &page);
    /// How many messages have come from the store that were still inside the server at `begin`.
    size_t messagesSince(SteadyTime begin) const { return m_tracer.countSince(begin) + m_outcomes.size(); }
    /// Counts how long messages take. `times` outlives this object.
    void keepTimes(DeliveryTimes &times) { m_tracer.keepTimes(times); }
    /// What clients ask to be broken. `faults` outlives this object.
    void useFaults(ServerFaults &faults) { m_context.faults = &faults; }
    /// From now on frames leave as the faults say; before, links cost nothing for them.
    void breakLinks();
    /// What waits to leave, leaves.
    void mendLinks();
    /// Ends what is overdue. `watch` outlives this object.
    void sweep(const EventLoopWatch &watch);
    /// Clients that log in from here on are told of them with every heartbeat. `threads` outlives this object.
    void keepThreads(const ThreadRecord &threads) { m_context.threads = &threads; }
    /// GOODBYE to everyone, then the end.
    void dismissAll(const QString &text, std::chrono::milliseconds retryAfter);

    bool isEmpty() const { return m_links.empty(); }
    /// One row per link that has logged in.
    QList<ClientRow> rows() const;
    protocol::Status status() const override;

Q_SIGNALS:
    /// Someone came or went.
    void changed();
    /// The last one has gone.
    void drained();

private:
    void onLinkTouched(ClientLink &link) override;
    void onLinkChanged() override;
    void onLinkEnded(ClientLink &link) override;
    void scheduleEndOfTurn();
    void endTurn();

    enum class Pace : quint8 { InTurns, AtOnce };
    void takeOutcomes(Pace pace);
    void take(const StoreOutcome &outcome);
    ClientLink *find(const Origin &origin) const;
    /// Safe to go through while links end.
    QList<ClientLink *> all() const;
    void onAppended(const Appended &appended);
    /// Fans out what was stored so far, room by room.
    void publishStored();

    /// A room's newest events.
    struct Unpublished
    {
        RoomId room;
        QList<protocol::Event> events;
        QList<Stamps> stamps; ///< theirs
    };
    void onRoomCreated(const RoomCreated &created);
    void onMembershipChanged(const MembershipChanged &changed);
    void tellMembership(const Origin &origin, UserId user, const RoomId &room, bool isMember);

    TimerWheel m_wheel;
    SessionTable m_table;
    PairingCodes m_pairing;
    Tracer m_tracer;
    LinkContext m_context;
    SteadyTime m_startedAt;
    std::deque<StoreOutcome> m_outcomes; ///< not looked at yet
    std::unique_ptr<Timer> m_nextTurn; ///< active while there are some
    quint64 m_lastConnection = 0;
    std::unordered_map<quint64, std::unique_ptr<ClientLink>> m_links;
    std::vector<ClientLink *> m_touched; ///< one that has ended meanwhile lives until the end of the turn
    std::vector<std::unique_ptr<ClientLink>> m_ended; ///< deleted when the turn ends
    std::vector<Unpublished> m_stored; ///< not fanned out yet
    bool m_isEndOfTurnDue = false;
    bool m_hasChanged = false;
};

} // namespace lanline::server
