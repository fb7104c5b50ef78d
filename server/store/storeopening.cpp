#include "server/store/storeopening.h"

#include "server/logging.h"
#include "server/store/databasefile.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

Result<std::unique_ptr<QLockFile>, QString> lockFolder(const QString &dataDir)
{
    if (!QDir().mkpath(dataDir))
        return unexpected(u"The folder %1 cannot be made."_s.arg(dataDir));
    auto lock = std::make_unique<QLockFile>(lockPath(dataDir));
    lock->setStaleLockTime(0ms);
    if (!lock->tryLock()) {
        return unexpected(lock->error() == QLockFile::LockFailedError
                ? u"Another server is using the data in %1."_s.arg(dataDir)
                : u"The folder %1 cannot be written to."_s.arg(dataDir));
    }
    return lock;
}

/// An empty database gets its name only when it is whole: a file of that name is never one in the making.
Result<void, StoreProblem> makeDatabase(const QString &path)
{
    const QString draft = path + u".new"_s;
    for (const QString &left : {draft, draft + u"-wal"_s, draft + u"-shm"_s})
        QFile::remove(left);
    const auto fail = [&](const QString &why) {
        return unexpected(StoreProblem{u"The database %1 cannot be made: %2."_s.arg(path, why)});
    };
    {
        const auto database = SqlDatabase::open(draft);
        if (!database)
            return fail(database.error().text);
        if (const auto version = migrate(*database, storeMigrations()); !version)
            return fail(version.error().text);
    }
    if (!renameForGood(draft, path))
        return fail(u"it cannot get its name"_s);
    return {};
}

Result<std::pair<SqlDatabase, Snapshot>, StoreProblem> openDatabase(const QString &path)
{
    const auto fail = [&](const SqlError &error) {
        return unexpected(
            StoreProblem{u"The database %1 cannot be used: %2."_s.arg(path, error.text), error.isDamaged()});
    };
    if (!hasDatabaseFiles(path)) {
        if (const auto made = makeDatabase(path); !made)
            return unexpected(made.error());
    } else if (const auto fault = inspectDatabase(path, storeMigrations().constLast().version)) {
        return unexpected(StoreProblem{fault->sentence, fault->kind != DatabaseFault::Kind::Unreadable});
    }

    auto database = SqlDatabase::open(path);
    if (!database)
        return fail(database.error());
    if (const auto version = migrate(*database, storeMigrations()); !version)
        return fail({version.error().text, {}});
    auto snapshot = loadSnapshot(*database, homeOf(path));
    if (!snapshot)
        return fail(snapshot.error());
    return std::pair(*std::move(database), *std::move(snapshot));
}

} // namespace

Result<OpenedStore, StoreProblem> openStore(const StoreOptions &options)
{
    auto lock = lockFolder(options.dataDir);
    if (!lock)
        return unexpected(StoreProblem{lock.error()});
    const QString path = databasePath(options.dataDir);
    auto opened = openDatabase(path);
    if (!opened && opened.error().isUnusable && options.beginAnew) {
        const auto kept = moveDatabaseAside(path);
        if (!kept)
            return unexpected(StoreProblem{u"%1 It cannot be moved aside either."_s.arg(opened.error().sentence)});
        qCWarning(lcStore, "%ls It is kept as %ls, and an empty one is begun.",
            qUtf16Printable(opened.error().sentence), qUtf16Printable(*kept));
        opened = openDatabase(path);
    }
    if (!opened)
        return unexpected(opened.error());
    return OpenedStore{*std::move(lock), std::move(opened->first), std::move(opened->second)};
}

} // namespace lanline::server
