#include "reconnectscenario.h"

#include "echoprobe.h"
#include "protocol/messages.h"
#include "rawsocket.h"
#include "returningclients.h"
#include "serverprocess.h"
#include "turns.h"

#include <QDir>
#include <QTemporaryDir>

#include <array>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr int manyClients = 1000;
constexpr auto patience = 60s;
// The goals.
constexpr double mostSeconds = 15;
constexpr double mostBlockedMs = 100;

const QStringList arguments{u"--bench-endpoints"_s};

double largest(const QList<double> &values)
{
    return values.isEmpty() ? 0 : *std::max_element(values.begin(), values.end());
}

using Manner = ReturningClients::Manner;

/// How the server goes away, and how its clients come back.
struct Course
{
    QString key; ///< in JSON
    QString title;
    Manner manner = Manner::Staggered;
    bool isStopped = false; ///< it says goodbye; else it is killed
    // Per round:
    QList<double> refused{}; ///< attempts that met no server
    QList<double> failed{}; ///< attempts that a running server did not serve
    QList<double> downMs{};
    QList<double> loopLagMs{}; ///< as the server tells it, the longest
    QList<double> echoMs{}; ///< the longest that a client beside them waited for an echo
    Histogram welcomes{}; ///< of all rounds
};

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
    /// One restart, until everybody is back.
    Measured measure(Course &course);
    Result<void, QString> restart(const Course &course);
    Result<void, QString> waitFor(const std::function<bool()> &isReached, const QString &what);
    Report report() const;
    Table attempts() const;
    Table loop() const;
    void addGoals(Report &report) const;

    Options m_options;
    int m_count;
    CoreSplit m_cores;
    QTemporaryDir m_dir;
    Machine m_machine;
    Turns m_turns;
    std::unique_ptr<ServerProcess> m_server;
    ClientSet m_set;
    ReturningClients m_clients;
    std::array<Course, 3> m_courses{Course{u"at-once"_s, u"killed, at once"_s, Manner::AtOnce},
        Course{u"staggered"_s, u"killed, staggered"_s},
        Course{u"stopped"_s, u"stopped, staggered"_s, Manner::Staggered, true}};
};

Result<void, QString> ReconnectBench::prepare()
{
    raiseDescriptorLimit();
    if (!m_dir.isValid()) {
        return unexpected(u"no folder can be made in %1: %2"_s.arg(m_options.dataDir, m_dir.errorString()));
    }
    m_machine = describeMachine(m_dir.path());
    pinThisThread(m_cores.load);
    auto server = ServerProcess::start(ownServer(m_dir.path(), arguments), m_cores.server);
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
    for (Course &course : m_courses)
        m_turns.add(course.key, course.title, [this, &course](auto) { return measure(course); });
    if (const auto taken = m_turns.take(); !taken)
        return unexpected(taken.error());
    return report();
}

Result<void, QString> ReconnectBench::restart(const Course &course)
{
    const auto port = quint16(m_server->url().port());
    if (course.isStopped) {
        m_server->terminate();
        if (auto ended = waitFor([this] { return m_server->hasEnded(); }, u"the server does not stop"_s); !ended)
            return ended;
    } else {
        m_server->kill();
    }
    m_server = ServerProcess::launch(ownServer(m_dir.path(), arguments, port), m_cores.server);
    QString startError;
    auto started = waitFor(
        [&] {
            const auto isListening = m_server->isListening();
            if (!isListening)
                startError = isListening.error();
            return !isListening || *isListening;
        },
        u"the server does not start again"_s);
    if (started && !startError.isEmpty())
        return unexpected(startError);
    return started;
}

Measured ReconnectBench::measure(Course &course)
{
    m_clients.beatIfDue();
    m_clients.setManner(course.manner);
    const auto gone = steady_clock::now();
    if (const auto restarted = restart(course); !restarted)
        return unexpected(restarted.error());
    const auto listening = steady_clock::now();
    m_clients.onServerBack();
    const auto echo = Endpoint::make(m_server->url(), u"/bench/echo"_s);
    if (!echo)
        return unexpected(echo.error());
    EchoProbe probe(*echo, m_cores.load);
    if (const auto back = waitFor([this] { return m_clients.areAllLive(); }, u"not all of the clients come back"_s);
        !back) {
        return unexpected(u"%1: %2 of %3"_s.arg(back.error()).arg(m_clients.live()).arg(m_count));
    }
    const auto elapsed = duration_cast<microseconds>(steady_clock::now() - listening);
    // What they still have to be told of each other is the server's work as well.
    m_clients.askStatus();
    const auto told =
        waitFor([this] { return m_clients.status().has_value(); }, u"the server does not say how it is"_s);
    if (!told)
        return unexpected(told.error());
    course.downMs.append(duration<double, std::milli>(listening - gone).count());
    course.refused.append(double(m_clients.refusedWhileDown()));
    course.failed.append(double(m_clients.failedWhileUp()));
    course.echoMs.append(duration<double, std::milli>(probe.stop().max()).count());
    course.loopLagMs.append(duration<double, std::milli>(m_clients.status()->longestLoopLag).count());
    course.welcomes.merge(m_clients.welcomes());

    Sample sample;
    sample.asked = quint64(m_count);
    sample.done = m_clients.times().count();
    sample.elapsed = elapsed;
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

Table ReconnectBench::attempts() const
{
    Table table;
    table.header = {u"attempts in vain, per round"_s, u"while the server was down"_s, u"after that"_s, u"down ms"_s};
    for (const Course &course : m_courses) {
        table.rows.append({course.title, number(median(course.refused)), number(median(course.failed)),
            number(median(course.downMs))});
    }
    return table;
}

Table ReconnectBench::loop() const
{
    Table table;
    table.header = {u"at most, of all rounds"_s, u"welcome ms"_s, u"loop lag ms"_s, u"echo beside ms"_s};
    for (const Course &course : m_courses) {
        table.rows.append({course.title, inMs(course.welcomes.max()), number(largest(course.loopLagMs), 1),
            number(largest(course.echoMs), 1)});
    }
    return table;
}

void ReconnectBench::addGoals(Report &report) const
{
    for (const Course &course : m_courses) {
        if (course.manner != Manner::Staggered)
            continue;
        const auto longest = figuresOf(m_turns.roundsOf(course.key)).longest;
        report.goals.append({course.key + u"_back_s"_s, u"%1: everybody is back"_s.arg(course.title),
            duration<double>(longest).count(), Goal::Kind::AtMost, mostSeconds, u"s"_s});
        report.goals.append({course.key + u"_echo_ms"_s, u"%1: nobody waits longer for the server"_s.arg(course.title),
            largest(course.echoMs), Goal::Kind::AtMost, mostBlockedMs, u"ms"_s});
    }
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
        u" server is ended and started again; medians of %2 rounds, in turns. Times are from when it accepts again"
        u" until a client is live; the server's CPU time has its start in it."_s.arg(m_count)
            .arg(m_options.rounds),
        u"Killed: without a word. Stopped: it says goodbye, and when to come back."_s,
        u"At once: every client tries again as soon as it knows, and 0.1 s after each failure. Staggered: Lanline's"
        u" client, after the time that the server has asked for a random time up to 0.5 s, then up to 1 s, 2 s and so"
        u" on."_s,
        u"Loop lag: how late the server's thread was for a timer that is due 20 times a second. Echo beside: how long"
        u" another client, who asks every 2 ms from when the server is back, waited for an answer."_s};
    report.tables = {m_turns.table(u"back"_s, u"server CPU us"_s), loop(), attempts()};
    m_turns.addTo(report);
    addGoals(report);
    report.settings.remove(u"round_ms"_s);
    report.settings[u"connections"_s] = m_count;
    for (const Course &course : m_courses) {
        QJsonObject figures = report.figures.value(course.key).toObject();
        figures[u"down_ms"_s] = median(course.downMs);
        figures[u"attempts_refused"_s] = median(course.refused);
        figures[u"attempts_failed"_s] = median(course.failed);
        figures[u"welcome_p50_us"_s] = qint64(course.welcomes.percentile(50).count());
        figures[u"welcome_max_us"_s] = qint64(course.welcomes.max().count());
        figures[u"loop_lag_max_ms"_s] = largest(course.loopLagMs);
        figures[u"echo_max_ms"_s] = largest(course.echoMs);
        report.figures[course.key] = figures;
    }
    return report;
}

} // namespace

Result<Report, QString> runReconnect(const Options &options)
{
    return ReconnectBench(options).run();
}

} // namespace lanline::bench
