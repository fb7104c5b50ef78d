#include "options.h"

#include "client/address.h"
#include "core/text.h"
#include "faultnames.h"

#include <QCommandLineParser>

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto description = R"(Lanline in a terminal: sends, follows and measures.

Commands:
  send --room R [--create] [TEXT]     send TEXT, or each line of standard input that is not blank; prints a JSON line
                                      for each message once it is stored. --create makes the room if there is none
  tail --room R [--since SEQ] [--count N]
                                      print a JSON line for each event behind SEQ (default: for each new one), and end
                                      after N
  ping [--count N] [--json]           time the steps of connecting, and N round trips (default: 5)
  rooms [--json]                      list the rooms of the server
  status [--json]                     what the server tells about itself
  fault [KIND [--amount MS] [--for S]] [--stop] [--json]
                                      break the server on purpose, for S seconds (default: 10), and print what is in
                                      force; without KIND only that. --stop ends KIND, or all. KIND: delay, jitter,
                                      drop-heartbeats, stall-server, stall-storage or slow-disk; MS: how much
                                      (default: 50). The server runs on this computer, with --allow-faults

Exit status: 0 done; 1 refused or failed; 2 usage; 3 no connection within --timeout.)"_L1;

struct CommandName
{
    QLatin1StringView name;
    Options::Command command;
};
constexpr std::array commandNames{CommandName{"send"_L1, Options::Command::Send},
    CommandName{"tail"_L1, Options::Command::Tail}, CommandName{"ping"_L1, Options::Command::Ping},
    CommandName{"rooms"_L1, Options::Command::Rooms}, CommandName{"status"_L1, Options::Command::Status},
    CommandName{"fault"_L1, Options::Command::Fault}};

/// The options each command takes beside the global ones.
QStringList optionsOf(Options::Command command)
{
    switch (command) {
    case Options::Command::Send:
        return {u"room"_s, u"create"_s};
    case Options::Command::Tail:
        return {u"room"_s, u"since"_s, u"count"_s};
    case Options::Command::Ping:
        return {u"count"_s, u"json"_s};
    case Options::Command::Rooms:
    case Options::Command::Status:
        return {u"json"_s};
    case Options::Command::Fault:
        return {u"amount"_s, u"for"_s, u"stop"_s, u"json"_s};
    }
    return {};
}

Result<std::optional<quint64>, QString> numberOf(
    const QCommandLineParser &parser, const QString &option, quint64 smallest)
{
    if (!parser.isSet(option))
        return std::nullopt;
    // What a 64-bit number on the wire may be, so that it means the same in JSON.
    constexpr quint64 largest = quint64(1) << 53;
    bool isNumber = false;
    const quint64 number = parser.value(option).toULongLong(&isNumber);
    if (!isNumber || number < smallest || number > largest)
        return unexpected(u"--%1 takes a number from %2 on"_s.arg(option).arg(smallest));
    return number;
}

/// The options of `fault`, and its argument, which is taken.
std::optional<QString> readFault(const QCommandLineParser &parser, QStringList &arguments, Options &options)
{
    options.stop = parser.isSet(u"stop"_s);
    if (!arguments.isEmpty()) {
        const QString name = arguments.takeFirst();
        options.fault = faultOfName(name);
        if (!options.fault)
            return u"%1 is no fault of a server"_s.arg(name);
    }
    const bool isMeasured = parser.isSet(u"amount"_s) || parser.isSet(u"for"_s);
    if (isMeasured && (options.stop || !options.fault))
        return u"--amount and --for belong to a fault that begins"_s;
    bool isNumber = false;
    const qlonglong amount = parser.value(u"amount"_s).toLongLong(&isNumber);
    if (!isNumber || amount < 0 || amount > largestFaultAmount.count())
        return u"--amount takes milliseconds, up to %1"_s.arg(largestFaultAmount.count());
    options.faultAmount = std::chrono::milliseconds(amount);
    const double seconds = parser.value(u"for"_s).toDouble(&isNumber);
    const std::chrono::milliseconds duration(qRound64(seconds * 1000));
    if (!isNumber || !(seconds > 0) || seconds * 1000 > double(longestFault.count()) || duration.count() < 1)
        return u"--for takes seconds, up to %1"_s.arg(longestFault.count() / 1000);
    options.faultDuration = duration;
    return std::nullopt;
}

} // namespace

Result<Options, QString> parseOptions(const QStringList &commandLine)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description);
    parser.addPositionalArgument(u"command"_s, u"send, tail, ping, rooms, status or fault"_s);
    parser.addPositionalArgument(u"arguments"_s, u"what the command takes"_s, u"[arguments...]"_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({
        {u"url"_s,
            u"The server: ws://host:port, lanline://host:port, host:port or host; or wss://host:port, whose certificate"
            " has to be one that this system trusts."_s,
            u"URL"_s},
        {u"profile"_s, u"Folder of a lasting identity; without it a guest."_s, u"DIR"_s},
        {u"name"_s, u"How to be called."_s, u"S"_s},
        {u"code"_s, u"With --profile: what another device shows, to be the same person from now on."_s, u"CODE"_s},
        {u"timeout"_s, u"Longest time without a connection, in seconds; 0: for ever."_s, u"S"_s, u"15"_s},
        {u"room"_s, u"send, tail: the room."_s, u"R"_s},
        {u"create"_s, u"send: make the room if there is none."_s},
        {u"since"_s, u"tail: begin behind this event; 0: at the beginning."_s, u"SEQ"_s},
        {u"count"_s, u"tail, ping: how many."_s, u"N"_s},
        {u"amount"_s, u"fault: how much, in milliseconds."_s, u"MS"_s, u"50"_s},
        {u"for"_s, u"fault: how long, in seconds."_s, u"S"_s, u"10"_s},
        {u"stop"_s, u"fault: end it, or all."_s},
        {u"json"_s, u"ping, rooms, status, fault: print JSON."_s},
    });
    if (!parser.parse(commandLine))
        return unexpected(parser.errorText());

    Options options;
    if (parser.isSet(help)) {
        options.printAndLeave = parser.helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.printAndLeave =
            QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion() + u'\n';
        return options;
    }

    QStringList arguments = parser.positionalArguments();
    const QString commandName = arguments.isEmpty() ? QString() : arguments.takeFirst();
    const auto *const known = std::find_if(
        commandNames.begin(), commandNames.end(), [&](const CommandName &entry) { return entry.name == commandName; });
    if (known == commandNames.end())
        return unexpected(commandName.isEmpty() ? u"no command"_s : u"unknown command %1"_s.arg(commandName));
    options.command = known->command;
    for (const QString &option :
        {u"room"_s, u"create"_s, u"since"_s, u"count"_s, u"json"_s, u"amount"_s, u"for"_s, u"stop"_s}) {
        if (parser.isSet(option) && !optionsOf(options.command).contains(option))
            return unexpected(u"%1 takes no --%2"_s.arg(commandName, option));
    }

    if (!parser.isSet(u"url"_s))
        return unexpected(u"--url is missing"_s);
    const auto url = client::parseServerAddress(parser.value(u"url"_s));
    if (!url)
        return unexpected(u"%1 is no address of a server"_s.arg(parser.value(u"url"_s)));
    options.url = *url;
    if (parser.isSet(u"profile"_s))
        options.profileDir = parser.value(u"profile"_s);
    if (parser.isSet(u"name"_s))
        options.name = parser.value(u"name"_s);

    if (parser.isSet(u"code"_s) && !options.profileDir)
        return unexpected(u"--code needs --profile"_s);
    options.code = parser.value(u"code"_s);

    bool isNumber = false;
    const double seconds = parser.value(u"timeout"_s).toDouble(&isNumber);
    if (!isNumber || seconds < 0 || seconds > 86'400)
        return unexpected(u"--timeout takes seconds, up to a day"_s);
    options.timeout = std::chrono::milliseconds(qint64(seconds * 1000));

    options.create = parser.isSet(u"create"_s);
    options.json = parser.isSet(u"json"_s);
    const auto since = numberOf(parser, u"since"_s, 0);
    if (!since)
        return unexpected(since.error());
    options.since = *since;
    const auto count = numberOf(parser, u"count"_s, 1);
    if (!count)
        return unexpected(count.error());
    options.count = *count;

    if (optionsOf(options.command).contains(u"room"_s)) {
        options.room = RoomId(parser.value(u"room"_s));
        if (!isRoomName(options.room.value()))
            return unexpected(parser.isSet(u"room"_s) ? u"%1 is no name of a room"_s.arg(options.room.value())
                                                      : u"--room is missing"_s);
    }
    if (options.command == Options::Command::Send && !arguments.isEmpty())
        options.text = arguments.takeFirst();
    if (options.command == Options::Command::Fault) {
        if (const auto problem = readFault(parser, arguments, options))
            return unexpected(*problem);
    }
    if (!arguments.isEmpty())
        return unexpected(u"%1 is one argument too many"_s.arg(arguments.first()));
    return options;
}

} // namespace lanline::ctl
