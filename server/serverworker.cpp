#include "server/serverworker.h"

#include "server/logging.h"

#include <QThread>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

constexpr auto sweepInterval = 100ms;
constexpr auto statusInterval = 1s;
/// How soon clients may look whether the server is back.
constexpr auto comeBackAfter = 1s;
/// How long a stopping server waits for its clients to take their GOODBYE.
constexpr auto goodbyeTimeout = 1s;

QUrl localUrl(const QString &scheme, const QHostAddress &address, quint16 port)
{
    QUrl url;
    url.setScheme(scheme);
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        url.setHost(QHostAddress(QHostAddress::LocalHostIPv6).toString());
    else if (address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4))
        url.setHost(QHostAddress(QHostAddress::LocalHost).toString());
    else
        url.setHost(address.toString());
    url.setPort(port);
    return url;
}

} // namespace

ServerWorker::ServerWorker(ServerOptions options)
    : m_options(std::move(options))
{ }

ServerWorker::~ServerWorker() = default;

void ServerWorker::start()
{
    m_listener = std::make_unique<Listener>(
        ListenOptions{m_options.limits, m_options.http, m_options.sockets, m_options.tls, m_options.tracing}, m_time,
        [this](std::unique_ptr<Transport> transport) { m_sessions->accept(std::move(transport)); });
    // The port first: it is known at once whether it is free, and clients wait in its backlog until the store is open.
    if (const auto failure = takePort()) {
        Q_EMIT startFailed(*failure);
        finish();
        return;
    }
    StoreSink &sink = *this;
    m_store = std::make_unique<SqliteStore>(
        StoreOptions{m_options.dataDir, m_options.limits, m_options.beginAnew, m_options.retention}, sink);
    m_store->open();
}

std::optional<StartFailure> ServerWorker::takePort()
{
    const auto problem = m_listener->listen(m_options.address, m_options.port);
    if (!problem)
        return std::nullopt;
    if (problem->isPortInUse) {
        return StartFailure{StartFailure::Kind::PortInUse, m_options.port,
            Listener::freePortAbove(m_options.address, m_options.port), problem->text};
    }
    return StartFailure{StartFailure::Kind::AddressUnavailable, m_options.port, 0, problem->text};
}

void ServerWorker::onStoreOpened(const Snapshot &snapshot)
{
    if (m_isStopping) {
        m_store->close();
        return;
    }
    m_hub = std::make_unique<Hub>(m_options.limits, m_ledger);
    m_hub->load(snapshot);
    m_ledger.ever = snapshot.totals;
    m_ledger.lost = snapshot.lost;
    const QByteArray certificate = m_options.tls ? certificateSha256(*m_options.tls) : QByteArray();
    m_addresses.emplace(m_options.addresses, m_options.address, m_listener->port(), m_time);
    m_sessions = std::make_unique<Sessions>(m_options.limits,
        ServerIdentity{m_options.name, snapshot.serverId, snapshot.epoch, certificate,
            [this](const QHostAddress &peer) { return m_addresses->addressesFor(peer); }},
        *m_hub, *m_store, m_time, m_ledger);
    connect(m_sessions.get(), &Sessions::changed, this, &ServerWorker::tellStatus);
    m_faults.emplace(m_time, m_options.allowFaults, faultSink());
    m_sessions->useFaults(*m_faults);

    watch();
    m_sessions->sweep(*m_watch);
    m_sweepTimer.emplace();
    connect(&*m_sweepTimer, &QTimer::timeout, this, [this] { m_sessions->sweep(*m_watch); });
    m_sweepTimer->start(sweepInterval);
    m_statusTimer.emplace();
    connect(&*m_statusTimer, &QTimer::timeout, this, [this] {
        const LoopLoad load = m_watch->takeLoad();
        m_threads.add({ThreadKind::Server, load.longestLag, load.busyPermille, 0});
        tellStatus();
    });
    m_statusTimer->start(statusInterval);

    serveOperator();
    m_listener->startAccepting();
    qCInfo(lcServer, "listening on port %u", unsigned(m_listener->port()));
    const quint16 port = m_listener->port();
    Listening listening{localUrl(u"ws"_s, m_options.address, port), {}, port, snapshot.epoch, certificate};
    if (m_options.tls)
        listening.tlsUrl = localUrl(u"wss"_s, m_options.address, port);
    Q_EMIT started(listening);
}

void ServerWorker::onStoreUnusable(const StoreProblem &problem)
{
    if (!m_isStopping) {
        Q_EMIT startFailed(
            StartFailure{StartFailure::Kind::DataUnusable, m_options.port, 0, problem.sentence, problem.isUnusable});
    }
    finish();
}

void ServerWorker::onStoreOutcomes(const QList<StoreOutcome> &outcomes)
{
    m_sessions->onStoreOutcomes(outcomes);
}

void ServerWorker::onCommit(std::chrono::microseconds took, qsizetype commands)
{
    if (m_metrics)
        m_metrics->onCommit(took, commands);
}

void ServerWorker::onWriterWatched(
    const protocol::ThreadLoad &load, const QList<protocol::ThreadStall> &stalls, const Histogram &lags)
{
    m_threads.add(load);
    for (const protocol::ThreadStall &stall : stalls)
        m_threads.add(stall);
    m_storageLags.merge(lags);
}

void ServerWorker::watch()
{
    m_watch.emplace(m_time);
    connect(&*m_watch, &EventLoopWatch::stalled, this, [this](const Crossing<Stall> &stall) {
        const auto heldUp = m_sessions->messagesSince(stall->begin) + size_t(m_store->unanswered());
        m_threads.add(told(ThreadKind::Server, *stall, quint32(heldUp)));
    });
    m_watch->start();
    m_sessions->keepThreads(m_threads);
}

void ServerWorker::onStoreState(const protocol::StoreState &state)
{
    m_listener->health().setProblem(state.isWritable ? QString() : state.text);
    m_sessions->onStoreState(state);
}

void ServerWorker::onPage(const Page &page)
{
    m_sessions->onPage(page);
}

void ServerWorker::tellStatus()
{
    Q_EMIT statusChanged(ServerStatus{m_sessions->status(), m_sessions->rows()});
}

void ServerWorker::serveOperator()
{
    if (m_options.hasMetrics) {
        m_metrics.emplace([this] { return figures(); });
        m_sessions->keepTimes(m_metrics->times());
        m_listener->http().serve("/metrics", HttpAudience::Operator, *m_metrics);
    }
#ifdef Q_OS_LINUX
    if (m_options.hasDebugEndpoints) {
        m_debug.emplace(m_options.profiler);
        m_listener->http().serve(debugPath.toByteArray(), HttpAudience::Operator, *m_debug);
        m_listener->http().serve(debugPath.chopped(1).toByteArray(), HttpAudience::Operator, *m_debug);
    }
#endif
}

ServerFigures ServerWorker::figures() const
{
    ServerFigures figures;
    figures.status = m_sessions->status();
    figures.connections = m_listener->connections();
    for (const ClientRow &row : m_sessions->rows()) {
        ++(row.isStandby ? figures.standbyLinks : figures.primaryLinks);
        figures.queuedBytes += row.queuedBytes;
        figures.longestQueueBytes = std::max(figures.longestQueueBytes, row.queuedBytes);
    }
    figures.lags = {{"server", m_watch->lags()}, {"storage", m_storageLags}};
    return figures;
}

ServerFaults::Sink ServerWorker::faultSink()
{
    return {[this](const Fault &fault) { m_store->setFault(fault); }, [this] { m_sessions->breakLinks(); },
        [this] { m_sessions->mendLinks(); }};
}

void ServerWorker::setFault(const Crossing<Fault> &fault)
{
    if (m_faults && !m_isStopping)
        m_faults->set(*fault);
}

void ServerWorker::kill()
{
    m_isStopping = true;
    finish();
}

void ServerWorker::stop()
{
    if (std::exchange(m_isStopping, true))
        return;
    m_listener->close();
    // First what is under way is stored and acknowledged, then the clients are told. While the store is still opening,
    // it is closed as soon as it is open.
    if (m_sessions)
        m_store->close();
}

void ServerWorker::onStoreClosed()
{
    if (!m_sessions || m_sessions->isEmpty()) {
        finish();
        return;
    }
    connect(m_sessions.get(), &Sessions::drained, this, &ServerWorker::finish);
    QTimer::singleShot(goodbyeTimeout, m_sessions.get(), [this] { finish(); });
    m_sessions->dismissAll(u"the server is stopping"_s, comeBackAfter);
}

void ServerWorker::finish()
{
    // Not here: a member of what goes may be on the stack.
    QThread::currentThread()->quit();
}

} // namespace lanline::server
