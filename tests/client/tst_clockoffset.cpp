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
};

void TestClockOffset::shortestRoundTripWins()
{
    ClockOffset offset;
    const SteadyTime start{1h};
    QCOMPARE(offset.add(start, 900us, 100us), 100us);
    QCOMPARE(offset.add(start + 1s, 400us, 70us), 70us);
    QCOMPARE(offset.add(start + 2s, 5ms, 2ms), 70us);
    QCOMPARE(offset.add(start + 3s, 300us, 65us), 65us);
}

void TestClockOffset::anOldBestIsForgotten()
{
    ClockOffset offset;
    const SteadyTime start{1h};
    offset.add(start, 100us, 10us);
    offset.add(start + 30s, 300us, 30us);
    offset.add(start + 40s, 200us, 20us);
    QCOMPARE(offset.add(start + 60s, 900us, 90us), 10us);
    QCOMPARE(offset.add(start + 61s, 900us, 91us), 20us);
    QCOMPARE(offset.add(start + 101s, 901us, 92us), 91us);
}

QTEST_GUILESS_MAIN(TestClockOffset)
#include "tst_clockoffset.moc"
