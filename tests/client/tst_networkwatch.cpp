#include "client/systemnetworkwatch.h"
#include "tests/support/faketime.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#ifdef Q_OS_LINUX
#include <sched.h>
#endif

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

using Networks = QList<LocalNetwork>;

const LocalNetwork cable{QHostAddress(u"192.168.1.9"_s), 24, u"eth0"_s};
const LocalNetwork radio{QHostAddress(u"10.7.0.9"_s), 16, u"wlan0"_s};
const LocalNetwork bond{QHostAddress(u"192.168.1.9"_s), 24, u"bond0"_s};

/// A watch over networks and clocks of the test's making.
class Bench
{
public:
    Networks networks{cable, radio};
    ClockReading clocks{1h, 2h, 3h};
    FakeTime time;

    std::unique_ptr<SystemNetworkWatch> make()
    {
        const std::shared_ptr<TimeSource> shared(&time, [](TimeSource *) {});
        return std::make_unique<SystemNetworkWatch>(
            SystemNetworkWatch::Sources{[this] { return networks; }, [this] { return clocks; }, false}, shared);
    }
    /// The clocks all go on, as they do.
    void advance(std::chrono::milliseconds duration)
    {
        clocks.monotonic += duration;
        clocks.boot += duration;
        clocks.wall += duration;
        time.advance(duration);
    }
};

#ifdef Q_OS_LINUX
bool ip(const QString &arguments)
{
    QProcess process;
    process.start(u"ip"_s, arguments.split(u' '));
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

/// How long until the watch told that the address has gone; negative when it did not.
std::chrono::milliseconds untilGone(const NetworkWatch &watch, const QString &address, const QString &command)
{
    std::optional<SteadyTime> goneAt;
    const auto connection = QObject::connect(&watch, &NetworkWatch::addressGone, &watch, [&](const QHostAddress &gone) {
        if (gone == QHostAddress(address))
            goneAt = std::chrono::steady_clock::now();
    });
    // From before the command's process begins: what is measured is too long rather than too short.
    const SteadyTime begin = std::chrono::steady_clock::now();
    const bool isDone = ip(command) && QTest::qWaitFor([&] { return goneAt.has_value(); });
    QObject::disconnect(connection);
    return isDone ? std::chrono::ceil<std::chrono::milliseconds>(*goneAt - begin) : -1ms;
}
#endif

} // namespace

/// What is told of this computer's networks and of its sleep.
class TestNetworkWatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clocks_data();
    void clocks();
    void aClockIsJudgedFromTheLastReading();
    void tellsThatItWoke();
    void looksEachSecondWhereNothingIsHeard_data();
    void looksEachSecondWhereNothingIsHeard();
    void thisComputerHasALoopback();
    void theKernelTellsAtOnce();
};

void TestNetworkWatch::clocks_data()
{
    using std::chrono::nanoseconds;
    QTest::addColumn<qint64>("monotonic");
    QTest::addColumn<qint64>("boot");
    QTest::addColumn<qint64>("wall");
    QTest::addColumn<bool>("woke");
    const auto ns = [](nanoseconds duration) { return qint64(duration.count()); };
    QTest::newRow("a second") << ns(1s) << ns(1s) << ns(1s) << false;
    QTest::newRow("a thread that was busy for a minute") << ns(1min) << ns(1min) << ns(1min) << false;
    QTest::newRow("asleep") << ns(1s) << ns(1h) << ns(1h) << true;
    QTest::newRow("a nap that no link minds") << ns(1s) << ns(3s) << ns(3s) << false;
    QTest::newRow("just too long") << ns(1s) << ns(3s + 1ns) << ns(1s) << true;
    QTest::newRow("set forward") << ns(1s) << ns(1s) << ns(3s + 1ns) << true;
    QTest::newRow("set back") << ns(1s) << ns(1s) << ns(-1s - 1ns) << true;
    QTest::newRow("corrected a little") << ns(1s) << ns(1s) << ns(2s) << false;
    QTest::newRow("asleep, where no clock goes on") << ns(1s) << ns(1s) << ns(1h) << true;
}

void TestNetworkWatch::clocks()
{
    QFETCH(qint64, monotonic);
    QFETCH(qint64, boot);
    QFETCH(qint64, wall);
    const ClockReading first{1h, 2h, 3h};
    WakeDetector detector(first);
    using std::chrono::nanoseconds;
    QTEST(detector.take({first.monotonic + nanoseconds(monotonic), first.boot + nanoseconds(boot),
              first.wall + nanoseconds(wall)}),
        "woke");
}

void TestNetworkWatch::aClockIsJudgedFromTheLastReading()
{
    ClockReading reading{1h, 2h, 3h};
    WakeDetector detector(reading);
    reading.boot += 1h;
    QVERIFY(detector.take(reading));
    QVERIFY(!detector.take(reading));
    // A clock that runs fast is no clock that jumps.
    for (int i = 0; i < 10; ++i) {
        reading.monotonic += 1s;
        reading.boot += 1s;
        reading.wall += 2s;
        QVERIFY(!detector.take(reading));
    }
}

void TestNetworkWatch::tellsThatItWoke()
{
    Bench bench;
    const auto watch = bench.make();
    const QSignalSpy woke(watch.get(), &NetworkWatch::wokeUp);
    const QSignalSpy changed(watch.get(), &NetworkWatch::changed);
    bench.advance(10s);
    QCOMPARE(woke.size(), 0);
    bench.clocks.boot += 1h;
    bench.clocks.wall += 1h;
    bench.advance(1s);
    QCOMPARE(woke.size(), 1);
    bench.advance(10s);
    QCOMPARE(woke.size(), 1);
    QCOMPARE(changed.size(), 0);
}

void TestNetworkWatch::looksEachSecondWhereNothingIsHeard_data()
{
    QTest::addColumn<Networks>("before");
    QTest::addColumn<Networks>("after");
    QTest::addColumn<QList<QHostAddress>>("gone");
    QTest::addColumn<int>("changes");
    using Addresses = QList<QHostAddress>;
    QTest::newRow("nothing") << Networks{cable} << Networks{cable} << Addresses{} << 0;
    QTest::newRow("one comes") << Networks{cable} << Networks{cable, radio} << Addresses{} << 1;
    QTest::newRow("one goes") << Networks{cable, radio} << Networks{radio} << Addresses{cable.address} << 1;
    QTest::newRow("all go") << Networks{cable, radio} << Networks{} << Addresses{cable.address, radio.address} << 1;
    QTest::newRow("one for another") << Networks{cable} << Networks{radio} << Addresses{cable.address} << 1;
    QTest::newRow("to another interface") << Networks{cable} << Networks{bond} << Addresses{} << 1;
}

void TestNetworkWatch::looksEachSecondWhereNothingIsHeard()
{
    QFETCH(Networks, before);
    QFETCH(Networks, after);
    QFETCH(QList<QHostAddress>, gone);
    QFETCH(int, changes);
    Bench bench;
    bench.networks = before;
    const auto watch = bench.make();
    QList<QHostAddress> told;
    int changed = 0;
    connect(watch.get(), &NetworkWatch::addressGone, this, [&](const QHostAddress &address) { told.append(address); });
    connect(watch.get(), &NetworkWatch::changed, this, [&] {
        ++changed;
        QCOMPARE(told, gone); // told before
        QCOMPARE(watch->networks(), after);
    });
    QCOMPARE(watch->networks(), before);
    bench.networks = after;
    bench.advance(999ms);
    QCOMPARE(changed, 0);
    bench.advance(1ms);
    QCOMPARE(told, gone);
    QCOMPARE(changed, changes);
    bench.advance(10s);
    QCOMPARE(changed, changes);
}

void TestNetworkWatch::thisComputerHasALoopback()
{
    const auto watch = makeNetworkWatch();
    const Networks networks = watch->networks();
    const auto isLoopback = [](const LocalNetwork &network) {
        return network.address.isLoopback() && network.prefixLength == 8 && !network.interface.isEmpty();
    };
    QVERIFY(std::ranges::any_of(networks, isLoopback));
}

void TestNetworkWatch::theKernelTellsAtOnce()
{
#ifdef Q_OS_LINUX
    // Of this thread, and of what it starts; the last test, for there is no way back.
    if (unshare(CLONE_NEWNET) != 0)
        QSKIP("no network namespace may be made here: needs root");
    if (!ip(u"link add name one type veth peer name two"_s))
        QSKIP("this kernel, or a tool that is missing, does not let us make a pair of interfaces");
    QVERIFY(ip(u"addr add 10.99.1.1/24 dev one"_s));
    QVERIFY(ip(u"link set two up"_s));

    const auto watch = makeNetworkWatch();
    const QSignalSpy changed(watch.get(), &NetworkWatch::changed);
    const QHostAddress address(u"10.99.1.1"_s);
    const auto isThere = [&](const QHostAddress &wanted) {
        return std::ranges::any_of(
            watch->networks(), [&](const LocalNetwork &network) { return network.address == wanted; });
    };
    QVERIFY(!isThere(address)); // its interface is down
    QVERIFY(ip(u"link set one up"_s));
    QTRY_VERIFY(isThere(address));
    QVERIFY(!changed.isEmpty());

    const auto byLinkDown = untilGone(*watch, u"10.99.1.1"_s, u"link set one down"_s);
    qInfo("link down: told after %lld ms", static_cast<long long>(byLinkDown.count()));
    QVERIFY(byLinkDown >= 0ms && byLinkDown < 200ms);
    QVERIFY(!isThere(address));

    QVERIFY(ip(u"link set one up"_s));
    QTRY_VERIFY(isThere(address));
    // The kernel itself tells a lost carrier at most once a second.
    const auto byCarrier = untilGone(*watch, u"10.99.1.1"_s, u"link set two down"_s);
    qInfo("carrier lost: told after %lld ms", static_cast<long long>(byCarrier.count()));
    QVERIFY(byCarrier >= 0ms && byCarrier < 1'500ms);

    QVERIFY(ip(u"link set two up"_s));
    QTRY_VERIFY(isThere(address));
    const auto byRemoval = untilGone(*watch, u"10.99.1.1"_s, u"addr del 10.99.1.1/24 dev one"_s);
    qInfo("address removed: told after %lld ms", static_cast<long long>(byRemoval.count()));
    QVERIFY(byRemoval >= 0ms && byRemoval < 200ms);

    QVERIFY(ip(u"addr add 10.99.2.1/24 dev one"_s));
    QTRY_VERIFY(isThere(QHostAddress(u"10.99.2.1"_s)));
    const auto byDeletion = untilGone(*watch, u"10.99.2.1"_s, u"link del one"_s);
    qInfo("interface gone: told after %lld ms", static_cast<long long>(byDeletion.count()));
    QVERIFY(byDeletion >= 0ms && byDeletion < 500ms);
#else
    QSKIP("networks are looked at each second here");
#endif
}

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
