#include "options.h"

#include "client/address.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Usage
{
    Q_DECLARE_TR_FUNCTIONS(lanline::app::Usage)
};

} // namespace

Result<Options, QString> parseOptions(const QStringList &arguments)
{
    const QCommandLineOption demo(u"demo"_s, Usage::tr("Try it: a server on this computer and two windows."));
    const QCommandLineOption tour(u"tour"_s,
        Usage::tr("With --demo: play a scripted visit unattended; leave its pictures and its report in <dir>."),
        u"dir"_s);
    const QCommandLineOption replay(
        u"replay"_s, Usage::tr("Show the recording <file> of a diagnostics panel."), u"file"_s);
    const QCommandLineOption host(u"host"_s, Usage::tr("Host for this network at once."));
    const QCommandLineOption port(u"port"_s, Usage::tr("With --host: the port to host on."), u"port"_s);
    const QCommandLineOption join(
        u"join"_s, Usage::tr("Join the host at <url>: host, host:port, ws:// or lanline://."), u"url"_s);
    const QCommandLineOption code(u"code"_s,
        Usage::tr("With --join: the <code> that your other device shows, to be the same person."), u"code"_s);
    const QCommandLineOption name(u"name"_s, Usage::tr("How you want to be called."), u"name"_s);
    const QCommandLineOption profile(
        u"profile"_s, Usage::tr("Keep identity and settings in <dir>, apart from your own."), u"dir"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(Usage::tr("Lanline: chat for your local network, with its own server inside."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({demo, tour, replay, host, port, join, code, name, profile});
    if (!parser.parse(arguments))
        return unexpected(parser.errorText());
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        return unexpected(Usage::tr("Unexpected argument: %1").arg(parser.positionalArguments().constFirst()));

    Options options;
    options.demo = parser.isSet(demo);
    options.tourDir = parser.value(tour);
    options.replayFile = parser.value(replay);
    options.host = parser.isSet(host);
    options.name = parser.value(name);
    options.code = parser.value(code);
    options.profileDir = parser.value(profile);

    if (int(options.demo) + int(options.host) + int(parser.isSet(join)) + int(parser.isSet(replay)) > 1)
        return unexpected(Usage::tr("--demo, --replay, --host and --join exclude each other."));
    if (parser.isSet(replay) && options.replayFile.isEmpty())
        return unexpected(Usage::tr("--replay needs a file."));
    if (parser.isSet(tour) && (!options.demo || options.tourDir.isEmpty()))
        return unexpected(Usage::tr("--tour needs --demo and a folder."));
    if (parser.isSet(code) && !parser.isSet(join))
        return unexpected(Usage::tr("--code needs --join."));
    if (parser.isSet(port)) {
        bool ok = false;
        const uint number = parser.value(port).toUInt(&ok);
        if (!options.host || !ok || number > 65535)
            return unexpected(Usage::tr("--port needs --host and a number from 0 to 65535."));
        options.port = quint16(number);
    }
    if (parser.isSet(join)) {
        const auto url = client::parseServerAddress(parser.value(join));
        if (!url)
            return unexpected(Usage::tr("Not an address of a host: %1").arg(parser.value(join)));
        options.join = *url;
    }
    return options;
}

} // namespace lanline::app
