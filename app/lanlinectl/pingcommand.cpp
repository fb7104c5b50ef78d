#include "pingcommand.h"

namespace lanline::ctl {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::microseconds;

namespace {

constexpr quint64 defaultCount = 5;

QString milliseconds(microseconds time)
{
    return QString::number(double(time.count()) / 1000, 'f', 3);
}

QByteArray number(microseconds time)
{
    return QByteArray::number(qint64(time.count()));
}

} // namespace

PingCommand::PingCommand(const Options &options, client::ChatSession &session, Output &output)
    : Command(options, session, output)
{
    connect(&session, &client::ChatSession::connectMeasured, this,
        [this](const client::ConnectSteps &steps) { m_steps = steps; });
    connect(&session, &client::ChatSession::roundTripMeasured, this, &PingCommand::onRoundTrip);
    session.setHeartbeatInterval(protocol::Limits{}.heartbeatShortest);
}

void PingCommand::onRoundTrip(const client::RoundTrip &trip)
{
    const auto count = qsizetype(options().count.value_or(defaultCount));
    if (m_trips.size() == count)
        return;
    m_trips.append(trip.rtt);
    if (m_trips.size() == count)
        report();
}

void PingCommand::report()
{
    m_sorted = m_trips;
    std::sort(m_sorted.begin(), m_sorted.end());
    print(options().json ? asJson() : asText());
    finish(Done);
}

microseconds PingCommand::percentile(int percent) const
{
    const qsizetype rank = (m_sorted.size() * percent + 99) / 100;
    return m_sorted.at(std::max<qsizetype>(rank, 1) - 1);
}

QByteArray PingCommand::asJson() const
{
    QByteArray trips;
    for (const microseconds trip : m_trips)
        trips += (trips.isEmpty() ? "" : ",") + number(trip);
    const QByteArray connect = JsonLine()
                                   .addRaw("dns_us"_L1, number(m_steps.dns))
                                   .addRaw("tcp_us"_L1, number(m_steps.tcp))
                                   .addRaw("tls_us"_L1, m_steps.tls ? number(*m_steps.tls) : "null")
                                   .addRaw("upgrade_us"_L1, number(m_steps.upgrade))
                                   .addRaw("welcome_us"_L1, number(m_steps.welcome))
                                   .object();
    return JsonLine()
        .add("url"_L1, session().state().url.toString())
        .add("server"_L1, session().state().serverName)
        .addRaw("connect"_L1, connect)
        .addRaw("round_trips_us"_L1, '[' + trips + ']')
        .addRaw("min_us"_L1, number(m_sorted.first()))
        .addRaw("median_us"_L1, number(percentile(50)))
        .addRaw("p95_us"_L1, number(percentile(95)))
        .object();
}

QByteArray PingCommand::asText() const
{
    const QString tls = m_steps.tls ? u"TLS %1 ms, "_s.arg(milliseconds(*m_steps.tls)) : QString();
    const QString connected = u"%1 at %2\nconnect: DNS %3 ms, TCP %4 ms, %5upgrade %6 ms, welcome %7 ms\n"_s.arg(
        session().state().serverName, session().state().url.toString(), milliseconds(m_steps.dns),
        milliseconds(m_steps.tcp), tls, milliseconds(m_steps.upgrade), milliseconds(m_steps.welcome));
    const QString trips =
        u"round trips: %1, min %2 ms, median %3 ms, P95 %4 ms"_s.arg(m_sorted.size())
            .arg(milliseconds(m_sorted.first()), milliseconds(percentile(50)), milliseconds(percentile(95)));
    return (connected + trips).toUtf8();
}

} // namespace lanline::ctl
