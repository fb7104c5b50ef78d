#pragma once

#include "core/result.h"
#include "protocol/limits.h"
#include "server/hub/hub.h"
#include "server/session/session.h"

#include <QHash>

#include <memory>
#include <unordered_map>

namespace lanline::server {

/// All sessions of a server, one per user who is here or was within the grace time. Lives in the server thread.
class SessionTable
{
public:
    /// What is referred to outlives the table.
    SessionTable(const protocol::Limits &limits, Hub &hub, Store &store, TimeSource &time, TimerWheel &wheel);

    /// What a link that has logged in may be bound to, or why it has to end. Changes nothing; good until something
    /// does.
    Result<Binding, protocol::CloseReason> judge(const Claim &claim) const;
    /// Binds the link as judged. `app`: what the client calls its program. `marks`: the user's, for a session that
    /// begins.
    Session &bind(SessionLink &link, const Claim &claim, const Binding &binding, const QString &app,
        const QList<RoomMarks> &marks);
    /// Null when there is none.
    Session *find(UserId user) const;
    Session *find(const SessionId &id) const;
    /// The store can write again: what it could not save of the users' marks goes to it once more.
    void saveMarks();
    /// Forgets all sessions and tells nobody: the server stops. Their links are not theirs any more by then.
    void clear();

    // For the sessions
    Hub &hub() { return m_hub; }
    TimeSource &time() { return m_time; }
    TimerWheel &wheel() { return m_wheel; }
    std::chrono::milliseconds graceTime() const { return m_graceTime; }
    /// Nobody can tell it from the id alone, and no session has to keep it.
    QByteArray tokenOf(QByteArrayView id) const;
    quint64 nextClientNumber() { return ++m_lastClient; }
    /// Its last client is gone, and so is its person. Deletes it.
    void remove(Session &session);

private:
    struct Hasher
    {
        size_t operator()(UserId user) const { return qHash(user); }
    };

    Result<Binding, protocol::CloseReason> judgeKnown(
        const Claim &claim, const protocol::Resume &resume, const Session &session) const;
    Result<Binding, protocol::CloseReason> judgeNew(const Claim &claim, Binding binding) const;
    Session &make(UserId user, const QList<RoomMarks> &marks);

    int m_clientsPerSession;
    std::chrono::milliseconds m_graceTime;
    Hub &m_hub;
    Store &m_store;
    TimeSource &m_time;
    TimerWheel &m_wheel;
    QByteArray m_secret; ///< that tokens are made with; of this table alone
    quint64 m_lastClient = 0;
    QString m_app; ///< of the last client: most are the same program, and share the words for it
    std::unordered_map<UserId, std::unique_ptr<Session>, Hasher> m_sessions;
    QHash<quint64, Session *> m_byId; ///< by the first bytes of their ids
};

} // namespace lanline::server
