#include "core/sqldatabase.h"

#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

#include <sqlite3.h>

#include <utility>

namespace lanline {

using namespace Qt::StringLiterals;

namespace {

constexpr int primaryCodeMask = 0xff; ///< of SQLite's extended result codes
constexpr int codeBusy = 5;
constexpr int codeFull = 13;
constexpr int codeConstraint = 19;
constexpr int codeCorrupt = 11;
constexpr int codeNotADatabase = 26;

SqlError errorFrom(const QSqlError &error)
{
    return {error.text().trimmed(), error.nativeErrorCode()};
}

} // namespace

bool SqlError::isBusy() const
{
    return (nativeCode.toInt() & primaryCodeMask) == codeBusy;
}

bool SqlError::isConstraint() const
{
    return (nativeCode.toInt() & primaryCodeMask) == codeConstraint;
}

bool SqlError::isDiskFull() const
{
    return (nativeCode.toInt() & primaryCodeMask) == codeFull;
}

bool SqlError::isDamaged() const
{
    const int code = nativeCode.toInt() & primaryCodeMask;
    return code == codeCorrupt || code == codeNotADatabase;
}

SqlDatabase::SqlDatabase(const QString &connectionName)
    : m_connectionName(connectionName)
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, connectionName))
{ }

SqlDatabase::SqlDatabase(SqlDatabase &&other) noexcept
    : m_connectionName(std::exchange(other.m_connectionName, {}))
    , m_database(std::exchange(other.m_database, {}))
{ }

SqlDatabase &SqlDatabase::operator=(SqlDatabase &&other) noexcept
{
    if (this != &other) {
        close();
        m_connectionName = std::exchange(other.m_connectionName, {});
        m_database = std::exchange(other.m_database, {});
    }
    return *this;
}

SqlDatabase::~SqlDatabase()
{
    close();
}

void SqlDatabase::close()
{
    if (m_connectionName.isEmpty())
        return;
    m_database.close();
    // removeDatabase() warns while any handle is alive, our own included.
    m_database = {};
    QSqlDatabase::removeDatabase(std::exchange(m_connectionName, {}));
}

Result<SqlDatabase, SqlError> SqlDatabase::open(const QString &path, Access access)
{
    // QtSql keeps its connections in one table for the whole process: a name that no one else has.
    SqlDatabase database(u"lanline-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces));
    if (!database.m_database.isValid())
        return unexpected(SqlError{u"Qt's SQLite driver is not installed"_s, {}});

    QString options = u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    if (access != Access::ReadWrite)
        options += u";QSQLITE_OPEN_READONLY"_s;
    QString name = path;
    if (access == Access::Unchanging) {
        options += u";QSQLITE_OPEN_URI"_s;
        name = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toString(QUrl::FullyEncoded) + u"?immutable=1"_s;
    }
    database.m_database.setConnectOptions(options);
    database.m_database.setDatabaseName(name);
    if (!database.m_database.open())
        return unexpected(errorFrom(database.m_database.lastError()));

    if (access == Access::ReadWrite) {
        auto mode = database.query(u"PRAGMA journal_mode=WAL"_s);
        if (!mode)
            return unexpected(mode.error());
        // Where WAL cannot be had (some network file systems) SQLite goes on without a word.
        const QString wanted = path == u":memory:"_s ? u"memory"_s : u"wal"_s;
        if (!mode->next() || mode->value(0).toString() != wanted)
            return unexpected(SqlError{u"the file system cannot carry SQLite's write-ahead log"_s, {}});
    }
    if (access == Access::Damaged) {
        // Otherwise a file that is shorter than its header says cannot be read at all.
        if (const auto done = database.execute(u"PRAGMA writable_schema=ON"_s); !done)
            return unexpected(done.error());
    }
    // The second reads the file's header, which tells at once whether this is a database at all.
    for (const QString &pragma :
        {u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s, u"PRAGMA user_version"_s}) {
        if (const auto done = database.execute(pragma); !done)
            return unexpected(done.error());
    }
    return database;
}

Result<QSqlQuery, SqlError> SqlDatabase::prepare(const QString &sql) const
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return unexpected(errorFrom(query.lastError()));
    return query;
}

Result<void, SqlError> SqlDatabase::run(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), values.at(i));
    if (!query.exec())
        return unexpected(errorFrom(query.lastError()));
    return {};
}

Result<QSqlQuery, SqlError> SqlDatabase::query(const QString &sql, const QVariantList &values) const
{
    auto query = prepare(sql);
    if (query) {
        if (const auto done = run(*query, values); !done)
            return unexpected(done.error());
    }
    return query;
}

Result<void, SqlError> SqlDatabase::execute(const QString &sql, const QVariantList &values) const
{
    if (auto done = query(sql, values); !done)
        return unexpected(done.error());
    return {};
}

Result<sqlite3 *, SqlError> SqlDatabase::handle() const
{
    auto source = query(u"SELECT sqlite_source_id()"_s);
    if (!source)
        return unexpected(source.error());
    const QVariant handle = m_database.driver()->handle();
    if (!source->next() || source->value(0).toString() != QString::fromUtf8(sqlite3_sourceid())
        || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return unexpected(SqlError{u"Qt's SQLite driver is made of another SQLite than this program"_s, {}});
    return *static_cast<sqlite3 *const *>(handle.constData());
}

SqlTransaction::SqlTransaction(const SqlDatabase &database)
    : m_database(&database)
{ }

SqlTransaction::SqlTransaction(SqlTransaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{ }

SqlTransaction::~SqlTransaction()
{
    // It fails only where SQLite has already rolled back by itself.
    if (m_database)
        (void)m_database->execute(u"ROLLBACK"_s);
}

Result<SqlTransaction, SqlError> SqlTransaction::begin(const SqlDatabase &database)
{
    if (const auto begun = database.execute(u"BEGIN IMMEDIATE"_s); !begun)
        return unexpected(begun.error());
    return SqlTransaction(database);
}

Result<void, SqlError> SqlTransaction::commit()
{
    auto committed = m_database->execute(u"COMMIT"_s);
    if (committed)
        m_database = nullptr;
    return committed;
}

} // namespace lanline
