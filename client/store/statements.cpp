#include "client/store/statements.h"

namespace lanline::client {

Result<QSqlQuery *, SqlError> Statements::query(const QString &sql, const QVariantList &values)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        auto prepared = m_database.prepare(sql);
        if (!prepared)
            return unexpected(prepared.error());
        found = m_prepared.emplace(sql, *std::move(prepared)).first;
    }
    QSqlQuery &query = found->second;
    query.finish();
    if (const auto done = SqlDatabase::run(query, values); !done)
        return unexpected(done.error());
    return &query;
}

Result<int, SqlError> Statements::execute(const QString &sql, const QVariantList &values)
{
    const auto done = query(sql, values);
    if (!done)
        return unexpected(done.error());
    const int changed = (*done)->numRowsAffected();
    (*done)->finish();
    return changed;
}

} // namespace lanline::client
