#include "client/clockoffset.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;

class TestClockOffset final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shortestRoundTripWins();
    void anOldBestIsForgotten();
    void theErrorIsHalfTheRoundTripAndGrowsWithAge();
};

void TestClockOffset::shortestRoundTripWins()
{
    ClockOffset offset;
    const SteadyTime start{1h};
    QCOMPARE(offset.add(start, 900us, 100us).offset, 100us);
    QCOMPARE(offset.add(start + 1s, 400us, 70us).offset, 70us);
    QCOMPARE(offset.add(start + 2s, 5ms, 2ms).offset, 70us);
    QCOMPARE(offset.add(start + 3s, 300us, 65us).offset, 65us);
}

void TestClockOffset::anOldBestIsForgotten()
{
    ClockOffset offset;
    const SteadyTime start{1h};
    offset.add(start, 100us, 10us);
    offset.add(start + 30s, 300us, 30us);
    offset.add(start + 40s, 200us, 20us);
    QCOMPARE(offset.add(start + 60s, 900us, 90us).offset, 10us);
    QCOMPARE(offset.add(start + 61s, 900us, 91us).offset, 20us);
    QCOMPARE(offset.add(start + 101s, 901us, 92us).offset, 91us);
}

void TestClockOffset::theErrorIsHalfTheRoundTripAndGrowsWithAge()
{
    ClockOffset offset;
    const SteadyTime start{1h};
    QCOMPARE(offset.add(start, 400us, 70us).error, 200us);
    QCOMPARE(offset.add(start + 40s, 5ms, 2ms).error, 200us + 2ms);
    QCOMPARE(offset.add(start + 41s, 100us, 65us).error, 50us);
}

QTEST_GUILESS_MAIN(TestClockOffset)
#include "tst_clockoffset.moc"
