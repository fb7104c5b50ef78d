#pragma once

#include "server/store/statements.h"
#include "server/store/storevalues.h"

#include <optional>

namespace lanline::server {

/// Gives commands their place in a room's history, inside the transaction that its caller has begun: duplicates are
/// found, edits and deletions are written to their targets. A refused command has written nothing.
class EventAppender
{
public:
    /// `statements` outlives this object.
    explicit EventAppender(Statements &statements)
        : m_statements(statements)
    { }

    Result<StoreOutcome, SqlError> append(const Append &command, WallTime now);
    /// Writes where rooms end now, for whoever reads that from the database.
    Result<void, SqlError> writeEnds();
    /// Writes what was counted since the last call: where rooms end now, and the totals. To be called before the
    /// COMMIT. The totals by then; nothing when they have not changed.
    Result<std::optional<StoreTotals>, SqlError> writeTotals();

private:
    struct Place
    {
        qint64 room = 0; ///< its row
        quint64 seq = 0; ///< 0: there is no such room
        quint64 ordinal = 0;
    };

    /// Its seq; 0 when this device has sent no such message to the room.
    Result<quint64, SqlError> findTarget(const Append &command);
    /// Unspecified: there is none.
    Result<protocol::ErrorCode, SqlError> faultOfTarget(const Append &command, quint64 targetSeq);
    Result<Place, SqlError> takePlace(const Append &command);
    Result<void, SqlError> insert(const Append &command, const Place &place, quint64 targetSeq, WallTime now);
    /// Writes an edit or a deletion to its target.
    Result<void, SqlError> fold(const Append &command, const Place &place, quint64 targetSeq);

    Statements &m_statements;
    QHash<RoomId, Place> m_ends; ///< of the rooms that have grown in this transaction
    StoreTotals m_counted; ///< likewise
};

} // namespace lanline::server
