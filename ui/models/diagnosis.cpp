#include "ui/models/diagnosis.h"

#include "ui/models/linkwords.h"
#include "ui/models/spantext.h"
#include "ui/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lanline::ui {

using namespace std::chrono_literals;
using client::Family;
using client::Hop;
using client::Leg;
using client::MessageTrace;
using std::chrono::microseconds;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::Diagnosis)
};

// The rules; docs/latency.md explains them.
constexpr auto slowHalf = 50ms; ///< slow: half of all messages take at least this long,
constexpr auto slowTwentieth = 100ms; ///< or one of twenty takes this long
constexpr double singleCause = 0.5; ///< of the time of the slowest
constexpr qsizetype fewestSlow = 5; ///< messages that the shares are taken from

/// Who is waited for.
enum class Whom : quint8 {
    Network,
    HostDisk,
    OwnDisk,
    SendersDisk,
    HostThread,
    Window,
    NetworkThread,
    SendersComputer,
    OwnReader,
    HostsIntake,
};
constexpr std::size_t whomCount = 10;

Family familyOf(Whom whom)
{
    switch (whom) {
    case Whom::Network:
        return Family::Network;
    case Whom::HostDisk:
    case Whom::OwnDisk:
    case Whom::SendersDisk:
        return Family::Io;
    case Whom::HostThread:
    case Whom::Window:
    case Whom::NetworkThread:
    case Whom::SendersComputer:
        return Family::Threads;
    case Whom::OwnReader:
    case Whom::HostsIntake:
        break;
    }
    return Family::BackPressure;
}

Whom whomOf(Hop hop, bool isOwn)
{
    switch (hop) {
    case Hop::Uplink:
    case Hop::Downlink:
        return Whom::Network;
    case Hop::QueuedForDisk:
    case Hop::Stored:
        return Whom::HostDisk;
    case Hop::Kept:
        return isOwn ? Whom::OwnDisk : Whom::SendersDisk;
    case Hop::Routed:
    case Hop::FannedOut:
    case Hop::Written:
        return Whom::HostThread;
    case Hop::Shown:
    case Hop::Painted:
        return Whom::Window;
    case Hop::Decoded:
        return Whom::NetworkThread;
    case Hop::Composed:
    case Hop::Encoded:
        return isOwn ? Whom::NetworkThread : Whom::SendersComputer;
    case Hop::Sender:
        return Whom::SendersComputer;
    case Hop::Held:
        return Whom::OwnReader;
    case Hop::Queued:
        break;
    }
    return Whom::HostsIntake;
}

/// Whose thread stood still in a stalled leg; on the way down from the server either end's may have: `downlinkEnd`.
Whom whomStalled(Hop hop, bool isOwn, Whom downlinkEnd)
{
    switch (hop) {
    case Hop::Kept:
    case Hop::Queued:
        return isOwn ? Whom::NetworkThread : Whom::SendersComputer;
    case Hop::Uplink:
    case Hop::QueuedForDisk:
    case Hop::Stored:
        return Whom::HostThread;
    case Hop::Downlink:
        return downlinkEnd;
    case Hop::Held:
        return Whom::NetworkThread;
    default:
        return whomOf(hop, isOwn); // a thread's anyway
    }
}

/// The part of a network leg that the network is blamed for. On the way down of another's message two clocks measured:
/// what may be their error counts only as far as the heartbeat's round trip bears it out. On its way up the sender's
/// clock did, which errs by no more than half of the sender's own round trip: either way it is the network that is
/// long.
microseconds networkTime(const Leg &leg, const MessageTrace &trace)
{
    const microseconds time = std::max(leg.duration - leg.stalled, 0us);
    if (trace.isOwn || leg.hop == Hop::Uplink || trace.roundTrip == 0us)
        return time;
    return std::min(time, std::max(leg.duration - leg.error, trace.roundTrip / 2));
}

struct Account
{
    std::array<microseconds, whomCount> byWhom{};
    std::array<client::FamilyTimes, client::hopCount> byHop{};

    void add(const MessageTrace &trace, Whom downlinkEnd)
    {
        for (const Leg &leg : trace.legs) {
            const microseconds stalled = std::clamp(leg.stalled, 0us, std::max(leg.duration, 0us));
            const bool isNetwork = leg.family == Family::Network;
            note(leg.hop, whomOf(leg.hop, trace.isOwn),
                isNetwork ? networkTime(leg, trace) : std::max(leg.duration, 0us) - stalled);
            note(leg.hop, whomStalled(leg.hop, trace.isOwn, downlinkEnd), stalled);
        }
    }

    microseconds sum() const { return std::accumulate(byWhom.begin(), byWhom.end(), 0us); }

private:
    void note(Hop hop, Whom whom, microseconds time)
    {
        byWhom.at(std::size_t(whom)) += time;
        byHop.at(std::size_t(hop)).at(std::size_t(familyOf(whom))) += time;
    }
};

microseconds stalledIn(const DiagnosticsRecord &record, const TimeRange &range, ThreadKind thread)
{
    microseconds sum{};
    for (const client::ThreadStall &stall : record.threads().stalls(range)) {
        if (stall.thread == thread)
            sum += stall.duration;
    }
    return sum;
}

Account accountOfSlowest(const DiagnosticsRecord &record, const TimeRange &range, quint64 count)
{
    const Whom downlinkEnd =
        stalledIn(record, range, ThreadKind::Network) > stalledIn(record, range, ThreadKind::Server)
        ? Whom::NetworkThread
        : Whom::HostThread;
    Account account;
    const auto tail = std::max(fewestSlow, qsizetype(count / 20));
    for (const MessageTrace &trace : record.traces().slowest(range, tail))
        account.add(trace, downlinkEnd);
    return account;
}

Hop longestHopOf(const Account &account, Family family)
{
    const auto longest = std::max_element(account.byHop.begin(), account.byHop.end(),
        [family](const client::FamilyTimes &a, const client::FamilyTimes &b) {
            return a.at(std::size_t(family)) < b.at(std::size_t(family));
        });
    return Hop(longest - account.byHop.begin());
}

QString blame(Whom whom, int percent)
{
    switch (whom) {
    case Whom::Network:
        return Words::tr("Slow: %1 % of P95 is the network").arg(percent);
    case Whom::HostDisk:
        return Words::tr("Slow: %1 % of P95 is waiting for the host's disk").arg(percent);
    case Whom::OwnDisk:
        return Words::tr("Slow: %1 % of P95 is waiting for this computer's disk").arg(percent);
    case Whom::SendersDisk:
        return Words::tr("Slow: %1 % of P95 is waiting for the sender's disk").arg(percent);
    case Whom::HostThread:
        return Words::tr("Slow: %1 % of P95 is waiting for the host's server thread").arg(percent);
    case Whom::Window:
        return Words::tr("Slow: %1 % of P95 is waiting for this window").arg(percent);
    case Whom::NetworkThread:
        return Words::tr("Slow: %1 % of P95 is waiting for this computer's network thread").arg(percent);
    case Whom::SendersComputer:
        return Words::tr("Slow: %1 % of P95 is spent on the sender's computer").arg(percent);
    case Whom::OwnReader:
        return Words::tr("Slow: %1 % of P95 waits because this computer reads too slowly").arg(percent);
    case Whom::HostsIntake:
        break;
    }
    return Words::tr("Slow: %1 % of P95 waits until the host takes more").arg(percent);
}

QString remedy(Whom whom)
{
    switch (whom) {
    case Whom::Network:
        return Words::tr("Try a cable instead of Wi-Fi, or a place nearer to the access point.");
    case Whom::HostDisk:
        return Words::tr("Move the host's data folder to a faster disk.");
    case Whom::OwnDisk:
        return Words::tr("Move this profile to a faster disk.");
    case Whom::SendersDisk:
        return Words::tr("The sender's profile lies on a slow disk.");
    case Whom::HostThread:
        return Words::tr("The host's computer is too busy: see Threads for what it was doing.");
    case Whom::Window:
        return Words::tr("This window was too busy to show them: see Threads for what it was doing.");
    case Whom::NetworkThread:
        return Words::tr("This computer is too busy: see Threads for what it was doing.");
    case Whom::SendersComputer:
        return Words::tr("Trace one of the messages to see what held it up there.");
    case Whom::OwnReader:
        return Words::tr("More comes in than this computer takes up. Close what keeps it busy.");
    case Whom::HostsIntake:
        break;
    }
    return Words::tr("More is sent than the host can store. Send less at a time.");
}

std::optional<WallTime> lostSince(const DiagnosticsRecord &record)
{
    const auto gaps = record.links().gaps(record.now(), LatencySeries::longestWindow);
    return gaps.isEmpty() || gaps.last().to ? std::nullopt : std::optional(gaps.last().wallFrom);
}

QString slowestSentence(const DeliverySummary &figures)
{
    return Words::tr("The slowest took %1, at %2.").arg(durationText(figures.max), timeWithSeconds(figures.maxAt));
}

void blameSlow(Diagnosis &diagnosis, const Account &account)
{
    const microseconds sum = account.sum();
    if (sum == 0us)
        return;
    for (std::size_t i = 0; i < whomCount; ++i)
        diagnosis.shares.at(std::size_t(familyOf(Whom(i)))) +=
            double(account.byWhom.at(i).count()) / double(sum.count());

    std::array<Family, client::familyCount> order{Family::Network, Family::Threads, Family::Io, Family::BackPressure};
    const auto shareOf = [&](Family family) { return diagnosis.shares.at(std::size_t(family)); };
    std::stable_sort(order.begin(), order.end(), [&](Family a, Family b) { return shareOf(a) > shareOf(b); });
    const auto percentOf = [&](Family family) { return int(std::lround(shareOf(family) * 100)); };
    if (shareOf(order[0]) < singleCause) {
        diagnosis.sentence = Words::tr("Slow: no single cause");
        //: Two families and their shares: "Network 40 %, threads 35 %. ..."
        diagnosis.advice = Words::tr("%1 %2 %, %3 %4 %. %5")
                               .arg(familyName(order[0]))
                               .arg(percentOf(order[0]))
                               .arg(familyName(order[1]))
                               .arg(percentOf(order[1]))
                               .arg(slowestSentence(diagnosis.figures));
        return;
    }
    diagnosis.culprit = order[0];
    diagnosis.hop = longestHopOf(account, order[0]);
    auto whom = Whom::Network;
    microseconds most{-1};
    for (std::size_t i = 0; i < whomCount; ++i) {
        if (familyOf(Whom(i)) == order[0] && account.byWhom.at(i) > most) {
            whom = Whom(i);
            most = account.byWhom.at(i);
        }
    }
    diagnosis.sentence = blame(whom, percentOf(order[0]));
    const microseconds spent(std::llround(shareOf(order[0]) * double(diagnosis.figures.p95.count())));
    //: "120 ms of 148 ms are spent there. Move ..."
    diagnosis.advice = Words::tr("%1 of %2 are spent there. %3")
                           .arg(durationText(spent), durationText(diagnosis.figures.p95), remedy(whom));
}

} // namespace

Diagnosis diagnose(const DiagnosticsRecord &record, const TimeRange &range)
{
    return diagnose(record, range, record.state());
}

Diagnosis diagnose(const DiagnosticsRecord &record, const TimeRange &range, const client::ConnectionState &state)
{
    Diagnosis diagnosis;
    diagnosis.figures = record.traces().summary(range);
    const DeliverySummary &figures = diagnosis.figures;
    const auto window = std::chrono::round<std::chrono::seconds>(range.length());

    if (const std::optional<NoLink> none = noLink(state, lostSince(record))) {
        diagnosis.kind = Diagnosis::Kind::NoLink;
        diagnosis.sentence = none->sentence;
        diagnosis.advice = none->advice;
        return diagnosis;
    }
    if (figures.count < enoughMessages) {
        diagnosis.sentence =
            Words::tr("Not enough data: %n message(s) in %1", nullptr, int(figures.count)).arg(windowText(window));
        //: %2: a whole sentence about heartbeats
        diagnosis.advice = Words::tr("It takes %1 messages. %2")
                               .arg(enoughMessages)
                               .arg(heartbeatsSentence(record.links().summary(range.to, range.length())));
        return diagnosis;
    }
    const Account account = accountOfSlowest(record, range, figures.count);
    if (figures.p50 < slowHalf && figures.p95 < slowTwentieth) {
        diagnosis.kind = Diagnosis::Kind::Fast;
        Diagnosis shares;
        blameSlow(shares, account);
        diagnosis.shares = shares.shares;
        diagnosis.sentence = Words::tr("Fast: half of all messages arrive within %1").arg(durationText(figures.p50));
        diagnosis.advice = slowestSentence(figures);
        return diagnosis;
    }
    diagnosis.kind = Diagnosis::Kind::Slow;
    blameSlow(diagnosis, account);
    return diagnosis;
}

QString familyName(Family family)
{
    switch (family) {
    case Family::Network:
        return Words::tr("Network");
    case Family::Threads:
        return Words::tr("Threads");
    case Family::Io:
        return Words::tr("I/O");
    case Family::BackPressure:
        break;
    }
    return Words::tr("Back-pressure");
}

QString hopName(Hop hop)
{
    switch (hop) {
    case Hop::Sender:
        return Words::tr("sender");
    case Hop::Composed:
        return Words::tr("composed");
    case Hop::Kept:
        return Words::tr("kept");
    case Hop::Queued:
        return Words::tr("queued");
    case Hop::Encoded:
        return Words::tr("encoded");
    case Hop::Uplink:
    case Hop::Downlink:
        return Words::tr("network");
    case Hop::Routed:
        return Words::tr("routed");
    case Hop::QueuedForDisk:
        return Words::tr("in line");
    case Hop::Stored:
        return Words::tr("stored");
    case Hop::FannedOut:
        return Words::tr("fan-out");
    case Hop::Written:
        return Words::tr("written");
    case Hop::Held:
        return Words::tr("held");
    case Hop::Decoded:
        return Words::tr("decoded");
    case Hop::Shown:
        return Words::tr("in model");
    case Hop::Painted:
        break;
    }
    return Words::tr("painted");
}

QString hopPlace(Hop hop, const MessageTrace &trace, const QString &author)
{
    switch (hop) {
    case Hop::Sender:
    case Hop::Composed:
    case Hop::Kept:
    case Hop::Queued:
    case Hop::Encoded:
        return trace.isOwn ? Words::tr("you") : author;
    case Hop::Uplink:
    case Hop::Downlink:
        return {};
    case Hop::Routed:
    case Hop::QueuedForDisk:
    case Hop::Stored:
    case Hop::FannedOut:
    case Hop::Written:
        return Words::tr("host");
    default:
        return Words::tr("you");
    }
}

} // namespace lanline::ui
