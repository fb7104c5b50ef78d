#include "client/store/profiledatabase.h"

#include "client/store/profilerequests.h"
#include "client/store/profileschema.h"
#include "client/store/salvage.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcProfile, "lanline.client.profile")

bool isNeverGivenUp(const StoreRequest &request)
{
    return std::holds_alternative<FailItem>(request.what) || std::holds_alternative<SettleItem>(request.what);
}

bool isWrite(const StoreRequest &request)
{
    return !std::holds_alternative<LoadPage>(request.what);
}

/// What the asker waits for, so that it goes on.
std::optional<StoreReply> refusalOf(const StoreRequest &request)
{
    const auto told = [&](auto reply) { return StoreReply{request.server, std::move(reply)}; };
    return std::visit(protocol::Overloaded{
                          [&](const OpenServer &) -> std::optional<StoreReply> { return told(ServerOpened{}); },
                          [&](const IdentifyServer &what) -> std::optional<StoreReply> {
                              ServerOpened opened;
                              opened.isIdentified = true;
                              opened.snapshot.key = request.server;
                              opened.snapshot.serverId = what.serverId;
                              opened.snapshot.epoch = what.epoch;
                              return told(opened);
                          },
                          [&](const AddItem &what) -> std::optional<StoreReply> {
                              return told(ItemsWritten{{what.item.messageId}, false});
                          },
                          [&](const ChangeItem &what) -> std::optional<StoreReply> {
                              return told(ItemsWritten{{what.message}, false});
                          },
                          [&](const MarkLeft &what) -> std::optional<StoreReply> {
                              ItemsWritten written{{}, false};
                              for (const OutboxItem &item : what.items)
                                  written.messages.append(item.messageId);
                              return told(std::move(written));
                          },
                          [&](const RequeueItem &what) -> std::optional<StoreReply> {
                              return told(ItemsWritten{{what.message}, false});
                          },
                          // History is but a cache: the client goes on without it.
                          [&](const SaveEvents &what) -> std::optional<StoreReply> {
                              return what.wantsAnswer ? std::optional(told(EventsSaved{what.room})) : std::nullopt;
                          },
                          [&](const SaveChanges &what) -> std::optional<StoreReply> {
                              return told(EventsSaved{what.room, true});
                          },
                          [&](const LoadPage &what) -> std::optional<StoreReply> {
                              PageLoaded page;
                              page.asked = what;
                              return told(page);
                          },
                          [](const auto &) -> std::optional<StoreReply> { return std::nullopt; },
                      },
        request.what);
}

} // namespace

struct ProfileDatabase::Connection
{
    explicit Connection(SqlDatabase opened)
        : database(std::move(opened))
        , requests(database)
    { }
    SqlDatabase database;
    ProfileRequests requests; ///< after the database, for its statements go first
};

ProfileDatabase::ProfileDatabase(QString path)
    : m_path(std::move(path))
{
    open();
}

ProfileDatabase::~ProfileDatabase() = default;

void ProfileDatabase::open()
{
    if (m_path.isEmpty()) {
        openTemporary();
        return;
    }
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    auto database = SqlDatabase::open(m_path);
    if (!database) {
        if (database.error().isDamaged()) {
            beginAnew(u"damaged"_s);
            return;
        }
        m_openProblem = u"the profile's database cannot be opened (%1): what is written is kept only while this "
                        "program runs"_s.arg(database.error().text);
        openTemporary();
        return;
    }
    const auto migrated = migrate(*database, profileMigrations());
    if (migrated) {
        m_connection = std::make_unique<Connection>(*std::move(database));
        return;
    }
    const bool isNewer = migrated.error().kind == MigrationError::Kind::Newer;
    // Closed, or its files cannot be moved whole.
    database = unexpected(SqlError{});
    beginAnew(isNewer ? u"newer"_s : u"damaged"_s);
}

Result<void, QString> ProfileDatabase::openFile(const QString &path, bool isTemporary)
{
    auto database = SqlDatabase::open(path);
    if (!database)
        return unexpected(database.error().text);
    if (isTemporary) {
        if (const auto done = database->execute(u"PRAGMA synchronous=OFF"_s); !done)
            return unexpected(done.error().text);
    }
    if (const auto migrated = migrate(*database, profileMigrations()); !migrated)
        return unexpected(migrated.error().text);
    m_connection = std::make_unique<Connection>(*std::move(database));
    return {};
}

void ProfileDatabase::openTemporary()
{
    m_connection.reset();
    m_temporary = std::make_unique<QTemporaryDir>();
    if (const auto opened = openFile(m_temporary->filePath(u"profile.sqlite"_s), true); !opened)
        m_openProblem = u"nothing that is written can be kept: %1"_s.arg(opened.error());
}

void ProfileDatabase::beginAnew(const QString &why)
{
    m_connection.reset();
    const QFileInfo info(m_path);
    const QString aside = u"%1/%2-%3-%4.%5"_s.arg(info.absolutePath(), info.completeBaseName(), why,
        QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s), info.suffix());
    // The log first: without the file it belongs to nobody, while the file without its log is torn.
    for (const QString &suffix : {u"-wal"_s, u""_s}) {
        if (QFile::exists(m_path + suffix) && !QFile::rename(m_path + suffix, aside + suffix)) {
            m_openProblem = u"the profile's database is %1 and cannot be moved aside: what is written is kept only "
                            "while this program runs"_s.arg(why);
            openTemporary();
            return;
        }
    }
    QFile::remove(m_path + u"-shm"_s);
    const QString words = why == "newer"_L1 ? u"was made by a newer Lanline"_s : u"was damaged"_s;
    if (const auto opened = openFile(m_path, false); !opened) {
        m_openProblem = u"the profile's database %1 and a new one cannot be made (%2): what is written is kept only "
                        "while this program runs"_s.arg(words, opened.error());
        openTemporary();
        return;
    }
    const Salvaged salvaged = salvageOutbox(aside, m_connection->database);
    m_openProblem = u"the profile's database %1 and was kept as %2; a new one was begun, with %3 unsent messages%4"_s
                        .arg(words, QFileInfo(aside).fileName())
                        .arg(salvaged.items)
                        .arg(salvaged.isComplete ? QString() : u" (others may be missing)"_s);
    qCWarning(lcProfile, "%s", qUtf8Printable(m_openProblem));
}

QList<StoreReply> ProfileDatabase::run(const QList<StoreRequest> &requests)
{
    const QList<StoreRequest> all = std::exchange(m_unfinished, {}) + requests;
    QList<StoreReply> replies;
    if (!m_connection) {
        for (const StoreRequest &request : all) {
            if (auto refusal = refusalOf(request))
                replies.append(*std::move(refusal));
        }
    } else {
        auto done = transact(all);
        if (!done && done.error().isDamaged() && !m_path.isEmpty() && !m_temporary) {
            beginAnew(u"damaged"_s);
            done = transact(all);
        }
        if (done) {
            replies = *std::move(done);
            if (all.isEmpty() || std::any_of(all.begin(), all.end(), isWrite))
                m_writeProblem.clear();
        } else {
            replies = runOneByOne(all);
        }
    }
    if (const QString now = problem(); now != m_toldProblem) {
        m_toldProblem = now;
        replies.append({0, StoreProblem{now}});
    }
    return replies;
}

Result<QList<StoreReply>, SqlError> ProfileDatabase::transact(const QList<StoreRequest> &requests)
{
    if (!m_connection)
        return unexpected(SqlError{u"there is no database"_s, {}});
    QList<StoreReply> replies;
    const auto attempt = [&]() -> Result<void, SqlError> {
        auto transaction = SqlTransaction::begin(m_connection->database);
        if (!transaction)
            return unexpected(transaction.error());
        for (const StoreRequest &request : requests) {
            if (auto done = m_connection->requests.run(request, replies); !done)
                return done;
        }
        // Asked after a failure: does the disk take anything again?
        if (requests.isEmpty()) {
            // SQLite does not write a row that stays as it is.
            for (const QString &sql :
                {u"INSERT INTO servers(name) VALUES('')"_s, u"DELETE FROM servers WHERE key=last_insert_rowid()"_s}) {
                if (auto done = m_connection->database.execute(sql); !done)
                    return done;
            }
        }
        if (auto done = m_connection->requests.finish(replies); !done)
            return done;
        return transaction->commit();
    };
    if (const auto done = attempt(); !done) {
        m_connection->requests.forget();
        return unexpected(done.error());
    }
    return replies;
}

QList<StoreReply> ProfileDatabase::runOneByOne(const QList<StoreRequest> &requests)
{
    QList<StoreReply> replies;
    if (!requests.isEmpty())
        m_writeProblem.clear();
    for (const StoreRequest &request : requests) {
        auto done = transact({request});
        if (done) {
            replies += *std::move(done);
            continue;
        }
        qCWarning(lcProfile, "a request failed: %s", qUtf8Printable(done.error().text));
        m_writeProblem = done.error().isDiskFull()
            ? u"this computer's disk is full"_s
            : u"the profile's database cannot be written: %1"_s.arg(done.error().text);
        if (isNeverGivenUp(request))
            m_unfinished.append(request);
        else if (auto refusal = refusalOf(request))
            replies.append(*std::move(refusal));
    }
    return replies;
}

QString ProfileDatabase::problem() const
{
    return m_writeProblem.isEmpty() ? m_openProblem : m_writeProblem;
}

} // namespace lanline::client
