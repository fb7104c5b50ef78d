#include "server/store/schema.h"

#include "server/randombytes.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr qsizetype epochBytes = 16;
constexpr qsizetype serverIdBytes = 16;

/// In one transaction, so that no database ever stands without its epoch and its lobby.
Result<void, SqlError> makeBasics(const SqlDatabase &database)
{
    auto transaction = SqlTransaction::begin(database);
    if (!transaction)
        return unexpected(transaction.error());
    auto done =
        database.execute(u"INSERT OR IGNORE INTO meta(key, value) VALUES ('epoch', ?)"_s, {randomBytes(epochBytes)});
    if (done)
        done = database.execute(
            u"INSERT OR IGNORE INTO meta(key, value) VALUES ('server_id', ?)"_s, {randomBytes(serverIdBytes)});
    if (done)
        done = database.execute(u"INSERT OR IGNORE INTO rooms(name, title) VALUES (?, 'Lobby')"_s, {lobbyId.value()});
    if (done)
        done = transaction->commit();
    return done;
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
    };
    return migrations;
}

protocol::User userFrom(const QSqlQuery &row, int column)
{
    return {UserId(row.value(column).toULongLong()), row.value(column + 1).toString(), row.value(column + 2).toBool(),
        quint8(row.value(column + 3).toUInt())};
}

protocol::Event eventFrom(const QSqlQuery &row)
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

QByteArray toBlob(const MessageId &id)
{
    return id.value().toRfc4122();
}

Result<Snapshot, SqlError> loadSnapshot(const SqlDatabase &database)
{
    if (const auto made = makeBasics(database); !made)
        return unexpected(made.error());

    Snapshot snapshot;
    auto meta = database.query(u"SELECT key, value FROM meta WHERE key IN ('epoch', 'server_id')"_s);
    if (!meta)
        return unexpected(meta.error());
    while (meta->next()) {
        if (meta->value(0).toString() == u"epoch")
            snapshot.epoch = Epoch(meta->value(1).toByteArray());
        else
            snapshot.serverId = ServerId(meta->value(1).toByteArray());
    }
    auto ledger = database.query(u"SELECT stored, duplicates FROM ledger"_s);
    if (!ledger)
        return unexpected(ledger.error());
    if (ledger->next())
        snapshot.totals = {ledger->value(0).toULongLong(), ledger->value(1).toULongLong()};

    auto users = database.query(u"SELECT id, name, is_guest, hue FROM users"_s);
    if (!users)
        return unexpected(users.error());
    while (users->next())
        snapshot.users.append(userFrom(*users));

    auto rooms = database.query(u"SELECT id, name, title, head_seq, first_seq FROM rooms ORDER BY id"_s);
    if (!rooms)
        return unexpected(rooms.error());
    QHash<qint64, qsizetype> positions;
    while (rooms->next()) {
        positions.insert(rooms->value(0).toLongLong(), snapshot.rooms.size());
        snapshot.rooms.append({RoomId(rooms->value(1).toString()), rooms->value(2).toString(),
            rooms->value(3).toULongLong(), rooms->value(4).toULongLong(), {}});
        snapshot.lost += rooms->value(3).toULongLong() + 1 - rooms->value(4).toULongLong();
    }
    auto kept = database.query(u"SELECT COUNT(*) FROM events"_s);
    if (!kept)
        return unexpected(kept.error());
    if (kept->next())
        snapshot.lost -= qMin(snapshot.lost, kept->value(0).toULongLong());

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
