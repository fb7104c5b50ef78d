#include "figures.h"

#include <algorithm>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using std::chrono::duration;

namespace {

using Duration = Histogram::Duration;

double medianOf(const QList<Sample> &rounds, const std::function<double(const Sample &)> &value)
{
    QList<double> values;
    for (const Sample &round : rounds)
        values.append(value(round));
    return median(values);
}

Duration medianPercentile(const QList<Sample> &rounds, Histogram Sample::*histogram, double percent)
{
    return Duration(qRound64(
        medianOf(rounds, [&](const Sample &round) { return double((round.*histogram).percentile(percent).count()); })));
}

} // namespace

double perSecond(const Sample &sample)
{
    return sample.elapsed.count() > 0 ? double(sample.done) / duration<double>(sample.elapsed).count() : 0;
}

double median(QList<double> values)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const qsizetype middle = values.size() / 2;
    return values.size() % 2 ? values.at(middle) : (values.at(middle - 1) + values.at(middle)) / 2;
}

double medianOfPairs(const QList<Sample> &left, const QList<Sample> &right,
    const std::function<double(const Sample &, const Sample &)> &value)
{
    QList<double> values;
    for (qsizetype round = 0; round < std::min(left.size(), right.size()); ++round)
        values.append(value(left.at(round), right.at(round)));
    return median(values);
}

double cpuPerMessage(const Sample &sample)
{
    return sample.done ? duration<double, std::micro>(sample.serverCpu).count() / double(sample.done) : 0;
}

Figures figuresOf(const QList<Sample> &rounds)
{
    Figures figures;
    figures.perSecond = medianOf(rounds, perSecond);
    figures.p50 = medianPercentile(rounds, &Sample::latency, 50);
    figures.p95 = medianPercentile(rounds, &Sample::latency, 95);
    figures.p99 = medianPercentile(rounds, &Sample::latency, 99);
    figures.p999 = medianPercentile(rounds, &Sample::latency, 99.9);
    figures.wireP50 = medianPercentile(rounds, &Sample::wire, 50);
    figures.wireP95 = medianPercentile(rounds, &Sample::wire, 95);
    figures.wireP99 = medianPercentile(rounds, &Sample::wire, 99);
    figures.serverCpuUs = medianOf(rounds, cpuPerMessage);
    figures.serverBytes = qRound64(medianOf(rounds, [](const Sample &round) { return double(round.serverBytes); }));
    const auto perMessage = [](quint64 Sample::*sum) {
        return [sum](const Sample &round) { return round.done ? double(round.*sum) / double(round.done) : 0; };
    };
    figures.requests = medianOf(rounds, perMessage(&Sample::requests));
    figures.wireBytes = medianOf(rounds, perMessage(&Sample::wireBytes));
    quint64 asked = 0;
    for (const Sample &round : rounds) {
        asked += round.asked;
        figures.done += round.done;
        figures.longest = std::max(figures.longest, round.latency.max());
    }
    figures.success = asked ? double(figures.done) / double(asked) : 0;
    return figures;
}

QJsonObject toJson(const Figures &figures)
{
    QJsonObject json{
        {u"per_second"_s, figures.perSecond},
        {u"p50_us"_s, qint64(figures.p50.count())},
        {u"p95_us"_s, qint64(figures.p95.count())},
        {u"p99_us"_s, qint64(figures.p99.count())},
        {u"p999_us"_s, qint64(figures.p999.count())},
        {u"max_us"_s, qint64(figures.longest.count())},
        {u"success"_s, figures.success},
        {u"done"_s, qint64(figures.done)},
    };
    if (figures.serverCpuUs > 0)
        json[u"server_cpu_us"_s] = figures.serverCpuUs;
    if (figures.serverBytes > 0)
        json[u"server_bytes"_s] = figures.serverBytes;
    if (figures.requests > 0)
        json[u"requests"_s] = figures.requests;
    if (figures.wireBytes > 0)
        json[u"wire_bytes"_s] = figures.wireBytes;
    if (figures.wireP50.count() > 0) {
        json[u"outbox_ack_p50_us"_s] = qint64(figures.wireP50.count());
        json[u"outbox_ack_p95_us"_s] = qint64(figures.wireP95.count());
        json[u"outbox_ack_p99_us"_s] = qint64(figures.wireP99.count());
    }
    return json;
}

} // namespace lanline::bench
