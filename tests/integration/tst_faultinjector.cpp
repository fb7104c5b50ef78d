#include "app/lanline/embeddedhost.h"
#include "app/lanline/faultinjector.h"
#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace lanline;
using namespace lanline::app;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

/// What the tab of faults can do, done to a real session and the server that its program hosts.
class TestFaultInjector final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void messagesWaitUntilItEnds_data();
    void messagesWaitUntilItEnds();
    void aCutPrimaryComesBack();
    void droppedHeartbeatsLoseTheLink();
    void nothingIsLostOverAKill();
    void aKillIsOverWhenItIsStopped();
    void aFaultOfTheServersOutlastsItsKill();
    void stoppedWhileItIsDownItStaysDown();
    void faultsOfTheHostsEndWithIt();
    void whatIsNotPossibleIsRefused();
    void aServerElsewhereMayRefuse();

private:
    /// Of one message, from send() until it is known to be stored.
    milliseconds timeToStore();
    bool isOn(FaultKind kind) const;

    QTemporaryDir m_data;
    std::unique_ptr<EmbeddedHost> m_host;
    std::unique_ptr<ClientProbe> m_ann;
    std::unique_ptr<FaultInjector> m_faults;
    const RoomId m_lobby{u"lobby"_s};
};

void TestFaultInjector::init()
{
    m_host = std::make_unique<EmbeddedHost>(
        m_data.filePath(QString::fromLatin1(QTest::currentTestFunction())), QHostAddress(QHostAddress::LocalHost));
    m_host->setToldAddresses({u"127.0.0.1:1"_s});
    QSignalSpy started(m_host.get(), &EmbeddedHost::started);
    m_host->start({u"Test"_s, 0});
    QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, 20'000);
    m_ann = std::make_unique<ClientProbe>(u"Ann"_s);
    m_faults = std::make_unique<FaultInjector>(m_ann->session());
    m_faults->setHost(*m_host);
    m_ann->session().open(m_host->info().localUrl);
    QTRY_VERIFY_WITH_TIMEOUT(m_ann->isOnline(), 20'000);
}

void TestFaultInjector::cleanup()
{
    m_faults.reset();
    m_ann.reset();
    m_host.reset();
}

milliseconds TestFaultInjector::timeToStore()
{
    const qsizetype before = m_ann->stored().size();
    QElapsedTimer timer;
    timer.start();
    m_ann->session().send(m_lobby, u"how long?"_s);
    const bool isStored = QTest::qWaitFor([&] { return m_ann->stored().size() > before; }, 20'000);
    return isStored ? milliseconds(timer.elapsed()) : milliseconds::max();
}

bool TestFaultInjector::isOn(FaultKind kind) const
{
    const QList<ui::RunningFault> running = m_faults->running();
    return std::any_of(
        running.begin(), running.end(), [kind](const ui::RunningFault &each) { return each.fault.kind == kind; });
}

void TestFaultInjector::messagesWaitUntilItEnds_data()
{
    QTest::addColumn<FaultKind>("kind");
    QTest::newRow("stall of the GUI thread") << FaultKind::StallGui;
    QTest::newRow("stall of the network thread") << FaultKind::StallNetwork;
    QTest::newRow("stall of the server thread") << FaultKind::StallServer;
    QTest::newRow("stall of the storage thread") << FaultKind::StallStorage;
    QTest::newRow("slow disk") << FaultKind::SlowDisk;
    QTest::newRow("delay") << FaultKind::Delay;
    QTest::newRow("jitter") << FaultKind::Jitter;
    QTest::newRow("slow reader") << FaultKind::SlowReader;
}

void TestFaultInjector::messagesWaitUntilItEnds()
{
    QFETCH(FaultKind, kind);
    constexpr milliseconds noticed = 200ms; // half of the amount: far from what the machine does by itself
    const auto isQuick = [this, noticed] { return timeToStore() < noticed; };
    QTRY_VERIFY_WITH_TIMEOUT(isQuick(), 20'000);

    QVERIFY(m_faults->isPossible(kind));
    m_faults->start({kind, 2 * noticed, 3s});
    QVERIFY(isOn(kind));
    milliseconds worst{};
    while (isOn(kind))
        worst = std::max(worst, timeToStore());
    QVERIFY2(worst >= noticed && worst < 20s, qPrintable(QString::number(worst.count())));
    // By itself: nobody stopped it.
    QTRY_VERIFY_WITH_TIMEOUT(isQuick() && isQuick() && isQuick(), 20'000);
    QVERIFY(m_ann->isTimelineSound());
    QVERIFY(m_ann->failed().isEmpty());
    QVERIFY(m_ann->isOnline());
}

void TestFaultInjector::aCutPrimaryComesBack()
{
    m_faults->start({FaultKind::CutPrimary, 0ms, 1s});
    QTRY_VERIFY(!m_ann->isOnline());
    QVERIFY(isOn(FaultKind::CutPrimary));
    m_ann->session().send(m_lobby, u"meanwhile"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_faults->running().isEmpty(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_ann->isOnline(), 60'000);
    QTRY_COMPARE(m_ann->texts(), QStringList{u"meanwhile"_s});
}

void TestFaultInjector::droppedHeartbeatsLoseTheLink()
{
    m_ann->session().setHeartbeatInterval(1s);
    m_faults->start({FaultKind::DropHeartbeats, 0ms, 60s});
    const auto isMissed = [](const LinkEvent &event) { return event.problem == Problem::HeartbeatMissed; };
    const auto &events = m_ann->linkEvents();
    QTRY_VERIFY_WITH_TIMEOUT(std::any_of(events.begin(), events.end(), isMissed), 50'000);
    m_faults->stop(FaultKind::DropHeartbeats);
    QVERIFY(m_faults->running().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(m_ann->isOnline(), 60'000);
}

void TestFaultInjector::nothingIsLostOverAKill()
{
    constexpr int before = 200;
    constexpr int meanwhile = 50;
    ClientProbe bob(u"Bob"_s);
    bob.session().open(m_host->info().localUrl);
    QTRY_VERIFY(bob.isOnline());
    QSignalSpy stopped(m_host.get(), &EmbeddedHost::stopped);
    QSignalSpy started(m_host.get(), &EmbeddedHost::started);
    QSignalSpy restarted(m_host.get(), &EmbeddedHost::restarted);
    const quint16 port = m_host->info().port;

    QStringList sent;
    const auto send = [&](int count) {
        for (int i = 0; i < count; ++i) {
            sent.append(QString::number(sent.size()));
            m_ann->session().send(m_lobby, sent.last());
        }
    };
    send(before);
    // Some are stored, some are on the wire, some wait.
    QTRY_VERIFY_WITH_TIMEOUT(!bob.timeline().isEmpty(), 30'000);
    m_faults->start({FaultKind::RestartServer, 500ms, 1500ms});
    QTRY_VERIFY_WITH_TIMEOUT(!m_ann->isOnline(), 20'000);
    QVERIFY(m_host->isHosting());
    send(meanwhile);
    QTRY_COMPARE_WITH_TIMEOUT(restarted.count(), 1, 20'000);
    QCOMPARE(m_host->info().port, port);

    QTRY_COMPARE_WITH_TIMEOUT(bob.timeline().size(), sent.size(), 60'000);
    QCOMPARE(bob.texts(), sent);
    QTRY_COMPARE_WITH_TIMEOUT(m_ann->texts(), sent, 60'000);
    QVERIFY(bob.isTimelineSound() && m_ann->isTimelineSound());
    QTRY_COMPARE(m_ann->session().state().waiting, 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_faults->running().isEmpty(), 20'000);
    // To the windows it was the same host all along.
    QVERIFY(stopped.isEmpty() && started.isEmpty());
}

void TestFaultInjector::aKillIsOverWhenItIsStopped()
{
    QSignalSpy restarted(m_host.get(), &EmbeddedHost::restarted);
    QElapsedTimer timer;
    timer.start();
    // At once, while it is still on its way down, and long before it would come back.
    m_faults->start({FaultKind::RestartServer, largestFaultAmount, 60s});
    m_faults->stop(FaultKind::RestartServer);
    QTRY_COMPARE_WITH_TIMEOUT(restarted.count(), 1, 20'000);
    QVERIFY(milliseconds(timer.elapsed()) < largestFaultAmount);
}

void TestFaultInjector::aFaultOfTheServersOutlastsItsKill()
{
    constexpr milliseconds slow = 400ms;
    QSignalSpy restarted(m_host.get(), &EmbeddedHost::restarted);
    m_faults->start({FaultKind::RestartServer, 200ms, 1s});
    m_faults->start({FaultKind::SlowDisk, slow, 60s}); // while it is down: for the one that comes
    QTRY_COMPARE_WITH_TIMEOUT(restarted.count(), 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_ann->isOnline(), 60'000);
    QVERIFY(isOn(FaultKind::SlowDisk));
    QVERIFY(timeToStore() >= slow);
}

void TestFaultInjector::stoppedWhileItIsDownItStaysDown()
{
    QSignalSpy stopped(m_host.get(), &EmbeddedHost::stopped);
    QSignalSpy restarted(m_host.get(), &EmbeddedHost::restarted);
    m_faults->start({FaultKind::RestartServer, 300ms, 60s});
    QTRY_VERIFY(!m_ann->isOnline());
    m_host->stop();
    QTRY_COMPARE(stopped.count(), 1);
    QVERIFY(!m_host->isHosting());
    QVERIFY(m_faults->running().isEmpty());
    QVERIFY(!restarted.wait(600)); // twice the time after which it would have been back
}

void TestFaultInjector::faultsOfTheHostsEndWithIt()
{
    m_faults->start({FaultKind::SlowDisk, 1ms, 60s});
    m_faults->start({FaultKind::StallGui, 1ms, 60s});
    QSignalSpy stopped(m_host.get(), &EmbeddedHost::stopped);
    m_host->stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, 20'000);
    QVERIFY(!isOn(FaultKind::SlowDisk));
    QVERIFY(isOn(FaultKind::StallGui)); // of this program, not of the host
}

void TestFaultInjector::whatIsNotPossibleIsRefused()
{
    QSignalSpy refused(m_faults.get(), &FaultInjector::refused);
    // There is one address only, so that there is no second link.
    m_faults->start({FaultKind::CutStandby, 0ms, 60s});
    QCOMPARE(refused.count(), 1);
    QCOMPARE(refused[0][0].value<FaultKind>(), FaultKind::CutStandby);
    QVERIFY(!refused[0][1].toString().isEmpty());

    ClientProbe alone(u"Nobody"_s);
    FaultInjector faults(alone.session());
    for (int i = 0; i < faultKindCount; ++i) {
        const auto kind = FaultKind(i);
        QString why;
        QCOMPARE(faults.isPossible(kind, &why), kind == FaultKind::StallGui);
        QCOMPARE(why.isEmpty(), kind == FaultKind::StallGui);
    }
    QVERIFY(faults.running().isEmpty() && m_faults->running().isEmpty());
}

void TestFaultInjector::aServerElsewhereMayRefuse()
{
    ClientHost other;
    QVERIFY2(other.start(), qPrintable(other.failure()));
    ClientProbe guest(u"Guest"_s);
    FaultInjector faults(guest.session());
    guest.session().open(other.url());
    QTRY_VERIFY_WITH_TIMEOUT(guest.isOnline(), 20'000);
    QSignalSpy refused(&faults, &FaultInjector::refused);
    faults.start({FaultKind::SlowDisk, 10ms, 60s});
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, 20'000);
    QCOMPARE(refused[0][0].value<FaultKind>(), FaultKind::SlowDisk);
    QVERIFY(faults.running().isEmpty());
    QVERIFY(!faults.isPossible(FaultKind::RestartServer)); // it is no process of ours to kill
}

QTEST_GUILESS_MAIN(TestFaultInjector)
#include "tst_faultinjector.moc"
