#include "idlescenario.h"

#include "chatclients.h"
#include "echoload.h"
#include "protocol/messages.h"
#include "sidebyside.h"

#include <QDir>

#include <thread>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr int manyConnections = 10'000;
/// The first tenth is not counted: what a server keeps for any number of them is no cost of one.
constexpr int baseShare = 10;
/// Each has ten connections: a session has 16 clients at most.
constexpr int people = 1'000;
constexpr auto idleTime = 2s;
constexpr double bytesPerMib = 1024.0 * 1024.0;
constexpr double bytesPerKib = 1024.0;
constexpr double percent = 100;

/// What a crowd of connections cost a server.
struct Crowd
{
    QString key;
    QString title;
    qint64 bytesBefore = 0; ///< with the first tenth
    qint64 bytes = 0; ///< with all
    double bytesEach = 0;
    double cpuPercent = 0; ///< of a core, while all are idle
};

class IdleBench
{
public:
    explicit IdleBench(SideBySide &side)
        : m_side(side)
        , m_many(std::max(side.options().connections.value_or(manyConnections), baseShare))
    { }

    Result<Report, QString> run();

private:
    /// The same program once more, which nobody is connected to.
    Result<Target, QString> another(const Target &target, const QString &purpose) const;
    Result<void, QString> measureEchoes(const Target &alone);
    Result<void, QString> measureChats(const Target &own);
    /// `grow` opens so many more.
    Result<void, QString> measureCrowd(
        Crowd crowd, const Target &target, const std::function<Result<void, QString>(int)> &grow);
    Result<void, QString> measureRoundTrips(const Target &alone, const Target &crowded);
    Measured roundTrips(const Target &target, milliseconds time) const;
    Table crowdTable() const;
    Report report() const;
    /// Connections that are there before memory counts.
    int base() const { return m_many / baseShare; }

    SideBySide &m_side;
    int m_many;
    QList<Crowd> m_crowds;
};

Result<Report, QString> IdleBench::run()
{
    // Keys in the order of the table; each target takes its turns when its crowd is there.
    for (const Target &target : m_side.targets().all()) {
        for (const bool isCrowded : {false, true}) {
            m_side.turns().add(SideBySide::keyOf(isCrowded ? u"beside"_s : u"alone"_s, target.name),
                isCrowded ? u"beside %1 idle, %2"_s.arg(m_many).arg(target.name) : u"alone, %1"_s.arg(target.name),
                nullptr);
        }
    }
    for (const Target &target : m_side.targets().all()) {
        if (const auto measured = measureEchoes(target); !measured)
            return unexpected(u"%1: %2"_s.arg(target.name, measured.error()));
        if (target.name == QLatin1StringView(ownName)) {
            if (const auto measured = measureChats(target); !measured)
                return unexpected(u"%1, logged in: %2"_s.arg(target.name, measured.error()));
        }
    }
    return report();
}

Result<Target, QString> IdleBench::another(const Target &target, const QString &purpose) const
{
    const QString dir = QDir(m_side.dir()).filePath(target.name + u'-' + purpose);
    if (!QDir().mkpath(dir))
        return unexpected(u"%1 cannot be made"_s.arg(dir));
    ServerCommand command = target.command;
    if (target.name == QLatin1StringView(ownName))
        command = ownServer(dir, ownArguments(m_side.options()));
    command.logFile = QDir(dir).filePath(u"log"_s);
    auto process = ServerProcess::start(command, m_side.cores().server);
    if (!process)
        return unexpected(process.error());
    const QUrl url = m_side.options().isTls ? (*process)->tlsUrl() : (*process)->url();
    return Target{target.name, url, *std::move(process), command};
}

Result<void, QString> IdleBench::measureEchoes(const Target &alone)
{
    auto crowded = another(alone, u"crowded"_s);
    if (!crowded)
        return unexpected(crowded.error());
    const auto endpoint = Endpoint::make(crowded->url, u"/bench/echo"_s);
    if (!endpoint)
        return unexpected(endpoint.error());
    ClientSet crowd(false);
    auto measured = measureCrowd({u"connections/"_s + alone.name, u"connections, %1"_s.arg(alone.name)}, *crowded,
        [&](int count) { return crowd.open(*endpoint, count); });
    if (!measured)
        return measured;
    return measureRoundTrips(alone, *crowded);
}

Result<void, QString> IdleBench::measureChats(const Target &own)
{
    auto server = another(own, u"chats"_s);
    if (!server)
        return unexpected(server.error());
    const auto endpoint = Endpoint::make(server->url, u"/"_s, QByteArray(protocol::subprotocolProtobuf));
    if (!endpoint)
        return unexpected(endpoint.error());
    ClientSet crowd(false);
    ChatClients chats(crowd, RoomId(u"lobby"_s));
    return measureCrowd({u"sessions/"_s + own.name, u"logged-in clients, %1"_s.arg(own.name)}, *server,
        [&](int count) { return chats.logIn(*endpoint, count, std::min(people, base())); });
}

Result<void, QString> IdleBench::measureCrowd(
    Crowd crowd, const Target &target, const std::function<Result<void, QString>(int)> &grow)
{
    if (auto grown = grow(base()); !grown)
        return grown;
    target.settle();
    crowd.bytesBefore = target.residentBytes();
    if (auto grown = grow(m_many - base()); !grown)
        return grown;
    target.settle();
    crowd.bytes = target.residentBytes();
    crowd.bytesEach = double(crowd.bytes - crowd.bytesBefore) / (m_many - base());
    const auto before = target.cpuTime();
    const auto began = steady_clock::now();
    std::this_thread::sleep_for(idleTime);
    crowd.cpuPercent = percent * duration<double>(target.cpuTime() - before).count()
        / duration<double>(steady_clock::now() - began).count();
    m_crowds.append(crowd);
    return {};
}

Result<void, QString> IdleBench::measureRoundTrips(const Target &alone, const Target &crowded)
{
    Turns &turns = m_side.turns();
    turns.setMeasure(SideBySide::keyOf(u"alone"_s, alone.name),
        [this, &alone](milliseconds time) { return roundTrips(alone, time); });
    turns.setMeasure(SideBySide::keyOf(u"beside"_s, alone.name),
        [this, &crowded](milliseconds time) { return roundTrips(crowded, time); });
    return turns.take(u'/' + alone.name);
}

Measured IdleBench::roundTrips(const Target &target, milliseconds time) const
{
    const auto endpoint = Endpoint::make(target.url, u"/bench/echo"_s);
    if (!endpoint)
        return unexpected(endpoint.error());
    ClientSet one(m_side.spins());
    if (const auto opened = one.open(*endpoint, 1); !opened)
        return unexpected(opened.error());
    EchoLoad load(one, m_side.options().payload);
    return target.measure([&] { return load.closedLoop(time); });
}

Table IdleBench::crowdTable() const
{
    Table table;
    table.header = {u"idle"_s, u"MiB with %1"_s.arg(number(base())), u"MiB with %1"_s.arg(number(m_many)),
        u"bytes each"_s, u"CPU %"_s};
    for (const Crowd &crowd : m_crowds) {
        table.rows.append({crowd.title, number(double(crowd.bytesBefore) / bytesPerMib, 1),
            number(double(crowd.bytes) / bytesPerMib, 1), number(crowd.bytesEach), number(crowd.cpuPercent, 2)});
    }
    return table;
}

Report IdleBench::report() const
{
    Report report = m_side.report(u"idle"_s);
    report.conditions.append(
        u"Memory each: what the resident memory of a fresh server gains from %1 to %2 connections, divided by the"
        u" difference; read once. The kernel's own memory of a connection is not in it, and is the same for all."_s.arg(
            number(base()), number(m_many)));
    report.conditions.append(
        u"Connections are WebSockets on /bench/echo that have said nothing. Logged-in clients are"
        u" %1 guests with the same number of connections each, live in the lobby: were each a"
        u" person of their own, every login would be told to all others. Clients of one person share a session, which"
        u" is there with the first of them."_s.arg(std::min(people, base())));
    report.conditions.append(u"CPU: of one core, in %1 s in which nobody does anything."_s.arg(idleTime.count()));
    report.conditions.append(u"Round trips of one client, %1 bytes, with a server to itself and with one that has the"
                             u" idle connections, both running. %2"_s.arg(m_side.options().payload)
                                 .arg(m_side.turns().describe()));
    report.tables = {crowdTable(), m_side.turns().table(u"round trips"_s, u"server CPU us"_s)};
    m_side.turns().addTo(report);
    for (const Crowd &crowd : m_crowds) {
        report.figures[crowd.key] = QJsonObject{{u"bytes_each"_s, crowd.bytesEach},
            {u"bytes_base"_s, crowd.bytesBefore}, {u"bytes"_s, crowd.bytes}, {u"idle_cpu_percent"_s, crowd.cpuPercent}};
        if (crowd.key.startsWith(u"sessions/"_s)) {
            constexpr double plainKib = 1.5;
            constexpr double tlsKib = 16;
            const bool isTls = m_side.options().isTls;
            report.goals.append({u"memory_each"_s,
                isTls ? u"Memory of an idle client with its session, over TLS"_s
                      : u"Memory of an idle client with its session"_s,
                crowd.bytesEach / bytesPerKib, Goal::Kind::AtMost, isTls ? tlsKib : plainKib, u"KB"_s});
        }
    }
    report.settings[u"connections"_s] = m_many;
    const QString alone = SideBySide::keyOf(u"alone"_s, QString::fromLatin1(ownName));
    const QString beside = SideBySide::keyOf(u"beside"_s, QString::fromLatin1(ownName));
    if (m_side.turns().has(beside)) {
        const auto ratio = [](const Sample &with, const Sample &without) {
            return double(with.latency.percentile(50).count())
                / double(std::max<qint64>(without.latency.percentile(50).count(), 1));
        };
        report.goals.append({u"rtt_of_alone"_s, u"P50 of a round trip beside all idle ones, of the same alone"_s,
            medianOfPairs(m_side.turns().roundsOf(beside), m_side.turns().roundsOf(alone), ratio), Goal::Kind::AtMost,
            1.2, {}});
    }
    return report;
}

} // namespace

Result<Report, QString> runIdle(const Options &options)
{
    const auto side = SideBySide::prepare(options);
    if (!side)
        return unexpected(side.error());
    return IdleBench(**side).run();
}

} // namespace lanline::bench
