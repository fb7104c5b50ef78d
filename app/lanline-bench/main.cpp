#include "chatscenario.h"
#include "options.h"

#include <QCoreApplication>

#include <cstdio>

namespace lanline::bench {

namespace {

ExitCode complain(const QString &sentence)
{
    std::fprintf(stderr, "lanline-bench: %s\n", qUtf8Printable(sentence));
    return Failed;
}

ExitCode run(const Options &options)
{
    const auto report = runChat(options);
    if (!report)
        return complain(report.error());
    std::fputs(qUtf8Printable(toText(*report)), stdout);
    if (!options.jsonFile.isEmpty()) {
        if (const auto written = writeJson(*report, options.jsonFile); !written)
            return complain(written.error());
    }
    return Done;
}

} // namespace

} // namespace lanline::bench

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
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
