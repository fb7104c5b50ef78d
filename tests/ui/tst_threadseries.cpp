#include "ui/models/threadseries.h"

#include <QTest>

using namespace lanline;
using namespace lanline::ui;
using namespace std::chrono_literals;

class TestThreadSeries final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSampleCoversTheTimeSinceTheOneBefore();
    void aPauseIsNotMeasured();
    void figuresAreOfTheRange();
};

void TestThreadSeries::aSampleCoversTheTimeSinceTheOneBefore()
{
    const SteadyTime start{100s};
    ThreadSeries series;
    for (int i = 1; i <= 10; ++i)
        series.add({{{ThreadKind::Gui, start + i * 1s, i * 1ms}}, {}});
    const auto cells = series.cells(ThreadKind::Gui, {start, start + 10s}, 100);
    QVERIFY(!cells.contains(-1us));
    QCOMPARE(cells.first(), 1ms);
    QCOMPARE(cells.last(), 10ms);
    QVERIFY(series.cells(ThreadKind::Storage, {start, start + 10s}, 100).count(-1us) == 100);
}

void TestThreadSeries::aPauseIsNotMeasured()
{
    const SteadyTime start{100s};
    ThreadSeries series;
    series.add({{{ThreadKind::Gui, start + 1s, 1ms}, {ThreadKind::Gui, start + 9s, 1ms}}, {}});
    const auto cells = series.cells(ThreadKind::Gui, {start, start + 10s}, 10);
    QCOMPARE(cells.at(4), -1us);
    QCOMPARE(cells.at(8), 1ms);
}

void TestThreadSeries::figuresAreOfTheRange()
{
    const SteadyTime start{100s};
    ThreadSeries series;
    series.add({{{ThreadKind::Gui, start + 1s, 900ms, 1000, 9}, {ThreadKind::Gui, start + 6s, 4ms, 100, 2},
                    {ThreadKind::Gui, start + 7s, 2ms, 300, 1}},
        {}});
    const ThreadSummary summary = series.summary(ThreadKind::Gui, {start + 5s, start + 10s});
    QVERIFY(summary.isKnown);
    QCOMPARE(summary.max, 4ms);
    QCOMPARE(summary.busyPermille, 200U);
    QCOMPARE(summary.queued, 1U);
    QVERIFY(!series.summary(ThreadKind::Server, {start, start + 10s}).isKnown);
}

QTEST_GUILESS_MAIN(TestThreadSeries)
#include "tst_threadseries.moc"
