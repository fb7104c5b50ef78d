#pragma once

#include "server/store/statements.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// How far users have read their rooms, and what they have begun to write there.
class MarkTable
{
public:
    explicit MarkTable(Statements &statements)
        : m_statements(statements)
    { }

    /// Inside the transaction that its caller has begun.
    Result<StoreOutcome, SqlError> save(const SaveMarks &command, WallTime now);
    /// Those rooms of the user where there is anything.
    Result<QList<RoomMarks>, SqlError> load(UserId user);

private:
    Result<void, SqlError> saveReadSeq(const SaveMarks &command, quint64 seq);
    Result<void, SqlError> saveDraft(const SaveMarks &command, const QString &text, WallTime now);

    Statements &m_statements;
};

} // namespace lanline::server
