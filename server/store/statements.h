#pragma once

#include "core/sqldatabase.h"

#include <QSqlQuery>

#include <unordered_map>

namespace lanline::server {

/// The statements of one connection, each prepared at its first use and kept.
class Statements
{
public:
    explicit Statements(const SqlDatabase &database)
        : m_database(database)
    { }

    /// Runs `sql` and stands on its first row, if it has one: see QSqlQuery::isValid(). The query is this object's.
    Result<QSqlQuery *, SqlError> first(const QString &sql, const QVariantList &values)
    {
        auto query = rows(sql, values);
        if (query)
            (*query)->next();
        return query;
    }

    /// Runs `sql` and stands before its first row. The query is this object's.
    Result<QSqlQuery *, SqlError> rows(const QString &sql, const QVariantList &values)
    {
        auto found = m_prepared.find(sql);
        if (found == m_prepared.end()) {
            auto prepared = m_database.prepare(sql);
            if (!prepared)
                return unexpected(prepared.error());
            found = m_prepared.emplace(sql, *std::move(prepared)).first;
        }
        if (const auto done = SqlDatabase::run(found->second, values); !done)
            return unexpected(done.error());
        return &found->second;
    }

    /// Ends every read: an open one would keep the transaction from ending and the WAL from being checkpointed.
    void finish()
    {
        for (auto &[sql, query] : m_prepared)
            query.finish();
    }

private:
    const SqlDatabase &m_database;
    std::unordered_map<QString, QSqlQuery> m_prepared;
};

} // namespace lanline::server
