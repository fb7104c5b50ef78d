#include "arguments.h"
#include "copies.h"
#include "daemon.h"
#include "stopsignals.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("lanline"));
    QCoreApplication::setApplicationName(QStringLiteral("lanlined"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LANLINE_VERSION));

    const auto arguments = lanline::parseArguments(QCoreApplication::arguments());
    if (!arguments) {
        std::fprintf(stderr, "lanlined: %s\nTry lanlined --help.\n", qUtf8Printable(arguments.error()));
        return 2;
    }
    if (!arguments->printAndLeave.isEmpty()) {
        std::fputs(qUtf8Printable(arguments->printAndLeave), stdout);
        return 0;
    }

    if (!arguments->exportedRoom.isNull() || !arguments->backupFile.isEmpty())
        return lanline::makeCopy(*arguments);

    const lanline::StopSignals stopSignals;
    lanline::Daemon daemon(arguments->options);
    QObject::connect(&stopSignals, &lanline::StopSignals::received, &daemon, &lanline::Daemon::stop);
    daemon.start();
    return QCoreApplication::exec();
}
