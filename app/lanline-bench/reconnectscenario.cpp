#include "reconnectscenario.h"

#include "protocol/messages.h"
#include "rawsocket.h"
#include "returningclients.h"
#include "serverprocess.h"
#include "turns.h"

#include <QDir>
#include <QTemporaryDir>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr int manyClients = 1000;
constexpr auto patience = 60s;

using Manner = ReturningClients::Manner;

class ReconnectBench
{
public:
    explicit ReconnectBench(const Options &options)
        : m_options(options)
        , m_count(options.connections.value_or(manyClients))
        , m_cores(splitCores())
        , m_dir(QDir(options.dataDir).filePath(u"lanline-bench-XXXXXX"_s))
        , m_turns(options.rounds, 1s)
        , m_set(false)
        , m_clients(m_set, RoomId(u"lobby"_s))
    { }

    Result<Report, QString> run();

private:
    Result<void, QString> prepare();
    /// One kill, until everybody is back.
    Measured measure(Manner manner);
    Result<void, QString> waitFor(const std::function<bool()> &isReached, const QString &what);
    Report report() const;

    Options m_options;
    int m_count;
    CoreSplit m_cores;
    QTemporaryDir m_dir;
    Machine m_machine;
    Turns m_turns;
    std::unique_ptr<ServerProcess> m_server;
    ClientSet m_set;
    ReturningClients m_clients;
    QList<double> m_downMs;
    QMap<Manner, QList<double>> m_refused; ///< attempts per round that met no server
    QMap<Manner, QList<double>> m_failed; ///< attempts per round that a running server did not serve
};

Result<void, QString> ReconnectBench::prepare()
{
    raiseDescriptorLimit();
    if (!m_dir.isValid()) {
        return unexpected(u"no folder can be made in %1: %2"_s.arg(m_options.dataDir, m_dir.errorString()));
    }
    m_machine = describeMachine(m_dir.path());
    pinThisThread(m_cores.load);
    auto server = ServerProcess::start(ownServer(m_dir.path()), m_cores.server);
    if (!server)
        return unexpected(server.error());
    m_server = *std::move(server);
    const auto endpoint = Endpoint::make(m_server->url(), u"/"_s, QByteArray(protocol::subprotocolProtobuf));
    if (!endpoint)
        return unexpected(endpoint.error());
    return m_clients.logIn(*endpoint, m_count, m_count);
}

Result<Report, QString> ReconnectBench::run()
{
    if (const auto prepared = prepare(); !prepared)
        return unexpected(prepared.error());
    m_turns.add(u"at-once"_s, u"at once"_s, [this](auto) { return measure(Manner::AtOnce); });
    m_turns.add(u"staggered"_s, u"staggered"_s, [this](auto) { return measure(Manner::Staggered); });
    if (const auto taken = m_turns.take(); !taken)
        return unexpected(taken.error());
    return report();
}

Measured ReconnectBench::measure(Manner manner)
{
    m_clients.beatIfDue();
    m_clients.setManner(manner);
    const auto port = quint16(m_server->url().port());
    m_server->kill();
    const auto killed = steady_clock::now();
    m_server = ServerProcess::launch(ownServer(m_dir.path(), {}, port), m_cores.server);
    QString startError;
    const auto started = waitFor(
        [&] {
            const auto isListening = m_server->isListening();
            if (!isListening)
                startError = isListening.error();
            return !isListening || *isListening;
        },
        u"the server does not start again"_s);
    if (!started || !startError.isEmpty())
        return unexpected(started ? startError : started.error());
    const auto listening = steady_clock::now();
    m_clients.onServerBack();
    m_downMs.append(std::chrono::duration<double, std::milli>(listening - killed).count());
    if (const auto back = waitFor([this] { return m_clients.areAllLive(); }, u"not all of the clients come back"_s);
        !back) {
        return unexpected(u"%1: %2 of %3"_s.arg(back.error()).arg(m_clients.live()).arg(m_count));
    }
    m_refused[manner].append(double(m_clients.refusedWhileDown()));
    m_failed[manner].append(double(m_clients.failedWhileUp()));

    Sample sample;
    sample.asked = quint64(m_count);
    sample.done = m_clients.times().count();
    sample.elapsed = duration_cast<microseconds>(steady_clock::now() - listening);
    sample.latency = m_clients.times();
    sample.serverCpu = m_server->cpuTime();
    sample.serverBytes = m_server->residentBytes();
    m_server->settle();
    return sample;
}

Result<void, QString> ReconnectBench::waitFor(const std::function<bool()> &isReached, const QString &what)
{
    const auto giveUp = steady_clock::now() + patience;
    while (!isReached()) {
        if (!m_clients.turn())
            return unexpected(m_set.failure());
        if (steady_clock::now() > giveUp)
            return unexpected(what);
    }
    return {};
}

Report ReconnectBench::report() const
{
    Report report;
    report.scenario = u"reconnect"_s;
    report.machine = m_machine;
    report.conditions = {m_cores.isApart()
            ? u"Server on core %1, load on core %2."_s.arg(toText(m_cores.server), toText(m_cores.load))
            : u"One core only: server and load share it."_s,
        u"%1 guests are live in the lobby, each a person of their own: who comes is told to all who are there. The"
        u" server is killed and started again; medians of %2 rounds, in turns. Times are from when it accepts again"
        u" until a client is live; the server's CPU time has its start in it."_s.arg(m_count)
            .arg(m_options.rounds),
        u"At once: every client tries again as soon as it knows, and 0.1 s after each failure. Staggered: Lanline's"
        u" client, a random time up to 0.5 s, then up to 1 s, 2 s and so on."_s,
        u"The server was down for %1 ms."_s.arg(number(median(m_downMs)))};
    Table errors;
    errors.header = {u"attempts in vain, per round"_s, u"while the server was down"_s, u"after that"_s};
    errors.rows = {
        {u"at once"_s, number(median(m_refused.value(Manner::AtOnce))), number(median(m_failed.value(Manner::AtOnce)))},
        {u"staggered"_s, number(median(m_refused.value(Manner::Staggered))),
            number(median(m_failed.value(Manner::Staggered)))}};
    report.tables = {m_turns.table(u"back"_s, u"server CPU us"_s), errors};
    m_turns.addTo(report);
    report.settings.remove(u"round_ms"_s);
    report.settings[u"connections"_s] = m_count;
    report.figures[u"down_ms"_s] = median(m_downMs);
    report.figures[u"attempts"_s] = QJsonObject{
        {u"at_once_refused"_s, median(m_refused.value(Manner::AtOnce))},
        {u"at_once_failed"_s, median(m_failed.value(Manner::AtOnce))},
        {u"staggered_refused"_s, median(m_refused.value(Manner::Staggered))},
        {u"staggered_failed"_s, median(m_failed.value(Manner::Staggered))},
    };
    return report;
}

} // namespace

Result<Report, QString> runReconnect(const Options &options)
{
    return ReconnectBench(options).run();
}

} // namespace lanline::bench
