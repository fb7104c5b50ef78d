#include "tests/support/fakestore.h"

#include "core/migrations.h"
#include "server/store/refusedcommand.h"
#include "server/store/schema.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

SqlDatabase openInMemory()
{
    auto database = SqlDatabase::open(u":memory:"_s);
    if (!database || !migrate(*database, storeMigrations()))
        qFatal("the store's schema cannot be made");
    return *std::move(database);
}

} // namespace

FakeStore::FakeStore(TimeSource &time)
    : m_time(time)
    , m_database(openInMemory())
    , m_snapshot(*loadSnapshot(m_database))
    , m_runner(m_database, m_snapshot.epoch)
    , m_pages(m_database)
{ }

bool FakeStore::submit(StoreCommand command)
{
    if (isFull)
        return false;
    submitted.append(std::move(command));
    return true;
}

void FakeStore::commit()
{
    QList<StoreOutcome> outcomes;
    for (const StoreCommand &command : std::exchange(submitted, {})) {
        outcomes.append(*m_runner.run(command, m_time.wallNow()));
        if (const auto totals = m_runner.finish(); *totals)
            m_sink->onStoreTotals(**totals);
    }
    m_sink->onStoreOutcomes(outcomes);
}

void FakeStore::failCommit()
{
    QList<StoreOutcome> outcomes;
    for (const StoreCommand &command : std::exchange(submitted, {}))
        outcomes.append(refusedForNow(command));
    m_sink->onStoreOutcomes(outcomes);
}

void FakeStore::expire(const RoomId &room, quint64 firstSeq)
{
    const auto done =
        m_database.execute(u"DELETE FROM events WHERE seq < ? AND room = (SELECT id FROM rooms WHERE name = ?)"_s,
            {qint64(firstSeq), room.value()});
    if (!done)
        qFatal("the room's events cannot be taken away");
    m_sink->onExpired({room, firstSeq});
}

void FakeStore::readPages()
{
    for (const PageRequest &request : std::exchange(pageRequests, {})) {
        const auto page = m_pages.read(request);
        if (!page)
            qFatal("a page cannot be read: %s", qUtf8Printable(page.error().text));
        m_sink->onPage(*page);
    }
}

} // namespace lanline::server
