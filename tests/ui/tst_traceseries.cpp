#include "ui/models/traceseries.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using client::MessageTrace;
using std::chrono::microseconds;
using ui::TraceSeries;

namespace {

const SteadyTime begin{std::chrono::hours(5)};

MessageTrace trace(
    quint64 seq, std::chrono::milliseconds endedAfter, microseconds total, const QString &room = u"ops"_s)
{
    MessageTrace trace;
    trace.room = RoomId(room);
    trace.seq = seq;
    trace.endedAt = begin + endedAfter;
    trace.legs = {{client::Hop::Stored, client::Family::Io, total, 0us, 0us}};
    return trace;
}

QList<quint64> seqsOf(const QList<MessageTrace> &traces)
{
    QList<quint64> seqs;
    for (const MessageTrace &one : traces)
        seqs.append(one.seq);
    return seqs;
}

} // namespace

class TestTraceSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst();
    void rangeIsOpenAtItsBegin();
    void ordersWhatEndedOutOfOrder();
    void replacesWhatIsKnown();
    void theSameSeqOfAnotherRoomIsAnother();
    void slowestComeFirst();
    void percentilesAreWithinOnePercent();
    void forgetsAfterAnHour();
    void neverHoldsMoreThanItsCapacity();
};

void TestTraceSeries::isEmptyAtFirst()
{
    const TraceSeries series;
    QVERIFY(series.isEmpty());
    QCOMPARE(series.summary({begin, begin + 1h}), ui::DeliverySummary());
    QVERIFY(!series.find(RoomId(u"ops"_s), 1));
}

void TestTraceSeries::rangeIsOpenAtItsBegin()
{
    TraceSeries series;
    for (quint64 seq = 1; seq <= 4; ++seq)
        series.add(trace(seq, seq * 1000ms, 1ms));
    QCOMPARE(seqsOf(series.in({begin + 1s, begin + 3s})), QList<quint64>({2, 3}));
}

void TestTraceSeries::ordersWhatEndedOutOfOrder()
{
    TraceSeries series;
    series.add(trace(1, 9000ms, 1ms));
    series.add(trace(2, 4000ms, 1ms));
    series.add(trace(3, 10'000ms, 1ms));
    QCOMPARE(seqsOf(series.in({begin, begin + 20s})), QList<quint64>({2, 1, 3}));
    QCOMPARE(seqsOf(series.in({begin + 3s, begin + 5s})), QList<quint64>({2}));
    QCOMPARE(seqsOf(series.in({begin + 8s, begin + 9s})), QList<quint64>({1}));
}

void TestTraceSeries::replacesWhatIsKnown()
{
    TraceSeries series;
    series.add(trace(1, 1000ms, 5ms));
    series.add(trace(2, 2000ms, 5ms));
    const quint64 revision = series.revision();
    series.add(trace(1, 1000ms, 80ms));
    QVERIFY(series.revision() > revision);
    QCOMPARE(series.summary({begin, begin + 5s}).count, quint64(2));
    QCOMPARE(series.summary({begin, begin + 5s}).max, microseconds(80ms));
    QCOMPARE(series.find(RoomId(u"ops"_s), 1)->total(), microseconds(80ms));
}

void TestTraceSeries::theSameSeqOfAnotherRoomIsAnother()
{
    TraceSeries series;
    series.add(trace(1, 1000ms, 5ms));
    series.add(trace(1, 1000ms, 6ms, u"lobby"_s));
    QCOMPARE(series.summary({begin, begin + 5s}).count, quint64(2));
    QCOMPARE(series.find(RoomId(u"lobby"_s), 1)->total(), microseconds(6ms));
}

void TestTraceSeries::slowestComeFirst()
{
    TraceSeries series;
    for (quint64 seq = 1; seq <= 50; ++seq)
        series.add(trace(seq, seq * 10ms, microseconds((seq * 37) % 50 * 1000)));
    const auto slowest = series.slowest({begin, begin + 5s}, 3);
    QCOMPARE(slowest.size(), 3);
    QCOMPARE(slowest[0].total(), microseconds(49ms));
    QCOMPARE(slowest[1].total(), microseconds(48ms));
    QCOMPARE(slowest[2].total(), microseconds(47ms));
    QCOMPARE(series.slowest({begin, begin + 5s}, 500).size(), 50);
}

void TestTraceSeries::percentilesAreWithinOnePercent()
{
    TraceSeries series;
    std::mt19937 random(7);
    std::lognormal_distribution<double> draw(9, 1.2);
    std::vector<qint64> totals;
    for (quint64 seq = 1; seq <= 3'000; ++seq) {
        totals.push_back(qint64(draw(random)) + 1);
        series.add(trace(seq, seq * 100ms, microseconds(totals.back())));
    }
    std::sort(totals.begin(), totals.end());
    const ui::DeliverySummary summary = series.summary({begin, begin + 1h});
    const auto isNear = [&](microseconds told, double percent) {
        const auto right = double(totals.at(std::size_t(percent / 100 * double(totals.size())) - 1));
        return qAbs(double(told.count()) - right) <= right / 100 + 1;
    };
    QVERIFY(isNear(summary.p50, 50));
    QVERIFY(isNear(summary.p95, 95));
    QVERIFY(isNear(summary.p99, 99));
    QCOMPARE(summary.max.count(), totals.back());
}

void TestTraceSeries::forgetsAfterAnHour()
{
    TraceSeries series;
    series.add(trace(1, 0ms, 1ms));
    series.add(trace(2, 1000ms, 1ms));
    series.add(trace(3, TraceSeries::longest + 500ms, 1ms));
    QVERIFY(!series.find(RoomId(u"ops"_s), 1));
    QVERIFY(series.find(RoomId(u"ops"_s), 2));
    QVERIFY(series.find(RoomId(u"ops"_s), 3));
}

void TestTraceSeries::neverHoldsMoreThanItsCapacity()
{
    TraceSeries series;
    const auto count = quint64(TraceSeries::capacity) + 100;
    for (quint64 seq = 1; seq <= count; ++seq)
        series.add(trace(seq, 1ms * seq, 1ms));
    QCOMPARE(series.summary({begin, begin + 1h}).count, quint64(TraceSeries::capacity));
    QVERIFY(!series.find(RoomId(u"ops"_s), 100));
    QCOMPARE(series.find(RoomId(u"ops"_s), 101)->seq, quint64(101));
    QCOMPARE(series.find(RoomId(u"ops"_s), count)->seq, count);
}

QTEST_GUILESS_MAIN(TestTraceSeries)
#include "tst_traceseries.moc"
