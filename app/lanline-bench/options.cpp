#include "options.h"

#include "client/address.h"
#include "pollingscenario.h"
#include "protocol/limits.h"

#include <QCommandLineParser>
#include <QDir>
#include <QRegularExpression>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto description = R"(Measures Lanline on this machine, and other servers beside it.

Scenarios:
  echo       messages that come back: one in flight per connection, and at a given rate
  fanout     one message to many connections: as many as are taken, and 200 a second
  idle       memory of a connection that does nothing, and what ten thousand of them cost the one that does
  polling    a chat that clients poll over HTTP, each second and ten times a second, beside one that is pushed;
             takes --peer polling=COMMAND for a server with POST /messages and GET /messages?since=N
  reconnect  everybody comes back to a server that was killed, or stopped
  chat       durable messages per second and their acknowledgements, beside bare durable SQLite transactions;
             and to the members of a room
  codec      what a message costs in our forms and in others, in bytes and nanoseconds; without a network
  history    opening a room with a long history, and scrolling back in it; without a display of its own
  report     measures nothing: shows the FILEs that --json wrote as one page, --html

Prints a table. Exit status: 0 measured; 1 something failed, or a message got no answer; 2 usage. A goal that is missed
is told, and is no failure.)"_L1;

constexpr qint64 longestSeconds = 3'600;
constexpr int mostRounds = 100;
constexpr qint64 leastMessages = 10'000;
constexpr qint64 mostMessages = 10'000'000;
constexpr int mostPages = 100'000;
constexpr int defaultRounds = 5;
constexpr int defaultMembers = 100;
constexpr qint64 defaultMessages = 1'000'000;
constexpr int defaultPages = 250;
constexpr int mostConnections = 15'000;
constexpr int mostMembers = 500;
constexpr qint64 mostRate = 5'000'000;
/// Messages of these scenarios carry a number and a time.
constexpr qint64 leastStampedPayload = 32;

struct ScenarioRow
{
    QLatin1StringView name;
    Options::Scenario scenario;
    QLatin1StringView options; ///< that it takes beside the common ones
    qint64 seconds; ///< it measures if it is not told, and twice as long beside others
    qint64 payload;
};
constexpr std::array scenarioRows{
    ScenarioRow{"chat"_L1, Options::Scenario::Chat, "url peer duration rounds payload members"_L1, 75, 100},
    ScenarioRow{"codec"_L1, Options::Scenario::Codec, ""_L1, 1, 1},
    ScenarioRow{"history"_L1, Options::Scenario::History, "messages pages"_L1, 1, 1},
    ScenarioRow{"echo"_L1, Options::Scenario::Echo, "url peer tls duration rounds payload connections rate"_L1, 30, 64},
    ScenarioRow{
        "fanout"_L1, Options::Scenario::Fanout, "url peer tls duration rounds payload connections rate"_L1, 30, 64},
    ScenarioRow{"idle"_L1, Options::Scenario::Idle, "peer tls duration rounds connections"_L1, 10, 64},
    ScenarioRow{"polling"_L1, Options::Scenario::Polling, "peer duration rounds payload connections rate"_L1, 30, 64},
    ScenarioRow{"reconnect"_L1, Options::Scenario::Reconnect, "rounds connections"_L1, 1, 1},
    ScenarioRow{"report"_L1, Options::Scenario::Report, ""_L1, 1, 1},
};

/// Options that not every scenario takes.
const QStringList &particularOptions()
{
    static const QStringList names{u"url"_s, u"peer"_s, u"tls"_s, u"duration"_s, u"rounds"_s, u"payload"_s,
        u"connections"_s, u"rate"_s, u"members"_s, u"messages"_s, u"pages"_s};
    return names;
}

/// `otherwise` if it is not given.
Result<qint64, QString> numberOf(
    const QCommandLineParser &parser, const QString &option, qint64 least, qint64 most, qint64 otherwise)
{
    if (!parser.isSet(option))
        return otherwise;
    bool isNumber = false;
    const qint64 number = parser.value(option).toLongLong(&isNumber);
    if (!isNumber || number < least || number > most)
        return unexpected(u"--%1 takes a number from %2 to %3"_s.arg(option).arg(least).arg(most));
    return number;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"url"_s, u"Measure this server, instead of a lanlined of this program's own."_s, u"URL"_s},
        {u"json"_s, u"Write the figures and the machine to this file as well."_s, u"FILE"_s},
        {u"html"_s, u"Write all of it as a page to look at to this file as well."_s, u"FILE"_s},
        {u"data-dir"_s, u"Keep all databases in a new folder in here; it says which disk is measured."_s, u"DIR"_s,
            QDir::currentPath()},
        {u"peer"_s,
            u"Measure this server program as well, on the same core in turns; it says where it listens as lanlined "
            u"does."
            u" May be given several times."_s,
            u"NAME=COMMAND"_s},
        {u"tls"_s, u"Encrypted connections."_s},
        {u"connections"_s, u"This many connections, instead of the scenario's own numbers."_s, u"N"_s},
        {u"rate"_s, u"Messages per second of an open loop."_s, u"R"_s},
        {u"members"_s, u"Of the room that is live: 0 leaves this part out."_s, u"N"_s, QString::number(defaultMembers)},
        {u"duration"_s, u"Measure for this long in all."_s, u"S"_s},
        {u"rounds"_s, u"Take turns this many times; each figure is the median of its rounds."_s, u"N"_s,
            QString::number(defaultRounds)},
        {u"payload"_s, u"Bytes of text per message."_s, u"B"_s},
        {u"messages"_s, u"How long the history is."_s, u"N"_s, QString::number(defaultMessages)},
        {u"pages"_s, u"Scroll back this many pages."_s, u"N"_s, QString::number(defaultPages)},
    });
}

Result<const ScenarioRow *, QString> scenarioOf(const QCommandLineParser &parser)
{
    const QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty())
        return unexpected(u"no scenario"_s);
    const auto *const known = std::find_if(scenarioRows.begin(), scenarioRows.end(),
        [&](const ScenarioRow &row) { return row.name == arguments.first(); });
    if (known == scenarioRows.end())
        return unexpected(u"unknown scenario %1"_s.arg(arguments.first()));
    if (known->scenario == Options::Scenario::Report) {
        if (arguments.size() == 1 || !parser.isSet(u"html"_s))
            return unexpected(u"report takes FILEs, and --html"_s);
    } else if (arguments.size() > 1) {
        return unexpected(u"%1 is one argument too many"_s.arg(arguments.at(1)));
    }
    const QStringList taken = QString(known->options).split(u' ');
    for (const QString &option : particularOptions()) {
        if (parser.isSet(option) && !taken.contains(option))
            return unexpected(u"%1 takes no --%2"_s.arg(arguments.first(), option));
    }
    return known;
}

Result<QList<Peer>, QString> peersOf(const QStringList &values)
{
    static const QRegularExpression form(u"^([a-z0-9][a-z0-9-]*)=(.*\\S.*)$"_s);
    QList<Peer> peers;
    for (const QString &value : values) {
        const auto match = form.match(value);
        const QString name = match.captured(1);
        if (!match.hasMatch())
            return unexpected(u"--peer takes a name of a-z, 0-9 and -, and a command: %1"_s.arg(value));
        if (std::any_of(peers.begin(), peers.end(), [&](const Peer &peer) { return peer.name == name; }))
            return unexpected(u"--peer %1 is given twice"_s.arg(name));
        peers.append({name, match.captured(2)});
    }
    return peers;
}

/// The numbers, each within its bounds.
Result<void, QString> readNumbers(const QCommandLineParser &parser, const ScenarioRow &row, Options &options)
{
    using Scenario = Options::Scenario;
    const bool isStamped =
        row.scenario == Scenario::Echo || row.scenario == Scenario::Fanout || row.scenario == Scenario::Polling;
    const auto seconds = numberOf(parser, u"duration"_s, 1, longestSeconds, row.seconds);
    const auto rounds = numberOf(parser, u"rounds"_s, 1, mostRounds, defaultRounds);
    const auto payload =
        numberOf(parser, u"payload"_s, isStamped ? leastStampedPayload : 1, protocol::Limits().textBytes, row.payload);
    const auto connections = numberOf(parser, u"connections"_s, 1, mostConnections, 0);
    const auto rate = numberOf(parser, u"rate"_s, 1, mostRate, 0);
    const auto members = numberOf(parser, u"members"_s, 0, mostMembers, defaultMembers);
    const auto messages = numberOf(parser, u"messages"_s, leastMessages, mostMessages, defaultMessages);
    const auto pages = numberOf(parser, u"pages"_s, 1, mostPages, defaultPages);
    for (const auto &number : {seconds, rounds, payload, connections, rate, members, messages, pages}) {
        if (!number)
            return unexpected(number.error());
    }
    const bool isLonger = !options.peers.isEmpty() && !parser.isSet(u"duration"_s);
    options.duration = std::chrono::seconds(isLonger ? 2 * *seconds : *seconds);
    options.rounds = int(*rounds);
    options.payload = *payload;
    if (*connections)
        options.connections = int(*connections);
    if (*rate)
        options.rate = double(*rate);
    options.members = int(*members);
    options.messages = quint64(*messages);
    options.pages = int(*pages);
    return {};
}

} // namespace

Result<Options, QString> parseOptions(const QStringList &commandLine)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description);
    addOptions(parser);
    parser.addPositionalArgument(u"SCENARIO"_s, u"See above."_s);
    parser.addPositionalArgument(u"FILE"_s, u"Of report."_s, u"[FILE...]"_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

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

    const auto row = scenarioOf(parser);
    if (!row)
        return unexpected(row.error());
    options.scenario = (*row)->scenario;
    if (parser.isSet(u"url"_s)) {
        const auto url = client::parseServerAddress(parser.value(u"url"_s));
        if (!url)
            return unexpected(u"%1 is no address of a server"_s.arg(parser.value(u"url"_s)));
        options.url = *url;
    }
    const auto peers = peersOf(parser.values(u"peer"_s));
    if (!peers)
        return unexpected(peers.error());
    options.peers = *peers;
    const QString polled = QString::fromLatin1(polledPeer);
    if (options.scenario == Options::Scenario::Polling
        && std::none_of(peers->begin(), peers->end(), [&](const Peer &peer) { return peer.name == polled; })) {
        return unexpected(u"polling takes --peer %1=COMMAND, a server that is polled"_s.arg(polled));
    }
    options.isTls = parser.isSet(u"tls"_s);
    options.jsonFile = parser.value(u"json"_s);
    options.htmlFile = parser.value(u"html"_s);
    options.reportFiles = parser.positionalArguments().mid(1);
    options.dataDir = parser.value(u"data-dir"_s);
    if (const auto numbers = readNumbers(parser, **row, options); !numbers)
        return unexpected(numbers.error());
    return options;
}

} // namespace lanline::bench
