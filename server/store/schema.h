#pragma once

#include "core/migrations.h"
#include "core/sqldatabase.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// The server's database, step by step.
const QList<Migration> &storeMigrations();

/// Gives a new database its identity, its epoch and its lobby, and one that has another home than before (see homeOf())
/// a new epoch. Reads what the hub keeps in memory. Writes nothing when nothing has changed.
Result<Snapshot, SqlError> loadSnapshot(const SqlDatabase &database, const QByteArray &home = {});

/// A row that begins with user_id, name, is_guest, hue at `column`. Rows are those of a QSqlQuery or an SqlStatement.
template <class Row>
protocol::User userFrom(const Row &row, int column = 0)
{
    return {UserId(row.value(column).toULongLong()), row.value(column + 1).toString(), row.value(column + 2).toBool(),
        quint8(row.value(column + 3).toUInt())};
}

/// What the ledger's row says.
Result<StoreTotals, SqlError> readTotals(const SqlDatabase &database);

/// Of a row of `events`, as eventFrom() reads them.
inline constexpr auto eventColumns = u"seq, message_id, user_id, author_name, author_is_guest, author_hue, stored_ms,"
                                     " text, kind, target_seq, changed_seq, is_deleted";
template <class Row>
protocol::Event eventFrom(const Row &row)
{
    protocol::Event event;
    event.seq = row.value(0).toULongLong();
    event.messageId = MessageId(QUuid::fromRfc4122(row.value(1).toByteArray()));
    event.author = userFrom(row, 2);
    event.storedAt = WallTime(std::chrono::milliseconds(row.value(6).toLongLong()));
    event.text = row.value(7).toString();
    const int kind = row.value(8).toInt();
    event.kind = kind < int(protocol::EventKind::Other) ? protocol::EventKind(kind) : protocol::EventKind::Other;
    event.targetSeq = row.value(9).toULongLong();
    event.changedSeq = row.value(10).toULongLong();
    event.isDeleted = row.value(11).toBool();
    return event;
}

QByteArray toBlob(const MessageId &id);

} // namespace lanline::server
