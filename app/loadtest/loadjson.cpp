#include "app/loadtest/loadjson.h"

#include <QJsonArray>

#include <algorithm>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using ui::LoadTestReport;
using ui::LoadTestStep;

namespace {

constexpr std::array ends{"done"_L1, "stopped"_L1, "members_suffered"_L1, "failed"_L1};
/// More than a run ever has.
constexpr qsizetype mostSteps = 64;

quint64 countFrom(const QJsonValue &value)
{
    return quint64(std::max<qint64>(value.toInteger(), 0));
}

QJsonObject toJson(const Histogram &histogram)
{
    QJsonArray counts;
    for (const Histogram::Count &count : histogram.counts())
        counts.append(QJsonArray{qint64(count.value.count()), qint64(count.times)});
    return {{u"counts"_s, counts}, {u"min_us"_s, qint64(histogram.min().count())},
        {u"max_us"_s, qint64(histogram.max().count())}, {u"sum_us"_s, qint64(histogram.sum().count())}};
}

Histogram histogramFrom(const QJsonObject &json)
{
    QList<Histogram::Count> counts;
    for (const auto &each : json["counts"_L1].toArray()) {
        const QJsonArray pair = each.toArray();
        counts.append({microseconds(pair.at(0).toInteger()), countFrom(pair.at(1))});
    }
    return Histogram::fromCounts(counts, microseconds(json["min_us"_L1].toInteger()),
        microseconds(json["max_us"_L1].toInteger()), microseconds(json["sum_us"_L1].toInteger()));
}

QJsonObject toJson(const LoadTestStep &step)
{
    return {{u"offered"_s, step.offered}, {u"stored"_s, step.stored}, {u"sent"_s, qint64(step.sent)},
        {u"succeeded"_s, qint64(step.succeeded)}, {u"delivered"_s, qint64(step.delivered)},
        {u"delivery"_s, toJson(step.delivery)}, {u"server_busy"_s, step.serverBusy},
        {u"refused"_s, qint64(step.refused)}, {u"generator_busy"_s, step.generatorBusy},
        {u"time_ms"_s, qint64(step.time.count())},
        {u"longest_at_ms"_s, qint64(step.longestAt.time_since_epoch().count())}};
}

LoadTestStep stepFrom(const QJsonObject &json)
{
    LoadTestStep step;
    step.offered = json["offered"_L1].toDouble();
    step.stored = json["stored"_L1].toDouble();
    step.sent = countFrom(json["sent"_L1]);
    step.succeeded = countFrom(json["succeeded"_L1]);
    step.delivered = countFrom(json["delivered"_L1]);
    step.delivery = histogramFrom(json["delivery"_L1].toObject());
    step.serverBusy = json["server_busy"_L1].toDouble(-1);
    step.refused = countFrom(json["refused"_L1]);
    step.generatorBusy = json["generator_busy"_L1].toDouble(-1);
    step.time = milliseconds(json["time_ms"_L1].toInteger());
    step.longestAt = WallTime(milliseconds(json["longest_at_ms"_L1].toInteger()));
    return step;
}

QJsonObject toJson(const ui::LoadTestPlan &plan)
{
    return {{u"clients"_s, plan.clients}, {u"messages_per_second"_s, plan.messagesPerSecond},
        {u"payload"_s, plan.payload}, {u"duration_s"_s, qint64(plan.duration.count())}};
}

ui::LoadTestPlan planFrom(const QJsonObject &json)
{
    ui::LoadTestPlan plan;
    plan.clients = json["clients"_L1].toInt();
    plan.messagesPerSecond = json["messages_per_second"_L1].toInt();
    plan.payload = json["payload"_L1].toInt();
    plan.duration = std::chrono::seconds(json["duration_s"_L1].toInt());
    return ui::LoadTestController::bounded(plan);
}

} // namespace

QJsonObject toJson(const LoadTestReport &report)
{
    QJsonArray steps;
    for (const LoadTestStep &step : report.steps)
        steps.append(toJson(step));
    QJsonObject json{{u"plan"_s, toJson(report.plan)}, {u"end"_s, ends[size_t(report.end)]},
        {u"problem"_s, report.problem}, {u"began_ms"_s, qint64(report.beganAt.time_since_epoch().count())},
        {u"ended_ms"_s, qint64(report.endedAt.time_since_epoch().count())}, {u"steps"_s, steps},
        {u"lost"_s, qint64(report.lost)}, {u"members_before_us"_s, qint64(report.membersBefore.count())},
        {u"members_during_us"_s, qint64(report.membersDuring.count())},
        {u"members_worst_us"_s, qint64(report.membersWorst.count())}, {u"same_machine"_s, report.isSameMachine},
        {u"machine"_s, report.machine}, {u"busy_share"_s, report.busyShare},
        {u"generator_bound"_s, report.isGeneratorBound}, {u"server_name"_s, report.serverName},
        {u"note"_s, report.note}};
    if (report.knee)
        json.insert(u"knee"_s, *report.knee);
    if (report.serverCpuPerDelivery)
        json.insert(u"server_cpu_ns"_s, qint64(report.serverCpuPerDelivery->count()));
    return json;
}

std::optional<LoadTestReport> reportFrom(const QJsonObject &json)
{
    const auto end = std::find(ends.begin(), ends.end(), json["end"_L1].toString());
    const QJsonArray steps = json["steps"_L1].toArray();
    if (end == ends.end() || !json["plan"_L1].isObject() || steps.size() > mostSteps)
        return std::nullopt;
    LoadTestReport report;
    report.plan = planFrom(json["plan"_L1].toObject());
    report.end = LoadTestReport::End(end - ends.begin());
    report.problem = json["problem"_L1].toString();
    report.beganAt = WallTime(milliseconds(json["began_ms"_L1].toInteger()));
    report.endedAt = WallTime(milliseconds(json["ended_ms"_L1].toInteger()));
    for (const auto &step : steps)
        report.steps.append(stepFrom(step.toObject()));
    if (const int knee = json["knee"_L1].toInt(-1); knee >= 0 && knee < report.steps.size())
        report.knee = knee;
    report.lost = countFrom(json["lost"_L1]);
    if (json.contains("server_cpu_ns"_L1))
        report.serverCpuPerDelivery = nanoseconds(json["server_cpu_ns"_L1].toInteger());
    report.membersBefore = microseconds(json["members_before_us"_L1].toInteger());
    report.membersDuring = microseconds(json["members_during_us"_L1].toInteger());
    report.membersWorst = microseconds(json["members_worst_us"_L1].toInteger());
    report.isSameMachine = json["same_machine"_L1].toBool();
    report.machine = json["machine"_L1].toString();
    report.busyShare = json["busy_share"_L1].toDouble();
    report.isGeneratorBound = json["generator_bound"_L1].toBool();
    report.serverName = json["server_name"_L1].toString();
    report.note = json["note"_L1].toString();
    return report;
}

} // namespace lanline::loadtest
