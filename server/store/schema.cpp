#include "server/store/schema.h"

#include "server/randombytes.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr qsizetype epochBytes = 16;

/// In one transaction, so that no database ever stands without its epoch and its lobby.
Result<void, SqlError> makeBasics(const SqlDatabase &database)
{
    auto transaction = SqlTransaction::begin(database);
    if (!transaction)
        return unexpected(transaction.error());
    auto done =
        database.execute(u"INSERT OR IGNORE INTO meta(key, value) VALUES ('epoch', ?)"_s, {randomBytes(epochBytes)});
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
    };
    return migrations;
}

protocol::User userFrom(const QSqlQuery &row, int column)
{
    return {UserId(row.value(column).toULongLong()), row.value(column + 1).toString(), row.value(column + 2).toBool(),
        quint8(row.value(column + 3).toUInt())};
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
    auto epoch = database.query(u"SELECT value FROM meta WHERE key = 'epoch'"_s);
    if (!epoch)
        return unexpected(epoch.error());
    if (epoch->next())
        snapshot.epoch = Epoch(epoch->value(0).toByteArray());

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
    }

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
