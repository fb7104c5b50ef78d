#pragma once

#include "core/devicekey.h"
#include "server/store/sqlitestore.h"
#include "server/store/store.h"

#include <optional>

namespace lanline::server {

/// Remembers all that a store says.
class StoreListener final : public StoreSink
{
public:
    void onStoreOpened(const Snapshot &opened) override { snapshot = opened; }
    void onStoreUnusable(const StoreProblem &problem) override { unusable = problem.sentence; }
    void onStoreTotals(const StoreTotals &totals) override { ever = totals; }
    void onStoreOutcomes(const QList<StoreOutcome> &told) override
    {
        transactions.append(told.size());
        outcomes.append(told);
    }
    void onWriterWatched(
        const protocol::ThreadLoad &, const QList<protocol::ThreadStall> &, const Histogram &told) override
    {
        lags.append(told);
    }
    void onExpired(const Expired &told) override { expired.append(told); }
    void onStoreState(const protocol::StoreState &state) override { states.append(state); }
    void onPage(const Page &page) override { pages.append(page); }
    void onStoreClosed() override { isClosed = true; }

    template <class Outcome>
    QList<Outcome> all() const
    {
        QList<Outcome> found;
        for (const StoreOutcome &outcome : outcomes) {
            if (const auto *wanted = std::get_if<Outcome>(&outcome))
                found.append(*wanted);
        }
        return found;
    }

    std::optional<Snapshot> snapshot;
    QString unusable;
    StoreTotals ever;
    QList<StoreOutcome> outcomes;
    QList<qsizetype> transactions; ///< their sizes
    QList<Histogram> lags; ///< of the writer's thread, as told each second
    QList<Expired> expired;
    QList<protocol::StoreState> states;
    QList<Page> pages;
    bool isClosed = false;
};

/// One life of a real store in a folder.
struct StoreLife
{
    explicit StoreLife(const QString &dir, const protocol::Limits &limits = {});
    explicit StoreLife(const StoreOptions &options);

    /// False when the store says that it is unusable.
    bool open();
    bool waitForOutcomes(qsizetype count);
    bool close();
    /// The answer to one request; not read when there was none.
    Page read(const PageRequest &request);

    StoreListener listener;
    SqliteStore store;
};

/// Device number n of the tests.
DeviceId testDevice(int number);
/// A message of user 7, "Ann", with a fresh id where none is given.
Append testAppend(int deviceNumber, const RoomId &room, const QString &text, MessageId id = {});
/// A login, as if its signature had been verified.
LogIn testLogIn(const DeviceKey &key, const QString &name);

} // namespace lanline::server
