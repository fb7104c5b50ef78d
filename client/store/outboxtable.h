#pragma once

#include "client/store/statements.h"
#include "client/store/storevalues.h"

#include <QHash>

namespace lanline::client {

/// The outbox and the ledgers in the profile's database. Called inside a transaction; after one that failed,
/// forgetLedgers().
class OutboxTable
{
public:
    explicit OutboxTable(Statements &statements)
        : m_statements(statements)
    { }

    Result<QList<OutboxItem>, SqlError> items(qint64 server);
    Result<void, SqlError> add(qint64 server, const OutboxItem &item);
    Result<void, SqlError> change(qint64 server, const ChangeItem &change);
    Result<void, SqlError> markLeft(qint64 server, const MarkLeft &marked);
    Result<void, SqlError> requeue(qint64 server, const RequeueItem &requeued);
    Result<void, SqlError> fail(qint64 server, const FailItem &failed);
    Result<void, SqlError> settle(qint64 server, const SettleItem &settled);
    /// All of it becomes the other's.
    Result<void, SqlError> move(qint64 from, qint64 to);

    Result<Ledger, SqlError> ledger(qint64 server);
    /// Writes the ledgers that have changed, and returns them.
    Result<QHash<qint64, Ledger>, SqlError> saveLedgers();
    void forgetLedgers();

private:
    /// Null after an error.
    Result<Ledger *, SqlError> changing(qint64 server);

    Statements &m_statements;
    QHash<qint64, Ledger> m_ledgers;
    QHash<qint64, bool> m_changed;
};

} // namespace lanline::client
