#include "ui/models/latencyseries.h"

#include <QTest>

#include <cmath>

using namespace std::chrono_literals;
using lanline::SteadyTime;
using lanline::WallTime;
using lanline::client::LaneState;
using lanline::client::LinkEvent;
using lanline::client::RoundTrip;
using lanline::ui::LatencySeries;
using lanline::ui::LatencySummary;

namespace {

const SteadyTime start(1h * 1000);

RoundTrip roundTrip(std::chrono::milliseconds at, std::chrono::microseconds rtt)
{
    RoundTrip value;
    value.at = start + at;
    value.wallAt = WallTime(at);
    value.rtt = rtt;
    return value;
}

LinkEvent linkEvent(std::chrono::milliseconds at, LinkEvent::Kind kind)
{
    LinkEvent event;
    event.kind = kind;
    event.at = start + at;
    event.wallAt = WallTime(at);
    return event;
}

LinkEvent laneChange(std::chrono::milliseconds at, int lane, LaneState state)
{
    LinkEvent event = linkEvent(at, LinkEvent::Kind::LaneChanged);
    event.lane = lane;
    event.laneState = state;
    return event;
}

bool isNear(std::chrono::microseconds actual, std::chrono::microseconds expected)
{
    return std::abs(actual.count() - expected.count()) <= expected.count() / 100 + 1;
}

} // namespace

class TestLatencySeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWithoutSamples();
    void summarises_data();
    void summarises();
    void windowHoldsItsEndAndNotItsBeginning();
    void namesWhenTheSlowestWas();
    void jitterIsTheMeanDifferenceOfNeighbours();
    void jitterDoesNotBridgeAGap();
    void countsMissedBeatsOfTheWindow();
    void gapStaysOpenUntilReconnected();
    void secondLossInAGapOpensNoOther();
    void gapThatEndedAfterTheWindowIsOpen();
    void lineBreaksAtAGap();
    void lineBehindAGapForgetsWhatWasBefore();
    void lineKeepsItsGridWhileTimePasses();
    void lineIsNanWhereNothingWasMeasured();
    void standbysRoundTripsAreLeftOut();
    void jitterDoesNotBridgeAFailover();
    void lanesKeepWhatTheyHeld();
    void lanesAreShownAsTheyWereAtTheEnd();
    void onlyAStandbyThatCameAgainIsAMark();
    void memoryIsBounded();
    void oldSamplesAreForgotten();
};

void TestLatencySeries::isEmptyWithoutSamples()
{
    const LatencySeries series;
    QVERIFY(series.isEmpty());
    QCOMPARE(series.summary(start, 5min), LatencySummary());
    QVERIFY(series.samples(start, 5min).isEmpty());
    QVERIFY(series.gaps(start, 5min).isEmpty());
    const auto line = series.line(start, 5min);
    QVERIFY(std::all_of(line.begin(), line.end(), [](const auto &point) { return std::isnan(point.p50); }));
}

void TestLatencySeries::summarises_data()
{
    QTest::addColumn<int>("count"); // of 1 ms, 2 ms ... count ms
    QTest::addColumn<int>("p50");
    QTest::addColumn<int>("p95");
    QTest::addColumn<int>("p99");
    QTest::newRow("one sample") << 1 << 1 << 1 << 1;
    QTest::newRow("two samples") << 2 << 1 << 2 << 2;
    QTest::newRow("99 samples") << 99 << 50 << 95 << 99;
    QTest::newRow("100 samples") << 100 << 50 << 95 << 99;
    QTest::newRow("200 samples") << 200 << 100 << 190 << 198;
}

void TestLatencySeries::summarises()
{
    QFETCH(int, count);
    QFETCH(int, p50);
    QFETCH(int, p95);
    QFETCH(int, p99);

    LatencySeries series;
    for (int i = 0; i < count; ++i) // a shuffled order: 37 and each count are coprime
        series.add(roundTrip(1s * i, std::chrono::milliseconds((i * 37) % count + 1)));
    const LatencySummary summary = series.summary(start + 1s * count, 5min);
    QCOMPARE(summary.count, quint64(count));
    QVERIFY(isNear(summary.p50, std::chrono::milliseconds(p50)));
    QVERIFY(isNear(summary.p95, std::chrono::milliseconds(p95)));
    QVERIFY(isNear(summary.p99, std::chrono::milliseconds(p99)));
    QCOMPARE(summary.max, std::chrono::milliseconds(count));
    QCOMPARE(summary.missed, 0u);
    QCOMPARE(summary.beats(), quint64(count));
}

void TestLatencySeries::windowHoldsItsEndAndNotItsBeginning()
{
    LatencySeries series;
    series.add(roundTrip(0s, 1ms));
    series.add(roundTrip(1ms, 2ms));
    series.add(roundTrip(10s, 3ms));
    series.add(roundTrip(10'001ms, 4ms));

    const auto inside = series.samples(start + 10s, 10s);
    QCOMPARE(inside.size(), 2);
    QCOMPARE(inside.first().rtt, std::chrono::microseconds(2ms));
    QCOMPARE(inside.last().rtt, std::chrono::microseconds(3ms));
    QCOMPARE(series.summary(start + 10s, 10s).count, 2u);
}

void TestLatencySeries::namesWhenTheSlowestWas()
{
    LatencySeries series;
    series.add(roundTrip(1s, 5ms));
    series.add(roundTrip(2s, 50ms));
    series.add(roundTrip(3s, 4ms));
    const LatencySummary summary = series.summary(start + 4s, 10s);
    QCOMPARE(summary.max, std::chrono::microseconds(50ms));
    QCOMPARE(summary.maxAt, WallTime(2s));
}

void TestLatencySeries::jitterIsTheMeanDifferenceOfNeighbours()
{
    LatencySeries series;
    series.add(roundTrip(1s, 10ms));
    QCOMPARE(series.summary(start + 1s, 10s).jitter, 0us);
    series.add(roundTrip(2s, 14ms));
    series.add(roundTrip(3s, 12ms));
    QCOMPARE(series.summary(start + 3s, 10s).jitter, std::chrono::microseconds(3ms));
}

void TestLatencySeries::jitterDoesNotBridgeAGap()
{
    LatencySeries series;
    series.add(roundTrip(1s, 10ms));
    series.add(roundTrip(2s, 12ms));
    series.add(linkEvent(3s, LinkEvent::Kind::Lost));
    series.add(linkEvent(5s, LinkEvent::Kind::Reconnected));
    series.add(roundTrip(6s, 500ms));
    series.add(roundTrip(7s, 502ms));
    QCOMPARE(series.summary(start + 8s, 1min).jitter, std::chrono::microseconds(2ms));
}

void TestLatencySeries::countsMissedBeatsOfTheWindow()
{
    LatencySeries series;
    series.add(linkEvent(0s, LinkEvent::Kind::Connected));
    series.add(linkEvent(1s, LinkEvent::Kind::HeartbeatMissed));
    series.add(linkEvent(30s, LinkEvent::Kind::HeartbeatMissed));
    series.add(roundTrip(31s, 4ms));
    const LatencySummary summary = series.summary(start + 32s, 10s);
    QCOMPARE(summary.missed, 1u);
    QCOMPARE(summary.beats(), 2u);
    QCOMPARE(series.summary(start + 32s, 1min).missed, 2u);
}

void TestLatencySeries::gapStaysOpenUntilReconnected()
{
    LatencySeries series;
    series.add(linkEvent(0s, LinkEvent::Kind::Connected));
    QVERIFY(series.gaps(start + 1s, 1min).isEmpty());
    series.add(linkEvent(2s, LinkEvent::Kind::Lost));
    auto gaps = series.gaps(start + 10s, 1min);
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps[0].from, start + 2s);
    QCOMPARE(gaps[0].wallFrom, WallTime(2s));
    QVERIFY(!gaps[0].to);
    QCOMPARE(gaps[0].length(start + 10s), std::chrono::nanoseconds(8s));

    series.add(linkEvent(30s, LinkEvent::Kind::Reconnected));
    gaps = series.gaps(start + 31s, 1min);
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps[0].length(start + 31s), std::chrono::nanoseconds(28s));
    QVERIFY(series.gaps(start + 120s, 1min).isEmpty());
}

void TestLatencySeries::secondLossInAGapOpensNoOther()
{
    LatencySeries series;
    series.add(linkEvent(2s, LinkEvent::Kind::Lost));
    series.add(linkEvent(3s, LinkEvent::Kind::Lost));
    series.add(linkEvent(4s, LinkEvent::Kind::Connected));
    const auto gaps = series.gaps(start + 5s, 1min);
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps[0].length(start + 5s), std::chrono::nanoseconds(2s));
}

void TestLatencySeries::gapThatEndedAfterTheWindowIsOpen()
{
    // A paused picture shows the link as it was then.
    LatencySeries series;
    series.add(linkEvent(2s, LinkEvent::Kind::Lost));
    series.add(linkEvent(9s, LinkEvent::Kind::Reconnected));
    const auto gaps = series.gaps(start + 5s, 1min);
    QCOMPARE(gaps.size(), 1);
    QVERIFY(!gaps[0].to);
    QVERIFY(series.gaps(start + 1s, 1min).isEmpty());
}

void TestLatencySeries::lineBreaksAtAGap()
{
    LatencySeries series;
    for (int i = 0; i < 20; ++i)
        series.add(roundTrip(1s * i, 10ms));
    series.add(linkEvent(20s, LinkEvent::Kind::Lost));
    series.add(linkEvent(40s, LinkEvent::Kind::Reconnected));
    for (int i = 41; i < 60; ++i)
        series.add(roundTrip(1s * i, 20ms));

    bool brokeAtTheLoss = false;
    const auto line = series.line(start + 60s, 1min);
    for (const LatencySeries::LinePoint &point : line) {
        if (point.at == start + 20s)
            brokeAtTheLoss = brokeAtTheLoss || (std::isnan(point.p50) && std::isnan(point.p95));
        if (point.at > start + 20s && point.at < start + 41s)
            QVERIFY2(std::isnan(point.p50), "the line bridges the gap");
    }
    QVERIFY(brokeAtTheLoss);
    QVERIFY(isNear(std::chrono::microseconds(qint64(line.last().p50)), 20ms));
}

void TestLatencySeries::lineBehindAGapForgetsWhatWasBefore()
{
    LatencySeries series;
    for (int i = 0; i < 100; ++i)
        series.add(roundTrip(100ms * i, 10ms));
    series.add(linkEvent(10s, LinkEvent::Kind::Lost));
    series.add(linkEvent(11s, LinkEvent::Kind::Reconnected));
    series.add(roundTrip(11'500ms, 80ms));
    const auto line = series.line(start + 12s, 1min);
    QVERIFY(isNear(std::chrono::microseconds(qint64(line.last().p50)), 80ms));
}

void TestLatencySeries::lineKeepsItsGridWhileTimePasses()
{
    LatencySeries series;
    for (int i = 0; i < 60; ++i)
        series.add(roundTrip(1s * i, std::chrono::milliseconds(5 + i % 7)));
    const auto before = series.line(start + 59'210ms, 1min);
    const auto after = series.line(start + 59'390ms, 1min);
    QCOMPARE(after.last().at, before.last().at);
    QCOMPARE(after.last().p95, before.last().p95);
    QCOMPARE((before.last().at.time_since_epoch() % LatencySeries::lineStep(1min)).count(), 0);
}

void TestLatencySeries::lineIsNanWhereNothingWasMeasured()
{
    LatencySeries series;
    series.add(roundTrip(0s, 5ms));
    series.add(roundTrip(200s, 5ms));
    const auto line = series.line(start + 200s, 5min);
    const auto hole = std::find_if(line.begin(), line.end(), [](const auto &point) { return point.at > start + 60s; });
    QVERIFY(hole != line.end());
    QVERIFY(std::isnan(hole->p50));
}

void TestLatencySeries::memoryIsBounded()
{
    LatencySeries series;
    const int tooMany = int(LatencySeries::capacity) + 500;
    for (int i = 0; i < tooMany; ++i)
        series.add(roundTrip(10ms * i, 1ms));
    const auto kept = series.samples(start + 1h, 65min);
    QCOMPARE(kept.size(), qsizetype(LatencySeries::capacity));
    QCOMPARE(kept.last().at, start + 10ms * (tooMany - 1));

    for (int i = 0; i < int(LatencySeries::markCapacity) + 10; ++i)
        series.add(linkEvent(1h, LinkEvent::Kind::HeartbeatMissed));
    QCOMPARE(series.marks(start + 1h, 1min).size(), qsizetype(LatencySeries::markCapacity));
}

void TestLatencySeries::oldSamplesAreForgotten()
{
    LatencySeries series;
    series.add(roundTrip(0s, 1ms));
    series.add(linkEvent(0s, LinkEvent::Kind::Connected));
    series.add(roundTrip(2h, 1ms));
    QCOMPARE(series.samples(start + 2h, 3h).size(), 1);
    QVERIFY(series.marks(start + 2h, 3h).isEmpty());

    series.add(laneChange(2h, 0, LaneState::Active));
    series.add(laneChange(2h + 1s, 0, LaneState::Empty));
    series.add(roundTrip(5h, 1ms));
    QVERIFY(series.lanes(start + 5h, 6h)[0].isEmpty());
}

void TestLatencySeries::standbysRoundTripsAreLeftOut()
{
    LatencySeries series;
    series.add(roundTrip(1s, 10ms));
    RoundTrip standby = roundTrip(2s, 500ms);
    standby.lane = 1;
    standby.isOfStandby = true;
    const quint64 revision = series.revision();
    series.add(standby);
    QCOMPARE(series.samples(start + 3s, 10s).size(), 1);
    QCOMPARE(series.summary(start + 3s, 10s).max, std::chrono::microseconds(10ms));
    QCOMPARE(series.revision(), revision);
}

void TestLatencySeries::jitterDoesNotBridgeAFailover()
{
    LatencySeries series;
    series.add(roundTrip(1s, 10ms));
    series.add(roundTrip(2s, 12ms));
    series.add(linkEvent(2500ms, LinkEvent::Kind::FailedOver));
    for (const auto &[at, rtt] : {std::pair(3s, 100ms), std::pair(4s, 102ms)}) {
        RoundTrip other = roundTrip(at, rtt);
        other.lane = 1;
        series.add(other);
    }
    const LatencySummary summary = series.summary(start + 5s, 1min);
    QCOMPARE(summary.jitter, std::chrono::microseconds(2ms));
    QCOMPARE(summary.count, 4u);
    QVERIFY(series.gaps(start + 5s, 1min).isEmpty());
}

void TestLatencySeries::lanesKeepWhatTheyHeld()
{
    LatencySeries series;
    series.add(laneChange(1s, 0, LaneState::Connecting));
    series.add(laneChange(2s, 0, LaneState::Active));
    series.add(laneChange(2s, 0, LaneState::Active)); // told once more
    series.add(laneChange(3s, 1, LaneState::Ready));
    series.add(laneChange(9s, 0, LaneState::Empty));
    series.add(laneChange(9s, 1, LaneState::Active));
    series.add(laneChange(9s, 7, LaneState::Active)); // no such lane

    const LatencySeries::Lanes lanes = series.lanes(start + 10s, 1min);
    const QList<LatencySeries::LaneSpan> first{
        {start + 1s, WallTime(1s), start + 2s, LaneState::Connecting},
        {start + 2s, WallTime(2s), start + 9s, LaneState::Active},
    };
    const QList<LatencySeries::LaneSpan> second{
        {start + 3s, WallTime(3s), start + 9s, LaneState::Ready},
        {start + 9s, WallTime(9s), std::nullopt, LaneState::Active},
    };
    QCOMPARE(lanes[0], first);
    QCOMPARE(lanes[1], second);
    QVERIFY2(series.marks(start + 10s, 1min).isEmpty(), "a change of a lane has no mark of its own");
    QVERIFY2(series.lanes(start + 100s, 10s)[0].isEmpty(), "what ended before the window");
}

void TestLatencySeries::lanesAreShownAsTheyWereAtTheEnd()
{
    LatencySeries series;
    series.add(laneChange(1s, 0, LaneState::Active));
    series.add(laneChange(9s, 0, LaneState::Empty));
    series.add(laneChange(9s, 1, LaneState::Active));
    const LatencySeries::Lanes lanes = series.lanes(start + 5s, 1min);
    QCOMPARE(lanes[0].size(), 1);
    QVERIFY(!lanes[0][0].to);
    QVERIFY(lanes[1].isEmpty());
}

void TestLatencySeries::onlyAStandbyThatCameAgainIsAMark()
{
    using Kind = LinkEvent::Kind;
    LatencySeries series;
    const auto kinds = [&] {
        QList<Kind> found;
        for (const LinkEvent &mark : series.marks(start + 1h, 1h))
            found.append(mark.kind);
        return found;
    };
    series.add(linkEvent(1s, Kind::Connected));
    series.add(linkEvent(2s, Kind::StandbyReady));
    QCOMPARE(kinds(), QList{Kind::Connected});
    series.add(linkEvent(3s, Kind::FailedOver));
    series.add(linkEvent(4s, Kind::StandbyReady));
    series.add(linkEvent(5s, Kind::StandbyLost));
    series.add(linkEvent(6s, Kind::StandbyReady));
    const QList all{Kind::Connected, Kind::FailedOver, Kind::StandbyReady, Kind::StandbyLost, Kind::StandbyReady};
    QCOMPARE(kinds(), all);
    series.add(linkEvent(7s, Kind::Lost));
    series.add(linkEvent(8s, Kind::Reconnected));
    series.add(linkEvent(9s, Kind::StandbyReady));
    QCOMPARE(kinds(), all + QList({Kind::Lost, Kind::Reconnected}));
}

QTEST_GUILESS_MAIN(TestLatencySeries)
#include "tst_latencyseries.moc"
