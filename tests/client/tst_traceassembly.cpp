#include "client/traceassembly.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using protocol::Ticks;
using std::chrono::microseconds;

class TestTraceAssembly final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownLegsAreWithoutHoles();
    void ownLegsAddUpWhateverTheStamps();
    void othersLegsAreNeverNegative();
    void whatTheServerClaimsNeverExceedsWhatPassed();
    void withoutAClockTheNetworkIsHalfEachWay();
    void theEchoSplitsTheNetworkByTheClocks();
    void theAccountSplitsIt();
    void theAnswerLeavesBehindTheEvent();
    void aWrongClockCannotTakeMoreThanThereIs();
    void markingCountsForTheDisk();
    void anothersLegs();
    void withoutAClockThereIsNoDownlink();
    void anAccountSplitsTheLumps();
    void anAccountThatKnowsNothingChangesNothing();
    void paintedOnlyWhatIsAnothers();
    void familiesAddUp();
    void aStallGoesToTheLegsOfItsThread_data();
    void aStallGoesToTheLegsOfItsThread();
    void overlappingStallsCountOnce();
    void stallsAreNotedOnce();
};

namespace {

const SteadyTime start{1h};
/// The server's clock minus ours.
constexpr microseconds offset = 500s;

Ticks ticks(microseconds duration)
{
    return protocol::ticksOf(duration);
}

/// Ours is written at 4 ms, read by the server at 14 ms, on its disk at 17 ms, told at 18 ms, back at 20 ms.
TraceDraft ownDraft()
{
    TraceDraft draft;
    TracePoints &points = draft.points;
    points.room = RoomId(QStringLiteral("lobby"));
    points.seq = 7;
    points.messageId = makeMessageId(1'700'000'000'000);
    points.own = SentPoints{start, start + 1ms, start + 3ms, start + 3500us, start + 4ms, {}};
    points.store = ticks(3ms);
    points.told = ticks(1ms);
    points.arrived = start + 20ms;
    points.taken = start + 21ms;
    points.passedOn = start + 21500us;
    draft.shown = start + 23ms;
    points.clock = ServerClock{offset, 2ms};
    return draft;
}

/// Its sender took 5 ms of which the disk 2 and the server's refusals 1, on the server's disk 3 ms later, out 1 ms
/// after that at our 40 ms, here at 46 ms.
TraceDraft othersDraft()
{
    TraceDraft draft;
    TracePoints &points = draft.points;
    points.room = RoomId(QStringLiteral("lobby"));
    points.seq = 8;
    points.messageId = makeMessageId(1'700'000'000'001);
    points.sender = ticks(5ms);
    points.store = ticks(3ms);
    points.told = ticks(1ms);
    points.sentAt = protocol::clockTicks(start + 40ms + offset);
    points.arrived = start + 46ms;
    points.taken = start + 46500us;
    points.passedOn = start + 47ms;
    draft.shown = start + 48ms;
    points.clock = ServerClock{offset, 1ms};
    return draft;
}

quint64 serverUs(SteadyTime ours)
{
    return quint64(std::chrono::duration_cast<microseconds>((ours + offset).time_since_epoch()).count());
}

/// Of a message that was read at `read`.
protocol::Trace accountFrom(SteadyTime read)
{
    protocol::Trace account;
    account.sender = {ticks(5ms), ticks(2ms), ticks(1ms), protocol::clockTicks(read - 9ms + offset)};
    account.readUs = serverUs(read);
    account.routedUs = serverUs(read + 500us);
    account.begunUs = serverUs(read + 1500us);
    account.committedUs = serverUs(read + 3ms);
    account.toldUs = serverUs(read + 3500us);
    account.fannedOutUs = serverUs(read + 4ms);
    account.writtenUs = serverUs(read + 4500us);
    return account;
}

QList<Hop> hopsOf(const MessageTrace &trace)
{
    QList<Hop> hops;
    for (const Leg &leg : trace.legs)
        hops.append(leg.hop);
    return hops;
}

Leg leg(const MessageTrace &trace, Hop hop)
{
    const auto found =
        std::find_if(trace.legs.begin(), trace.legs.end(), [hop](const Leg &at) { return at.hop == hop; });
    return found == trace.legs.end() ? Leg{hop, Family::Threads, microseconds(-1), {}, {}} : *found;
}

microseconds lengthOf(const MessageTrace &trace, Hop hop)
{
    return leg(trace, hop).duration;
}

/// To the tick.
bool isAbout(microseconds value, microseconds expected)
{
    return std::chrono::abs(value - expected) <= 20us;
}

bool hasNegative(const MessageTrace &trace)
{
    return std::any_of(trace.legs.begin(), trace.legs.end(),
        [](const Leg &at) { return at.duration < 0us || at.error < 0us || at.stalled < 0us; });
}

} // namespace

void TestTraceAssembly::ownLegsAreWithoutHoles()
{
    const MessageTrace trace = assemble(ownDraft());
    QVERIFY(trace.isOwn);
    QVERIFY(!trace.isDetailed);
    QCOMPARE(trace.seq, quint64(7));
    QCOMPARE(hopsOf(trace),
        (QList{Hop::Composed, Hop::Kept, Hop::Queued, Hop::Encoded, Hop::Uplink, Hop::Stored, Hop::FannedOut,
            Hop::Downlink, Hop::Held, Hop::Decoded, Hop::Shown}));
    QCOMPARE(lengthOf(trace, Hop::Composed), 1ms);
    QCOMPARE(lengthOf(trace, Hop::Kept), 2ms);
    QCOMPARE(lengthOf(trace, Hop::Queued), 500us);
    QCOMPARE(lengthOf(trace, Hop::Encoded), 500us);
    QCOMPARE(lengthOf(trace, Hop::Uplink) + lengthOf(trace, Hop::Downlink), 12ms);
    QCOMPARE(lengthOf(trace, Hop::Stored), 3ms);
    QCOMPARE(lengthOf(trace, Hop::FannedOut), 1ms);
    QCOMPARE(lengthOf(trace, Hop::Held), 1ms);
    QCOMPARE(lengthOf(trace, Hop::Decoded), 500us);
    QCOMPARE(lengthOf(trace, Hop::Shown), 1500us);
    QCOMPARE(trace.endedAt, start + 23ms);
    QCOMPARE(trace.total(), 23ms);
}

void TestTraceAssembly::ownLegsAddUpWhateverTheStamps()
{
    std::mt19937_64 random(20261123);
    const auto pick = [&random](
                          qint64 from, qint64 to) { return std::uniform_int_distribution<qint64>(from, to)(random); };
    for (int i = 0; i < 20'000; ++i) {
        const bool isOrdered = i % 2 == 0;
        SteadyTime reached = start + std::chrono::nanoseconds(pick(0, 1'000'000));
        const SteadyTime composed = reached;
        const auto next = [&] {
            reached += std::chrono::nanoseconds(pick(isOrdered ? 0 : -40'000'000, 50'000'000));
            return reached;
        };
        TraceDraft draft = ownDraft();
        draft.points.own = SentPoints{composed, next(), next(), next(), next(), microseconds(pick(0, 60'000))};
        draft.points.arrived = next();
        draft.points.taken = next();
        draft.points.passedOn = next();
        draft.shown = next();
        draft.points.store = Ticks(quint32(pick(0, 10'000)));
        draft.points.told = Ticks(quint32(pick(0, 10'000)));
        if (i % 3 == 0)
            draft.points.clock.reset();
        if (i % 5 == 0) {
            draft.account = accountFrom(composed + microseconds(pick(-50'000, 150'000)));
            draft.account->begunUs += quint64(pick(0, 5'000));
        }
        const MessageTrace trace = assemble(draft);
        QVERIFY(!hasNegative(trace));
        QCOMPARE(trace.total(), std::chrono::duration_cast<microseconds>(trace.endedAt - composed));
        QCOMPARE(trace.endedAt, std::max(draft.shown, composed));
        if (isOrdered) {
            const auto outside = draft.points.arrived - draft.points.own->written;
            const microseconds known = lengthOf(trace, Hop::Uplink) + lengthOf(trace, Hop::Downlink)
                + lengthOf(trace, Hop::Stored) + std::max(lengthOf(trace, Hop::Routed), 0us)
                + std::max(lengthOf(trace, Hop::QueuedForDisk), 0us) + lengthOf(trace, Hop::FannedOut);
            QVERIFY(std::chrono::abs(known - outside) <= 2us);
        }
    }
}

void TestTraceAssembly::othersLegsAreNeverNegative()
{
    std::mt19937_64 random(20261123);
    const auto pick = [&random](
                          qint64 from, qint64 to) { return std::uniform_int_distribution<qint64>(from, to)(random); };
    for (int i = 0; i < 20'000; ++i) {
        TraceDraft draft = othersDraft();
        draft.points.arrived += microseconds(pick(-100'000, 100'000));
        draft.points.taken += microseconds(pick(-100'000, 100'000));
        draft.points.passedOn += microseconds(pick(-100'000, 100'000));
        draft.shown += microseconds(pick(-100'000, 100'000));
        if (i % 2 == 0)
            draft.painted = draft.shown + microseconds(pick(-100'000, 100'000));
        if (i % 3 == 0)
            draft.account = accountFrom(start + microseconds(pick(-100'000, 100'000)));
        const MessageTrace trace = assemble(draft);
        QVERIFY(!hasNegative(trace));
        QVERIFY(trace.endedAt >= draft.shown);
        microseconds onOurs{};
        for (const Hop hop : {Hop::Held, Hop::Decoded, Hop::Shown, Hop::Painted})
            onOurs += std::max(lengthOf(trace, hop), 0us);
        QCOMPARE(onOurs, std::chrono::duration_cast<microseconds>(trace.endedAt - draft.points.arrived));
    }
}

void TestTraceAssembly::whatTheServerClaimsNeverExceedsWhatPassed()
{
    TraceDraft draft = ownDraft();
    draft.points.store = ticks(10ms);
    draft.points.told = ticks(10ms);
    const MessageTrace trace = assemble(draft);
    QCOMPARE(lengthOf(trace, Hop::Stored), 10ms);
    QCOMPARE(lengthOf(trace, Hop::FannedOut), 6ms);
    QCOMPARE(lengthOf(trace, Hop::Uplink) + lengthOf(trace, Hop::Downlink), 0us);
    QCOMPARE(trace.total(), 23ms);
}

void TestTraceAssembly::withoutAClockTheNetworkIsHalfEachWay()
{
    TraceDraft draft = ownDraft();
    draft.points.clock.reset();
    const MessageTrace trace = assemble(draft);
    QCOMPARE(lengthOf(trace, Hop::Uplink), 6ms);
    QCOMPARE(lengthOf(trace, Hop::Downlink), 6ms);
    // It may all have been in one direction.
    QCOMPARE(leg(trace, Hop::Uplink).error, 6ms);
    QCOMPARE(leg(trace, Hop::Downlink).error, 6ms);
    // Nor does a clock help as long as nobody tells when the server had it.
    QCOMPARE(lengthOf(assemble(ownDraft()), Hop::Uplink), 6ms);
}

void TestTraceAssembly::theEchoSplitsTheNetworkByTheClocks()
{
    TraceDraft draft = ownDraft();
    TracePoints echo;
    echo.isEcho = true;
    echo.store = ticks(3ms);
    echo.told = ticks(2ms);
    echo.sentAt = protocol::clockTicks(start + 14ms + 5ms + offset);
    echo.arrived = start + 22ms;
    draft.echo = echo;
    const MessageTrace trace = assemble(draft);
    QVERIFY(isAbout(lengthOf(trace, Hop::Uplink), 10ms));
    QVERIFY(isAbout(lengthOf(trace, Hop::Downlink), 2ms));
    QCOMPARE(lengthOf(trace, Hop::Uplink) + lengthOf(trace, Hop::Downlink), 12ms);
    QCOMPARE(leg(trace, Hop::Uplink).error, 2ms);
    QCOMPARE(leg(trace, Hop::Downlink).error, 2ms);
}

void TestTraceAssembly::theAccountSplitsIt()
{
    TraceDraft draft = ownDraft();
    draft.account = accountFrom(start + 13ms);
    const MessageTrace trace = assemble(draft);
    QVERIFY(trace.isDetailed);
    QCOMPARE(lengthOf(trace, Hop::Uplink), 9ms);
    QCOMPARE(lengthOf(trace, Hop::Downlink), 3ms);
    QCOMPARE(lengthOf(trace, Hop::Routed), 500us);
    QCOMPARE(lengthOf(trace, Hop::QueuedForDisk), 1ms);
    QCOMPARE(lengthOf(trace, Hop::Stored), 1500us);
    QCOMPARE(trace.total(), 23ms);
}

void TestTraceAssembly::theAnswerLeavesBehindTheEvent()
{
    TraceDraft draft = ownDraft();
    draft.account = accountFrom(start + 13ms);
    draft.account->fannedOutUs = draft.account->committedUs + 1800;
    const MessageTrace later = assemble(draft);
    QCOMPARE(lengthOf(later, Hop::FannedOut), 1800us);
    QCOMPARE(lengthOf(later, Hop::Uplink), 9ms);
    QCOMPARE(lengthOf(later, Hop::Downlink), 2200us);
    QCOMPARE(later.total(), 23ms);
    draft.account->fannedOutUs = 0; // no event was made: it was there before
    QCOMPARE(lengthOf(assemble(draft), Hop::FannedOut), 1ms);
}

void TestTraceAssembly::aWrongClockCannotTakeMoreThanThereIs()
{
    TraceDraft draft = ownDraft();
    draft.account = accountFrom(start + 13ms);
    draft.points.clock->offset += 1s;
    const MessageTrace before = assemble(draft);
    QCOMPARE(lengthOf(before, Hop::Uplink), 0us);
    QCOMPARE(lengthOf(before, Hop::Downlink), 12ms);
    draft.points.clock->offset -= 2s;
    draft.points.clock->error = 5s;
    const MessageTrace behind = assemble(draft);
    QCOMPARE(lengthOf(behind, Hop::Uplink), 12ms);
    QCOMPARE(lengthOf(behind, Hop::Downlink), 0us);
    QCOMPARE(leg(behind, Hop::Uplink).error, 12ms);
}

void TestTraceAssembly::markingCountsForTheDisk()
{
    TraceDraft draft = ownDraft();
    draft.points.own->marked = 300us;
    const MessageTrace trace = assemble(draft);
    QCOMPARE(lengthOf(trace, Hop::Kept), 2300us);
    QCOMPARE(lengthOf(trace, Hop::Queued), 200us);
    QCOMPARE(trace.total(), 23ms);
}

void TestTraceAssembly::anothersLegs()
{
    const MessageTrace trace = assemble(othersDraft());
    QVERIFY(!trace.isOwn);
    QCOMPARE(hopsOf(trace),
        (QList{Hop::Sender, Hop::Stored, Hop::FannedOut, Hop::Downlink, Hop::Held, Hop::Decoded, Hop::Shown}));
    QCOMPARE(lengthOf(trace, Hop::Sender), 5ms);
    QCOMPARE(lengthOf(trace, Hop::Stored), 3ms);
    QCOMPARE(lengthOf(trace, Hop::FannedOut), 1ms);
    QVERIFY(isAbout(lengthOf(trace, Hop::Downlink), 6ms));
    QCOMPARE(leg(trace, Hop::Downlink).error, 1ms);
    QCOMPARE(lengthOf(trace, Hop::Held), 500us);
    QCOMPARE(lengthOf(trace, Hop::Decoded), 500us);
    QCOMPARE(lengthOf(trace, Hop::Shown), 1ms);
    QCOMPARE(trace.endedAt, start + 48ms);
}

void TestTraceAssembly::withoutAClockThereIsNoDownlink()
{
    TraceDraft draft = othersDraft();
    draft.points.clock.reset();
    QVERIFY(!hopsOf(assemble(draft)).contains(Hop::Downlink));
}

void TestTraceAssembly::anAccountSplitsTheLumps()
{
    TraceDraft draft = othersDraft();
    draft.account = accountFrom(start + 36ms);
    const MessageTrace trace = assemble(draft);
    QVERIFY(trace.isDetailed);
    QCOMPARE(hopsOf(trace),
        (QList{Hop::Composed, Hop::Kept, Hop::Queued, Hop::Uplink, Hop::Routed, Hop::QueuedForDisk, Hop::Stored,
            Hop::FannedOut, Hop::Written, Hop::Downlink, Hop::Held, Hop::Decoded, Hop::Shown}));
    QCOMPARE(lengthOf(trace, Hop::Composed) + lengthOf(trace, Hop::Kept) + lengthOf(trace, Hop::Queued), 5ms);
    QCOMPARE(lengthOf(trace, Hop::Kept), 2ms);
    QCOMPARE(lengthOf(trace, Hop::Queued), 1ms);
    QVERIFY(isAbout(lengthOf(trace, Hop::Uplink), 9ms));
    QCOMPARE(leg(trace, Hop::Uplink).error, lengthOf(trace, Hop::Uplink));
    QCOMPARE(lengthOf(trace, Hop::Routed) + lengthOf(trace, Hop::QueuedForDisk) + lengthOf(trace, Hop::Stored), 3ms);
    QCOMPARE(lengthOf(trace, Hop::Written), 500us);
    QVERIFY(isAbout(lengthOf(trace, Hop::Downlink), 5500us));
}

void TestTraceAssembly::anAccountThatKnowsNothingChangesNothing()
{
    for (TraceDraft draft : {ownDraft(), othersDraft()}) {
        const MessageTrace before = assemble(draft);
        draft.account = protocol::Trace();
        QCOMPARE(assemble(draft), before);
    }
}

void TestTraceAssembly::paintedOnlyWhatIsAnothers()
{
    TraceDraft others = othersDraft();
    others.painted = others.shown + 12ms;
    const MessageTrace trace = assemble(others);
    QCOMPARE(trace.legs.last().hop, Hop::Painted);
    QCOMPARE(trace.legs.last().duration, 12ms);
    QCOMPARE(trace.endedAt, start + 60ms);
    const TraceDraft own = ownDraft();
    TraceDraft seen = own;
    seen.painted = own.shown + 12ms;
    QCOMPARE(assemble(seen), assemble(own));
}

void TestTraceAssembly::familiesAddUp()
{
    for (const TraceDraft &draft : {ownDraft(), othersDraft()}) {
        MessageTrace trace = assemble(draft);
        noteStalls(trace, {{ThreadKind::Server, start, 1s, {}, 0}});
        microseconds sum{};
        for (const microseconds time : trace.families())
            sum += time;
        QCOMPARE(sum, trace.total());
    }
}

void TestTraceAssembly::aStallGoesToTheLegsOfItsThread_data()
{
    QTest::addColumn<ThreadKind>("thread");
    QTest::addColumn<QList<Hop>>("hops");
    QTest::newRow("GUI") << ThreadKind::Gui << QList{Hop::Shown};
    QTest::newRow("network") << ThreadKind::Network
                             << QList{Hop::Composed, Hop::Kept, Hop::Queued, Hop::Encoded, Hop::Downlink, Hop::Held,
                                    Hop::Decoded};
    QTest::newRow("server") << ThreadKind::Server << QList{Hop::Uplink, Hop::Routed, Hop::FannedOut, Hop::Downlink};
    QTest::newRow("storage is the disk's") << ThreadKind::Storage << QList<Hop>();
}

void TestTraceAssembly::aStallGoesToTheLegsOfItsThread()
{
    QFETCH(ThreadKind, thread);
    QFETCH(QList<Hop>, hops);
    TraceDraft draft = ownDraft();
    draft.account = accountFrom(start + 13ms);
    MessageTrace trace = assemble(draft);
    QCOMPARE(noteStalls(trace, {{thread, start - 1s, 2s, QStringLiteral("something"), 0}}), !hops.isEmpty());
    for (const Leg &at : std::as_const(trace.legs))
        QCOMPARE(at.stalled, hops.contains(at.hop) ? at.duration : 0us);
}

void TestTraceAssembly::overlappingStallsCountOnce()
{
    TraceDraft draft = ownDraft();
    draft.account = accountFrom(start + 13ms);
    MessageTrace trace = assemble(draft);
    // Downlink is from 17 ms to 20 ms.
    QVERIFY(noteStalls(trace,
        {{ThreadKind::Network, start + 18ms, 1ms, {}, 0}, {ThreadKind::Server, start + 16ms, 2500us, {}, 0},
            {ThreadKind::Gui, start + 17ms, 3ms, {}, 0}}));
    QCOMPARE(leg(trace, Hop::Downlink).stalled, 2ms);
}

void TestTraceAssembly::stallsAreNotedOnce()
{
    MessageTrace trace = assemble(ownDraft());
    const QList<ThreadStall> stalls{{ThreadKind::Gui, start + 22ms, 10ms, {}, 0}};
    QVERIFY(noteStalls(trace, stalls));
    QCOMPARE(leg(trace, Hop::Shown).stalled, 1ms);
    QVERIFY(!noteStalls(trace, stalls));
    QVERIFY(!noteStalls(trace, stalls + QList<ThreadStall>{{ThreadKind::Gui, start - 10ms, 5ms, {}, 0}}));
}

QTEST_GUILESS_MAIN(TestTraceAssembly)
#include "tst_traceassembly.moc"
