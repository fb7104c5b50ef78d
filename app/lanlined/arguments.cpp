#include "arguments.h"

#include "core/text.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>
#include <QSysInfo>

using namespace Qt::Literals::StringLiterals;

namespace lanline {

namespace {

constexpr quint16 defaultPort = 47100;

/// "127.0.0.1:47100", "[::1]:0", or only ":0" for every address.
bool parseListen(const QString &text, server::ServerOptions &options)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0)
        return false;
    bool isNumber = false;
    options.port = text.sliced(colon + 1).toUShort(&isNumber);
    QString address = text.first(colon);
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.sliced(1, address.size() - 2);
    else if (address.contains(u':'))
        return false;
    options.address = address.isEmpty() ? QHostAddress(QHostAddress::Any) : QHostAddress(address);
    return isNumber && !options.address.isNull();
}

} // namespace

Result<Arguments, QString> parseArguments(const QStringList &commandLine)
{
    const QCommandLineOption listen(
        u"listen"_s, u"Listen there; port 0 is any free one."_s, u"ADDR:PORT"_s, u"127.0.0.1:%1"_s.arg(defaultPort));
    const QCommandLineOption data(u"data"_s, u"Keep the database in this folder."_s, u"DIR"_s,
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption name(u"name"_s, u"What the host is called."_s, u"S"_s, QSysInfo::machineHostName());

    QCommandLineParser parser;
    parser.setApplicationDescription(u"The Lanline chat server without a window."_s);
    parser.addOptions({listen, data, name});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    if (!parser.parse(commandLine))
        return unexpected(parser.errorText());
    Arguments arguments;
    if (parser.isSet(help)) {
        arguments.printAndLeave = parser.helpText();
        return arguments;
    }
    if (parser.isSet(version)) {
        arguments.printAndLeave =
            QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion() + u'\n';
        return arguments;
    }
    if (!parser.positionalArguments().isEmpty())
        return unexpected(u"Unexpected argument: %1"_s.arg(parser.positionalArguments().constFirst()));

    server::ServerOptions &options = arguments.options;
    if (!parseListen(parser.value(listen), options))
        return unexpected(u"--listen takes an address and a port, such as 127.0.0.1:%1"_s.arg(defaultPort));
    options.dataDir = parser.value(data);
    if (options.dataDir.isEmpty())
        return unexpected(u"--data takes a folder"_s);
    options.name = normalizedName(parser.value(name));
    if (!isCleanName(options.name) || utf8Size(options.name) > options.limits.nameBytes)
        return unexpected(u"--name takes a name of at most %1 bytes"_s.arg(options.limits.nameBytes));
    return arguments;
}

} // namespace lanline
