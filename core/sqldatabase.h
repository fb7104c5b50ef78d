#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

struct sqlite3;

namespace lanline {

struct SqlError
{
    QString text; ///< English, with the driver's own words; never the values that were bound
    QString nativeCode; ///< SQLite's (extended) result code in digits; empty when the error is ours

    bool isBusy() const; ///< another connection held the lock for longer than the busy timeout
    bool isConstraint() const; ///< UNIQUE, NOT NULL, CHECK, FOREIGN KEY
    bool isDiskFull() const;
    bool isDamaged() const; ///< no database at all, or a broken one
};

/// One connection to an SQLite database.
///
/// Rules: it belongs to the thread that opened it, which alone may use and destroy it; each thread opens its own. Every
/// QSqlQuery made from it is destroyed before it (declare prepared statements after it). Opened with WAL,
/// synchronous=FULL (what COMMIT has acknowledged survives a power cut), foreign_keys=ON, and a busy timeout.
class SqlDatabase
{
public:
    enum class Access : quint8 {
        ReadWrite, ///< makes the file where there is none (not the folder)
        ReadOnly, ///< the file must exist
        /// As ReadOnly, for a file of which it is certain that nobody writes to it and that it has no log: no file is
        /// made beside it.
        Unchanging,
        Damaged, ///< as ReadOnly, of a file that may be broken: what can be read of it is
    };

    /// `path` may be ":memory:", for tests: such a database has no WAL and ends with its connection.
    static Result<SqlDatabase, SqlError> open(const QString &path, Access access = Access::ReadWrite);

    SqlDatabase(SqlDatabase &&other) noexcept;
    SqlDatabase &operator=(SqlDatabase &&other) noexcept;
    SqlDatabase(const SqlDatabase &) = delete;
    SqlDatabase &operator=(const SqlDatabase &) = delete;
    ~SqlDatabase();

    /// A statement to bind and run() many times; forward only.
    [[nodiscard]] Result<QSqlQuery, SqlError> prepare(const QString &sql) const;
    /// Runs a prepared statement with `values` for its placeholders, in order. Rows are read with QSqlQuery::next();
    /// finish() it afterwards, or an open read keeps the WAL from being checkpointed.
    [[nodiscard]] static Result<void, SqlError> run(QSqlQuery &query, const QVariantList &values = {});
    /// prepare() and run().
    [[nodiscard]] Result<QSqlQuery, SqlError> query(const QString &sql, const QVariantList &values = {}) const;
    /// SQLite's own handle, for SqlStatement; an error where Qt's driver is not made of the SQLite we link.
    [[nodiscard]] Result<sqlite3 *, SqlError> handle() const;
    /// A statement of which no rows are wanted.
    [[nodiscard]] Result<void, SqlError> execute(const QString &sql, const QVariantList &values = {}) const;

private:
    explicit SqlDatabase(const QString &connectionName);
    void close();

    QString m_connectionName; ///< empty when moved from
    QSqlDatabase m_database;
};

/// A transaction that is rolled back unless it was committed.
class SqlTransaction
{
public:
    /// Takes the write lock at once (BEGIN IMMEDIATE), so that no later statement can fail for want of it.
    static Result<SqlTransaction, SqlError> begin(const SqlDatabase &database);

    SqlTransaction(SqlTransaction &&other) noexcept;
    SqlTransaction(const SqlTransaction &) = delete;
    SqlTransaction &operator=(const SqlTransaction &) = delete;
    ~SqlTransaction();

    /// After an error the transaction has been rolled back as far as this connection can tell; whether the disk has it
    /// is unknown.
    [[nodiscard]] Result<void, SqlError> commit();

private:
    explicit SqlTransaction(const SqlDatabase &database);

    const SqlDatabase *m_database; ///< null once it is over
};

} // namespace lanline
