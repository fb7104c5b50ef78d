#include "fanoutscenario.h"

#include "fanoutload.h"
#include "sidebyside.h"

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr int denseConnections = 1000;
constexpr int sparseConnections = 100;
constexpr double sparseRate = 200;
/// Connections of a dense fan-out that look at each message: few, so that the load takes no less than the server gives.
constexpr int timedOfDense = 10;
constexpr int warmUpShare = 10;

Measured measureFanout(const Target &target, int connections, qsizetype payload, int timed, bool spins,
    milliseconds time, const std::function<Measured(FanoutLoad &, milliseconds)> &load)
{
    const auto endpoint = Endpoint::make(target.url, u"/bench/broadcast"_s);
    if (!endpoint)
        return unexpected(endpoint.error());
    ClientSet clients(spins);
    if (const auto opened = clients.open(*endpoint, connections); !opened)
        return unexpected(opened.error());
    Measured sample;
    {
        FanoutLoad fanout(clients, payload, timed);
        sample = load(fanout, time / warmUpShare);
        if (sample)
            sample = target.measure([&] { return load(fanout, time); });
    }
    clients.closeAll();
    target.settle();
    return sample;
}

} // namespace

Measured measureDenseFanout(const Target &target, int connections, qsizetype payload, milliseconds time, bool spins)
{
    return measureFanout(target, connections, payload, timedOfDense, spins, time,
        [](FanoutLoad &load, milliseconds part) { return load.dense(part, fanoutWindow); });
}

Result<Report, QString> runFanout(const Options &options)
{
    const auto prepared = SideBySide::prepare(options);
    if (!prepared)
        return unexpected(prepared.error());
    SideBySide &side = **prepared;
    const int many = options.connections.value_or(denseConnections);
    const int few = options.connections.value_or(sparseConnections);
    const double rate = options.rate.value_or(sparseRate);
    side.addForEach(u"dense"_s, u"dense, to %1"_s.arg(many), [&](const Target &target, milliseconds time) {
        return measureDenseFanout(target, many, options.payload, time, side.spins());
    });
    side.addForEach(
        u"sparse"_s, u"%1 a second, to %2"_s.arg(rate).arg(few), [&](const Target &target, milliseconds time) {
            return measureFanout(target, few, options.payload, few, side.spins(), time,
                [rate](FanoutLoad &load, milliseconds part) { return load.sparse(part, rate); });
        });
    if (const auto taken = side.turns().take(); !taken)
        return unexpected(taken.error());

    Report report = side.report(u"fanout"_s);
    report.conditions.append(
        u"Texts of %1 bytes, from one of the connections to all of them, itself too. %2"_s.arg(options.payload)
            .arg(side.turns().describe()));
    report.conditions.append(
        u"Dense: at most %1 messages that not all have got, the same for all servers, for some drop a client for which"
        u" 256 wait. %2 of the connections time each message, from when it was put into that window; all count."_s
            .arg(fanoutWindow)
            .arg(timedOfDense));
    report.conditions.append(u"Sparse: all connections time each message, from when it was meant to be sent."_s);
    report.tables = {side.turns().table(u"deliveries"_s, u"server CPU us"_s)};
    side.turns().addTo(report);
    report.settings[u"payload"_s] = qint64(options.payload);
    report.settings[u"window"_s] = fanoutWindow;
    report.settings[u"rate"_s] = rate;
    using Kind = Goal::Kind;
    side.addGoal(report, u"dense"_s, u"gorilla"_s,
        {u"rate_of_gorilla"_s, u"Deliveries per second, to 1,000, of gorilla's hub with one write per message"_s, 0,
            Kind::AtLeast, 25, {}},
        rateRatio);
    side.addGoal(report, u"dense"_s, u"qt"_s,
        {u"rate_of_qt"_s, u"Deliveries per second, to 1,000, of a stock QWebSocketServer's"_s, 0, Kind::AtLeast, 5, {}},
        rateRatio);
    side.addGoal(report, u"sparse"_s, u"gorilla"_s,
        {u"cpu_of_gorilla"_s, u"Server CPU per sparse delivery of gorilla's"_s, 0, Kind::AtMost, 0.75, {}}, cpuRatio);
    return report;
}

} // namespace lanline::bench
