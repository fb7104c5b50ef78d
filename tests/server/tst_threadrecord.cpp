#include "server/threadrecord.h"

#include <QTest>

using namespace lanline;
using namespace lanline::server;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestThreadRecord final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLoadIsToldOnceAndAsTheWorstSince();
    void onlyTheLongestStallsAreTold();
    void whatWasBeforeIsNotTold();
    void itForgetsTheOldest();
};

namespace {

protocol::ThreadLoad load(ThreadKind thread, std::chrono::microseconds lag, quint32 busy, quint32 queued = 0)
{
    return {thread, lag, busy, queued};
}

protocol::ThreadStall stall(std::chrono::microseconds duration)
{
    return told(ThreadKind::Storage, {SteadyTime(1s), duration, u"writing"_s}, 3);
}

} // namespace

void TestThreadRecord::aLoadIsToldOnceAndAsTheWorstSince()
{
    ThreadRecord record;
    ThreadRecord::Cursor cursor = record.end();
    record.add(load(ThreadKind::Server, 4ms, 100));
    record.add(load(ThreadKind::Storage, 1ms, 700, 9));
    record.add(load(ThreadKind::Server, 2ms, 300));
    record.add(load(ThreadKind::Storage, 3ms, 600, 5));
    protocol::HeartbeatAck ack;
    record.tell(ack, cursor);
    QCOMPARE(ack.threads, QList({load(ThreadKind::Server, 4ms, 300), load(ThreadKind::Storage, 3ms, 700, 5)}));
    protocol::HeartbeatAck next;
    record.tell(next, cursor);
    QVERIFY(next.threads.isEmpty());
}

void TestThreadRecord::onlyTheLongestStallsAreTold()
{
    ThreadRecord record;
    ThreadRecord::Cursor cursor = record.end();
    for (int i = 1; i <= 20; ++i)
        record.add(stall(i * 10ms));
    protocol::HeartbeatAck ack;
    record.tell(ack, cursor);
    QCOMPARE(ack.stalls.size(), ThreadRecord::stallsTold);
    QCOMPARE(ack.stalls.first().duration, 130ms);
    QCOMPARE(ack.stalls.last().duration, 200ms);
    QCOMPARE(ack.stalls.last().beginUs, quint64(1'000'000));
    QCOMPARE(ack.stalls.last().what, u"writing"_s);
    QCOMPARE(ack.stalls.last().heldUp, 3U);
}

void TestThreadRecord::whatWasBeforeIsNotTold()
{
    ThreadRecord record;
    record.add(stall(100ms));
    record.add(load(ThreadKind::Server, 4ms, 100));
    ThreadRecord::Cursor cursor = record.end();
    protocol::HeartbeatAck ack;
    record.tell(ack, cursor);
    QVERIFY(ack.stalls.isEmpty());
    QVERIFY(ack.threads.isEmpty());
}

void TestThreadRecord::itForgetsTheOldest()
{
    ThreadRecord record;
    ThreadRecord::Cursor cursor = record.end();
    record.add(load(ThreadKind::Server, 9s, 1000));
    for (std::size_t i = 0; i < ThreadRecord::loadsKept; ++i)
        record.add(load(ThreadKind::Server, 1ms, 10));
    protocol::HeartbeatAck ack;
    record.tell(ack, cursor);
    QCOMPARE(ack.threads, QList({load(ThreadKind::Server, 1ms, 10)}));
}

QTEST_GUILESS_MAIN(TestThreadRecord)
#include "tst_threadrecord.moc"
