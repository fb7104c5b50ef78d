#include "client/faults/faultylink.h"
#include "tests/support/clientbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The other end of the link under test.
class RawLink final : public Link
{
public:
    void open(const Path &) override { }
    QHostAddress localAddress() const override { return {}; }
    QHostAddress peerAddress() const override { return {}; }
    void send(const QByteArray &frame) override { sent.append(frame); }
    void close(const protocol::CloseReason &) override { sent.append("close"); }
    void abort() override { isAborted = true; }
    QByteArray certificateSha256() const override { return {}; }

    QByteArrayList sent;
    bool isAborted = false;
};

QByteArray numbered(int number)
{
    return QByteArray::number(number);
}

} // namespace

/// What is broken on purpose in a client: order, losslessness, bounds and its end.
class TestFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsHeldWhileNoFaultIsOn();
    void aDelayKeepsTheOrderAndLosesNothing();
    void jitterNeverOvertakes();
    void whatWaitsLeavesWhenTheDelayEnds();
    void whatWaitsLeavesBeforeTheClose();
    void theQueuesAreBounded();
    void aSlowReaderTakesOneAfterTheOther();
    void whatIsHeldIsToldBeforeTheEnd();
    void nothingIsToldAfterAnAbort();
    void faultsAreShortened();
    void oneOfAKindAtATime();
    void stallsOnceASecond();
    void aCutPrimaryIsCutAgainUntilTheFaultEnds();
    void aCutStandbyIsSoughtAgain();
    void droppedHeartbeatsAreNotSent();

private:
    void set(FaultKind kind, std::chrono::milliseconds amount, std::chrono::milliseconds duration = 60s)
    {
        m_faults->set({kind, amount, duration});
    }

    std::shared_ptr<FakeTime> m_time;
    std::shared_ptr<LinkFaults> m_faults;
    std::unique_ptr<FaultyLink> m_link;
    RawLink *m_raw = nullptr; ///< the link's
    QByteArrayList m_taken;
    QList<SteadyTime> m_arrivals;
    double m_random = 0.5;
};

void TestFaults::init()
{
    m_link.reset();
    m_time = std::make_shared<FakeTime>();
    m_random = 0.5;
    m_faults = std::make_shared<LinkFaults>(m_time, [this] { return m_random; });
    auto raw = std::make_unique<RawLink>();
    m_raw = raw.get();
    m_link = std::make_unique<FaultyLink>(std::move(raw), m_faults, m_time);
    m_taken.clear();
    m_arrivals.clear();
    connect(m_link.get(), &Link::frameReceived, this, [this](const QByteArray &frame) {
        m_taken.append(frame);
        m_arrivals.append(m_link->lastArrival().value_or(m_time->now()));
    });
}

void TestFaults::nothingIsHeldWhileNoFaultIsOn()
{
    m_link->send("a");
    Q_EMIT m_raw->frameReceived("b");
    QCOMPARE(m_raw->sent, QByteArrayList{"a"});
    QCOMPARE(m_taken, QByteArrayList{"b"});
    QVERIFY(!m_link->lastArrival());
    QCOMPARE(m_time->activeTimers(), 0);
}

void TestFaults::aDelayKeepsTheOrderAndLosesNothing()
{
    set(FaultKind::Delay, 50ms);
    QByteArrayList all;
    for (int i = 0; i < 100; ++i) {
        all.append(numbered(i));
        m_link->send(all.last());
        m_time->advance(1ms);
        QCOMPARE(m_raw->sent.size(), qsizetype(std::max(0, i + 2 - 50)));
    }
    m_time->advance(50ms);
    QCOMPARE(m_raw->sent, all);
}

void TestFaults::jitterNeverOvertakes()
{
    set(FaultKind::Jitter, 100ms);
    m_random = 0.9;
    m_link->send("first");
    m_random = 0.1;
    m_link->send("second");
    m_time->advance(89ms);
    QVERIFY(m_raw->sent.isEmpty());
    m_time->advance(1ms);
    QCOMPARE(m_raw->sent, (QByteArrayList{"first", "second"}));
}

void TestFaults::whatWaitsLeavesWhenTheDelayEnds()
{
    set(FaultKind::Delay, 5s, 1s);
    m_link->send("late");
    m_time->advance(999ms);
    QVERIFY(m_raw->sent.isEmpty());
    m_time->advance(1ms);
    QCOMPARE(m_raw->sent, QByteArrayList{"late"});
    m_link->send("in time");
    QCOMPARE(m_raw->sent.size(), 2);
    QCOMPARE(m_time->activeTimers(), 0);
}

void TestFaults::whatWaitsLeavesBeforeTheClose()
{
    set(FaultKind::Delay, 50ms);
    m_link->send("bye");
    m_link->close(protocol::close::Normal);
    QCOMPARE(m_raw->sent, (QByteArrayList{"bye", "close"}));
}

void TestFaults::theQueuesAreBounded()
{
    set(FaultKind::Delay, 5s);
    set(FaultKind::SlowReader, 5s);
    const int most = int(FaultyLink::mostFrames);
    for (int i = 0; i < most + 10; ++i) {
        m_link->send(numbered(i));
        Q_EMIT m_raw->frameReceived(numbered(i));
    }
    QCOMPARE(m_raw->sent.size(), 10);
    QCOMPARE(m_taken.size(), 10);
    m_faults->set({FaultKind::Delay});
    m_faults->set({FaultKind::SlowReader});
    QCOMPARE(m_raw->sent.size(), most + 10);
    QCOMPARE(m_taken.size(), most + 10);
    for (int i = 0; i < most + 10; ++i) {
        QCOMPARE(m_raw->sent.at(i), numbered(i));
        QCOMPARE(m_taken.at(i), numbered(i));
    }
}

void TestFaults::aSlowReaderTakesOneAfterTheOther()
{
    set(FaultKind::SlowReader, 20ms);
    const SteadyTime arrived = m_time->now();
    for (int i = 0; i < 3; ++i)
        Q_EMIT m_raw->frameReceived(numbered(i));
    m_time->advance(19ms);
    QVERIFY(m_taken.isEmpty());
    m_time->advance(1ms);
    QCOMPARE(m_taken.size(), 1);
    m_time->advance(20ms);
    QCOMPARE(m_taken.size(), 2);
    m_time->advance(20ms);
    QCOMPARE(m_taken, (QByteArrayList{"0", "1", "2"}));
    // When they came, not when they were taken.
    QCOMPARE(m_arrivals, (QList<SteadyTime>{arrived, arrived, arrived}));
    QVERIFY(!m_link->lastArrival());
}

void TestFaults::whatIsHeldIsToldBeforeTheEnd()
{
    set(FaultKind::SlowReader, 1s);
    qsizetype takenBefore = -1;
    connect(m_link.get(), &Link::ended, this, [&] { takenBefore = m_taken.size(); });
    Q_EMIT m_raw->frameReceived("goodbye");
    Q_EMIT m_raw->ended({});
    QCOMPARE(takenBefore, 1);
}

void TestFaults::nothingIsToldAfterAnAbort()
{
    set(FaultKind::SlowReader, 10ms);
    set(FaultKind::Delay, 10ms);
    m_link->send("a");
    Q_EMIT m_raw->frameReceived("b");
    m_link->abort();
    m_time->advance(1s);
    QVERIFY(m_raw->isAborted);
    QVERIFY(m_raw->sent.isEmpty());
    QVERIFY(m_taken.isEmpty());
}

void TestFaults::faultsAreShortened()
{
    set(FaultKind::Delay, 1h, 1h);
    QCOMPARE(m_faults->amountOf(FaultKind::Delay), largestFaultAmount);
    m_time->advance(longestFault - 1ms);
    QVERIFY(m_faults->isOn(FaultKind::Delay));
    m_time->advance(1ms);
    QVERIFY(!m_faults->isAny());
}

void TestFaults::oneOfAKindAtATime()
{
    set(FaultKind::Delay, 10ms, 1s);
    set(FaultKind::Delay, 30ms, 3s);
    QCOMPARE(m_faults->delay(), 30ms);
    m_time->advance(2s);
    QVERIFY(m_faults->isOn(FaultKind::Delay));
    m_time->advance(1s);
    QVERIFY(!m_faults->isAny());
}

void TestFaults::stallsOnceASecond()
{
    QList<std::chrono::milliseconds> slept;
    RecurringStall stall(*m_time, [&](std::chrono::milliseconds length) {
        slept.append(length);
        m_time->stall(length);
    });
    stall.set(300ms);
    QVERIFY(slept.isEmpty());
    m_time->advance(0ms);
    QCOMPARE(slept.size(), 1);
    m_time->advance(699ms);
    QCOMPARE(slept.size(), 1);
    m_time->advance(1ms);
    QCOMPARE(slept, (QList<std::chrono::milliseconds>{300ms, 300ms}));
    stall.set(0ms);
    m_time->advance(5s);
    QCOMPARE(slept.size(), 2);
}

void TestFaults::aCutPrimaryIsCutAgainUntilTheFaultEnds()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    QCOMPARE(bench.state().phase, Phase::Online);
    bench.execute(SetFault{{FaultKind::CutPrimary, 0ms, 30s}});
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::ConnectionLost);
    bench.execute(RetryNow{});
    bench.link().accept();
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);

    bench.execute(SetFault{{FaultKind::CutPrimary}});
    bench.execute(RetryNow{});
    bench.reachWelcome();
    QCOMPARE(bench.state().phase, Phase::Online);
}

void TestFaults::aCutStandbyIsSoughtAgain()
{
    ClientBench bench;
    bench.execute(SetRedundancy{Redundancy::Automatic});
    bench.execute(Open{QUrl(u"ws://127.0.0.1:1001/"_s)});
    bench.reachWelcome(ClientBench::primaryWelcome({}, {u"127.0.0.1:1001"_s, u"127.0.0.1:1002"_s}));
    FakeLink &standby = bench.link();
    standby.accept();
    standby.deliver(ClientBench::ready());
    bench.settle();
    standby.deliver(ClientBench::standbyWelcome());
    bench.settle();
    QVERIFY(bench.state().hasStandby());

    bench.execute(SetFault{{FaultKind::CutStandby, 0ms, 30s}});
    QVERIFY(!bench.state().hasStandby());
    QCOMPARE(bench.state().phase, Phase::Online);
    const int before = bench.network().count();
    bench.advance(10s);
    QVERIFY(bench.network().count() > before);
}

void TestFaults::droppedHeartbeatsAreNotSent()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.execute(SetHeartbeatInterval{1s});
    const qsizetype before = bench.link().received<protocol::Heartbeat>().size();
    QVERIFY(before > 0);
    bench.execute(SetFault{{FaultKind::DropHeartbeats, 0ms, 60s}});
    // One would have been due on the way.
    static_assert(protocol::heartbeatDeadline(1s) > 1001ms);
    bench.advance(1001ms);
    QCOMPARE(bench.link().received<protocol::Heartbeat>().size(), before);
    bench.advance(protocol::heartbeatDeadline(1s) - 1000ms);
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::HeartbeatMissed);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
