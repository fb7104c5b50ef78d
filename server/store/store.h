#pragma once

#include "core/histogram.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// Who hears from a Store. Called in the server thread.
class StoreSink
{
public:
    virtual ~StoreSink() = default;
    virtual void onStoreOpened(const Snapshot &snapshot) = 0;
    virtual void onStoreUnusable(const StoreProblem &problem) = 0;
    /// Told ahead of the outcomes that changed them.
    virtual void onStoreTotals(const StoreTotals &totals) = 0;
    /// The outcomes of one transaction, after its COMMIT and in order.
    virtual void onStoreOutcomes(const QList<StoreOutcome> &outcomes) = 0;
    /// One transaction that went well: how long it took, COMMIT included. Told behind its outcomes.
    virtual void onCommit(std::chrono::microseconds took, qsizetype commands)
    {
        Q_UNUSED(took);
        Q_UNUSED(commands);
    }
    /// Once a second: how the thread that writes has fared, what has stalled it, and how late its event loop was,
    /// each since the last call. A second in which it stands still is told of when it goes on.
    virtual void onWriterWatched(
        const protocol::ThreadLoad &load, const QList<protocol::ThreadStall> &stalls, const Histogram &lags)
    {
        Q_UNUSED(load);
        Q_UNUSED(stalls);
        Q_UNUSED(lags);
    }
    virtual void onExpired(const Expired &expired) = 0;
    /// Whether it can write, when that has changed. What is submitted while it cannot is refused.
    virtual void onStoreState(const protocol::StoreState &state) = 0;
    virtual void onPage(const Page &page) = 0;
    /// All that was submitted is answered, and the database is closed.
    virtual void onStoreClosed() = 0;
};

/// The truth: users, rooms, members and the gapless history of every room. Asynchronous; one caller's thread.
/// `seq` is assigned here and nowhere else.
class Store
{
public:
    virtual ~Store() = default;

    virtual void open() = 0;
    /// False when too much waits already, or after close(); then nothing comes back for it.
    [[nodiscard]] virtual bool submit(StoreCommand command) = 0;
    virtual void readPage(const PageRequest &request) = 0;
    /// Drains, then closes. Pages asked for later are not answered.
    virtual void close() = 0;
};

} // namespace lanline::server
