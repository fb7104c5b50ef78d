#include "client/heartbeat.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using std::chrono::microseconds;

class TestHeartbeat final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstBeatGoesAtOnce();
    void beatsAtTheAnnouncedInterval();
    void intervalIsClamped_data();
    void intervalIsClamped();
    void aChangeIsAnnouncedAtOnce();
    void aShorterIntervalDoesNotJudgeThePast();
    void silenceIsMissedAfterOneAndAHalfIntervals();
    void anAckMovesTheDeadline();
    void aForeignAckIsIgnored();
    void ownStallMovesTheDeadline();
    void anUnansweredBeatIsTold();
    void aProbeBeatsAtOnceAndIsShort();
    void aProbeNeverGrantsMoreTime();
    void anAnsweredProbeGoesOnAsBefore();
    void measuresRoundTripServerTimeAndOffset();
    void whatWaitsHereIsNoRoundTrip();
    void absurdServerStampsGiveNoMeasurement();
    void stopEndsEverything();

private:
    void ack(quint64 receivedUs = 1'000, quint64 answeredUs = 1'000)
    {
        m_heartbeat->onAck({m_beats.last().sentUs, receivedUs, answeredUs});
    }

    std::unique_ptr<FakeTime> m_time;
    std::unique_ptr<Heartbeat> m_heartbeat;
    QList<protocol::Heartbeat> m_beats;
    QList<RoundTrip> m_trips;
    int m_unanswered = 0;
    int m_missed = 0;
    microseconds m_stalled{};
};

void TestHeartbeat::init()
{
    m_heartbeat.reset();
    m_time = std::make_unique<FakeTime>();
    m_beats.clear();
    m_trips.clear();
    m_unanswered = 0;
    m_missed = 0;
    m_stalled = {};
    m_heartbeat = std::make_unique<Heartbeat>(*m_time, ClientId(QStringLiteral("c_1")),
        Heartbeat::Sink{
            [this](const protocol::Heartbeat &beat) { m_beats.append(beat); },
            [this](const RoundTrip &trip) { m_trips.append(trip); },
            [this] { ++m_unanswered; },
            [this] { ++m_missed; },
            [this](SteadyTime, SteadyTime) { return m_stalled; },
        });
}

void TestHeartbeat::firstBeatGoesAtOnce()
{
    m_heartbeat->start();
    QCOMPARE(m_beats.size(), 1);
    QCOMPARE(m_beats[0].clientId.value(), QStringLiteral("c_1"));
    QCOMPARE(m_beats[0].next, 15s);
    QCOMPARE(m_beats[0].timestamp, m_time->wallNow());
}

void TestHeartbeat::beatsAtTheAnnouncedInterval()
{
    m_heartbeat->start();
    for (int i = 0; i < 3; ++i) {
        ack();
        m_time->advance(14'999ms);
        QCOMPARE(m_beats.size(), i + 1);
        m_time->advance(1ms);
        QCOMPARE(m_beats.size(), i + 2);
    }
    QCOMPARE(m_missed, 0);
}

void TestHeartbeat::intervalIsClamped_data()
{
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("announced");
    QTest::newRow("too short") << 0 << 1'000;
    QTest::newRow("shortest") << 1'000 << 1'000;
    QTest::newRow("between") << 20'000 << 20'000;
    QTest::newRow("too long") << 3'600'000 << 60'000;
}

void TestHeartbeat::intervalIsClamped()
{
    QFETCH(int, asked);
    QFETCH(int, announced);
    m_heartbeat->setInterval(std::chrono::milliseconds(asked));
    m_heartbeat->start();
    QCOMPARE(m_beats[0].next.count(), announced);
}

void TestHeartbeat::aChangeIsAnnouncedAtOnce()
{
    m_heartbeat->start();
    ack();
    m_time->advance(3s);
    m_heartbeat->setInterval(1s);
    QCOMPARE(m_beats.size(), 2);
    QCOMPARE(m_beats[1].next, 1s);
    ack();
    m_time->advance(1s);
    QCOMPARE(m_beats.size(), 3);
}

void TestHeartbeat::aShorterIntervalDoesNotJudgeThePast()
{
    m_heartbeat->start();
    ack();
    m_time->advance(10s);
    m_heartbeat->setInterval(1s);
    m_time->advance(1'400ms);
    QCOMPARE(m_missed, 0);
    m_time->advance(100ms);
    QCOMPARE(m_missed, 1);
}

void TestHeartbeat::silenceIsMissedAfterOneAndAHalfIntervals()
{
    m_heartbeat->start();
    m_time->advance(22'499ms);
    QCOMPARE(m_missed, 0);
    m_time->advance(1ms);
    QCOMPARE(m_missed, 1);
    // It has stopped: nothing is beaten or missed any more.
    const auto beats = m_beats.size();
    m_time->advance(1min);
    QCOMPARE(m_missed, 1);
    QCOMPARE(m_beats.size(), beats);
}

void TestHeartbeat::anAckMovesTheDeadline()
{
    m_heartbeat->start();
    m_time->advance(10s);
    ack();
    m_time->advance(22'499ms);
    QCOMPARE(m_missed, 0);
    m_time->advance(1ms);
    QCOMPARE(m_missed, 1);
}

void TestHeartbeat::aForeignAckIsIgnored()
{
    m_heartbeat->start();
    m_heartbeat->onAck({m_beats[0].sentUs + 1, 1, 1});
    QVERIFY(m_trips.isEmpty());
    ack();
    ack(); // the same again
    QCOMPARE(m_trips.size(), 1);
    m_time->advance(22'500ms);
    QCOMPARE(m_missed, 1);
}

void TestHeartbeat::ownStallMovesTheDeadline()
{
    m_heartbeat->start();
    m_time->advance(20s);
    m_stalled = 4s;
    m_time->advance(2'500ms);
    QCOMPARE(m_missed, 0);
    m_time->advance(3'999ms);
    QCOMPARE(m_missed, 0);
    m_time->advance(1ms);
    QCOMPARE(m_missed, 1);
}

void TestHeartbeat::anUnansweredBeatIsTold()
{
    m_heartbeat->setInterval(1s);
    m_heartbeat->start();
    ack();
    m_time->advance(999ms);
    QCOMPARE(m_unanswered, 0);
    m_time->advance(1ms + 249ms);
    QCOMPARE(m_unanswered, 0);
    m_time->advance(1ms);
    QCOMPARE(m_unanswered, 1);
    QCOMPARE(m_missed, 0);
}

void TestHeartbeat::aProbeBeatsAtOnceAndIsShort()
{
    m_heartbeat->setInterval(15s);
    m_heartbeat->start();
    ack();
    m_time->advance(2s);
    m_beats.clear();
    m_heartbeat->probe(1s);
    QCOMPARE(m_beats.size(), 1);
    m_time->advance(999ms);
    QCOMPARE(m_missed, 0);
    m_time->advance(1ms);
    m_time->advance(0ms);
    QCOMPARE(m_missed, 1);
}

void TestHeartbeat::aProbeNeverGrantsMoreTime()
{
    m_heartbeat->setInterval(1s);
    m_heartbeat->start();
    m_time->advance(1'400ms);
    m_heartbeat->probe(1s);
    m_time->advance(100ms);
    m_time->advance(0ms);
    QCOMPARE(m_missed, 1);
}

void TestHeartbeat::anAnsweredProbeGoesOnAsBefore()
{
    m_heartbeat->setInterval(15s);
    m_heartbeat->start();
    ack();
    m_heartbeat->probe(1s);
    ack();
    m_time->advance(14s);
    QCOMPARE(m_missed, 0);
}

void TestHeartbeat::measuresRoundTripServerTimeAndOffset()
{
    m_heartbeat->start();
    const quint64 sent = m_beats[0].sentUs;
    m_time->advance(10ms);
    // 4 ms there, 2 ms inside, 4 ms back; the server's clock is 1 s ahead.
    m_heartbeat->onAck({sent, sent + 1'004'000, sent + 1'006'000});
    QCOMPARE(m_trips.size(), 1);
    QCOMPARE(m_trips[0].rtt, 10ms);
    QCOMPARE(m_trips[0].serverTime, 2ms);
    QCOMPARE(m_trips[0].clockOffset, 1s);
    QCOMPARE(m_trips[0].at, m_time->now());
    QCOMPARE(m_trips[0].wallAt, m_time->wallNow());
}

void TestHeartbeat::whatWaitsHereIsNoRoundTrip()
{
    m_heartbeat->start();
    m_time->advance(6ms);
    const SteadyTime arrived = m_time->now();
    m_time->advance(300ms);
    const quint64 sent = m_beats.last().sentUs;
    m_heartbeat->onAck({sent, sent + 3'000 + 1'000'000, sent + 3'000 + 1'000'000}, arrived);
    QCOMPARE(m_trips.size(), 1);
    QCOMPARE(m_trips[0].rtt, 6ms);
    QCOMPARE(m_trips[0].clockOffset, 1s);
    QCOMPARE(m_trips[0].clockError, 3ms);
    QCOMPARE(m_trips[0].at, m_time->now());
}

void TestHeartbeat::absurdServerStampsGiveNoMeasurement()
{
    m_heartbeat->start();
    ack(2'000, 1'000);
    QVERIFY(m_trips.isEmpty());
    m_time->advance(15s);
    ack(1'000, ~quint64(0));
    QVERIFY(m_trips.isEmpty());
    // Yet an answer is an answer.
    m_time->advance(15s);
    QCOMPARE(m_missed, 0);
}

void TestHeartbeat::stopEndsEverything()
{
    m_heartbeat->start();
    m_heartbeat->stop();
    m_time->advance(1min);
    QCOMPARE(m_beats.size(), 1);
    QCOMPARE(m_missed, 0);
    m_heartbeat->setInterval(1s);
    QCOMPARE(m_beats.size(), 1);
}

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
