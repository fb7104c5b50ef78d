#pragma once

#include "core/sqldatabase.h"

#include <QVariant>

#include <memory>
#include <optional>

struct sqlite3_stmt;

namespace lanline {

/// A prepared statement for the hot paths. It goes to SQLite itself, on the connection that QtSql has opened: QSqlQuery
/// makes a string and looks it up for every value it binds, which takes longer than the insert (measured: 2 us a
/// value).
///
/// Belongs to the thread of its connection, and is destroyed before it.
class SqlStatement
{
public:
    /// An error too where Qt's driver brings an SQLite of its own, which this program must not reach into.
    static Result<SqlStatement, SqlError> prepare(const SqlDatabase &database, const QString &sql);

    /// Runs it with `values` for its placeholders, in order, and stands before the first row.
    Result<void, SqlError> run(const QVariantList &values);
    /// Steps to the next row; false behind the last, and after an error().
    bool next();
    bool isValid() const { return m_isOnRow; }
    /// Of next(); none after run().
    const std::optional<SqlError> &error() const { return m_error; }
    /// Of the row it stands on: a qint64, double, QString, QByteArray, or null.
    QVariant value(int column) const;
    /// Lets go of the rows: an open read keeps the WAL from being checkpointed.
    void finish();

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    explicit SqlStatement(sqlite3_stmt *statement)
        : m_statement(statement)
    { }
    int bind(int place, const QVariant &value);

    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    std::optional<SqlError> m_error;
    bool m_hasRow = false; ///< the next row was fetched already
    bool m_isOnRow = false;
};

} // namespace lanline
