#include "htmlreport.h"

#include "app/page/page.h"

#include <cmath>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using page::element;
using page::escaped;
using page::svgOf;

namespace {

/// "echo", "echo, TLS": two runs of one scenario differ in this.
QString titleOf(const Report &report)
{
    return report.scenario + (report.settings["tls"_L1].toBool() ? u", TLS"_s : QString());
}

QString anchorOf(const Report &report)
{
    return titleOf(report).replace(u", "_s, u"-"_s).toLower();
}

QString withUnit(double value, const QString &unit)
{
    return shortNumber(value) + (unit.isEmpty() ? u"\u00a0\u00d7"_s : u'\u00a0' + unit);
}

// ---- parts --------------------------------------------------------------------------------------------------------

QString verdictOf(const QList<Goal> &goals)
{
    if (goals.isEmpty())
        return u"Measured; nothing here is held against a goal."_s;
    const auto met = std::count_if(goals.begin(), goals.end(), [](const Goal &goal) { return goal.isMet(); });
    if (met == goals.size())
        return goals.size() == 1 ? u"The goal is met."_s : u"All goals are met: %1 of %1."_s.arg(goals.size());
    return u"%1 of %2 goals met, %3 missed."_s.arg(met).arg(goals.size()).arg(goals.size() - met);
}

QString goalRow(const Goal &goal)
{
    const QString mark = goal.isMet() ? u"<span class=\"mark met\">\u2713</span> met"_s
                                      : u"<span class=\"mark missed\">!</span> missed by "_s
            + escaped(withUnit(std::abs(goal.value - goal.limit), goal.unit));
    const QString limit =
        (goal.kind == Goal::Kind::AtMost ? u"\u2264\u00a0"_s : u"\u2265\u00a0"_s) + withUnit(goal.limit, goal.unit);
    return element(u"tr"_s,
        element(u"td"_s, escaped(goal.title)) + element(u"td"_s, escaped(withUnit(goal.value, goal.unit)), u"figure"_s)
            + element(u"td"_s, escaped(limit)) + element(u"td"_s, mark, goal.isMet() ? u"ok"_s : u"error"_s));
}

QString goalsOf(const Report &report)
{
    if (report.goals.isEmpty())
        return {};
    QString rows = element(u"tr"_s,
        element(u"th"_s, u"goal"_s) + element(u"th"_s, u"measured"_s) + element(u"th"_s, u"wanted"_s)
            + element(u"th"_s, u""_s));
    for (const Goal &goal : report.goals)
        rows += goalRow(goal);
    return element(u"div"_s, element(u"table"_s, rows, u"goals"_s), u"card wide"_s);
}

/// Bars below one another, and the curve beside them; several curves simply follow.
QString groupOf(const QList<Plot> &plots)
{
    QStringList columns;
    QString bars;
    for (const Plot &plot : plots) {
        const QString card =
            element(u"figure"_s, element(u"figcaption"_s, escaped(plot.title)) + svgOf(plot), u"card"_s);
        if (plot.kind == Plot::Kind::Bars)
            bars += card;
        else
            columns.append(element(u"div"_s, card));
    }
    if (!bars.isEmpty())
        columns.prepend(element(u"div"_s, bars));
    const QString heading = plots.first().group;
    return (heading.isEmpty() ? QString() : element(u"h3"_s, escaped(heading)))
        + element(u"div"_s, columns.join(QString()), u"plots"_s);
}

QString plotsOf(const Report &report)
{
    QString html;
    QList<Plot> together;
    for (const Plot &plot : report.plots) {
        if (!together.isEmpty() && plot.group != together.first().group) {
            html += groupOf(together);
            together.clear();
        }
        together.append(plot);
    }
    return together.isEmpty() ? html : html + groupOf(together);
}

QString tableOf(const Table &table)
{
    const auto rowOf = [](const QStringList &cells, const QString &name) {
        QString row;
        for (const QString &cell : cells)
            row += element(name, escaped(cell));
        return element(u"tr"_s, row);
    };
    QString rows = rowOf(table.header, u"th"_s);
    for (const QStringList &row : table.rows)
        rows += rowOf(row, u"td"_s);
    return element(u"div"_s, element(u"table"_s, rows), u"card wide"_s);
}

QString machineOf(const Machine &machine)
{
    const auto fact = [](const QString &name, const QString &value) {
        return element(u"dt"_s, name) + element(u"dd"_s, escaped(value));
    };
    return element(u"dl"_s,
        fact(u"CPU"_s, u"%1, %2 cores, %3"_s.arg(machine.cpu).arg(machine.cores).arg(machine.memory))
            + fact(u"System"_s, machine.system) + fact(u"Disk"_s, machine.disk)
            + fact(u"Made of"_s, u"Lanline %1, Qt %2, SQLite %3"_s.arg(machine.lanline, machine.qt, machine.sqlite))
            + fact(u"Load"_s, u"%1 before the run"_s.arg(number(machine.load, 2))),
        u"machine"_s);
}

QString sectionOf(const Report &report)
{
    QString conditions;
    for (const QString &condition : report.conditions)
        conditions += element(u"p"_s, escaped(condition));
    QString tables;
    for (const Table &table : report.tables) {
        if (!table.rows.isEmpty())
            tables += tableOf(table);
    }
    return u"<section id=\"%1\">\n"_s.arg(anchorOf(report)) + element(u"h2"_s, escaped(titleOf(report)))
        + element(u"p"_s, verdictOf(report.goals), u"verdict"_s) + goalsOf(report) + plotsOf(report) + tables
        + element(
            u"details"_s, element(u"summary"_s, u"How it was measured"_s) + conditions + machineOf(report.machine))
        + u"</section>\n"_s;
}

QString navigationOf(const QList<Report> &reports)
{
    if (reports.size() < 2)
        return {};
    QString links;
    for (const Report &report : reports)
        links += u"<a href=\"#%1\">%2</a>\n"_s.arg(anchorOf(report), escaped(titleOf(report)));
    return element(u"nav"_s, links);
}

} // namespace

QString toHtml(const QList<Report> &reports)
{
    QList<Goal> goals;
    for (const Report &report : reports)
        goals += report.goals;
    const QString title =
        reports.size() == 1 ? u"Lanline \u00b7 "_s + titleOf(reports.first()) : u"Lanline, measured"_s;
    QString body = element(u"header"_s, element(u"h1"_s, escaped(title)) + navigationOf(reports));
    if (reports.size() > 1) {
        body += element(u"p"_s, verdictOf(goals), u"verdict"_s);
        body += machineOf(reports.first().machine);
    }
    for (const Report &report : reports)
        body += sectionOf(report);
    return page::pageOf(title, body);
}

Result<void, QString> writeHtml(const QList<Report> &reports, const QString &path)
{
    return page::write(toHtml(reports), path);
}

} // namespace lanline::bench
