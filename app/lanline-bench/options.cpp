#include "options.h"

#include "client/address.h"
#include "protocol/limits.h"

#include <QCommandLineParser>
#include <QDir>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto description = R"(Measures Lanline on this machine.

Scenarios:
  chat      durable messages per second and their acknowledgements, beside bare durable SQLite transactions
  history   opening a room with a long history, and scrolling back in it; without a display of its own

Prints a table. Exit status: 0 measured; 1 something failed, or a message got no answer; 2 usage. A goal that is missed
is told, and is no failure.)"_L1;

constexpr qint64 longestSeconds = 3'600;
constexpr int mostRounds = 100;
constexpr qint64 leastMessages = 10'000;
constexpr qint64 mostMessages = 10'000'000;
constexpr int mostPages = 100'000;

struct ScenarioName
{
    QLatin1StringView name;
    Options::Scenario scenario;
};
constexpr std::array scenarioNames{
    ScenarioName{"chat"_L1, Options::Scenario::Chat}, ScenarioName{"history"_L1, Options::Scenario::History}};

/// The options each scenario takes beside the common ones.
QStringList optionsOf(Options::Scenario scenario)
{
    return scenario == Options::Scenario::Chat ? QStringList{u"url"_s, u"duration"_s, u"rounds"_s, u"payload"_s}
                                               : QStringList{u"messages"_s, u"pages"_s};
}

Result<qint64, QString> numberOf(const QCommandLineParser &parser, const QString &option, qint64 least, qint64 most)
{
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
        {u"data-dir"_s, u"Keep all databases in a new folder in here; it says which disk is measured."_s, u"DIR"_s,
            QDir::currentPath()},
        {u"duration"_s, u"Measure for this long in all."_s, u"S"_s, u"75"_s},
        {u"rounds"_s, u"Take turns this many times; each figure is the median of its rounds."_s, u"N"_s, u"5"_s},
        {u"payload"_s, u"Bytes of text per message."_s, u"B"_s, u"100"_s},
        {u"messages"_s, u"How long the history is."_s, u"N"_s, u"1000000"_s},
        {u"pages"_s, u"Scroll back this many pages."_s, u"N"_s, u"250"_s},
    });
}

} // namespace

Result<Options, QString> parseOptions(const QStringList &commandLine)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description);
    addOptions(parser);
    parser.addPositionalArgument(u"SCENARIO"_s, u"See above."_s);
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

    const QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty())
        return unexpected(u"no scenario"_s);
    const auto known = std::find_if(scenarioNames.begin(), scenarioNames.end(),
        [&](const ScenarioName &scenario) { return scenario.name == arguments.first(); });
    if (known == scenarioNames.end())
        return unexpected(u"unknown scenario %1"_s.arg(arguments.first()));
    if (arguments.size() > 1)
        return unexpected(u"%1 is one argument too many"_s.arg(arguments.at(1)));
    options.scenario = known->scenario;
    for (const QString &option : {u"url"_s, u"duration"_s, u"rounds"_s, u"payload"_s, u"messages"_s, u"pages"_s}) {
        if (parser.isSet(option) && !optionsOf(options.scenario).contains(option))
            return unexpected(u"%1 takes no --%2"_s.arg(arguments.first(), option));
    }

    if (parser.isSet(u"url"_s)) {
        const auto url = client::parseServerAddress(parser.value(u"url"_s));
        if (!url)
            return unexpected(u"%1 is no address of a server"_s.arg(parser.value(u"url"_s)));
        options.url = *url;
    }
    options.jsonFile = parser.value(u"json"_s);
    options.dataDir = parser.value(u"data-dir"_s);
    const auto seconds = numberOf(parser, u"duration"_s, 1, longestSeconds);
    const auto rounds = numberOf(parser, u"rounds"_s, 1, mostRounds);
    const auto payload = numberOf(parser, u"payload"_s, 1, protocol::Limits().textBytes);
    const auto messages = numberOf(parser, u"messages"_s, leastMessages, mostMessages);
    const auto pages = numberOf(parser, u"pages"_s, 1, mostPages);
    for (const auto &number : {seconds, rounds, payload, messages, pages}) {
        if (!number)
            return unexpected(number.error());
    }
    options.duration = std::chrono::seconds(*seconds);
    options.rounds = int(*rounds);
    options.payload = *payload;
    options.messages = quint64(*messages);
    options.pages = int(*pages);
    return options;
}

} // namespace lanline::bench
