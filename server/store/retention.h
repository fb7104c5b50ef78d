#pragma once

#include "core/sqldatabase.h"
#include "server/store/storeoptions.h"
#include "server/store/storevalues.h"

#include <QVariantList>

#include <deque>
#include <optional>

namespace lanline::server {

/// Takes away what rooms need not keep any longer: whole events from the oldest on, never what is remembered of
/// accepted ids. Works in steps of one short transaction each, between which messages are stored.
class Retention
{
public:
    explicit Retention(QList<RetentionRule> rules)
        : m_rules(std::move(rules))
    { }

    bool hasRules() const { return !m_rules.isEmpty(); }
    /// Looks at every room again from here on.
    Result<void, SqlError> begin(const SqlDatabase &database);
    bool isDone() const { return m_rooms.empty(); }
    /// The next transaction. What is gone by it; nothing when the room in turn was in order.
    Result<std::optional<Expired>, SqlError> step(const SqlDatabase &database, WallTime now);

private:
    struct RoomRow
    {
        qint64 key = 0;
        RoomId id;
        quint64 firstSeq = 1;
        quint64 headSeq = 0;
    };

    QList<RetentionRule> rulesFor(const RoomId &room) const;
    /// The seq from which on the room keeps its events once this step is done.
    Result<quint64, SqlError> keepFrom(const SqlDatabase &database, const RoomRow &room, WallTime now) const;

    QList<RetentionRule> m_rules;
    std::deque<RoomRow> m_rooms; ///< not yet seen to
};

} // namespace lanline::server
