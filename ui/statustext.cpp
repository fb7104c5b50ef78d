#include "ui/statustext.h"

#include "ui/words.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

struct Status
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::Status)
};

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
    //: Both figures: which attempt this is, and in how many seconds the next begins
    text.sentence =
        joined(QStringList{Status::tr("Reconnecting"),
                   Status::tr("attempt %1, next in %2").arg(qMax(1, state.attempt)).arg(secondsText(seconds))}
            + waitingPart(state));
    return text;
}

StatusText catchingUp(const client::ConnectionState &state)
{
    StatusText text;
    text.mark = StatusText::Mark::Turning;
    text.sentence = joined({Status::tr("Catching up"), Status::tr("%n message(s)", nullptr, int(state.caughtUp))});
    if (state.toCatchUp > 0) {
        text.aside = Status::tr("of %1").arg(QLocale().toString(state.toCatchUp));
        text.progress = qBound(0.0, double(state.caughtUp) / double(state.toCatchUp), 1.0);
    }
    return text;
}

StatusText connected(const client::ConnectionState &state, std::optional<std::chrono::microseconds> roundTrip)
{
    StatusText text;
    text.mark = StatusText::Mark::Connected;
    text.showsRoundTrips = true;
    QStringList parts{Status::tr("Connected")};
    if (roundTrip)
        parts << durationText(*roundTrip);
    text.sentence = joined(parts + waitingPart(state));
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

StatusText statusText(
    const client::ConnectionState &state, std::optional<std::chrono::microseconds> roundTrip, SteadyTime now)
{
    using client::Phase;
    switch (state.phase) {
    case Phase::Offline:
        return offline(state);
    case Phase::Connecting:
    case Phase::Joining:
        return connecting(state);
    case Phase::CatchingUp:
        return catchingUp(state);
    case Phase::Online:
        return connected(state, roundTrip);
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
