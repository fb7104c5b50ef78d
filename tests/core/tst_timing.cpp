#include "core/timing.h"

#include <QDateTime>
#include <QTest>
#include <QThread>

using namespace std::chrono_literals;
using namespace lanline;

class TestTiming final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheMachinesClocks()
    {
        const SystemTime time;
        const SteadyTime before = std::chrono::steady_clock::now();
        const SteadyTime now = time.now();
        QVERIFY(now >= before);
        QVERIFY(now <= std::chrono::steady_clock::now());
        const qint64 wallBefore = QDateTime::currentMSecsSinceEpoch();
        const qint64 wall = time.wallNow().time_since_epoch().count();
        QVERIFY(wall >= wallBefore);
        QVERIFY(wall <= QDateTime::currentMSecsSinceEpoch());
    }

    void firesOnceNotEarlyAndInItsThread()
    {
        SystemTime time;
        int fired = 0;
        SteadyTime firedAt;
        QThread *firedIn = nullptr;
        const auto timer = time.makeTimer([&] {
            ++fired;
            firedAt = time.now();
            firedIn = QThread::currentThread();
        });
        QVERIFY(!timer->isActive());
        const SteadyTime start = time.now();
        timer->start(20ms);
        QVERIFY(timer->isActive());
        QCOMPARE(fired, 0);
        QTRY_COMPARE(fired, 1);
        QVERIFY(!timer->isActive());
        // A precise timer of Qt counts in whole milliseconds.
        QVERIFY(firedAt - start >= 19ms);
        QCOMPARE(firedIn, QThread::currentThread());
    }

    void restartMovesTheDeadline()
    {
        SystemTime time;
        QList<char> fired;
        const auto moved = time.makeTimer([&] { fired.append('m'); });
        const auto other = time.makeTimer([&] { fired.append('o'); });
        moved->start(5ms);
        other->start(30ms);
        moved->start(60ms);
        QTRY_COMPARE(fired, (QList<char>{'o', 'm'}));
    }

    void aStoppedOrDestroyedOneStaysSilent()
    {
        SystemTime time;
        QList<char> fired;
        const auto stopped = time.makeTimer([&] { fired.append('s'); });
        auto destroyed = time.makeTimer([&] { fired.append('d'); });
        const auto last = time.makeTimer([&] { fired.append('l'); });
        stopped->start(5ms);
        destroyed->start(5ms);
        last->start(30ms);
        stopped->stop();
        QVERIFY(!stopped->isActive());
        destroyed.reset();
        QTRY_COMPARE(fired, QList<char>{'l'});
    }

    void mayBeDestroyedWhileItFires()
    {
        SystemTime time;
        bool fired = false;
        std::unique_ptr<Timer> timer;
        timer = time.makeTimer([&] {
            timer.reset();
            fired = true;
        });
        timer->start(0ms);
        QTRY_VERIFY(fired);
        QVERIFY(!timer);
    }
};

QTEST_GUILESS_MAIN(TestTiming)
#include "tst_timing.moc"
