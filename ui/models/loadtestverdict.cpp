#include "ui/models/loadtestverdict.h"

#include "ui/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

/// So many times the wished load are worth saying.
constexpr double roomWorthSaying = 1.5;
constexpr double p95 = 95;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::LoadTest)

public:
    static QString loadLine(const LoadTestStep &step, const LoadTestPlan &plan)
    {
        //: Both numbers with their thousands separated
        return tr("%1 messages/s from %2 clients, %3 deliveries/s.")
            .arg(rateText(step.offered), QLocale().toString(plan.clients), rateText(step.throughput()));
    }

    /// What happened behind the last comfortable step, without a full stop.
    static QString changeText(const LoadTestStep &good, const LoadTestStep &bad, const LoadTestStep &first)
    {
        switch (discomfortOf(bad, first)) {
        case LoadDiscomfort::Slow:
            //: Of a latency, two durations with their units
            return tr("P95 goes from %1 to %2")
                .arg(durationText(good.delivery.percentile(p95)), durationText(bad.delivery.percentile(p95)));
        case LoadDiscomfort::Failing:
            return tr("behind it only %1 of the messages arrive in time").arg(shareText(bad.success()));
        case LoadDiscomfort::Behind:
            //: Two numbers of messages per second
            return tr("behind it the host stores %1 of %2 messages/s").arg(rateText(bad.stored), rateText(bad.offered));
        case LoadDiscomfort::None:
            break;
        }
        return {};
    }

    static QString tooMuch(const LoadTestStep &first)
    {
        switch (discomfortOf(first, first)) {
        case LoadDiscomfort::Slow:
            return tr("Too much already at %1 messages/s: P95 is %2")
                .arg(rateText(first.offered), durationText(first.delivery.percentile(p95)));
        case LoadDiscomfort::Failing:
            return tr("Too much already at %1 messages/s: only %2 of them arrive in time")
                .arg(rateText(first.offered), shareText(first.success()));
        default:
            return tr("Too much already at %1 messages/s: the host stores %2")
                .arg(rateText(first.offered), rateText(first.stored));
        }
    }

    static LoadTestVerdict failed(const LoadTestReport &report)
    {
        return {LoadTestVerdict::Mood::Bad, tr("The load test could not run"), report.problem};
    }

    static LoadTestVerdict lost(const LoadTestReport &report)
    {
        return {LoadTestVerdict::Mood::Bad, tr("%n message(s) did not reach everyone", nullptr, int(report.lost)),
            tr("The host has acknowledged them, and not delivered them to a client that was there.")};
    }

    static LoadTestVerdict suffered(const LoadTestReport &report, std::optional<int> comfortable)
    {
        LoadTestVerdict verdict{LoadTestVerdict::Mood::Limited, {}, {}};
        if (report.busyShare > 0) {
            verdict.sentence = tr("Stopped: the host’s server thread was %1 busy").arg(shareText(report.busyShare));
        } else {
            verdict.sentence = tr("Stopped: members’ round trip went from %1 to %2")
                                   .arg(durationText(report.membersBefore), durationText(report.membersWorst));
        }
        verdict.detail = comfortable ? tr("Comfortable up to %1 messages/s; then members came first.")
                                           .arg(rateText(report.steps.at(*comfortable).offered))
                                     : tr("No step was comfortable; members came first.");
        return verdict;
    }

    static LoadTestVerdict withKnee(const LoadTestReport &report, int comfortable)
    {
        const LoadTestStep &good = report.steps.at(comfortable);
        const QString change = changeText(good, report.steps.at(comfortable + 1), report.steps.constFirst());
        const double room = good.offered / report.plan.wished();
        //: A number of messages per second, and what changes behind it
        const QString knee = tr("The knee is at %1 messages/s: %2").arg(rateText(good.offered), change);
        const int shown = shownStep(report).value_or(comfortable);
        const QString line = loadLine(report.steps.at(shown), report.plan);
        if (room >= roomWorthSaying) {
            return {LoadTestVerdict::Mood::Good, tr("Comfortable: room for about %1 times this load").arg(times(room)),
                line + u' ' + knee + u'.'};
        }
        if (room >= 1)
            return {LoadTestVerdict::Mood::Good, tr("Comfortable, with little to spare"), line + u' ' + knee + u'.'};
        return {LoadTestVerdict::Mood::Limited, knee, line};
    }

    static LoadTestVerdict withoutKnee(const LoadTestReport &report, int comfortable)
    {
        const LoadTestStep &best = report.steps.at(comfortable);
        const int shown = shownStep(report).value_or(comfortable);
        const QString line = loadLine(report.steps.at(shown), report.plan);
        const double room = best.offered / report.plan.wished();
        if (report.isGeneratorBound) {
            return {LoadTestVerdict::Mood::Good,
                tr("Comfortable up to %1 messages/s; this computer could not make more").arg(rateText(best.offered)),
                line};
        }
        if (room >= roomWorthSaying) {
            return {LoadTestVerdict::Mood::Good,
                tr("Comfortable: room for at least %1 times this load").arg(times(room)),
                line + u' ' + tr("More than %1 messages/s was not tried.").arg(rateText(best.offered))};
        }
        return {LoadTestVerdict::Mood::Good,
            tr("Comfortable up to %1 messages/s; more was not tried").arg(rateText(best.offered)), line};
    }

private:
    static QString times(double room)
    {
        return QLocale().toString(room, 'f', room < 2 && room != std::round(room) ? 1 : 0);
    }
};

} // namespace

LoadDiscomfort discomfortOf(const LoadTestStep &step, const LoadTestStep &first)
{
    if (step.success() < loadrule::leastSuccess)
        return LoadDiscomfort::Failing;
    if (step.stored < loadrule::leastThroughput * step.offered)
        return LoadDiscomfort::Behind;
    const auto slow = step.delivery.percentile(p95);
    const auto before = first.delivery.percentile(p95);
    if (slow > loadrule::slowAnyhow || (slow > loadrule::slowAtLeast && slow > loadrule::slower * before))
        return LoadDiscomfort::Slow;
    return LoadDiscomfort::None;
}

std::optional<int> comfortableStep(const LoadTestReport &report)
{
    std::optional<int> last;
    for (int i = 0; i < report.steps.size(); ++i) {
        if (discomfortOf(report.steps.at(i), report.steps.constFirst()) != LoadDiscomfort::None)
            break;
        last = i;
    }
    return last;
}

std::optional<int> shownStep(const LoadTestReport &report)
{
    std::optional<int> shown;
    for (int i = 0; i < report.steps.size(); ++i) {
        if (report.steps.at(i).offered > report.plan.wished() * 1.001)
            break;
        shown = i;
    }
    return shown;
}

LoadTestVerdict loadTestVerdict(const LoadTestReport &report)
{
    if (report.end == LoadTestReport::End::Failed)
        return Words::failed(report);
    if (report.lost > 0)
        return Words::lost(report);
    const auto comfortable = comfortableStep(report);
    if (report.end == LoadTestReport::End::MembersSuffered)
        return Words::suffered(report, comfortable);
    if (report.steps.isEmpty()) {
        return {LoadTestVerdict::Mood::Limited, Words::tr("Stopped before anything was measured"), {}};
    }
    if (!comfortable) {
        return {LoadTestVerdict::Mood::Bad, Words::tooMuch(report.steps.constFirst()),
            Words::loadLine(report.steps.constFirst(), report.plan)};
    }
    const bool hasKnee = *comfortable + 1 < report.steps.size();
    return hasKnee ? Words::withKnee(report, *comfortable) : Words::withoutKnee(report, *comfortable);
}

qint64 mostTextOf(const LoadTestPlan &plan)
{
    const double stepTime = double(plan.duration.count()) / double(loadrule::ramp.size());
    double messages = 0;
    for (const double share : loadrule::ramp)
        messages += std::min(share * plan.wished(), double(LoadTestController::mostMessagesPerSecond)) * stepTime;
    return std::min(qint64(messages * plan.payload), LoadTestController::mostBytes);
}

QString loadTestMachineText(const LoadTestReport &report)
{
    return report.isSameMachine ? Words::tr("Generator and server share this machine: the figures are of both.")
                                : Words::tr("The server runs on another machine than the generator.");
}

QString rateText(double perSecond)
{
    return QLocale().toString(qint64(std::llround(perSecond)));
}

QString shareText(double share)
{
    const double percent = share * 100;
    const bool isWhole = percent >= 100 || percent < 10 || std::abs(percent - std::round(percent)) < 0.05;
    // 99.96 % is not everything.
    const double shown = percent < 100 ? std::min(percent, 99.9) : 100;
    return QLocale().toString(shown, 'f', isWhole && percent != shown ? 1 : isWhole ? 0 : 1) + QChar::Nbsp + u'%';
}

QString throughputText(double perSecond)
{
    constexpr double thousand = 1000;
    if (perSecond < thousand)
        return rateText(perSecond) + QChar::Nbsp + Words::tr("/s", "per second");
    const double thousands = perSecond / thousand;
    return QLocale().toString(thousands, 'f', thousands < 100 ? 1 : 0) + QChar::Nbsp
        + Words::tr("k/s", "thousands per second");
}

QString cpuText(std::chrono::nanoseconds time)
{
    constexpr double thousand = 1000;
    const double us = double(time.count()) / thousand;
    if (us >= thousand)
        return durationText(std::chrono::duration_cast<std::chrono::microseconds>(time));
    //: Microseconds
    return QLocale().toString(us, 'f', us < 10 ? 1 : 0) + QChar::Nbsp + Words::tr("µs");
}

QList<LoadTestColumn> loadTestColumns(const Histogram &histogram)
{
    constexpr int perDecade = 15;
    if (histogram.isEmpty())
        return {};
    const auto edge = [](int step) {
        return std::chrono::microseconds(std::llround(std::pow(10, double(step) / perDecade)));
    };
    // From a tenth of a millisecond at most, so that runs can be compared by eye.
    const double least = std::clamp(double(histogram.min().count()), 1.0, 100.0);
    const int first = int(std::floor(std::log10(least) * perDecade));
    QList<LoadTestColumn> columns;
    quint64 below = 0;
    for (int step = first;; ++step) {
        const quint64 until = histogram.countAtMost(edge(step + 1) - std::chrono::microseconds(1));
        columns.append({edge(step), until - std::min(below, until)});
        below = std::max(below, until);
        if (edge(step + 1) > histogram.max()) {
            columns.append({edge(step + 1), 0});
            return columns;
        }
    }
}

} // namespace lanline::ui
