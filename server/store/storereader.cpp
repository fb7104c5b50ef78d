#include "server/store/storereader.h"

#include "server/logging.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

protocol::Event eventFrom(const QSqlQuery &row)
{
    protocol::Event event;
    event.seq = row.value(0).toULongLong();
    event.messageId = MessageId(QUuid::fromRfc4122(row.value(1).toByteArray()));
    event.author = userFrom(row, 2);
    event.storedAt = WallTime(std::chrono::milliseconds(row.value(6).toLongLong()));
    event.text = row.value(7).toString();
    return event;
}

} // namespace

StoreReader::StoreReader(QString dataDir)
    : m_dataDir(std::move(dataDir))
{ }

void StoreReader::read(const Crossing<PageRequest> &request)
{
    Page page{request->origin, request->room, request->direction, false, {}};
    if (m_database || open()) {
        if (auto found = events(*request)) {
            page.events = *std::move(found);
            page.isRead = true;
        } else {
            qCWarning(lcStore, "a page could not be read: %ls", qUtf16Printable(found.error().text));
        }
        m_statements->finish();
    }
    Q_EMIT pageRead(std::move(page));
}

Result<QList<protocol::Event>, SqlError> StoreReader::events(const PageRequest &request)
{
    const bool isAfter = request.direction == PageRequest::Direction::After;
    const QString columns =
        u"SELECT seq, message_id, user_id, author_name, author_is_guest, author_hue, stored_ms, text"
        " FROM events WHERE room = (SELECT id FROM rooms WHERE name = ?) AND seq <= ? AND "_s;
    auto row = m_statements->rows(
        columns + (isAfter ? u"seq > ? ORDER BY seq LIMIT ?"_s : u"seq < ? ORDER BY seq DESC LIMIT ?"_s),
        {request.room.value(), qint64(request.head), qint64(request.from), request.maxEvents});
    if (!row)
        return unexpected(row.error());

    QList<protocol::Event> found;
    qint64 bytes = 0;
    while ((*row)->next()) {
        protocol::Event event = eventFrom(**row);
        bytes += event.text.toUtf8().size();
        if (bytes > request.maxBytes && !found.isEmpty())
            break;
        found.append(std::move(event));
    }
    if (!isAfter)
        std::reverse(found.begin(), found.end());
    return found;
}

bool StoreReader::open()
{
    auto database = SqlDatabase::open(databasePath(m_dataDir), SqlDatabase::Access::ReadOnly);
    if (!database) {
        qCWarning(lcStore, "the database cannot be opened for reading: %ls", qUtf16Printable(database.error().text));
        return false;
    }
    m_database.emplace(*std::move(database));
    m_statements.emplace(*m_database);
    return true;
}

void StoreReader::close()
{
    m_statements.reset();
    m_database.reset();
    Q_EMIT closed();
}

} // namespace lanline::server
