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

/// Of a row of `events`, as eventFrom() reads them.
inline constexpr auto eventColumns = u"seq, message_id, user_id, author_name, author_is_guest, author_hue, stored_ms,"
                                     " text, kind, target_seq, changed_seq, is_deleted";
protocol::Event eventFrom(const QSqlQuery &row);

/// A row that begins with user_id, name, is_guest, hue at `column`.
protocol::User userFrom(const QSqlQuery &row, int column = 0);

QByteArray toBlob(const MessageId &id);

} // namespace lanline::server
