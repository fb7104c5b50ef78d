#pragma once

#include "core/sqlstatement.h"

#include <unordered_map>

namespace lanline::server {

/// The statements of one connection, each prepared at its first use and kept.
class Statements
{
public:
    explicit Statements(const SqlDatabase &database)
        : m_database(database)
    { }

    /// Runs `sql` and stands on its first row, if it has one: see SqlStatement::isValid(). The statement is this
    /// object's.
    Result<SqlStatement *, SqlError> first(const QString &sql, const QVariantList &values)
    {
        auto statement = rows(sql, values);
        if (statement)
            (*statement)->next();
        return statement;
    }

    /// Runs `sql` and stands before its first row. The statement is this object's.
    Result<SqlStatement *, SqlError> rows(const QString &sql, const QVariantList &values)
    {
        auto found = m_prepared.find(sql);
        if (found == m_prepared.end()) {
            auto prepared = SqlStatement::prepare(m_database, sql);
            if (!prepared)
                return unexpected(prepared.error());
            found = m_prepared.emplace(sql, *std::move(prepared)).first;
        }
        if (const auto done = found->second.run(values); !done)
            return unexpected(done.error());
        return &found->second;
    }

    /// Ends every read: an open one would keep the transaction from ending and the WAL from being checkpointed.
    void finish()
    {
        for (auto &[sql, statement] : m_prepared)
            statement.finish();
    }

private:
    const SqlDatabase &m_database;
    std::unordered_map<QString, SqlStatement> m_prepared;
};

} // namespace lanline::server
