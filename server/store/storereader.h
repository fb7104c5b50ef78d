#pragma once

#include "core/crossing.h"
#include "server/store/statements.h"
#include "server/store/storevalues.h"

#include <QObject>

#include <optional>

namespace lanline::server {

/// Reads pages of history. Lives in the store reader's thread, with its own connection.
class StoreReader final : public QObject
{
    Q_OBJECT

public:
    explicit StoreReader(QString dataDir);

    void read(const Crossing<PageRequest> &request);
    void close();

Q_SIGNALS:
    void pageRead(const Crossing<Page> &page);
    void closed();

private:
    Result<QList<protocol::Event>, SqlError> events(const PageRequest &request);
    bool open();

    QString m_dataDir;
    std::optional<SqlDatabase> m_database; ///< opened at the first request
    std::optional<Statements> m_statements;
};

} // namespace lanline::server
