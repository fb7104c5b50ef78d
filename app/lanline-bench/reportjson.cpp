#include "reportjson.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

struct KindName
{
    Plot::Kind kind;
    QLatin1StringView name;
};
constexpr std::array kindNames{
    KindName{Plot::Kind::Bars, "bars"_L1},
    KindName{Plot::Kind::Percentiles, "percentiles"_L1},
    KindName{Plot::Kind::Lines, "lines"_L1},
};

QJsonObject toJson(const Goal &goal);
QJsonArray toJson(const QStringList &row);
QJsonObject toJson(const Table &table);
QJsonArray toJson(const QPointF &point);
QJsonObject toJson(const Series &series);
QJsonObject toJson(const Plot &plot);

template <class Value>
QJsonArray listOf(const QList<Value> &values)
{
    QJsonArray array;
    for (const Value &value : values)
        array.append(toJson(value));
    return array;
}

QStringList stringsOf(const QJsonValue &value)
{
    QStringList strings;
    for (const auto &each : value.toArray())
        strings.append(each.toString());
    return strings;
}

// ---- writing ------------------------------------------------------------------------------------------------------

QJsonObject toJson(const Goal &goal)
{
    return {
        {u"name"_s, goal.name},
        {u"title"_s, goal.title},
        {u"value"_s, goal.value},
        {goal.kind == Goal::Kind::AtMost ? u"at_most"_s : u"at_least"_s, goal.limit},
        {u"unit"_s, goal.unit},
        {u"met"_s, goal.isMet()},
    };
}

QJsonArray toJson(const QStringList &row)
{
    return QJsonArray::fromStringList(row);
}

QJsonObject toJson(const Table &table)
{
    return {{u"header"_s, toJson(table.header)}, {u"rows"_s, listOf(table.rows)}};
}

QJsonArray toJson(const QPointF &point)
{
    return {point.x(), point.y()};
}

QJsonObject toJson(const Series &series)
{
    return {{u"name"_s, series.name}, {u"points"_s, listOf(series.points)}};
}

QJsonObject toJson(const Plot &plot)
{
    const auto *const kind = std::find_if(
        kindNames.begin(), kindNames.end(), [&](const KindName &known) { return known.kind == plot.kind; });
    return {
        {u"group"_s, plot.group},
        {u"title"_s, plot.title},
        {u"kind"_s, QString(kind->name)},
        {u"x"_s, plot.xTitle},
        {u"y"_s, plot.yTitle},
        {u"series"_s, listOf(plot.series)},
        {u"compared"_s, plot.isCompared},
    };
}

// ---- reading ------------------------------------------------------------------------------------------------------

Goal goalOf(const QJsonObject &json)
{
    const bool isAtMost = json.contains("at_most"_L1);
    return {json["name"_L1].toString(), json["title"_L1].toString(), json["value"_L1].toDouble(),
        isAtMost ? Goal::Kind::AtMost : Goal::Kind::AtLeast, json[isAtMost ? "at_most"_L1 : "at_least"_L1].toDouble(),
        json["unit"_L1].toString()};
}

Table tableOf(const QJsonObject &json)
{
    Table table{stringsOf(json["header"_L1]), {}};
    for (const auto &row : json["rows"_L1].toArray())
        table.rows.append(stringsOf(row));
    return table;
}

Series seriesOf(const QJsonObject &json)
{
    Series series{json["name"_L1].toString(), {}};
    for (const auto &point : json["points"_L1].toArray())
        series.points.append({point.toArray().at(0).toDouble(), point.toArray().at(1).toDouble()});
    return series;
}

std::optional<Plot> plotOf(const QJsonObject &json)
{
    const auto *const kind = std::find_if(
        kindNames.begin(), kindNames.end(), [&](const KindName &known) { return known.name == json["kind"_L1]; });
    if (kind == kindNames.end())
        return std::nullopt;
    Plot plot{json["group"_L1].toString(), json["title"_L1].toString(), kind->kind, json["x"_L1].toString(),
        json["y"_L1].toString(), {}, json["compared"_L1].toBool(true)};
    for (const auto &series : json["series"_L1].toArray())
        plot.series.append(seriesOf(series.toObject()));
    return plot;
}

Machine machineOf(const QJsonObject &json)
{
    Machine machine;
    machine.cpu = json["cpu"_L1].toString();
    machine.cores = json["cores"_L1].toInt();
    machine.memory = json["memory"_L1].toString();
    machine.system = json["system"_L1].toString();
    machine.disk = json["disk"_L1].toString();
    machine.fileSystem = json["file_system"_L1].toString();
    machine.sqlite = json["sqlite"_L1].toString();
    machine.qt = json["qt"_L1].toString();
    machine.lanline = json["lanline"_L1].toString();
    machine.load = json["load_before"_L1].toDouble();
    return machine;
}

} // namespace

QJsonObject toJson(const Report &report)
{
    return {
        {u"scenario"_s, report.scenario},
        {u"machine"_s, toJson(report.machine)},
        {u"conditions"_s, toJson(report.conditions)},
        {u"settings"_s, report.settings},
        {u"figures"_s, report.figures},
        {u"goals"_s, listOf(report.goals)},
        {u"tables"_s, listOf(report.tables)},
        {u"plots"_s, listOf(report.plots)},
    };
}

Result<Report, QString> readReport(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unexpected(u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    if (!json.contains("scenario"_L1) || !json.contains("tables"_L1))
        return unexpected(u"%1 is no report of this program"_s.arg(path));
    Report report;
    report.scenario = json["scenario"_L1].toString();
    report.machine = machineOf(json["machine"_L1].toObject());
    report.conditions = stringsOf(json["conditions"_L1]);
    report.settings = json["settings"_L1].toObject();
    report.figures = json["figures"_L1].toObject();
    for (const auto &goal : json["goals"_L1].toArray())
        report.goals.append(goalOf(goal.toObject()));
    for (const auto &table : json["tables"_L1].toArray())
        report.tables.append(tableOf(table.toObject()));
    for (const auto &plot : json["plots"_L1].toArray()) {
        const auto known = plotOf(plot.toObject());
        if (!known)
            return unexpected(u"%1 has a plot of a kind that is not known here"_s.arg(path));
        report.plots.append(*known);
    }
    return report;
}

} // namespace lanline::bench
