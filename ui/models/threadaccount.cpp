#include "ui/models/threadaccount.h"

#include "ui/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace lanline::ui {

using namespace std::chrono_literals;
using client::Hop;
using client::ThreadStall;
using std::chrono::microseconds;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::ThreadAccount)
};

constexpr quint32 busyFrom = 500; // permille of the time
constexpr quint32 percent = 10; // permille

/// The hops in which a message is in that thread's hands.
bool isHopOf(Hop hop, ThreadKind thread)
{
    switch (thread) {
    case ThreadKind::Gui:
        return hop == Hop::Shown || hop == Hop::Painted;
    case ThreadKind::Network:
        return hop == Hop::Downlink || hop == Hop::Held || hop == Hop::Decoded || hop == Hop::Composed;
    case ThreadKind::Server:
        return hop == Hop::Uplink || hop == Hop::Routed || hop == Hop::FannedOut || hop == Hop::Written;
    case ThreadKind::Storage:
        break;
    }
    return hop == Hop::QueuedForDisk || hop == Hop::Stored;
}

bool wasHeldUp(const client::MessageTrace &trace, const ThreadStall &stall)
{
    SteadyTime from = trace.endedAt - trace.total();
    for (const client::Leg &leg : trace.legs) {
        const SteadyTime to = from + leg.duration;
        if (isHopOf(leg.hop, stall.thread) && from < stall.begin + stall.duration && to > stall.begin)
            return true;
        from = to;
    }
    return false;
}

quint32 heldUpBy(const ThreadStall &stall, const DiagnosticsRecord &record)
{
    // What it held up ended after it began, and within some time behind it.
    constexpr auto longestBehind = 10s;
    const auto traces = record.traces().in({stall.begin, stall.begin + stall.duration + longestBehind});
    const auto count =
        std::count_if(traces.begin(), traces.end(), [&](const auto &trace) { return wasHeldUp(trace, stall); });
    return std::max(stall.heldUp, quint32(count));
}

QString stallSentence(const QList<ThreadStall> &stalls, ThreadKind thread, const DiagnosticsRecord &record)
{
    const auto longest = std::max_element(
        stalls.begin(), stalls.end(), [](const auto &a, const auto &b) { return a.duration < b.duration; });
    //: "The GUI thread stalled 2 times, the longest took 380 ms at 14:04:46."
    return Words::tr("The %1 thread stalled %n time(s), for %2 at the longest, at %3.", nullptr, int(stalls.size()))
        .arg(threadName(thread), durationText(longest->duration), timeWithSeconds(record.wallOf(longest->begin)));
}

QString busySentence(ThreadKind thread, quint32 busyPermille)
{
    if (thread == ThreadKind::Storage)
        return Words::tr("Storage is the busy one: it waits for the disk %1 % of the time").arg(busyPermille / percent);
    return Words::tr("%1 is the busy one: it works %2 % of the time")
        .arg(threadName(thread))
        .arg(busyPermille / percent);
}

} // namespace

ThreadVerdict threadVerdict(const DiagnosticsRecord &record, const TimeRange &range)
{
    ThreadVerdict verdict;
    std::optional<ThreadKind> busiest;
    quint32 most = 0;
    bool isAnyKnown = false;
    for (const ThreadKind thread : allThreads) {
        const ThreadSummary summary = record.threads().summary(thread, range);
        isAnyKnown = isAnyKnown || summary.isKnown;
        if (summary.isKnown && summary.busyPermille >= std::max(most, busyFrom)) {
            busiest = thread;
            most = summary.busyPermille;
        }
    }
    if (!isAnyKnown) {
        verdict.sentence = Words::tr("Not enough data");
        verdict.detail = Words::tr("The threads are measured while there is a connection.");
        return verdict;
    }
    QStringList details;
    for (const ThreadKind thread : allThreads) {
        QList<ThreadStall> stalls = record.threads().stalls(range);
        erase_if(stalls, [&](const ThreadStall &stall) { return stall.thread != thread; });
        if (!stalls.isEmpty())
            details.append(stallSentence(stalls, thread, record));
    }
    if (busiest) {
        verdict.culprit = *busiest == ThreadKind::Storage ? client::Family::Io : client::Family::Threads;
        verdict.sentence = busySentence(*busiest, most);
    } else if (!details.isEmpty()) {
        verdict.culprit = client::Family::Threads;
        verdict.sentence = Words::tr("Idle most of the time, but not all of it");
    } else {
        verdict.sentence = Words::tr("All threads are idle most of the time");
    }
    verdict.detail =
        details.isEmpty() ? Words::tr("None of them stood still for more than 50 ms.") : details.join(u' ');
    return verdict;
}

QList<StallRow> longestStalls(const DiagnosticsRecord &record, const TimeRange &range, qsizetype atMost)
{
    QList<ThreadStall> stalls = record.threads().stalls(range);
    std::stable_sort(
        stalls.begin(), stalls.end(), [](const auto &a, const auto &b) { return a.duration > b.duration; });
    QList<StallRow> rows;
    for (qsizetype i = 0; i < std::min(atMost, stalls.size()); ++i)
        rows.append({stalls[i], heldUpBy(stalls[i], record)});
    return rows;
}

QString threadName(ThreadKind thread)
{
    switch (thread) {
    case ThreadKind::Gui:
        return Words::tr("GUI");
    case ThreadKind::Network:
        return Words::tr("Network", "a thread");
    case ThreadKind::Server:
        return Words::tr("Server");
    case ThreadKind::Storage:
        break;
    }
    return Words::tr("Storage");
}

QString threadWork(ThreadKind thread)
{
    switch (thread) {
    case ThreadKind::Gui:
        return Words::tr("widgets, models");
    case ThreadKind::Network:
        return Words::tr("client links");
    case ThreadKind::Server:
        return Words::tr("listener, hub");
    case ThreadKind::Storage:
        break;
    }
    return Words::tr("SQLite");
}

QString workWords(const QString &what)
{
    if (what.isEmpty())
        return Words::tr("Not known");
    static constexpr std::array known{
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Waiting for the disk to confirm a write"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Telling clients what was stored"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Writing to the connections"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Taking in what has come"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Switching rooms"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Laying out messages"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Refreshing the diagnostics"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Drawing the chart"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Making an export"),
        QT_TRANSLATE_NOOP("lanline::ui::ThreadAccount", "Standing still on purpose"),
    };
    for (const char *ours : known) {
        if (what == QLatin1StringView(ours))
            return QCoreApplication::translate("lanline::ui::ThreadAccount", ours);
    }
    return what;
}

} // namespace lanline::ui
