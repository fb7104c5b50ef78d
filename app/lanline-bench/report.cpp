#include "report.h"

#include "reportjson.h"

#include <QJsonDocument>
#include <QSaveFile>

#include <cmath>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

QString describe(const Machine &machine)
{
    return u"CPU     %1, %2 cores, %3\n"_s.arg(machine.cpu).arg(machine.cores).arg(machine.memory)
        + u"System  %1\n"_s.arg(machine.system) + u"Disk    %1\n"_s.arg(machine.disk)
        + u"Made of Lanline %1, Qt %2, SQLite %3\n"_s.arg(machine.lanline, machine.qt, machine.sqlite)
        + u"Load    %1 before the run\n"_s.arg(number(machine.load, 2));
}

QString toText(const Table &table)
{
    const QList<QStringList> rows = QList<QStringList>{table.header} + table.rows;
    QList<qsizetype> widths(table.header.size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths.at(column), row.at(column).size());
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column) {
            line += column == 0 ? row.at(column).leftJustified(widths.at(column))
                                : u"   "_s + row.at(column).rightJustified(widths.at(column));
        }
        text += line + u'\n';
    }
    return text;
}

QString toText(const Goal &goal)
{
    constexpr int decimals = 3;
    const auto withUnit = [&](double value) {
        return number(value, decimals) + (goal.unit.isEmpty() ? QString() : u' ' + goal.unit);
    };
    const QString verdict =
        goal.isMet() ? u"met"_s : u"MISSED by %1"_s.arg(withUnit(std::abs(goal.value - goal.limit)));
    return u"%1: %2 (goal %3 %4): %5\n"_s.arg(goal.title, withUnit(goal.value),
        goal.kind == Goal::Kind::AtMost ? u"<="_s : u">="_s, withUnit(goal.limit), verdict);
}

} // namespace

QString toText(const Report &report)
{
    QString text = u"lanline-bench %1\n\n"_s.arg(report.scenario) + describe(report.machine);
    for (const QString &condition : report.conditions)
        text += condition + u'\n';
    for (const Table &table : report.tables)
        text += u'\n' + toText(table);
    text += u'\n';
    for (const Goal &goal : report.goals)
        text += toText(goal);
    return text;
}

Result<void, QString> writeJson(const Report &report, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(toJson(report)).toJson()) < 0 || !file.commit())
        return unexpected(u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    return {};
}

} // namespace lanline::bench
