#include "chatscenario.h"

#include "chatmembers.h"
#include "clientload.h"
#include "figures.h"
#include "linkload.h"
#include "rawsocket.h"
#include "serverprocess.h"
#include "transactions.h"
#include "turns.h"

#include <QDir>
#include <QTemporaryDir>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr double bytesPerMib = 1024.0 * 1024.0;

/// All that is measured, and what it takes. Members in the order in which they are made: the server goes last.
class ChatBench
{
public:
    explicit ChatBench(const Options &options)
        : m_options(options)
        , m_cores(splitCores())
        , m_dir(QDir(options.dataDir).filePath(u"lanline-bench-XXXXXX"_s))
        , m_turns(options.rounds, options.duration)
    { }

    Result<void, QString> prepare();
    Result<void, QString> measure();
    Report report() const;

private:
    Result<void, QString> prepareTransactions();
    Result<void, QString> prepareLoads();
    void addTransactions(const QString &key, const QString &title, Transactions &transactions, int rows);
    template <class Load>
    void addLoad(const QString &key, const QString &title, Load &load, int inFlight);
    void keepUp()
    {
        if (m_members)
            m_members->keepUp();
    }
    QStringList conditions() const;
    QList<Goal> goals() const;
    Table outboxTable() const;

    Options m_options;
    CoreSplit m_cores;
    QTemporaryDir m_dir;
    Machine m_machine;
    std::unique_ptr<ServerProcess> m_server; ///< null with --url
    std::unique_ptr<Transactions> m_bare;
    std::unique_ptr<Transactions> m_qtSql;
    std::unique_ptr<LinkLoad> m_link;
    std::unique_ptr<ClientLoad> m_client;
    std::unique_ptr<ChatMembers> m_members; ///< null without any
    qint64 m_serverBytes = 0; ///< resident, at its most
    Turns m_turns;
};

// ---- preparing ----------------------------------------------------------------------------------------------------

Result<void, QString> ChatBench::prepare()
{
    if (!m_dir.isValid())
        return unexpected(u"no folder can be made in %1: %2"_s.arg(m_options.dataDir, m_dir.errorString()));
    m_machine = describeMachine(m_dir.path());
    // Threads inherit it from the one that starts them.
    pinThisThread(m_cores.load);
    raiseDescriptorLimit();
    if (auto done = prepareTransactions(); !done)
        return done;
    return prepareLoads();
}

Result<void, QString> ChatBench::prepareTransactions()
{
    auto bare = Transactions::open(Transactions::Way::Bare, m_dir.filePath(u"bare.sqlite"_s), m_options.payload);
    if (!bare)
        return unexpected(bare.error());
    auto qtSql = Transactions::open(Transactions::Way::QtSql, m_dir.filePath(u"qtsql.sqlite"_s), m_options.payload);
    if (!qtSql)
        return unexpected(qtSql.error());
    m_bare = *std::move(bare);
    m_qtSql = *std::move(qtSql);
    return {};
}

Result<void, QString> ChatBench::prepareLoads()
{
    if (!m_options.url) {
        auto server = ServerProcess::start(ownServer(m_dir.path()), m_cores.server);
        if (!server)
            return unexpected(server.error());
        m_server = *std::move(server);
    }
    const QUrl url = m_options.url.value_or(m_server ? m_server->url() : QUrl());
    const QString profile = m_dir.filePath(u"profile"_s);
    if (!QDir().mkpath(profile))
        return unexpected(u"%1 cannot be made"_s.arg(profile));

    // A room each, so that neither is told of the other's messages.
    m_link = std::make_unique<LinkLoad>(m_options.payload);
    if (auto joined = m_link->join(url, RoomId(u"bench-link"_s)); !joined)
        return joined;
    m_client = std::make_unique<ClientLoad>(profile, m_options.payload);
    if (auto joined = m_client->join(url, RoomId(u"bench-client"_s)); !joined)
        return joined;

    // What is compared stands side by side in time.
    addTransactions(u"bare-1"_s, u"bare SQLite, 1 row"_s, *m_bare, 1);
    addLoad(u"chat-1"_s, u"chat, 1 in flight"_s, *m_link, 1);
    addTransactions(u"bare-64"_s, u"bare SQLite, 64 rows"_s, *m_bare, 64);
    addLoad(u"chat-64"_s, u"chat, 64 in flight"_s, *m_link, 64);
    addLoad(u"chat-8"_s, u"chat, 8 in flight"_s, *m_link, 8);
    addTransactions(u"qtsql-1"_s, u"QtSql, 1 row"_s, *m_qtSql, 1);
    addTransactions(u"qtsql-64"_s, u"QtSql, 64 rows"_s, *m_qtSql, 64);
    addLoad(u"client-1"_s, u"client with outbox, 1 in flight"_s, *m_client, 1);
    addLoad(u"client-8"_s, u"client with outbox, 8 in flight"_s, *m_client, 8);
    addLoad(u"client-64"_s, u"client with outbox, 64 in flight"_s, *m_client, 64);
    if (m_options.members == 0)
        return {};
    auto members = ChatMembers::prepare(m_options, url, m_server.get(), m_dir.path(), m_cores);
    if (!members)
        return unexpected(members.error());
    m_members = *std::move(members);
    m_members->addTo(m_turns);
    return {};
}

void ChatBench::addTransactions(const QString &key, const QString &title, Transactions &transactions, int rows)
{
    m_turns.add(key, title, [this, &transactions, rows](std::chrono::milliseconds time) {
        keepUp();
        // Where the server's writer would be.
        const PinnedHere pinned(m_cores.server, m_cores.load);
        return transactions.measure(rows, time);
    });
}

template <class Load>
void ChatBench::addLoad(const QString &key, const QString &title, Load &load, int inFlight)
{
    m_turns.add(key, title, [this, &load, inFlight](std::chrono::milliseconds time) {
        keepUp();
        const auto before = m_server ? m_server->cpuTime() : 0ns;
        auto sample = load.measure(inFlight, time);
        if (sample && m_server)
            sample->serverCpu = m_server->cpuTime() - before;
        return sample;
    });
}

// ---- measuring ----------------------------------------------------------------------------------------------------

Result<void, QString> ChatBench::measure()
{
    auto taken = m_turns.take();
    if (m_server)
        m_serverBytes = m_server->peakBytes();
    return taken;
}

// ---- telling ------------------------------------------------------------------------------------------------------

QStringList ChatBench::conditions() const
{
    QStringList sentences{u"Texts of %1 bytes. %2"_s.arg(m_options.payload).arg(m_turns.describe())};
    if (!m_server)
        sentences.append(u"The server is not this program's own: its CPU time and its disk are not known."_s);
    else if (m_cores.isApart())
        sentences.append(u"Server and bare transactions on core %1, load on core %2."_s.arg(
            toText(m_cores.server), toText(m_cores.load)));
    else
        sentences.append(u"One core only: server and load share it."_s);
    if (m_server)
        sentences.append(
            u"Memory of the server at its most: %1 MiB."_s.arg(number(double(m_serverBytes) / bytesPerMib, 1)));
    if (m_members)
        sentences += m_members->conditions();
    if (m_machine.isInMemory())
        sentences.append(u"This file system is in memory: nothing here is durable, and the figures do not count."_s);
    return sentences;
}

QList<Goal> ChatBench::goals() const
{
    const auto p50Over = [](const Sample &chat, const Sample &bare) {
        return std::chrono::duration<double, std::milli>(chat.latency.percentile(50) - bare.latency.percentile(50))
            .count();
    };
    const auto share = [](const Sample &chat, const Sample &bare) { return perSecond(chat) / perSecond(bare); };
    return {
        {u"ack_over_bare"_s, u"P50 of an ack, 1 in flight, over that of a bare transaction"_s,
            medianOfPairs(m_turns.roundsOf(u"chat-1"_s), m_turns.roundsOf(u"bare-1"_s), p50Over), Goal::Kind::AtMost,
            0.2, u"ms"_s},
        {u"rate_of_bare"_s, u"Messages per second, 64 in flight, of the rows of bare 64-row transactions"_s,
            medianOfPairs(m_turns.roundsOf(u"chat-64"_s), m_turns.roundsOf(u"bare-64"_s), share), Goal::Kind::AtLeast,
            0.4, {}},
    };
}

Table ChatBench::outboxTable() const
{
    Table table;
    table.header = {u"the same as the outbox counts it"_s, u"P50 ms"_s, u"P95 ms"_s, u"P99 ms"_s};
    for (const Cell &cell : m_turns.cells()) {
        const Figures figures = figuresOf(cell.rounds);
        if (figures.wireP50.count() > 0) {
            table.rows.append({cell.title, inMs(figures.wireP50), inMs(figures.wireP95), inMs(figures.wireP99)});
        }
    }
    return table;
}

Report ChatBench::report() const
{
    Report report;
    report.scenario = u"chat"_s;
    report.machine = m_machine;
    report.conditions = conditions();
    report.tables = {m_turns.table(u"durable"_s, u"server CPU us"_s), outboxTable()};
    report.goals = goals();
    if (m_members)
        m_members->addGoals(report, m_turns);
    if (m_server)
        report.figures[u"server_peak_bytes"_s] = m_serverBytes;
    report.settings = {
        {u"payload"_s, qint64(m_options.payload)},
        {u"server_cores"_s, toText(m_cores.server)},
        {u"load_cores"_s, toText(m_cores.load)},
    };
    m_turns.addTo(report);
    return report;
}

} // namespace

Result<Report, QString> runChat(const Options &options)
{
    ChatBench bench(options);
    auto done = bench.prepare();
    if (done)
        done = bench.measure();
    if (!done)
        return unexpected(done.error());
    return bench.report();
}

} // namespace lanline::bench
