#include "ui/statustext.h"

#include "ui/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

struct Status
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::Status)
};

/// Fewer messages are caught up before anybody could read a figure.
constexpr quint64 enoughToTell = 50;

QString joined(const QStringList &parts)
{
    return parts.join(u" · "_s);
}

QStringList waitingPart(const client::ConnectionState &state)
{
    return state.waiting > 0 ? QStringList{Status::tr("%n waiting", nullptr, state.waiting)} : QStringList{};
}

bool wasOnlineBefore(const client::ConnectionState &state)
{
    return state.lastContactAt.has_value();
}

StatusText connecting(const client::ConnectionState &state)
{
    StatusText text;
    text.mark = StatusText::Mark::Turning;
    if (wasOnlineBefore(state) || state.attempt > 1) {
        text.sentence =
            joined(QStringList{Status::tr("Reconnecting"), Status::tr("attempt %1").arg(qMax(1, state.attempt))}
                + waitingPart(state));
    } else {
        text.sentence = Status::tr("Connecting to %1").arg(hostText(state));
        if (!state.serverName.isEmpty())
            text.aside = addressText(state.url);
    }
    return text;
}

StatusText waitingToRetry(const client::ConnectionState &state, SteadyTime now)
{
    using std::chrono::ceil;
    const qint64 seconds = qMax<qint64>(1, ceil<std::chrono::seconds>(state.nextAttemptAt - now).count());
    StatusText text;
    text.mark = StatusText::Mark::Turning;
    text.action = StatusText::Action::RetryNow;
    text.changesWithTime = true;
    //: Both figures: which attempt this is, and in how many seconds the next begins
    text.sentence =
        joined(QStringList{Status::tr("Reconnecting"),
                   Status::tr("attempt %1, next in %2").arg(qMax(1, state.attempt)).arg(secondsText(seconds))}
            + waitingPart(state));
    return text;
}

StatusText catchingUp(const client::ConnectionState &state, bool isSwitching)
{
    StatusText text;
    text.mark = StatusText::Mark::Turning;
    if (isSwitching && state.toCatchUp < enoughToTell) {
        text.sentence = joined(QStringList{Status::tr("Switching to standby")} + waitingPart(state));
        return text;
    }
    text.sentence = joined({Status::tr("Catching up"), Status::tr("%n message(s)", nullptr, int(state.caughtUp))});
    if (state.toCatchUp > 0) {
        text.aside = Status::tr("of %1").arg(QLocale().toString(state.toCatchUp));
        text.progress = qBound(0.0, double(state.caughtUp) / double(state.toCatchUp), 1.0);
    }
    return text;
}

const client::Lane *activeLane(const client::ConnectionState &state)
{
    const auto *lane = std::find_if(state.lanes.begin(), state.lanes.end(),
        [](const client::Lane &each) { return each.state == client::LaneState::Active; });
    return lane == state.lanes.end() ? nullptr : lane;
}

/// Both ends are this machine, which has no network to fall.
bool isWithinMachine(const client::ConnectionState &state)
{
    const client::Lane *lane = activeLane(state);
    return lane && lane->peer.isLoopback();
}

QStringList standbyPart(const client::ConnectionState &state)
{
    if (!state.hasStandby())
        return {};
    return {state.isStandbyOnSamePath ? Status::tr("standby on the same network") : Status::tr("standby ready")};
}

bool isFailoverTold(const client::ConnectionState &state, bool wasRearmed, SteadyTime now)
{
    if (!state.failover)
        return false;
    const bool isStandbyAwaited = state.redundancy != client::Redundancy::Off && !wasRearmed && !state.hasStandby();
    return isStandbyAwaited || now - state.failover->at < failoverShown;
}

/// What this profile's own account says; nothing before there was anything to lose.
void tellLedger(StatusText &text, const client::ConnectionState &state, const client::Ledger &ledger)
{
    if (ledger.sent + ledger.delivered + ledger.replayed == 0 || state.waiting > 0 || ledger.waiting > 0
        || ledger.lost() > 0)
        return;
    const QLocale locale;
    text.aside = Status::tr("Nothing lost");
    text.isAsideGood = true;
    //: Follows "Nothing lost"; both are counts of messages
    text.asideDetail =
        Status::tr("%1 sent, %2 stored").arg(locale.toString(ledger.sent), locale.toString(ledger.stored));
}

StatusText connected(const client::ConnectionState &state, const StatusFacts &facts, SteadyTime now)
{
    StatusText text;
    text.showsRoundTrips = true;
    QStringList parts;
    if (facts.roundTrip)
        parts << durationText(*facts.roundTrip);
    if (isFailoverTold(state, facts.wasRearmed, now)) {
        text.mark = StatusText::Mark::OnStandby;
        text.changesWithTime = true;
        parts.prepend(Status::tr("Switched to standby"));
        if (state.failover->isNothingLost)
            parts << Status::tr("nothing lost");
        text.sentence = joined(parts + waitingPart(state));
        return text;
    }
    text.mark = StatusText::Mark::Connected;
    parts.prepend(Status::tr("Connected"));
    text.sentence = joined(parts + standbyPart(state) + waitingPart(state));
    if (state.redundancy != client::Redundancy::Off)
        text.aside = noStandbyText(state);
    if (text.aside.isEmpty())
        tellLedger(text, state, facts.ledger);
    return text;
}

StatusText offline(const client::ConnectionState &state)
{
    StatusText text;
    QStringList parts{Status::tr("Offline")};
    if (state.problem != client::Problem::None)
        parts = QStringList{Status::tr("Stopped"), problemSentence(state)};
    else if (state.lastContactAt)
        parts << Status::tr("last contact %1").arg(timeWithSeconds(*state.lastContactAt));
    text.sentence = joined(parts + waitingPart(state));
    // Without an address there is nothing to try again.
    if (!state.url.isEmpty())
        text.action = StatusText::Action::RetryNow;
    return text;
}

} // namespace

QString hostText(const client::ConnectionState &state)
{
    return state.serverName.isEmpty() ? addressText(state.url) : state.serverName;
}

QString noStandbyText(const client::ConnectionState &state)
{
    if (state.redundancy == client::Redundancy::Off)
        return Status::tr("Second connection is off");
    const bool isUnderWay = std::any_of(state.lanes.begin(), state.lanes.end(), [](const client::Lane &lane) {
        return lane.state == client::LaneState::Ready || lane.state == client::LaneState::Connecting;
    });
    if (isUnderWay || !activeLane(state) || state.hasOtherPath || isWithinMachine(state)
        || state.redundancy == client::Redundancy::On)
        return {};
    return Status::tr("No standby: one interface");
}

StatusText statusText(const client::ConnectionState &state, const StatusFacts &facts, SteadyTime now)
{
    using client::Phase;
    switch (state.phase) {
    case Phase::Offline:
        return offline(state);
    case Phase::Connecting:
    case Phase::Joining:
        return connecting(state);
    case Phase::CatchingUp:
        return catchingUp(state, facts.isSwitching);
    case Phase::Online:
        return connected(state, facts, now);
    case Phase::WaitingToRetry:
        return waitingToRetry(state, now);
    }
    return {};
}

std::optional<BannerText> bannerText(
    const client::ConnectionState &state, std::optional<SteadyTime> offlineSince, SteadyTime now)
{
    using client::Phase;
    if (!state.storeProblem.isEmpty())
        return BannerText{Status::tr("This computer cannot keep messages right now."), state.storeProblem, false};
    const bool isConnected = state.phase == Phase::Online || state.phase == Phase::CatchingUp;
    if (isConnected && state.isHostReadOnly)
        return BannerText{Status::tr("The host cannot save messages right now."),
            Status::tr("What you write waits here and leaves by itself."), false};
    if (!offlineSince || isConnected)
        return {};
    // What only a person can solve is said at once; so is that a host was never reached, as its address may be wrong.
    const bool hasProblem = state.problem != client::Problem::None;
    const bool needsPerson = state.phase == Phase::Offline && hasProblem;
    const bool isUrgent = needsPerson || (hasProblem && !state.lastContactAt);
    if (!isUrgent && (state.phase == Phase::Offline || now - *offlineSince < bannerDelay))
        return {};

    BannerText text;
    if (state.lastContactAt)
        text.strong = Status::tr("Offline since %1.").arg(timeWithSeconds(*state.lastContactAt));
    else
        text.strong = Status::tr("No connection to %1.").arg(hostText(state));
    if (state.waiting > 0 && !needsPerson)
        text.rest = Status::tr("%n message(s) wait here and will leave by themselves.", nullptr, state.waiting);
    else
        text.rest = problemSentence(state);
    return text;
}

} // namespace lanline::ui
