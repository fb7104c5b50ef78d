#pragma once

#include "core/crossing.h"
#include "core/eventloopwatch.h"
#include "server/addresses.h"
#include "server/faults/serverfaults.h"
#include "server/http/servermetrics.h"
#ifdef Q_OS_LINUX
#include "server/debug/debugendpoints.h"
#endif
#include "server/hub/hub.h"
#include "server/net/listener.h"
#include "server/serverhost.h"
#include "server/session/sessions.h"
#include "server/store/sqlitestore.h"
#include "server/threadrecord.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace lanline::server {

/// The server itself: composes listener, store, hub and sessions. Lives in the server thread and makes its members
/// there; ends that thread when it has stopped or could not start. One life: start() once.
class ServerWorker final : public QObject, private StoreSink
{
    Q_OBJECT

public:
    explicit ServerWorker(ServerOptions options);
    ~ServerWorker() override;

    void start();
    void stop();
    /// No goodbye, no wait.
    void kill();
    void setFault(const Crossing<Fault> &fault);

Q_SIGNALS:
    void started(const Crossing<Listening> &listening);
    void startFailed(const Crossing<StartFailure> &failure);
    void statusChanged(const Crossing<ServerStatus> &status);

private:
    // StoreSink
    void onStoreOpened(const Snapshot &snapshot) override;
    void onStoreUnusable(const StoreProblem &problem) override;
    void onStoreTotals(const StoreTotals &totals) override { m_ledger.ever = totals; }
    void onStoreOutcomes(const QList<StoreOutcome> &outcomes) override;
    void onCommit(std::chrono::microseconds took, qsizetype commands) override;
    void onWriterWatched(
        const protocol::ThreadLoad &load, const QList<protocol::ThreadStall> &stalls, const Histogram &lags) override;
    void onExpired(const Expired &expired) override { m_hub->onExpired(expired); }
    void onStoreState(const protocol::StoreState &state) override;
    void onPage(const Page &page) override;
    void onStoreClosed() override;

    /// Nothing when the port is ours.
    std::optional<StartFailure> takePort();
    void tellStatus();
    void watch();
    void serveOperator();
    ServerFaults::Sink faultSink();
    ServerFigures figures() const;
    /// Takes everything down and ends the thread.
    void finish();

    ServerOptions m_options;
    SystemTime m_time;
    Ledger m_ledger;
    bool m_isStopping = false;
    std::optional<EventLoopWatch> m_watch;
    ThreadRecord m_threads;
    Histogram m_storageLags; ///< of the store writer's event loop, since the start
    std::optional<QTimer> m_sweepTimer;
    std::optional<QTimer> m_statusTimer;
    std::optional<ServerMetrics> m_metrics;
#ifdef Q_OS_LINUX
    std::optional<DebugEndpoints> m_debug;
#endif
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<SqliteStore> m_store;
    std::unique_ptr<Hub> m_hub;
    std::optional<ServerFaults> m_faults; ///< once the sessions are there
    std::optional<Addresses> m_addresses;
    std::unique_ptr<Sessions> m_sessions; ///< refers to the hub, the store and the addresses
};

} // namespace lanline::server
