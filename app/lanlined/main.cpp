#include "admintoken.h"
#include "arguments.h"
#include "copies.h"
#include "daemon.h"
#include "processprofiler.h"
#include "stopsignals.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

/// What the server is to be over TLS, from its files. False: it has been said why not.
bool readTlsIdentity(lanline::Arguments &arguments)
{
    if (!arguments.wantsTls)
        return true;
    auto identity = arguments.tlsKeyFile.isEmpty()
        ? lanline::server::keptTlsIdentity(arguments.options.dataDir)
        : lanline::server::loadTlsIdentity(arguments.tlsCertificateFile, arguments.tlsKeyFile);
    if (!identity) {
        std::fprintf(stderr, "lanlined: %s\n", qUtf8Printable(identity.error()));
        return false;
    }
    arguments.options.tls = *std::move(identity);
    return true;
}

/// False: it has been said why there is none.
bool readAdminToken(lanline::Arguments &arguments)
{
    if (arguments.adminTokenFile.isEmpty())
        return true;
    auto token = lanline::loadAdminToken(arguments.adminTokenFile);
    if (!token) {
        std::fprintf(stderr, "lanlined: %s\n", qUtf8Printable(token.error()));
        return false;
    }
    arguments.options.http.adminToken = *std::move(token);
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("lanline"));
    QCoreApplication::setApplicationName(QStringLiteral("lanlined"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LANLINE_VERSION));

    auto arguments = lanline::parseArguments(QCoreApplication::arguments());
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

    if (!readTlsIdentity(*arguments) || !readAdminToken(*arguments))
        return 1;
    if (arguments->options.hasDebugEndpoints) {
        lanline::beginWithProfiler(argv);
        arguments->options.profiler = lanline::makeProcessProfiler();
    }
    const lanline::StopSignals stopSignals;
    lanline::Daemon daemon(arguments->options);
    QObject::connect(&stopSignals, &lanline::StopSignals::received, &daemon, &lanline::Daemon::stop);
    daemon.start();
    return QCoreApplication::exec();
}
