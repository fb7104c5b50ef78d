#pragma once

#include "core/sqldatabase.h"
#include "core/timing.h"
#include "server/store/commandrunner.h"
#include "server/store/pagequery.h"
#include "server/store/store.h"

#include <optional>

namespace lanline::server {

/// A Store over a database in memory, with the real SQL, that commits and reads when a test says so.
class FakeStore final : public Store
{
public:
    explicit FakeStore(TimeSource &time);

    void setSink(StoreSink *sink) { m_sink = sink; }
    const Snapshot &snapshot() const { return m_snapshot; }

    void open() override { m_sink->onStoreOpened(m_snapshot); }
    [[nodiscard]] bool submit(StoreCommand command) override;
    void readPage(const PageRequest &request) override { pageRequests.append(request); }
    void close() override { m_sink->onStoreClosed(); }

    /// One transaction with all that was submitted.
    void commit();
    /// The same, but its COMMIT fails.
    void failCommit();
    /// Keeps the room's events from `firstSeq` on.
    void expire(const RoomId &room, quint64 firstSeq);
    /// Answers the page requests.
    void readPages();

    bool isFull = false; ///< submit() refuses
    QList<StoreCommand> submitted;
    QList<PageRequest> pageRequests;

private:
    TimeSource &m_time;
    StoreSink *m_sink = nullptr;
    SqlDatabase m_database;
    Snapshot m_snapshot;
    CommandRunner m_runner;
    PageQuery m_pages;
};

} // namespace lanline::server
