#include "core/eventloopwatch.h"
#include "core/work.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

using namespace lanline;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestWork final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { takeLongestWork(); }
    void theLongestIsTold();
    void theOuterScopeCounts();
    void workThatGoesOnCounts();
    void anEventCountsWhereNothingNamesItself();
    void aStallIsNamedAfterTheWork();
    void aShortScopeDoesNotExplainAStall();
    void waitingInsideAScopeIsBusy();
};

void TestWork::theLongestIsTold()
{
    {
        const WorkScope scope("short");
    }
    {
        const WorkScope scope("long");
        QThread::usleep(2000);
    }
    const Work work = takeLongestWork();
    QCOMPARE(work.what, "long");
    QVERIFY(work.duration >= 2ms);
    QVERIFY(!takeLongestWork().what);
}

void TestWork::theOuterScopeCounts()
{
    {
        const WorkScope outer("outer");
        const WorkScope inner("inner");
        QThread::usleep(1000);
    }
    QCOMPARE(takeLongestWork().what, "outer");
}

void TestWork::workThatGoesOnCounts()
{
    const WorkScope scope("now");
    QThread::usleep(1000);
    QCOMPARE(takeLongestWork().what, "now");
}

void TestWork::anEventCountsWhereNothingNamesItself()
{
    {
        const EventScope event("Receiver", 1);
        {
            const WorkScope scope("small part");
        }
        QThread::usleep(2000);
    }
    QCOMPARE(takeLongestWork().what, "Receiver");
    {
        const EventScope event("Receiver", 1);
        const WorkScope scope("all of it");
        QThread::usleep(2000);
    }
    QCOMPARE(takeLongestWork().what, "all of it");
}

void TestWork::aStallIsNamedAfterTheWork()
{
    SystemTime time;
    EventLoopWatch watch(time);
    QSignalSpy stalled(&watch, &EventLoopWatch::stalled);
    watch.start();
    QTimer::singleShot(0, this, [] {
        const WorkScope scope("sleeping");
        QThread::msleep(300);
    });
    QVERIFY(stalled.wait());
    const auto stall = stalled.first().first().value<Crossing<Stall>>();
    QCOMPARE(stall->what, u"sleeping"_s);
}

void TestWork::aShortScopeDoesNotExplainAStall()
{
    SystemTime time;
    EventLoopWatch watch(time);
    QSignalSpy stalled(&watch, &EventLoopWatch::stalled);
    watch.start();
    QTimer::singleShot(0, this, [] {
        {
            const WorkScope scope("innocent");
        }
        QThread::msleep(300);
    });
    QVERIFY(stalled.wait());
    QVERIFY(stalled.first().first().value<Crossing<Stall>>()->what.isEmpty());
}

void TestWork::waitingInsideAScopeIsBusy()
{
    SystemTime time;
    EventLoopWatch watch(time);
    watch.start();
    watch.takeLoad();
    {
        const WorkScope scope("waiting");
        QThread::msleep(100);
    }
    const LoopLoad load = watch.takeLoad();
    QVERIFY(load.busyPermille > 900);
    QVERIFY(load.longestLag >= 40ms);
}

QTEST_GUILESS_MAIN(TestWork)
#include "tst_work.moc"
