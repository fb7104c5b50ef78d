#include "ui/models/linkwords.h"

#include "ui/models/spantext.h"
#include "ui/words.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::LinkWords)
};

constexpr auto fairFrom = 50ms; // half of all
constexpr auto slowFrom = 200ms; // half of all: people notice
constexpr auto unevenFrom = 100ms; // one of twenty
constexpr int unevenFactor = 5; // over the median
constexpr quint64 enoughForOneInTwenty = 20;

bool isLinked(client::Phase phase)
{
    return phase == client::Phase::Online || phase == client::Phase::CatchingUp;
}

/// A round figure that is certainly above `duration`, whose histogram knows it to 1 %.
std::chrono::microseconds roundedAbove(std::chrono::microseconds duration)
{
    const auto step = duration < 950us ? 100us : duration < 9500us ? 1000us : duration < 95ms ? 5000us : 10'000us;
    return (duration * 101 / 100 / step + 1) * step;
}

/// A round figure that is certainly not above `duration`.
std::chrono::microseconds roundedBelow(std::chrono::microseconds duration)
{
    const auto step = duration < 10ms ? 100us : duration < 100ms ? 1000us : 10'000us;
    return duration * 99 / 100 / step * step;
}

/// As durationText(), without decimals that are only zeros.
QString bound(std::chrono::microseconds duration)
{
    if (duration < 10ms && duration % 100us == 0us)
        return Words::tr("%1 ms").arg(QLocale().toString(double(duration.count()) / 1000)).replace(u' ', QChar::Nbsp);
    return durationText(duration);
}

} // namespace

std::optional<NoLink> noLink(const client::ConnectionState &state, const std::optional<WallTime> &lostAt)
{
    if (isLinked(state.phase))
        return {};
    NoLink words{{}, problemSentence(state)};
    if (words.advice.isEmpty())
        words.advice = Words::tr("Measuring goes on as soon as there is a link.");
    if (lostAt)
        words.sentence = Words::tr("No link since %1").arg(timeWithSeconds(*lostAt));
    else if (state.phase == client::Phase::Offline)
        words.sentence = Words::tr("Not connected");
    else
        words.sentence = Words::tr("No link yet");
    return words;
}

QString heartbeatsSentence(const LatencySummary &summary)
{
    if (summary.count < enoughRoundTrips) {
        return summary.missed > 0 ? Words::tr("%n heartbeat(s) missed.", nullptr, int(summary.missed))
                                  : Words::tr("A heartbeat a second measures the round trip.");
    }
    if (summary.p50 >= slowFrom)
        return Words::tr("Slow: half of all round trips take over %1").arg(bound(roundedBelow(summary.p50)));
    const bool isUneven = summary.p95 >= unevenFrom && summary.p95 > unevenFactor * summary.p50;
    if (summary.count >= enoughForOneInTwenty && isUneven)
        return Words::tr("Uneven: one round trip in twenty takes over %1").arg(bound(roundedBelow(summary.p95)));
    if (summary.p50 >= fairFrom)
        return Words::tr("Fair: half of all round trips take under %1").arg(bound(roundedAbove(summary.p50)));
    return Words::tr("Fast: half of all round trips take under %1").arg(bound(roundedAbove(summary.p50)));
}

} // namespace lanline::ui
