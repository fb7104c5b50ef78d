#include "confusion.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLoggingCategory>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;
using namespace lanline::verdicts;

namespace {

constexpr int defaultRuns = 100;
constexpr int shortRuns = 20;
constexpr int healthyRuns = 3;

void print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, std::size_t(text.size()), stdout);
    std::fflush(stdout);
}

QString sharesOf(const Outcome &outcome)
{
    QStringList parts;
    for (const double share : outcome.shares)
        parts.append(QString::number(share * 100, 'f', 0));
    return parts.join(u'/');
}

void tell(int number, const Outcome &outcome)
{
    print(u"%1 %2 %3 messages, %4: %5\n"_s.arg(number, 3)
              .arg(nameOf(outcome.cause), -14)
              .arg(outcome.messages, 3)
              .arg(sharesOf(outcome), outcome.problem.isEmpty() ? outcome.sentence : outcome.problem)
              .toUtf8());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules(u"lanline.*=false"_s);
    const QCommandLineOption runs(u"runs"_s, u"So many trials with a fault."_s, u"N"_s, QString::number(defaultRuns));
    const QCommandLineOption isShort(u"short"_s, u"%1 trials."_s.arg(shortRuns));
    const QCommandLineOption seed(u"seed"_s, u"Draw the same faults again."_s, u"N"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Breaks one thing at a time, drawn by lot, and asks the diagnosis what it was."_s);
    parser.addOptions({runs, isShort, seed});
    parser.addHelpOption();
    parser.process(app);

    const quint32 drawn = parser.isSet(seed) ? parser.value(seed).toUInt() : std::random_device()();
    const int count = parser.isSet(isShort) ? shortRuns : std::max(parser.value(runs).toInt(), 1);
    std::mt19937 random(drawn);
    print(u"seed %1; shares are network/threads/I/O/back-pressure in percent\n"_s.arg(drawn).toUtf8());

    int failures = 0;
    for (int i = 1; i <= healthyRuns; ++i)
        tell(i, tryOut(Cause::Nothing, random));
    Confusion confusion;
    std::uniform_int_distribution<std::size_t> lot(0, causes.size() - 1);
    for (int i = 1; i <= count; ++i) {
        const Outcome outcome = tryOut(causes.at(lot(random)), random);
        tell(i, outcome);
        failures += outcome.problem.isEmpty() ? 0 : 1;
        confusion.add(outcome);
    }
    print('\n' + confusion.table());
    print(u"\n%1 of %2 right; the most that another family was blamed for is %3 % (goal: %4 of 100, at most %5 %)\n"_s
              .arg(confusion.right())
              .arg(confusion.count())
              .arg(confusion.highestWrongShare() * 100, 0, 'f', 0)
              .arg(Confusion::partsPerHundredRight)
              .arg(Confusion::mostShareOfAnother * 100, 0, 'f', 0)
              .toUtf8());
    return confusion.isGood() && failures == 0 ? 0 : 1;
}
