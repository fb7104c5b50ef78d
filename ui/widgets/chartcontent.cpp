#include "ui/widgets/chartcontent.h"

#include "ui/models/spantext.h"
#include "ui/statustext.h"
#include "ui/words.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::ui {

namespace {

constexpr auto shortestStall = 50ms;
/// More would be a hedge of lines; the threads' own tab has them all.
constexpr qsizetype mostStalls = 8;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::LatencyChart)
};

QString laneWord(client::LaneState state)
{
    switch (state) {
    case client::LaneState::Empty:
        return Words::tr("no link");
    case client::LaneState::Connecting:
        return Words::tr("connecting");
    case client::LaneState::Ready:
        return Words::tr("ready");
    case client::LaneState::Active:
        break;
    }
    return Words::tr("active");
}

/// What became of the old link, and how long nothing came.
QString failoverWords(const client::LinkEvent &event)
{
    const QString gap = event.outage < 1ms ? Words::tr("under 1\u00a0ms") : durationText(event.outage);
    return event.problem == client::Problem::HeartbeatMissed ? Words::tr("No answer · failover %1").arg(gap)
                                                             : Words::tr("Cut · failover %1").arg(gap);
}

QString stallWords(const client::ThreadStall &stall)
{
    const QString length = durationText(stall.duration);
    switch (stall.thread) {
    case ThreadKind::Gui:
        return Words::tr("GUI stall %1").arg(length);
    case ThreadKind::Network:
        return Words::tr("Network thread stall %1").arg(length);
    case ThreadKind::Server:
        return Words::tr("Server stall %1").arg(length);
    case ThreadKind::Storage:
        break;
    }
    return Words::tr("Storage stall %1").arg(length);
}

WallTime wallAt(double key)
{
    return WallTime(std::chrono::milliseconds(std::llround(key * 1000)));
}

/// Without words: an event that has a lane of its own to show it.
EventMarks::Mark markOf(const client::LinkEvent &event)
{
    EventMarks::Mark mark{0, {}, {}, Token::OkMark, false, 1};
    switch (event.kind) {
    case client::LinkEvent::Kind::Connected:
        mark.words = Words::tr("Connected");
        break;
    case client::LinkEvent::Kind::Lost:
        mark.words = Words::tr("Lost");
        mark.color = Token::ErrorMark;
        mark.prefersLeft = true;
        mark.rank = 2;
        break;
    case client::LinkEvent::Kind::Reconnected:
        mark.words = event.replayed == 0 ? Words::tr("Reconnected")
                                         : Words::tr("Reconnected · %n replayed", nullptr, int(event.replayed));
        mark.rank = 2;
        break;
    case client::LinkEvent::Kind::HeartbeatMissed:
        mark.words = Words::tr("Heartbeat missed");
        mark.color = Token::WarnMark;
        mark.rank = 0;
        break;
    case client::LinkEvent::Kind::FailedOver:
        mark.words = failoverWords(event);
        mark.color = Token::WarnMark;
        mark.rank = 3;
        break;
    case client::LinkEvent::Kind::StandbyReady:
        mark.words = Words::tr("Standby ready");
        mark.color = Token::Accent;
        mark.rank = 0;
        break;
    case client::LinkEvent::Kind::StandbyLost:
        mark.words = Words::tr("Standby lost");
        mark.color = Token::WarnMark;
        mark.rank = 0;
        break;
    case client::LinkEvent::Kind::LaneChanged:
        break;
    }
    return mark;
}

/// Why a lane holds nothing at the end, where that wants words.
QString emptyWords(std::size_t lane, bool isEmpty, const client::ConnectionState &state)
{
    const bool isOther = state.lanes[1 - lane].state == client::LaneState::Active;
    return isEmpty && isOther ? noStandbyText(state) : QString();
}

bool isEmptyAtEnd(const QList<LatencySeries::LaneSpan> &spans)
{
    return spans.isEmpty() || spans.last().to;
}

} // namespace

QString laneName(int lane)
{
    return lane == 0 ? Words::tr("Primary") : Words::tr("Standby");
}

QList<GapBlocks::Block> gapBlocks(const LatencySeries &links, const TimeRange &range, const ChartClock &clock)
{
    QList<GapBlocks::Block> blocks;
    const QList<LatencySeries::Gap> gaps = links.gaps(range.to, range.length());
    for (const LatencySeries::Gap &gap : gaps) {
        const auto length = std::chrono::round<std::chrono::seconds>(gap.length(range.to));
        const QString words = length < 1s ? Words::tr("no link") : Words::tr("no link %1").arg(spanText(length));
        blocks.append({clock.keyOf(gap.from), clock.keyOf(gap.to.value_or(range.to)), words});
    }
    return blocks;
}

QList<EventMarks::Mark> eventMarks(
    const LatencySeries &links, const ThreadSeries &threads, const TimeRange &range, const ChartClock &clock)
{
    QList<EventMarks::Mark> marks;
    const QList<client::LinkEvent> events = links.marks(range.to, range.length());
    for (const client::LinkEvent &event : events) {
        EventMarks::Mark mark = markOf(event);
        if (mark.words.isEmpty())
            continue;
        mark.at = clock.keyOf(event.at);
        mark.details = timeWithSeconds(event.wallAt) + u"  "_s + mark.words;
        marks.append(mark);
    }

    QList<client::ThreadStall> stalls = threads.stalls(range);
    stalls.removeIf([](const client::ThreadStall &stall) { return stall.duration < shortestStall; });
    if (stalls.size() > mostStalls) {
        std::nth_element(stalls.begin(), stalls.begin() + mostStalls, stalls.end(),
            [](const auto &a, const auto &b) { return a.duration > b.duration; });
        stalls.resize(mostStalls);
    }
    for (const client::ThreadStall &stall : std::as_const(stalls)) {
        EventMarks::Mark mark{clock.keyOf(stall.begin), stallWords(stall), {}, Token::Threads, false, 1};
        mark.details = timeWithSeconds(wallAt(mark.at)) + u"  "_s + mark.words;
        if (!stall.what.isEmpty())
            mark.details += u" · "_s + stall.what;
        marks.append(mark);
    }
    return marks;
}

LaneBars::Lanes laneBars(
    const LatencySeries &links, const TimeRange &range, const client::ConnectionState &state, const ChartClock &clock)
{
    LaneBars::Lanes lanes;
    const LatencySeries::Lanes spans = links.lanes(range.to, range.length());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const client::Lane &now = state.lanes[i];
        lanes[i].name = laneName(int(i));
        for (const LatencySeries::LaneSpan &span : spans[i]) {
            //: Tooltip of a lane's bar: its name, its state, since when
            QString details =
                Words::tr("%1: %2 since %3").arg(lanes[i].name, laneWord(span.state), timeWithSeconds(span.wallFrom));
            if (!span.to && span.state == now.state) {
                details += u" · "_s + now.peer.toString();
                if (now.roundTrip)
                    details += u" · "_s + durationText(*now.roundTrip);
            }
            lanes[i].bars.append(
                {clock.keyOf(span.from), clock.keyOf(span.to.value_or(range.to)), span.state, details});
        }
        lanes[i].words = emptyWords(i, isEmptyAtEnd(spans[i]), state);
    }
    return lanes;
}

QString spokenLanes(const LatencySeries &links, const TimeRange &range, const client::ConnectionState &state)
{
    QStringList spoken;
    const LatencySeries::Lanes spans = links.lanes(range.to, range.length());
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const bool isEmpty = isEmptyAtEnd(spans[i]);
        const QString words = emptyWords(i, isEmpty, state);
        const QString word = isEmpty ? laneWord(client::LaneState::Empty) : laneWord(spans[i].last().state);
        spoken.append(Words::tr("%1: %2").arg(laneName(int(i)), words.isEmpty() ? word : words));
    }
    return spoken.join(u". "_s);
}

} // namespace lanline::ui
