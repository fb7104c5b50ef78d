#pragma once

#include "core/sqldatabase.h"
#include "server/store/storevalues.h"

#include <QHash>

namespace lanline::server {

/// What the store has told of itself, so that it can tell the rest after a COMMIT of unknown outcome: such a
/// transaction may turn out to be there, though everyone in it was refused.
class ToldState
{
public:
    void learn(const Snapshot &snapshot);
    void learn(const QList<StoreOutcome> &outcomes);
    /// It is unknown whether this was done.
    void doubt(const StoreCommand &command);
    bool knows(UserId user) const { return user.value() <= m_lastUser; }

    /// What is in the database and was not told, as outcomes that nobody waits for; from then on it is told. To be
    /// asked when the database has been written to the disk for sure.
    [[nodiscard]] Result<QList<StoreOutcome>, SqlError> takeUntold(const SqlDatabase &database);

private:
    Result<void, SqlError> findUsers(const SqlDatabase &database, QList<StoreOutcome> &found) const;
    Result<void, SqlError> findRooms(const SqlDatabase &database, QList<StoreOutcome> &found) const;
    Result<void, SqlError> findMemberships(const SqlDatabase &database, QList<StoreOutcome> &found) const;
    Result<void, SqlError> findEvents(const SqlDatabase &database, QList<StoreOutcome> &found) const;

    quint64 m_lastUser = 0; ///< ids ascend
    QHash<RoomId, quint64> m_heads;
    QList<ChangeMembership> m_doubted;
};

} // namespace lanline::server
