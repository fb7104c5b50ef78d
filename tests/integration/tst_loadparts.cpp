#include "app/loadtest/busyclock.h"
#include "app/loadtest/loadcrew.h"
#include "app/loadtest/memberswatch.h"
#include "app/loadtest/ramp.h"
#include "app/loadtest/stepcount.h"
#include "ui/models/loadtestverdict.h"

#include <QTest>

using namespace lanline;
using namespace lanline::loadtest;
using namespace std::chrono_literals;

/// The parts of a load test that need no server.
class TestLoadParts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRampGoesBeyondTheWish();
    void theRampStaysWithinItsBound();
    void aGuestHasFewerClientsThanAUserMay();
    void membersThatAreSlowOnceDoNotSuffer();
    void fastMembersDoNotSufferFromFactors();
    void silenceIsSuffering();
    void aFullServerIsSuffering();
    void aStepCountsWhatIsItsOwn();
    void theServersShareIsOfTheStep();
    void histogramsComeBackFromTheirCounts();

private:
    static QList<protocol::ThreadLoad> busy(quint32 server, quint32 storage = 0);
    const SteadyTime m_now = SteadyTime(1h);
};

QList<protocol::ThreadLoad> TestLoadParts::busy(quint32 server, quint32 storage)
{
    return {{.thread = ThreadKind::Server, .busyPermille = server},
        {.thread = ThreadKind::Storage, .busyPermille = storage}};
}

void TestLoadParts::theRampGoesBeyondTheWish()
{
    Ramp ramp({50, 20, 256, 30s});
    QCOMPARE(ramp.stepTime(), 3s);
    QList<double> rates;
    while (const auto rate = ramp.next())
        rates.append(*rate);
    QCOMPARE(rates, (QList<double>{250, 500, 750, 1000, 1500, 2000, 3000, 4000, 6000, 8000}));
    QCOMPARE(ramp.stepCount(), 10);
    QVERIFY(!ramp.next());
}

void TestLoadParts::theRampStaysWithinItsBound()
{
    Ramp ramp({200, 125, 32, 10s}); // 25,000 messages per second
    double last = 0;
    int steps = 0;
    while (const auto rate = ramp.next()) {
        QVERIFY(*rate > last);
        last = *rate;
        ++steps;
    }
    QCOMPARE(last, double(ui::LoadTestController::mostMessagesPerSecond));
    QCOMPARE(steps, ramp.stepCount());
    QCOMPARE(steps, 6);
}

void TestLoadParts::aGuestHasFewerClientsThanAUserMay()
{
    QCOMPARE(LoadCrew::guestsFor(1), 1);
    for (int clients = 1; clients <= ui::LoadTestController::mostClients; ++clients) {
        const int guests = LoadCrew::guestsFor(clients);
        QVERIFY((clients + guests - 1) / guests < protocol::Limits().clientsPerSession);
    }
}

void TestLoadParts::membersThatAreSlowOnceDoNotSuffer()
{
    MembersWatch watch;
    watch.expectRoundTrips(true);
    for (const auto before : {2ms, 9ms, 3ms}) {
        QVERIFY(!watch.knowsBefore());
        watch.onRoundTrip(m_now, before);
    }
    QVERIFY(watch.knowsBefore());
    QCOMPARE(watch.before(), 3ms);
    watch.begin(m_now);
    watch.onRoundTrip(m_now, 80ms);
    QVERIFY(!watch.isSuffering(m_now));
    watch.onRoundTrip(m_now, 4ms);
    watch.onRoundTrip(m_now, 80ms);
    QVERIFY(!watch.isSuffering(m_now));
    watch.onRoundTrip(m_now, 51ms);
    QVERIFY(watch.isSuffering(m_now));
    QCOMPARE(watch.worst(), 80ms);
    QCOMPARE(watch.during(), 80ms);
    QCOMPARE(watch.before(), 3ms);
}

void TestLoadParts::fastMembersDoNotSufferFromFactors()
{
    MembersWatch watch;
    for (int beat = 0; beat < 3; ++beat)
        watch.onRoundTrip(m_now, 30ms);
    watch.begin(m_now);
    for (int beat = 0; beat < 5; ++beat)
        watch.onRoundTrip(m_now, 140ms);
    QVERIFY2(!watch.isSuffering(m_now), "slow, but not five times as slow as before");
    MembersWatch local;
    local.onRoundTrip(m_now, 300us);
    local.begin(m_now);
    for (int beat = 0; beat < 5; ++beat)
        local.onRoundTrip(m_now, 40ms);
    QVERIFY2(!local.isSuffering(m_now), "a hundred times as slow, but nobody feels it");
}

void TestLoadParts::silenceIsSuffering()
{
    for (const bool isExpecting : {true, false}) {
        MembersWatch watch;
        watch.expectRoundTrips(isExpecting);
        QVERIFY(!watch.isSuffering(m_now + 1h));
        watch.begin(m_now);
        QVERIFY(!watch.isSuffering(m_now + ui::loadrule::membersSilence));
        QCOMPARE(watch.isSuffering(m_now + ui::loadrule::membersSilence + 1ms), isExpecting);
    }
}

void TestLoadParts::aFullServerIsSuffering()
{
    MembersWatch watch;
    watch.begin(m_now);
    watch.onThreads(m_now + 1s, busy(900, 1000));
    QVERIFY(!watch.isSuffering(m_now + 1s));
    watch.onThreads(m_now + 2s, busy(700, 1000));
    watch.onThreads(m_now + 3s, busy(850));
    QVERIFY(!watch.isSuffering(m_now + 3s));
    watch.onThreads(m_now + 4s, busy(870));
    QVERIFY(watch.isSuffering(m_now + 4s));
    QCOMPARE(watch.busyShare(), 0.87);
}

void TestLoadParts::aStepCountsWhatIsItsOwn()
{
    StepCount count;
    count.begin(10, 100, 2);
    count.onSent();
    count.onSent();
    count.onStored(100, true);
    count.onDelivered(100, 5ms);
    count.onDelivered(99, 7s); // of the step before
    count.onStored(99, true);
    QVERIFY(!count.isComplete());
    count.onDelivered(100, 6ms);
    count.onDelivered(101, 1ms);
    count.onDelivered(101, 2ms);
    count.endSending();
    count.onStored(101, false);
    QVERIFY(count.isComplete());
    const ui::LoadTestStep step = count.step(500ms);
    QCOMPARE(step.sent, quint64(2));
    QCOMPARE(step.succeeded, quint64(1));
    QCOMPARE(step.delivered, quint64(4));
    QCOMPARE(step.delivery.max(), 6ms);
    QCOMPARE(step.stored, 2.0); // one in half a second; the other came too late to count
    QCOMPARE(step.success(), 0.5);
    QCOMPARE(step.throughput(), 8.0);
}

void TestLoadParts::theServersShareIsOfTheStep()
{
    ServerBusy server;
    QCOMPARE(server.share(), -1.0);
    server.beginStep();
    server.onThreads(m_now, busy(999)); // before the step
    server.onThreads(m_now + 1s, busy(100));
    server.onThreads(m_now + 3s, busy(400, 900));
    QCOMPARE(server.share(), 0.3);
    server.beginStep();
    QCOMPARE(server.share(), -1.0);
}

void TestLoadParts::histogramsComeBackFromTheirCounts()
{
    Histogram histogram;
    for (qint64 us = 1; us < 4'000'000; us = us * 5 / 4 + 1)
        histogram.record(std::chrono::microseconds(us));
    const Histogram again =
        Histogram::fromCounts(histogram.counts(), histogram.min(), histogram.max(), histogram.sum());
    QCOMPARE(again.count(), histogram.count());
    QCOMPARE(again.min(), histogram.min());
    QCOMPARE(again.max(), histogram.max());
    QCOMPARE(again.mean(), histogram.mean());
    for (int percent = 0; percent <= 100; ++percent)
        QCOMPARE(again.percentile(percent), histogram.percentile(percent));
    QVERIFY(Histogram::fromCounts({}, 3us, 1us, 9us).isEmpty());
    QCOMPARE(Histogram::fromCounts({{-5us, 2}}, -5us, -5us, 0us).percentile(50), 0us);
}

QTEST_GUILESS_MAIN(TestLoadParts)
#include "tst_loadparts.moc"
