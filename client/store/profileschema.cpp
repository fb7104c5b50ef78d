#include "client/store/profileschema.h"

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

const QList<Migration> &profileMigrations()
{
    static const QList<Migration> migrations = {
        {1,
            {
                // server_id is NULL as long as nobody has answered at the address.
                u"CREATE TABLE servers(key INTEGER PRIMARY KEY, server_id BLOB UNIQUE, epoch BLOB, "
                "name TEXT NOT NULL DEFAULT '', self_id INTEGER NOT NULL DEFAULT 0, self_name TEXT, "
                "self_is_guest INTEGER, self_hue INTEGER, sent INTEGER NOT NULL DEFAULT 0, stored INTEGER NOT NULL "
                "DEFAULT 0, "
                "deduplicated INTEGER NOT NULL DEFAULT 0, discarded INTEGER NOT NULL DEFAULT 0)"_s,
                u"CREATE TABLE addresses(url TEXT PRIMARY KEY, server INTEGER NOT NULL REFERENCES servers) "
                "WITHOUT ROWID"_s,
                u"CREATE TABLE rooms(server INTEGER NOT NULL REFERENCES servers, room TEXT NOT NULL, "
                "title TEXT NOT NULL, first_seq INTEGER NOT NULL, head_seq INTEGER NOT NULL, "
                "cursor_seq INTEGER NOT NULL DEFAULT 0, cursor_id BLOB, changes_after INTEGER NOT NULL DEFAULT 0, "
                "changes_until INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(server, room)) WITHOUT ROWID"_s,
                // Every message from first to last is in `messages`. Ranges of one room neither overlap nor touch.
                u"CREATE TABLE ranges(server INTEGER NOT NULL, room TEXT NOT NULL, first INTEGER NOT NULL, "
                "last INTEGER NOT NULL, PRIMARY KEY(server, room, first)) WITHOUT ROWID"_s,
                u"CREATE TABLE messages(server INTEGER NOT NULL, room TEXT NOT NULL, seq INTEGER NOT NULL, "
                "message_id BLOB NOT NULL, author_id INTEGER NOT NULL, author_name TEXT NOT NULL, "
                "author_is_guest INTEGER NOT NULL, author_hue INTEGER NOT NULL, stored_ms INTEGER NOT NULL, "
                "text TEXT NOT NULL, changed_seq INTEGER NOT NULL, is_deleted INTEGER NOT NULL, "
                "PRIMARY KEY(server, room, seq)) WITHOUT ROWID"_s,
                u"CREATE TABLE outbox(position INTEGER PRIMARY KEY AUTOINCREMENT, "
                "server INTEGER NOT NULL REFERENCES servers, message_id BLOB NOT NULL, room TEXT NOT NULL, "
                "kind INTEGER NOT NULL, target_seq INTEGER NOT NULL, target_id BLOB, text TEXT NOT NULL, "
                "has_left INTEGER NOT NULL, composed_ms INTEGER NOT NULL, failed INTEGER NOT NULL DEFAULT 0, "
                "code INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', UNIQUE(server, message_id))"_s,
            }},
    };
    return migrations;
}

} // namespace lanline::client
