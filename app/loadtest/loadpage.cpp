#include "app/loadtest/loadpage.h"

#include "app/page/page.h"
#include "app/page/svgplot.h"
#include "ui/models/loadtestverdict.h"
#include "ui/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace lanline::loadtest {

using namespace Qt::Literals::StringLiterals;
using page::element;
using page::escaped;
using page::Plot;
using page::Series;
using ui::LoadTestReport;
using ui::LoadTestStep;

namespace {

constexpr std::array percents{50.0, 95.0, 99.0};

class Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::loadtest::LoadPage)
};

double milliseconds(std::chrono::microseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

QString tile(const QString &name, const QString &value, const QString &caption)
{
    return element(u"div"_s,
        escaped(name) + element(u"span"_s, escaped(value), u"figure"_s) + element(u"small"_s, escaped(caption)),
        u"card"_s);
}

QString tilesOf(const LoadTestReport &report, const LoadTestStep &step)
{
    const QLocale locale;
    const QString count = u"n "_s + locale.toString(step.delivery.count());
    QString tiles;
    for (const double percent : percents)
        tiles += tile(u"P%1"_s.arg(percent), ui::durationText(step.delivery.percentile(percent)), count);
    tiles += tile(Words::tr("Max"), ui::durationText(step.delivery.max()),
        Words::tr("at %1").arg(ui::timeWithSeconds(step.longestAt)));
    tiles += tile(Words::tr("Success"), ui::shareText(step.success()),
        Words::tr("%1 of %2 stored and delivered in time")
            .arg(locale.toString(step.succeeded), locale.toString(step.sent)));
    tiles += tile(Words::tr("Throughput"), ui::throughputText(step.throughput()), Words::tr("deliveries"));
    tiles +=
        tile(Words::tr("Server CPU"), report.serverCpuPerDelivery ? ui::cpuText(*report.serverCpuPerDelivery) : u"–"_s,
            report.serverCpuPerDelivery ? Words::tr("per delivery") : Words::tr("not known"));
    tiles += tile(Words::tr("Lost"), locale.toString(report.lost), Words::tr("acknowledged, not delivered"));
    return element(u"div"_s, tiles, u"tiles"_s);
}

QString histogramOf(const LoadTestStep &step)
{
    Plot plot;
    plot.title = Words::tr("Delivery time at %1 messages/s, logarithmic").arg(ui::rateText(step.offered));
    plot.kind = Plot::Kind::Columns;
    plot.xTitle = Words::tr("ms");
    Series columns;
    for (const ui::LoadTestColumn &column : ui::loadTestColumns(step.delivery))
        columns.points.append({milliseconds(column.from), double(column.count)});
    plot.series = {columns};
    for (const double percent : percents) {
        const auto at = step.delivery.percentile(percent);
        plot.marks.append({u"P%1 %2"_s.arg(percent).arg(ui::durationText(at)), {{milliseconds(at), 0}}});
    }
    plot.marks.append(
        {Words::tr("Max") + u' ' + ui::durationText(step.delivery.max()), {{milliseconds(step.delivery.max()), 0}}});
    return element(u"figure"_s, element(u"figcaption"_s, escaped(plot.title)) + page::svgOf(plot), u"card"_s);
}

QString curvesOf(const LoadTestReport &report)
{
    if (report.steps.size() < 2)
        return {};
    Plot plot;
    plot.title = Words::tr("Delivery time over load");
    plot.kind = Plot::Kind::Lines;
    plot.xTitle = Words::tr("messages/s");
    plot.yTitle = Words::tr("ms");
    plot.isCompared = false;
    for (const double percent : percents) {
        Series line{u"P%1"_s.arg(percent), {}};
        for (const LoadTestStep &step : report.steps)
            line.points.append({step.offered, milliseconds(step.delivery.percentile(percent))});
        plot.series.append(line);
    }
    if (report.knee)
        plot.marks.append({Words::tr("knee"), {{report.steps.at(*report.knee).offered, 0}}});
    return element(u"figure"_s, element(u"figcaption"_s, escaped(plot.title)) + page::svgOf(plot), u"card"_s);
}

QString shareOrUnknown(double share)
{
    return share < 0 ? u"–"_s : ui::shareText(share);
}

QString rowOf(const QStringList &cells, const QString &cell, const QString &classes = {})
{
    QString row;
    for (const QString &each : cells)
        row += element(cell, escaped(each));
    return element(u"tr"_s, row, classes);
}

QString stepsOf(const LoadTestReport &report)
{
    QString rows = rowOf({Words::tr("Messages/s"), Words::tr("Stored/s"), u"P50"_s, u"P95"_s, u"P99"_s,
                             Words::tr("Max"), Words::tr("Success"), Words::tr("Refused"), Words::tr("Deliveries"),
                             Words::tr("Server thread"), Words::tr("Generator")},
        u"th"_s);
    for (int i = 0; i < report.steps.size(); ++i) {
        const LoadTestStep &step = report.steps.at(i);
        const bool isKnee = report.knee == i;
        QString name = ui::rateText(step.offered);
        if (isKnee)
            name += u" · "_s + Words::tr("knee");
        rows += rowOf(
            {name, ui::rateText(step.stored), ui::durationText(step.delivery.percentile(percents[0])),
                ui::durationText(step.delivery.percentile(percents[1])),
                ui::durationText(step.delivery.percentile(percents[2])), ui::durationText(step.delivery.max()),
                ui::shareText(step.success()), QLocale().toString(step.refused), ui::throughputText(step.throughput()),
                shareOrUnknown(step.serverBusy), shareOrUnknown(step.generatorBusy)},
            u"td"_s, isKnee ? u"knee"_s : QString());
    }
    return element(u"div"_s, element(u"table"_s, rows), u"card wide"_s);
}

QString factsOf(const LoadTestReport &report)
{
    const auto fact = [](const QString &name, const QString &value) {
        return element(u"dt"_s, escaped(name)) + element(u"dd"_s, escaped(value));
    };
    const ui::LoadTestPlan &plan = report.plan;
    QString facts = fact(Words::tr("Asked for"),
        Words::tr("%1 clients, %2 messages/s each, %3 of text, a ramp of %4")
            .arg(QLocale().toString(plan.clients), QLocale().toString(plan.messagesPerSecond),
                ui::bytesText(plan.payload), ui::secondsText(plan.duration.count())));
    facts += fact(Words::tr("Generator"), report.machine);
    facts += fact(Words::tr("Server"),
        report.isSameMachine ? Words::tr("%1, on the same machine").arg(report.serverName) : report.serverName);
    if (report.membersBefore.count() > 0) {
        facts += fact(Words::tr("Members"),
            Words::tr("round trip %1 before, %2 during (median), %3 at worst")
                .arg(ui::durationText(report.membersBefore), ui::durationText(report.membersDuring),
                    ui::durationText(report.membersWorst)));
    }
    return element(u"dl"_s, facts, u"machine"_s);
}

QString rulesOf()
{
    const QStringList rules{
        Words::tr("A delivery is timed from the moment a client hands its message to its socket until another client, "
                  "or the same, has read the event: one clock, stored before it is told."),
        Words::tr("The knee is the last step before P95 is over %1 times that of the first step and over %2, or less "
                  "than %3 of the messages succeed, or the host stores less than %4 of what is offered.")
            .arg(QLocale().toString(ui::loadrule::slower), ui::durationText(ui::loadrule::slowAtLeast),
                ui::shareText(ui::loadrule::leastSuccess), ui::shareText(ui::loadrule::leastThroughput)),
        Words::tr("A message succeeds when it is stored within %1 and delivered to every client.")
            .arg(ui::durationText(ui::loadrule::inTime)),
        Words::tr("The test stops by itself when the members’ round trip is over %1 times what it was and over %2, "
                  "twice in a row, or the server’s thread is over %3 busy for %4.")
            .arg(QLocale().toString(ui::loadrule::membersSlower), ui::durationText(ui::loadrule::membersSlowAtLeast),
                ui::shareText(ui::loadrule::serverFull), ui::durationText(ui::loadrule::serverFullFor)),
    };
    QString html = element(u"summary"_s, escaped(Words::tr("How it was measured")));
    for (const QString &rule : rules)
        html += element(u"p"_s, escaped(rule));
    return html;
}

} // namespace

QString loadPage(const LoadTestReport &report)
{
    const ui::LoadTestVerdict verdict = ui::loadTestVerdict(report);
    const QString began = QLocale().toString(ui::localTime(report.beganAt), QLocale::LongFormat);
    const QString title = report.serverName.isEmpty() ? Words::tr("Load test, %1").arg(began)
                                                      : Words::tr("Load test of %1, %2").arg(report.serverName, began);
    QString body = element(u"header"_s, element(u"h1"_s, escaped(title)));
    if (!report.note.isEmpty())
        body += element(u"p"_s, escaped(report.note), u"hint"_s);
    body += element(u"p"_s, escaped(verdict.sentence), u"verdict"_s);
    body += element(u"p"_s, escaped(verdict.detail), u"hint"_s);
    body += element(u"p"_s, escaped(ui::loadTestMachineText(report)), u"hint"_s);
    if (const auto shown = ui::shownStep(report)) {
        const LoadTestStep &step = report.steps.at(*shown);
        body += tilesOf(report, step) + element(u"div"_s, histogramOf(step) + curvesOf(report), u"plots"_s)
            + stepsOf(report);
    }
    body += element(u"details"_s, rulesOf() + factsOf(report));
    return page::pageOf(title, body, QLocale().bcp47Name());
}

} // namespace lanline::loadtest
