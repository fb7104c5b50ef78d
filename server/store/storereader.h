#pragma once

#include "core/crossing.h"
#include "server/store/pagequery.h"
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
    bool open();

    QString m_dataDir;
    std::optional<SqlDatabase> m_database; ///< opened at the first request
    std::optional<PageQuery> m_query; ///< after the database, for its statements go first
};

} // namespace lanline::server
