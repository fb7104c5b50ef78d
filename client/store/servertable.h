#pragma once

#include "client/store/statements.h"
#include "client/store/storevalues.h"

namespace lanline::client {

/// The servers that this profile knows, and the addresses at which they answered last. Called inside a transaction.
class ServerTable
{
public:
    struct Server
    {
        qint64 key = 0;
        ServerId id; ///< null: not met yet
        Epoch epoch;
        QString name;
        protocol::User self;
    };

    explicit ServerTable(Statements &statements)
        : m_statements(statements)
    { }

    /// The one that answered at this address last; where there is none, a new one without an id.
    Result<Server, SqlError> at(const QUrl &url);
    /// Nothing: not known.
    Result<Server, SqlError> withId(const ServerId &id);
    Result<Server, SqlError> add(const ServerId &id);
    Result<void, SqlError> setAddress(const QUrl &url, qint64 server);
    Result<void, SqlError> identify(qint64 server, const IdentifyServer &identity);
    Result<void, SqlError> setSelf(qint64 server, const protocol::User &self);
    Result<void, SqlError> remove(qint64 server);

private:
    Result<Server, SqlError> find(const QString &sql, const QVariant &value);

    Statements &m_statements;
};

} // namespace lanline::client
