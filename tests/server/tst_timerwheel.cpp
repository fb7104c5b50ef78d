#include "server/net/timerwheel.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

class tst_TimerWheel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsNeverEarlyAndSoonAfter_data();
    void tellsNeverEarlyAndSoonAfter();
    void startedAgainItMoves();
    void stoppedOrDestroyedItIsForgotten();
    void deadlinesMayEndOthersAndStartAnew();
    void toldOnceAfterALongSleep();
};

namespace {

class Probe final : public TimerWheel::Deadline
{
public:
    std::function<void()> action;
    int told = 0;

private:
    void onDeadline() override
    {
        ++told;
        if (action)
            action();
    }
};

} // namespace

void tst_TimerWheel::tellsNeverEarlyAndSoonAfter_data()
{
    QTest::addColumn<int>("after");
    for (const int ms : {0, 1, 49, 50, 51, 3'000, 6'399, 6'400, 6'401, 120'000})
        QTest::addRow("%d ms", ms) << ms;
}

void tst_TimerWheel::tellsNeverEarlyAndSoonAfter()
{
    QFETCH(int, after);
    FakeTime time;
    time.stall(17ms); // not at the edge of a tick
    TimerWheel wheel(time);
    Probe probe;
    const SteadyTime due = time.now() + std::chrono::milliseconds(after);
    wheel.start(probe, std::chrono::milliseconds(after));
    while (time.now() < due) {
        wheel.advance();
        QCOMPARE(probe.told, 0);
        time.stall(10ms);
    }
    while (probe.told == 0) {
        QVERIFY(time.now() <= due + 2 * TimerWheel::tick);
        time.stall(10ms);
        wheel.advance();
    }
}

void tst_TimerWheel::startedAgainItMoves()
{
    FakeTime time;
    TimerWheel wheel(time);
    Probe probe;
    wheel.start(probe, 100ms);
    wheel.start(probe, 10s);
    time.stall(9s);
    wheel.advance();
    QCOMPARE(probe.told, 0);
    time.stall(2s);
    wheel.advance();
    QCOMPARE(probe.told, 1);
}

void tst_TimerWheel::stoppedOrDestroyedItIsForgotten()
{
    FakeTime time;
    TimerWheel wheel(time);
    Probe stopped;
    wheel.start(stopped, 100ms);
    stopped.stopDeadline();
    {
        Probe destroyed;
        wheel.start(destroyed, 100ms);
    }
    time.stall(1s);
    wheel.advance();
    QCOMPARE(stopped.told, 0);
}

void tst_TimerWheel::deadlinesMayEndOthersAndStartAnew()
{
    FakeTime time;
    TimerWheel wheel(time);
    auto other = std::make_unique<Probe>();
    Probe first;
    first.action = [&] {
        other.reset();
        if (first.told < 3)
            wheel.start(first, 0ms);
    };
    wheel.start(first, 100ms);
    wheel.start(*other, 100ms);
    for (int i = 0; i < 20; ++i) {
        time.stall(50ms);
        wheel.advance();
    }
    QCOMPARE(first.told, 3);
}

void tst_TimerWheel::toldOnceAfterALongSleep()
{
    FakeTime time;
    TimerWheel wheel(time);
    std::array<Probe, 300> probes;
    for (size_t i = 0; i < probes.size(); ++i)
        wheel.start(probes.at(i), std::chrono::milliseconds(i * 37));
    time.stall(std::chrono::hours(8));
    wheel.advance();
    wheel.advance();
    for (const Probe &probe : probes)
        QCOMPARE(probe.told, 1);
}

QTEST_GUILESS_MAIN(tst_TimerWheel)
#include "tst_timerwheel.moc"
