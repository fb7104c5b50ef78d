#pragma once

#include "client/store/historytable.h"
#include "client/store/outboxtable.h"
#include "client/store/servertable.h"

namespace lanline::client {

/// Does requests on an open database, inside the caller's transaction.
class ProfileRequests
{
public:
    explicit ProfileRequests(const SqlDatabase &database)
        : m_statements(database)
    { }

    /// Appends the answers. Key 0: the server that was opened last.
    Result<void, SqlError> run(const StoreRequest &request, QList<StoreReply> &replies);
    /// Before the transaction is committed: writes the ledgers.
    Result<void, SqlError> finish(QList<StoreReply> &replies);
    /// After one that was not.
    void forget() { m_outbox.forgetLedgers(); }

private:
    Result<void, SqlError> openServer(const OpenServer &opened, QList<StoreReply> &replies);
    Result<void, SqlError> identifyServer(qint64 key, const IdentifyServer &identity, QList<StoreReply> &replies);
    Result<ServerSnapshot, SqlError> snapshot(const ServerTable::Server &server);

    qint64 m_lastOpened = 0;
    Statements m_statements;
    ServerTable m_servers{m_statements};
    OutboxTable m_outbox{m_statements};
    HistoryTable m_history{m_statements};
};

} // namespace lanline::client
