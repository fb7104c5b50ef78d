#include "server/store/schema.h"

#include "server/logging.h"
#include "server/randombytes.h"

#include <QHash>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr qsizetype epochBytes = 16;
constexpr qsizetype serverIdBytes = 16;

using Meta = QHash<QString, QByteArray>;

Result<Meta, SqlError> readMeta(const SqlDatabase &database)
{
    auto rows = database.query(u"SELECT key, value FROM meta"_s);
    if (!rows)
        return unexpected(rows.error());
    Meta meta;
    while (rows->next())
        meta.insert(rows->value(0).toString(), rows->value(1).toByteArray());
    return meta;
}

Result<void, SqlError> writeMeta(const SqlDatabase &database, const QString &key, const QByteArray &value)
{
    return database.execute(u"INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)"_s, {key, value});
}

/// In one transaction, so that no database ever stands with only a part of it.
Result<Meta, SqlError> makeBasics(const SqlDatabase &database, const QByteArray &home)
{
    auto transaction = SqlTransaction::begin(database);
    if (!transaction)
        return unexpected(transaction.error());
    auto meta = readMeta(database);
    if (!meta)
        return meta;
    Meta wanted = *meta;
    if (!wanted.contains(u"server_id"_s))
        wanted.insert(u"server_id"_s, randomBytes(serverIdBytes));
    // A history that goes on in two places has two futures: only one of them may be called the same.
    const bool hasMoved = !home.isEmpty() && wanted.value(u"home"_s, home) != home;
    if (hasMoved)
        qCWarning(lcStore, "the data was moved, copied or restored since the last start: its epoch is renewed");
    if (hasMoved || !wanted.contains(u"epoch"_s))
        wanted.insert(u"epoch"_s, randomBytes(epochBytes));
    if (!home.isEmpty())
        wanted.insert(u"home"_s, home);

    for (auto entry = wanted.cbegin(); entry != wanted.cend(); ++entry) {
        if (meta->value(entry.key()) == entry.value())
            continue;
        if (const auto written = writeMeta(database, entry.key(), entry.value()); !written)
            return unexpected(written.error());
    }
    auto done = database.execute(u"INSERT OR IGNORE INTO rooms(name, title) VALUES (?, 'Lobby')"_s, {lobbyId.value()});
    if (done)
        done = transaction->commit();
    if (!done)
        return unexpected(done.error());
    return wanted;
}

/// By room.
Result<QHash<qint64, quint64>, SqlError> countEvents(const SqlDatabase &database)
{
    auto rows = database.query(u"SELECT room, COUNT(*) FROM events GROUP BY room"_s);
    if (!rows)
        return unexpected(rows.error());
    QHash<qint64, quint64> counts;
    while (rows->next())
        counts.insert(rows->value(0).toLongLong(), rows->value(1).toULongLong());
    return counts;
}

} // namespace

const QList<Migration> &storeMigrations()
{
    static const QList<Migration> migrations{
        {1,
            {
                u"CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"_s,
                // name_key is the folded name, which belongs to one user; guests own no name and have none.
                u"CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT UNIQUE,"
                " is_guest INTEGER NOT NULL, hue INTEGER NOT NULL)"_s,
                u"CREATE TABLE devices(device_id BLOB PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id),"
                " public_key BLOB, secret_hash BLOB UNIQUE,"
                " CHECK ((public_key IS NULL) <> (secret_hash IS NULL))) WITHOUT ROWID"_s,
                u"CREATE TABLE rooms(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
                " head_seq INTEGER NOT NULL DEFAULT 0, first_seq INTEGER NOT NULL DEFAULT 1)"_s,
                u"CREATE TABLE members(room INTEGER NOT NULL REFERENCES rooms(id),"
                " user_id INTEGER NOT NULL REFERENCES users(id), PRIMARY KEY(room, user_id)) WITHOUT ROWID"_s,
                // The author is kept as it was when the event was stored.
                u"CREATE TABLE events(room INTEGER NOT NULL, seq INTEGER NOT NULL, message_id BLOB NOT NULL,"
                " user_id INTEGER NOT NULL, author_name TEXT NOT NULL, author_is_guest INTEGER NOT NULL,"
                " author_hue INTEGER NOT NULL, stored_ms INTEGER NOT NULL, text TEXT NOT NULL,"
                " PRIMARY KEY(room, seq))"_s,
                // For ever: neither edit, deletion nor retention touches it.
                u"CREATE TABLE accepted(device_id BLOB NOT NULL, message_id BLOB NOT NULL, room INTEGER NOT NULL,"
                " seq INTEGER NOT NULL, stored_ms INTEGER NOT NULL, hash BLOB NOT NULL,"
                " PRIMARY KEY(device_id, message_id)) WITHOUT ROWID"_s,
            }},
        {2,
            {
                // protocol::EventKind by number. What an edit or a deletion does is also written to its target's row.
                u"ALTER TABLE events ADD COLUMN kind INTEGER NOT NULL DEFAULT 0"_s,
                u"ALTER TABLE events ADD COLUMN target_seq INTEGER NOT NULL DEFAULT 0"_s,
                u"ALTER TABLE events ADD COLUMN changed_seq INTEGER NOT NULL DEFAULT 0"_s,
                u"ALTER TABLE events ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0"_s,
                // Messages up to and including this event since the room began: how many lie between two events is a
                // subtraction.
                u"ALTER TABLE events ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0"_s,
                u"UPDATE events SET ordinal = seq"_s,
                u"ALTER TABLE rooms ADD COLUMN messages INTEGER NOT NULL DEFAULT 0"_s,
                u"UPDATE rooms SET messages = head_seq"_s,
                u"CREATE INDEX changes ON events(room, seq, target_seq) WHERE kind <> 0"_s,
                u"CREATE INDEX changes_by_target ON events(room, target_seq) WHERE kind <> 0"_s,
                // One row: what was done since the database was made.
                u"CREATE TABLE ledger(id INTEGER PRIMARY KEY CHECK (id = 0), stored INTEGER NOT NULL,"
                " duplicates INTEGER NOT NULL)"_s,
                u"INSERT INTO ledger SELECT 0, COALESCE(SUM(head_seq), 0), 0 FROM rooms"_s,
            }},
        {3,
            {
                // What a member's devices share; it goes with the membership. By user first: a login reads its own.
                u"CREATE TABLE read_marks(user_id INTEGER NOT NULL, room INTEGER NOT NULL, seq INTEGER NOT NULL,"
                " PRIMARY KEY(user_id, room),"
                " FOREIGN KEY(room, user_id) REFERENCES members(room, user_id) ON DELETE CASCADE) WITHOUT ROWID"_s,
                u"CREATE TABLE drafts(user_id INTEGER NOT NULL, room INTEGER NOT NULL, text TEXT NOT NULL,"
                " changed_ms INTEGER NOT NULL, PRIMARY KEY(user_id, room),"
                " FOREIGN KEY(room, user_id) REFERENCES members(room, user_id) ON DELETE CASCADE)"_s,
                // The name that the device asked for when it came last: only another one is a wish for a new name, for
                // the user may have got theirs on another device.
                u"ALTER TABLE devices ADD COLUMN asked_name TEXT"_s,
                u"UPDATE devices SET asked_name = (SELECT name FROM users WHERE id = user_id)"_s,
            }},
    };
    return migrations;
}

QByteArray toBlob(const MessageId &id)
{
    return id.value().toRfc4122();
}

Result<StoreTotals, SqlError> readTotals(const SqlDatabase &database)
{
    auto ledger = database.query(u"SELECT stored, duplicates FROM ledger"_s);
    if (!ledger)
        return unexpected(ledger.error());
    if (!ledger->next())
        return StoreTotals{};
    return StoreTotals{ledger->value(0).toULongLong(), ledger->value(1).toULongLong()};
}

Result<Snapshot, SqlError> loadSnapshot(const SqlDatabase &database, const QByteArray &home)
{
    const auto meta = makeBasics(database, home);
    if (!meta)
        return unexpected(meta.error());
    Snapshot snapshot;
    snapshot.epoch = Epoch(meta->value(u"epoch"_s));
    snapshot.serverId = ServerId(meta->value(u"server_id"_s));
    const auto totals = readTotals(database);
    if (!totals)
        return unexpected(totals.error());
    snapshot.totals = *totals;

    auto users = database.query(u"SELECT id, name, is_guest, hue FROM users"_s);
    if (!users)
        return unexpected(users.error());
    while (users->next())
        snapshot.users.append(userFrom(*users));

    const auto counts = countEvents(database);
    if (!counts)
        return unexpected(counts.error());
    auto rooms = database.query(u"SELECT id, name, title, head_seq, first_seq FROM rooms ORDER BY id"_s);
    if (!rooms)
        return unexpected(rooms.error());
    QHash<qint64, qsizetype> positions;
    while (rooms->next()) {
        const qint64 key = rooms->value(0).toLongLong();
        positions.insert(key, snapshot.rooms.size());
        const RoomRecord record{RoomId(rooms->value(1).toString()), rooms->value(2).toString(),
            rooms->value(3).toULongLong(), rooms->value(4).toULongLong(), {}};
        snapshot.rooms.append(record);
        const quint64 expected = record.headSeq + 1 - record.firstSeq;
        snapshot.lost += expected - qMin(expected, counts->value(key));
    }
    if (snapshot.lost > 0)
        qCWarning(lcStore, "%llu events are missing from the database", snapshot.lost);

    auto members = database.query(u"SELECT room, user_id FROM members"_s);
    if (!members)
        return unexpected(members.error());
    while (members->next()) {
        const auto position = positions.constFind(members->value(0).toLongLong());
        if (position != positions.cend())
            snapshot.rooms[*position].members.append(UserId(members->value(1).toULongLong()));
    }
    return snapshot;
}

} // namespace lanline::server
