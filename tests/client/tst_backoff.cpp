#include "client/backoff.h"

#include <QTest>

using namespace lanline::client;
using namespace std::chrono_literals;

class TestBackoff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ceilingDoublesUpToTheLongest();
    void jitterIsAShareOfTheWholeCeiling();
    void resetBeginsAnew();
};

void TestBackoff::ceilingDoublesUpToTheLongest()
{
    Backoff backoff(500ms, 30s, [] { return 0.5; });
    QList<qint64> delays;
    for (int i = 0; i < 9; ++i)
        delays.append(backoff.next().count());
    QCOMPARE(delays, (QList<qint64>{250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000}));
}

void TestBackoff::jitterIsAShareOfTheWholeCeiling()
{
    double random = 0;
    Backoff backoff(500ms, 30s, [&] { return random; });
    QCOMPARE(backoff.next(), 0ms);
    random = 0.999;
    QCOMPARE(backoff.next(), 999ms);
    QCOMPARE(backoff.next(), 1998ms);
}

void TestBackoff::resetBeginsAnew()
{
    Backoff backoff(500ms, 30s, [] { return 0.5; });
    for (int i = 0; i < 5; ++i)
        backoff.next();
    backoff.reset();
    QCOMPARE(backoff.ceiling(), 500ms);
    QCOMPARE(backoff.next(), 250ms);
}

QTEST_GUILESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
