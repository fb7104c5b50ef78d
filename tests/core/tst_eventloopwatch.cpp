#include "core/eventloopwatch.h"
#include "tests/support/faketime.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace std::chrono_literals;
using namespace lanline;

class TestEventLoopWatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_time = std::make_unique<FakeTime>();
        m_watch = std::make_unique<EventLoopWatch>(*m_time);
        m_stalls.clear();
        connect(m_watch.get(), &EventLoopWatch::stalled, this,
            [this](const Crossing<Stall> &stall) { m_stalls.append(*stall); });
    }

    void cleanup()
    {
        // It holds a timer of the clock.
        m_watch.reset();
        m_time.reset();
    }

    void isStoppedAtFirstAndStoppable()
    {
        QVERIFY(!m_watch->isRunning());
        m_time->advance(1s);
        QVERIFY(m_watch->lags().isEmpty());
        m_watch->start();
        m_time->advance(1s);
        QCOMPARE(m_watch->lags().count(), 20u);
        m_watch->stop();
        m_time->stall(1s);
        m_time->advance(1s);
        QCOMPARE(m_watch->lags().count(), 20u);
        QCOMPARE(m_watch->overdue(), 0us);
        QVERIFY(m_stalls.isEmpty());
        m_watch->clearLags();
        QVERIFY(m_watch->lags().isEmpty());
    }

    void aSecondStartChangesNothing()
    {
        m_watch->start();
        m_time->advance(30ms);
        m_watch->start();
        m_time->advance(20ms);
        QCOMPARE(m_watch->lags().count(), 1u);
    }

    void findsNoLagInALoopThatTurns()
    {
        m_watch->start();
        m_time->advance(10s);
        QCOMPARE(m_watch->lags().count(), 200u);
        QCOMPARE(m_watch->lags().max(), 0us);
        QCOMPARE(m_watch->lastLag(), 0us);
        QVERIFY(m_stalls.isEmpty());
    }

    void tellsOfStalls_data()
    {
        QTest::addColumn<int>("stallMs");
        QTest::addColumn<int>("lagMs");
        QTest::addColumn<bool>("isStall");
        QTest::newRow("shorter than the interval") << 40 << 0 << false;
        QTest::newRow("a little late") << 70 << 20 << false;
        QTest::newRow("at the threshold") << 100 << 50 << false;
        QTest::newRow("over the threshold") << 101 << 51 << true;
        QTest::newRow("long") << 3050 << 3000 << true;
    }
    void tellsOfStalls()
    {
        QFETCH(int, stallMs);
        QFETCH(int, lagMs);
        QFETCH(bool, isStall);
        m_watch->start();
        m_time->advance(1s);
        const SteadyTime due = m_time->now() + EventLoopWatch::interval;
        m_time->stall(std::chrono::milliseconds(stallMs));
        QCOMPARE(m_watch->overdue(), std::chrono::milliseconds(lagMs));
        m_time->advance(std::max(50ms - std::chrono::milliseconds(stallMs), 0ms));
        QCOMPARE(m_watch->lastLag(), std::chrono::milliseconds(lagMs));
        QCOMPARE(m_watch->lags().max(), std::chrono::milliseconds(lagMs));
        QCOMPARE(m_watch->overdue(), 0us);
        QCOMPARE(m_stalls.size(), isStall ? 1 : 0);
        if (isStall) {
            QVERIFY(m_stalls.constFirst().begin == due);
            QCOMPARE(m_stalls.constFirst().duration, std::chrono::milliseconds(lagMs));
        }
        // The next turn is on time again.
        m_time->advance(50ms);
        QCOMPARE(m_watch->lastLag(), 0us);
    }

    void countsStallsWithinASpan()
    {
        m_watch->start();
        const SteadyTime start = m_time->now();
        m_time->stall(250ms); // due at 50: stalled from 50 to 250
        m_time->advance(750ms);
        QCOMPARE(m_watch->stalledBetween(start, m_time->now()), 200ms);
        QCOMPARE(m_watch->stalledBetween(start + 100ms, m_time->now()), 150ms);
        QCOMPARE(m_watch->stalledBetween(start + 100ms, start + 120ms), 20ms);
        QCOMPARE(m_watch->stalledBetween(start + 250ms, m_time->now()), 0us);
        QCOMPARE(m_watch->stalledBetween(m_time->now(), start), 0us);

        // The timer of a deadline may fire before the watch's own, in the same late turn of the loop.
        m_time->stall(1050ms); // due at 1050: stalled from 1050 on
        QCOMPARE(m_watch->stalledBetween(start, m_time->now()), 200ms + 1000ms);
        m_time->advance(0ms);
        QCOMPARE(m_watch->stalledBetween(start, m_time->now()), 200ms + 1000ms);
        QCOMPARE(m_stalls.size(), 2);
    }

    void keepsABoundedNumberOfStalls()
    {
        m_watch->start();
        const SteadyTime start = m_time->now();
        const int count = int(EventLoopWatch::stallsKept) + 10;
        for (int i = 0; i < count; ++i) {
            m_time->stall(150ms);
            m_time->advance(0ms);
        }
        QCOMPARE(m_stalls.size(), count);
        QCOMPARE(m_watch->stalledBetween(start, m_time->now()), 100ms * int(EventLoopWatch::stallsKept));
    }

    void seesARealLoopStandStill()
    {
        SystemTime time;
        EventLoopWatch watch(time);
        QSignalSpy spy(&watch, &EventLoopWatch::stalled);
        QVERIFY(spy.isValid());
        watch.start();
        QTRY_VERIFY(watch.lags().count() > 0);
        // Busy, as a blocked event loop is.
        const SteadyTime end = time.now() + 200ms;
        while (time.now() < end)
            QThread::yieldCurrentThread();
        QVERIFY(watch.overdue() > 100ms);
        QTRY_VERIFY(!spy.isEmpty());
        const auto stall = spy.at(0).at(0).value<Crossing<Stall>>();
        QVERIFY(stall->duration > 100ms);
        QVERIFY(stall->begin < end);
        QVERIFY(watch.lags().max() >= stall->duration);
    }

private:
    std::unique_ptr<FakeTime> m_time;
    std::unique_ptr<EventLoopWatch> m_watch;
    QList<Stall> m_stalls;
};

QTEST_GUILESS_MAIN(TestEventLoopWatch)
#include "tst_eventloopwatch.moc"
