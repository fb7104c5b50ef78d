#include "server/store/storereader.h"

#include "server/logging.h"
#include "server/store/storefiles.h"

namespace lanline::server {

StoreReader::StoreReader(QString dataDir)
    : m_dataDir(std::move(dataDir))
{ }

void StoreReader::read(const Crossing<PageRequest> &request)
{
    Page page{request->origin, request->room, request->kind};
    if (m_database || open()) {
        if (auto found = m_query->read(*request)) {
            page = *std::move(found);
        } else {
            qCWarning(lcStore, "a page could not be read: %ls", qUtf16Printable(found.error().text));
            // What is wrong with this connection need not be wrong with the next.
            m_query.reset();
            m_database.reset();
        }
    }
    Q_EMIT pageRead(std::move(page));
}

bool StoreReader::open()
{
    auto database = SqlDatabase::open(databasePath(m_dataDir), SqlDatabase::Access::ReadOnly);
    if (!database) {
        qCWarning(lcStore, "the database cannot be opened for reading: %ls", qUtf16Printable(database.error().text));
        return false;
    }
    m_database.emplace(*std::move(database));
    m_query.emplace(*m_database);
    return true;
}

void StoreReader::close()
{
    m_query.reset();
    m_database.reset();
    Q_EMIT closed();
}

} // namespace lanline::server
