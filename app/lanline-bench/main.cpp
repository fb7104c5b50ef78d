#include "chatscenario.h"
#include "codecscenario.h"
#include "echoscenario.h"
#include "fanoutscenario.h"
#include "historyscenario.h"
#include "htmlreport.h"
#include "idlescenario.h"
#include "options.h"
#include "pollingscenario.h"
#include "reconnectscenario.h"
#include "reportjson.h"

#include <QApplication>

#include <cstdio>

namespace lanline::bench {

namespace {

ExitCode complain(const QString &sentence)
{
    std::fprintf(stderr, "lanline-bench: %s\n", qUtf8Printable(sentence));
    return Failed;
}

Result<Report, QString> runScenario(const Options &options)
{
    using Scenario = Options::Scenario;
    switch (options.scenario) {
    case Scenario::Chat:
        return runChat(options);
    case Scenario::History:
        return runHistory(options);
    case Scenario::Codec:
        return runCodec(options);
    case Scenario::Echo:
        return runEcho(options);
    case Scenario::Fanout:
        return runFanout(options);
    case Scenario::Idle:
        return runIdle(options);
    case Scenario::Polling:
        return runPolling(options);
    case Scenario::Reconnect:
        return runReconnect(options);
    case Scenario::Report:
        break; // measures nothing
    }
    Q_UNREACHABLE();
}

/// Of what was measured before.
ExitCode showReports(const Options &options)
{
    QList<Report> reports;
    for (const QString &file : options.reportFiles) {
        const auto report = readReport(file);
        if (!report)
            return complain(report.error());
        reports.append(*report);
    }
    const auto written = writeHtml(reports, options.htmlFile);
    return written ? Done : complain(written.error());
}

ExitCode run(const Options &options)
{
    if (options.scenario == Options::Scenario::Report)
        return showReports(options);
    const auto report = runScenario(options);
    if (!report)
        return complain(report.error());
    std::fputs(qUtf8Printable(toText(*report)), stdout);
    if (!options.jsonFile.isEmpty()) {
        if (const auto written = writeJson(*report, options.jsonFile); !written)
            return complain(written.error());
    }
    if (!options.htmlFile.isEmpty()) {
        if (const auto written = writeHtml({*report}, options.htmlFile); !written)
            return complain(written.error());
    }
    return Done;
}

/// With windows where the scenario has some, on no display: what is measured is ours, not a compositor's.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    const bool hasWindows =
        std::any_of(argv + 1, argv + argc, [](const char *word) { return qstrcmp(word, "history") == 0; });
    if (!hasWindows)
        return std::make_unique<QCoreApplication>(argc, argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QApplication>(argc, argv);
}

} // namespace

} // namespace lanline::bench

int main(int argc, char *argv[])
{
    const std::unique_ptr<QCoreApplication> application = lanline::bench::makeApplication(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lanline-bench"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LANLINE_VERSION));

    const auto options = lanline::bench::parseOptions(QCoreApplication::arguments());
    if (!options) {
        lanline::bench::complain(options.error());
        std::fputs("Try lanline-bench --help.\n", stderr);
        return lanline::bench::Usage;
    }
    if (!options->printAndLeave.isEmpty()) {
        std::fputs(qUtf8Printable(options->printAndLeave), stdout);
        return lanline::bench::Done;
    }
    return lanline::bench::run(*options);
}
