#include "pollingscenario.h"

#include "fanoutload.h"
#include "pollingload.h"
#include "sidebyside.h"

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr int defaultConnections = 100;
constexpr double defaultRate = 20;
constexpr int warmUpShare = 10;
constexpr auto group = "chat";

struct Manner
{
    QString name; ///< of its row
    milliseconds interval;
};

const QList<Manner> &manners()
{
    static const QList<Manner> all{{u"polling-1s"_s, 1s}, {u"polling-100ms"_s, 100ms}};
    return all;
}

struct Traffic
{
    int connections = 0;
    double rate = 0; ///< messages per second
    qsizetype payload = 0;
    bool spins = false;
};

Measured measurePushed(const Target &target, const Traffic &traffic, milliseconds time)
{
    const auto endpoint = Endpoint::make(target.url, u"/bench/broadcast"_s);
    if (!endpoint)
        return unexpected(endpoint.error());
    ClientSet clients(traffic.spins);
    if (const auto opened = clients.open(*endpoint, traffic.connections); !opened)
        return unexpected(opened.error());
    const auto wireBytes = [&clients] {
        quint64 sum = 0;
        for (qsizetype number = 0; number < clients.size(); ++number)
            sum += clients.at(number).wireBytes();
        return sum;
    };
    Measured sample;
    {
        FanoutLoad fanout(clients, traffic.payload, traffic.connections);
        sample = fanout.sparse(time / warmUpShare, traffic.rate);
        if (sample) {
            const quint64 before = wireBytes();
            sample = target.measure([&] { return fanout.sparse(time, traffic.rate); });
            if (sample) {
                sample->requests = sample->asked / quint64(traffic.connections);
                sample->wireBytes = wireBytes() - before;
                // The last message stands for the time until the next would be.
                sample->elapsed += std::chrono::duration_cast<std::chrono::microseconds>(
                    std::chrono::duration<double>(1 / traffic.rate));
            }
        }
    }
    clients.closeAll();
    target.settle();
    return sample;
}

Measured measurePolled(const Target &target, const Traffic &traffic, milliseconds interval, milliseconds time)
{
    const auto endpoint = Endpoint::make(target.url, u"/messages"_s);
    if (!endpoint)
        return unexpected(endpoint.error());
    Measured sample;
    {
        HttpClients clients(*endpoint, traffic.spins);
        if (const auto opened = clients.open(traffic.connections + 1); !opened)
            return unexpected(opened.error());
        PollingLoad load(clients, traffic.payload);
        sample = load.measure(time, traffic.rate, interval, [&target] { return target.cpuTime(); });
        if (sample)
            sample->serverBytes = target.residentBytes();
    }
    target.settle();
    return sample;
}

Table tableOf(const Turns &turns)
{
    Table table;
    table.header = {u"deliveries"_s, u"per second"_s, u"P50 ms"_s, u"P95 ms"_s, u"P99 ms"_s, u"max ms"_s, u"success"_s,
        u"server CPU us"_s, u"requests"_s, u"bytes"_s};
    for (const Cell &cell : turns.cells()) {
        const Figures figures = figuresOf(cell.rounds);
        table.rows.append({cell.title, number(figures.perSecond), inMs(figures.p50), inMs(figures.p95),
            inMs(figures.p99), inMs(figures.longest), number(figures.success, 4), number(figures.serverCpuUs, 2),
            number(figures.requests, 4), number(figures.wireBytes, 1)});
    }
    return table;
}

double latencyRatio(const Sample &ours, const Sample &theirs)
{
    constexpr double half = 50;
    const auto shortest = std::max<qint64>(ours.latency.percentile(half).count(), 1);
    return double(theirs.latency.percentile(half).count()) / double(shortest);
}

/// What polling costs, as a multiple of what pushing does: there is nothing to hold it against, so it is no goal.
QString comparison(const Turns &turns, const Manner &manner)
{
    const QString prefix = QString::fromLatin1(group);
    const auto pushed = turns.roundsOf(SideBySide::keyOf(prefix, QString::fromLatin1(ownName)));
    const auto polled = turns.roundsOf(SideBySide::keyOf(prefix, manner.name));
    const auto costRatio = [](const Sample &ours, const Sample &theirs) { return cpuRatio(theirs, ours); };
    return u"Beside lanlined, %1: %2 times the median latency, and %3 times the server CPU per delivery."_s.arg(
        manner.name, number(medianOfPairs(pushed, polled, latencyRatio)),
        number(medianOfPairs(pushed, polled, costRatio), 1));
}

} // namespace

Result<Report, QString> runPolling(const Options &options)
{
    const auto prepared = SideBySide::prepare(options);
    if (!prepared)
        return unexpected(prepared.error());
    SideBySide &side = **prepared;
    const Traffic traffic{options.connections.value_or(defaultConnections), options.rate.value_or(defaultRate),
        options.payload, side.spins()};
    const auto addRow = [&](const QString &name, const std::function<Measured(milliseconds)> &measure) {
        side.turns().add(SideBySide::keyOf(QString::fromLatin1(group), name),
            u"%1 a second, to %2, %3"_s.arg(traffic.rate).arg(traffic.connections).arg(name), measure);
    };
    for (const Target &target : side.targets().all()) {
        if (target.name != QString::fromLatin1(polledPeer)) {
            addRow(target.name, [&target, traffic](milliseconds time) { return measurePushed(target, traffic, time); });
            continue;
        }
        for (const Manner &manner : manners()) {
            addRow(manner.name, [&target, traffic, interval = manner.interval](milliseconds time) {
                return measurePolled(target, traffic, interval, time);
            });
        }
    }
    if (const auto taken = side.turns().take(); !taken)
        return unexpected(taken.error());

    Report report = side.report(u"polling"_s);
    report.conditions.append(
        u"Texts of %1 bytes, %2 a second, to %3 clients, each timed from when it was meant to be sent. %4"_s
            .arg(options.payload)
            .arg(traffic.rate)
            .arg(traffic.connections)
            .arg(side.turns().describe()));
    report.conditions.append(
        u"Polling: each client asks every second, or ten times a second, over a kept-alive connection of HTTP/1.1,"
        u" spread evenly; one more connection posts. What counts is a whole number of intervals, behind one"
        u" that fills it. The others are told over WebSockets, one of which speaks."_s);
    report.conditions.append(u"CPU, requests and bytes are per delivery: a message that reaches a client. Bytes are"
                             u" counted by the clients, both ways, without what TCP and IP add; a request of a"
                             u" WebSocket is a message that is sent."_s);
    for (const Manner &manner : manners())
        report.conditions.append(comparison(side.turns(), manner));
    report.tables = {tableOf(side.turns())};
    side.turns().addTo(report);
    report.settings[u"payload"_s] = qint64(options.payload);
    report.settings[u"connections"_s] = traffic.connections;
    report.settings[u"rate"_s] = traffic.rate;
    return report;
}

} // namespace lanline::bench
