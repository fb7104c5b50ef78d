#include "tests/support/faketime.h"

#include <QTest>

using namespace std::chrono_literals;
using lanline::FakeTime;
using lanline::Timer;

class TestFakeTime final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsStillUntilMoved()
    {
        FakeTime time;
        const auto start = time.now();
        const auto wallStart = time.wallNow();
        QVERIFY(time.now() == start);
        time.advance(1500ms);
        QVERIFY(time.now() - start == 1500ms);
        QVERIFY(time.wallNow() - wallStart == 1500ms);
        time.jumpWall(-1h);
        QVERIFY(time.now() - start == 1500ms);
        QVERIFY(time.wallNow() - wallStart == 1500ms - 1h);
    }

    void firesInTheOrderOfDeadlines()
    {
        FakeTime time;
        const auto start = time.now();
        QList<std::pair<char, qint64>> fired;
        const auto note = [&](char name) {
            return [&fired, &time, start, name] { fired.append({name, qint64((time.now() - start) / 1ms)}); };
        };
        const auto a = time.makeTimer(note('a'));
        const auto b = time.makeTimer(note('b'));
        const auto c = time.makeTimer(note('c'));
        const auto d = time.makeTimer(note('d'));
        b->start(20ms);
        c->start(10ms);
        a->start(20ms);
        d->start(31ms);
        QCOMPARE(time.activeTimers(), 4);
        QVERIFY(time.untilNextTimeout() == 10ms);
        time.advance(30ms);
        const QList<std::pair<char, qint64>> expected{{'c', 10}, {'b', 20}, {'a', 20}};
        QCOMPARE(fired, expected);
        QCOMPARE(time.activeTimers(), 1);
        QVERIFY(!c->isActive());
        QVERIFY(d->isActive());
        QVERIFY(time.untilNextTimeout() == 1ms);
    }

    void firesWhatIsStartedWhileFiring()
    {
        FakeTime time;
        int ticks = 0;
        std::unique_ptr<Timer> timer;
        timer = time.makeTimer([&] {
            ++ticks;
            timer->start(10ms);
        });
        timer->start(10ms);
        time.advance(45ms);
        QCOMPARE(ticks, 4);
        QVERIFY(time.untilNextTimeout() == 5ms);
    }

    void forgetsWhatIsStoppedMovedOrDestroyed()
    {
        FakeTime time;
        int stopped = 0;
        int moved = 0;
        int destroyed = 0;
        const auto first = time.makeTimer([&] { ++stopped; });
        const auto second = time.makeTimer([&] { ++moved; });
        auto third = time.makeTimer([&] { ++destroyed; });
        first->start(5ms);
        second->start(5ms);
        third->start(5ms);
        first->stop();
        second->start(20ms);
        third.reset();
        time.advance(10ms);
        QCOMPARE(stopped + moved + destroyed, 0);
        time.advance(10ms);
        QCOMPARE(moved, 1);
        QVERIFY(!time.untilNextTimeout());
    }

    void aTimerMayDestroyItselfAndOthers()
    {
        FakeTime time;
        int fired = 0;
        std::unique_ptr<Timer> other;
        std::unique_ptr<Timer> timer = time.makeTimer([&] {
            timer.reset();
            other.reset();
            ++fired;
        });
        other = time.makeTimer([&] { fired += 100; });
        timer->start(0ms);
        other->start(0ms);
        time.advance(0ms);
        QCOMPARE(fired, 1);
        QCOMPARE(time.activeTimers(), 0);
    }

    void aStallDelaysTimersToTheNextTurn()
    {
        FakeTime time;
        const auto start = time.now();
        qint64 firedAt = -1;
        const auto timer = time.makeTimer([&] { firedAt = (time.now() - start) / 1ms; });
        timer->start(10ms);
        time.stall(300ms);
        QCOMPARE(firedAt, -1);
        time.advance(0ms);
        QCOMPARE(firedAt, 300);
        QVERIFY(time.now() - start == 300ms);
    }
};

QTEST_GUILESS_MAIN(TestFakeTime)
#include "tst_faketime.moc"
