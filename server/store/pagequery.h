#pragma once

#include "server/store/statements.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// Reads pages of history over one connection.
class PageQuery
{
public:
    /// `database` outlives this object.
    explicit PageQuery(const SqlDatabase &database)
        : m_statements(database)
    { }

    [[nodiscard]] Result<Page, SqlError> read(const PageRequest &request);

private:
    Result<SqlStatement *, SqlError> rowsOf(const PageRequest &request);

    Statements m_statements;
};

} // namespace lanline::server
