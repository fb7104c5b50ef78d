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
        m_runner.finish();
        if (const auto *appended = std::get_if<Appended>(&outcomes.last()); appended && !appended->isDuplicate)
            m_events[appended->room].append(appended->event);
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

void FakeStore::readPages()
{
    for (const PageRequest &request : std::exchange(pageRequests, {})) {
        const bool isAfter = request.direction == PageRequest::Direction::After;
        Page page{request.origin, request.room, request.direction, true, {}};
        for (const protocol::Event &event : std::as_const(m_events[request.room])) {
            if (event.seq <= request.head && (isAfter ? event.seq > request.from : event.seq < request.from))
                page.events.append(event);
        }
        page.events = isAfter ? page.events.first(qMin(page.events.size(), qsizetype(request.maxEvents)))
                              : page.events.last(qMin(page.events.size(), qsizetype(request.maxEvents)));
        m_sink->onPage(page);
    }
}

} // namespace lanline::server
