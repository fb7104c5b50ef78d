#include "echoscenario.h"

#include "echoload.h"
#include "sidebyside.h"

#include <QMap>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr std::array fewToMany{1, 100, 1000};
constexpr int someConnections = 100;
/// Of what the slowest takes in a closed loop: the rate at which all are looked at.
constexpr double shareOfSlowest = 0.5;
/// Of a measuring's time goes before it and does not count.
constexpr int warmUpShare = 10;

class EchoBench
{
public:
    explicit EchoBench(SideBySide &side);

    Result<Report, QString> run();

private:
    Measured closed(const Target &target, int connections, milliseconds time);
    Measured open(const Target &target, milliseconds time);
    /// Connects, warms up, measures, and leaves.
    Measured measure(const Target &target, int connections, milliseconds time,
        const std::function<Measured(EchoLoad &, milliseconds)> &loop) const;
    double rate() const;
    Report report() const;

    SideBySide &m_side;
    QList<int> m_connections;
    int m_openConnections;
    QMap<QString, double> m_capacity; ///< by target: messages per second in a closed loop, as first seen
};

EchoBench::EchoBench(SideBySide &side)
    : m_side(side)
    , m_connections(fewToMany.begin(), fewToMany.end())
    , m_openConnections(side.options().connections.value_or(someConnections))
{
    if (side.options().connections)
        m_connections = {*side.options().connections};
}

Result<Report, QString> EchoBench::run()
{
    for (const int connections : m_connections) {
        m_side.addForEach(u"closed-%1"_s.arg(connections), u"closed loop, %1 conn."_s.arg(connections),
            [this, connections](const Target &target, milliseconds time) { return closed(target, connections, time); });
    }
    m_side.addForEach(u"open-%1"_s.arg(m_openConnections), u"open loop, %1 conn."_s.arg(m_openConnections),
        [this](const Target &target, milliseconds time) { return open(target, time); });
    if (const auto taken = m_side.turns().take(); !taken)
        return unexpected(taken.error());
    return report();
}

Measured EchoBench::measure(const Target &target, int connections, milliseconds time,
    const std::function<Measured(EchoLoad &, milliseconds)> &loop) const
{
    const auto endpoint = Endpoint::make(target.url, u"/bench/echo"_s);
    if (!endpoint)
        return unexpected(endpoint.error());
    ClientSet clients(m_side.spins());
    if (const auto opened = clients.open(*endpoint, connections); !opened)
        return unexpected(opened.error());
    Measured sample;
    {
        EchoLoad load(clients, m_side.options().payload);
        sample = loop(load, time / warmUpShare);
        if (sample)
            sample = target.measure([&] { return loop(load, time); });
    }
    clients.closeAll();
    target.settle();
    return sample;
}

Measured EchoBench::closed(const Target &target, int connections, milliseconds time)
{
    auto sample =
        measure(target, connections, time, [](EchoLoad &load, milliseconds part) { return load.closedLoop(part); });
    if (sample && connections == m_openConnections && !m_capacity.contains(target.name))
        m_capacity[target.name] = perSecond(*sample);
    return sample;
}

Measured EchoBench::open(const Target &target, milliseconds time)
{
    return measure(target, m_openConnections, time,
        [rate = rate()](EchoLoad &load, milliseconds part) { return load.openLoop(part, rate); });
}

double EchoBench::rate() const
{
    if (m_side.options().rate)
        return *m_side.options().rate;
    return std::max(1.0, *std::min_element(m_capacity.begin(), m_capacity.end()) * shareOfSlowest);
}

Report EchoBench::report() const
{
    const Options &options = m_side.options();
    Report report = m_side.report(u"echo"_s);
    report.conditions.append(u"Texts of %1 bytes. %2"_s.arg(options.payload).arg(m_side.turns().describe()));
    report.conditions.append(u"Closed loop: one message in flight per connection."_s);
    report.conditions.append(u"Open loop: %1 messages a second by turns over all connections%2; each is timed from when"
                             u" it was meant to be sent."_s.arg(number(rate()),
                                 options.rate ? QString() : u", half of what the slowest took in the closed loop"_s));
    report.tables = {m_side.turns().table(u"echo"_s, u"server CPU us"_s)};
    m_side.turns().addTo(report);
    report.settings[u"payload"_s] = qint64(options.payload);
    report.settings[u"rate"_s] = rate();
    using Kind = Goal::Kind;
    if (options.isTls) {
        m_side.addGoal(report, u"closed-100"_s, u"qt"_s,
            {u"tls_cpu_of_qt_100"_s, u"Server CPU per message of a stock QWebSocketServer's, TLS, 100 connections"_s, 0,
                Kind::AtMost, 0.65, {}},
            cpuRatio);
    } else {
        m_side.addGoal(report, u"closed-100"_s, u"gorilla"_s,
            {u"cpu_of_gorilla_100"_s, u"Server CPU per message of gorilla's, 100 connections"_s, 0, Kind::AtMost, 0.85,
                {}},
            cpuRatio);
        m_side.addGoal(report, u"closed-1000"_s, u"gorilla"_s,
            {u"cpu_of_gorilla_1000"_s, u"Server CPU per message of gorilla's, 1,000 connections"_s, 0, Kind::AtMost,
                0.65, {}},
            cpuRatio);
    }
    return report;
}

} // namespace

Result<Report, QString> runEcho(const Options &options)
{
    const auto side = SideBySide::prepare(options);
    if (!side)
        return unexpected(side.error());
    return EchoBench(**side).run();
}

} // namespace lanline::bench
