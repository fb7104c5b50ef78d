#include "arguments.h"

#include "core/text.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>
#include <QSysInfo>

#include <algorithm>
#include <optional>

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

/// What --advertise takes: addresses alone, since a client has no use for names there.
bool isAddressWithPort(const QString &text)
{
    server::ServerOptions parsed;
    return !text.startsWith(u':') && parseListen(text, parsed) && parsed.port != 0;
}

/// "30d", "12h", "10000", "all": nothing when it is none of these.
std::optional<server::RetentionRule> parseRule(const RoomId &room, const QString &how)
{
    constexpr qint64 most = 36'500; // a hundred years of days
    server::RetentionRule rule{room};
    if (how == u"all")
        return rule;
    const bool isDays = how.endsWith(u'd');
    const bool isAge = isDays || how.endsWith(u'h');
    bool isNumber = false;
    const qint64 number = (isAge ? how.chopped(1) : how).toLongLong(&isNumber);
    if (!isNumber || number < 1 || (isAge && number > most))
        return std::nullopt;
    if (isDays)
        rule.age = std::chrono::hours(24 * number);
    else if (isAge)
        rule.age = std::chrono::hours(number);
    else
        rule.events = quint64(number);
    return rule;
}

Result<QList<server::RetentionRule>, QString> parseKeep(const QStringList &values)
{
    QList<server::RetentionRule> rules;
    for (const QString &value : values) {
        const qsizetype sign = value.lastIndexOf(u'=');
        const QString room = value.first(qMax(sign, 0));
        const auto rule = parseRule(room == u"*" ? RoomId() : RoomId(room), value.sliced(sign + 1));
        if (room.isEmpty() || !rule)
            return unexpected(u"--keep takes a room and how much of it, such as lobby=30d or *=10000"_s);
        rules.append(*rule);
    }
    return rules;
}

} // namespace

Result<Arguments, QString> parseArguments(const QStringList &commandLine)
{
    const QCommandLineOption listen(
        u"listen"_s, u"Listen there; port 0 is any free one."_s, u"ADDR:PORT"_s, u"127.0.0.1:%1"_s.arg(defaultPort));
    const QCommandLineOption advertise(u"advertise"_s,
        u"Tell clients that the server can be reached there, for a second link over another way. May be given several"
        " times; without it, the addresses of this machine's interfaces."_s,
        u"ADDR:PORT"_s);
    const QCommandLineOption data(u"data"_s, u"Keep the database in this folder."_s, u"DIR"_s,
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption name(u"name"_s, u"What the host is called."_s, u"S"_s, QSysInfo::machineHostName());

    const QCommandLineOption keep(u"keep"_s,
        u"Keep of a room's history only the last days (30d), hours (12h) or events (10000), or all of it. ROOM is * for"
        " those that have no --keep of their own."_s,
        u"ROOM=HOW"_s);
    const QCommandLineOption exported(
        u"export"_s, u"Print a room's history, a line of JSON per event, and leave."_s, u"ROOM"_s);
    const QCommandLineOption backup(u"backup"_s, u"Copy the database to a new file, and leave."_s, u"FILE"_s);
    const QCommandLineOption beginAnew(
        u"begin-anew"_s, u"Should the database be unusable, keep it under another name and begin with an empty one."_s);

    const QCommandLineOption hostName(u"host-name"_s,
        u"Let clients call this server by that name too, beside its addresses and its own name."_s, u"NAME"_s);
    const QCommandLineOption benchEndpoints(u"bench-endpoints"_s,
        u"For measuring: /bench/echo returns every message, /bench/broadcast sends it to all who are there."_s);
    const QCommandLineOption noTracing(
        u"no-tracing"_s, u"For measuring: do not follow messages to tell clients where their time went."_s);
    const QCommandLineOption metrics(
        u"metrics"_s, u"Serve /metrics for Prometheus, to this computer and to who has the admin token."_s);
    const QCommandLineOption debugEndpoints(u"debug-endpoints"_s,
        u"Serve /debug/pprof/ (profiles, stacks, a flame graph), to this computer and to who has the admin token."_s);
    const QCommandLineOption adminToken(u"admin-token-file"_s,
        u"Serve the operator's pages to other computers, too, if they show the token that is in this file."_s,
        u"FILE"_s);
    const QCommandLineOption allowFaults(u"allow-faults"_s,
        u"For testing: clients on this computer may break the server on purpose, for a while (lanlinectl fault)."_s);
    const QCommandLineOption sockets(
        u"sockets"_s, u"native, or qt: slower ones that every system has."_s, u"KIND"_s, u"native"_s);
    const QCommandLineOption tls(u"tls"_s,
        u"Speak TLS as well, on the same port, with a certificate that is made at first and kept with the data."_s);
    const QCommandLineOption tlsCertificate(u"tls-certificate"_s,
        u"Speak TLS as well, with the certificate (PEM, then its chain) in this file."_s, u"FILE"_s);
    const QCommandLineOption tlsKey(u"tls-key"_s, u"The certificate's key (PEM, without a password)."_s, u"FILE"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"The Lanline chat server without a window."_s);
    parser.addOptions({listen, advertise, data, name, keep, exported, backup, beginAnew, hostName, benchEndpoints,
        noTracing, metrics, debugEndpoints, adminToken, allowFaults, sockets, tls, tlsCertificate, tlsKey});
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
    options.addresses = parser.values(advertise);
    if (!std::ranges::all_of(options.addresses, isAddressWithPort))
        return unexpected(u"--advertise takes an address and a port, such as 192.168.1.20:%1"_s.arg(defaultPort));
    options.dataDir = parser.value(data);
    if (options.dataDir.isEmpty())
        return unexpected(u"--data takes a folder"_s);
    if (const auto rules = parseKeep(parser.values(keep)))
        options.retention = *rules;
    else
        return unexpected(rules.error());
    options.beginAnew = parser.isSet(beginAnew);
    arguments.tlsCertificateFile = parser.value(tlsCertificate);
    arguments.tlsKeyFile = parser.value(tlsKey);
    arguments.wantsTls = parser.isSet(tls) || parser.isSet(tlsCertificate) || parser.isSet(tlsKey);
    if (arguments.tlsCertificateFile.isEmpty() != arguments.tlsKeyFile.isEmpty())
        return unexpected(u"--tls-certificate and --tls-key take a file each, and belong together"_s);
    options.http.hasBenchEndpoints = parser.isSet(benchEndpoints);
    options.tracing = !parser.isSet(noTracing);
    options.hasMetrics = parser.isSet(metrics);
    options.allowFaults = parser.isSet(allowFaults);
    options.hasDebugEndpoints = parser.isSet(debugEndpoints);
    arguments.adminTokenFile = parser.value(adminToken);
    if (parser.isSet(adminToken) && arguments.adminTokenFile.isEmpty())
        return unexpected(u"--admin-token-file takes a file"_s);
    for (const QString &known : parser.values(hostName))
        options.http.hostNames.append(known.toLower());
    if (const QString kind = parser.value(sockets); kind == u"qt")
        options.sockets = server::Sockets::Qt;
    else if (kind != u"native")
        return unexpected(u"--sockets takes native or qt"_s);
    arguments.exportedRoom = RoomId(parser.value(exported));
    arguments.backupFile = parser.value(backup);
    if (parser.isSet(exported) && (parser.isSet(backup) || arguments.exportedRoom.isNull()))
        return unexpected(u"--export takes a room, and not --backup beside it"_s);
    if (parser.isSet(backup) && arguments.backupFile.isEmpty())
        return unexpected(u"--backup takes a file"_s);
    options.name = normalizedName(parser.value(name));
    if (!isCleanName(options.name) || utf8Size(options.name) > options.limits.nameBytes)
        return unexpected(u"--name takes a name of at most %1 bytes"_s.arg(options.limits.nameBytes));
    return arguments;
}

} // namespace lanline
