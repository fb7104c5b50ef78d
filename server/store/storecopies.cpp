#include "server/store/storecopies.h"

#include "core/sqldatabase.h"
#include "server/store/databasefile.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlError>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

using protocol::Event;
using protocol::EventKind;

namespace {

Result<SqlDatabase, QString> openForReading(const QString &dataDir)
{
    const QString path = databasePath(dataDir);
    if (!QFile::exists(path))
        return unexpected(u"There is no database in %1."_s.arg(dataDir));
    auto database = SqlDatabase::open(path, SqlDatabase::Access::ReadOnly);
    if (!database)
        return unexpected(u"The database %1 cannot be read: %2."_s.arg(path, database.error().text));
    auto version = database->query(u"PRAGMA user_version"_s);
    if (!version || !version->next())
        return unexpected(u"The database %1 cannot be read."_s.arg(path));
    const int known = storeMigrations().constLast().version;
    if (version->value(0).toInt() > known)
        return unexpected(u"The database %1 was made by a newer version of Lanline."_s.arg(path));
    if (version->value(0).toInt() < known) {
        return unexpected(
            u"The database %1 was made by an older version of Lanline: start the server once."_s.arg(path));
    }
    return *std::move(database);
}

/// With the names of chat.proto, and like there without what is at its default.
QByteArray lineOf(const Event &event)
{
    QJsonObject author{{u"id"_s, qint64(event.author.id.value())}, {u"name"_s, event.author.name}};
    if (event.author.isGuest)
        author.insert(u"is_guest"_s, true);
    QJsonObject line{{u"seq"_s, qint64(event.seq)},
        {u"message_id"_s, event.messageId.value().toString(QUuid::WithoutBraces)},
        {u"stored_ms"_s, qint64(event.storedAt.time_since_epoch().count())}, {u"author"_s, author}};
    if (!event.text.isEmpty())
        line.insert(u"text"_s, event.text);
    if (event.kind != EventKind::Message) {
        line.insert(u"kind"_s,
            event.kind == EventKind::Edit           ? u"EDIT"_s
                : event.kind == EventKind::Deletion ? u"DELETION"_s
                                                    : u"OTHER"_s);
    }
    if (event.targetSeq > 0)
        line.insert(u"target_seq"_s, qint64(event.targetSeq));
    if (event.changedSeq > 0)
        line.insert(u"changed_seq"_s, qint64(event.changedSeq));
    if (event.isDeleted)
        line.insert(u"deleted"_s, true);
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

Result<void, QString> exportRoom(
    const QString &dataDir, const RoomId &room, const std::function<bool(const QByteArray &line)> &write)
{
    const auto database = openForReading(dataDir);
    if (!database)
        return unexpected(database.error());
    auto key = database->query(u"SELECT id FROM rooms WHERE name = ?"_s, {room.value()});
    if (!key)
        return unexpected(u"The rooms cannot be read: %1."_s.arg(key.error().text));
    if (!key->next())
        return unexpected(u"There is no room %1."_s.arg(room.value()));
    // One statement: what is stored while it runs is not seen.
    auto rows =
        database->query(u"SELECT %1 FROM events WHERE room = ? ORDER BY seq"_s.arg(eventColumns), {key->value(0)});
    if (!rows)
        return unexpected(u"The history cannot be read: %1."_s.arg(rows.error().text));
    while (rows->next()) {
        if (!write(lineOf(eventFrom(*rows))))
            return unexpected(u"The export cannot be written."_s);
    }
    if (rows->lastError().isValid())
        return unexpected(u"The history cannot be read further: %1."_s.arg(rows->lastError().text()));
    return {};
}

Result<void, QString> backUp(const QString &dataDir, const QString &file)
{
    if (QFileInfo::exists(file))
        return unexpected(u"The file %1 exists already."_s.arg(file));
    const auto database = openForReading(dataDir);
    if (!database)
        return unexpected(database.error());
    // It gets its name when it is whole.
    const QString draft = file + u".partial"_s;
    QFile::remove(draft);
    const auto fail = [&](const QString &why) {
        QFile::remove(draft);
        return unexpected(u"The backup %1 cannot be made: %2."_s.arg(file, why));
    };
    if (const auto copied = database->execute(u"VACUUM INTO ?"_s, {draft}); !copied)
        return fail(copied.error().text);
    {
        const auto copy = SqlDatabase::open(draft);
        if (!copy)
            return fail(copy.error().text);
        if (const auto done = copy->execute(u"DELETE FROM meta WHERE key IN ('epoch', 'home')"_s); !done)
            return fail(done.error().text);
    }
    if (!renameForGood(draft, file))
        return fail(u"it cannot get its name"_s);
    return {};
}

} // namespace lanline::server
