#include "core/sqldatabase.h"
#include "tests/integration/runningtest.h"
#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "tests/support/relay.h"
#include "ui/models/loadtestverdict.h"

using namespace lanline;
using namespace lanline::client;
using namespace lanline::loadtest;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using End = ui::LoadTestReport::End;

namespace {

const RoomId room(QString::fromLatin1(ui::LoadTestController::room));

} // namespace

/// Load tests that do not come to their end: what is told of them, and what they leave behind.
class TestLoadTestTroubles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusalsAreCountedApartFromLosses();
    void aHostThatCannotWriteIsTold();
    void aHostThatIsFullIsTold();
    void aCutNetworkIsTold_data();
    void aCutNetworkIsTold();
    void aPersonStopsItAnywhere_data();
    void aPersonStopsItAnywhere();
    void aHostThatIsNotThereIsTold();
    void aHostThatStopsIsTold();
    void aClientThatGoesAwayLeavesTheRoom();

private:
    /// Of the load test's room, as somebody else sees it now or a moment ago; nothing while there is none.
    protocol::RoomInfo roomInfo();

    std::unique_ptr<ClientHost> m_host;
    std::unique_ptr<ClientProbe> m_ann;
};

void TestLoadTestTroubles::init()
{
    m_ann.reset();
    m_host.reset();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
}

protocol::RoomInfo TestLoadTestTroubles::roomInfo()
{
    if (!m_ann) {
        m_ann = std::make_unique<ClientProbe>(u"Ann"_s);
        m_ann->session().open(m_host->url());
    }
    if (!QTest::qWaitFor([this] { return m_ann->isOnline(); }))
        return {};
    m_ann->session().listRooms();
    if (!QTest::qWaitFor([this] { return !m_ann->listedRooms().isEmpty(); }))
        return {};
    for (const protocol::RoomInfo &info : m_ann->listedRooms()) {
        if (info.id == room)
            return info;
    }
    return {};
}

void TestLoadTestTroubles::refusalsAreCountedApartFromLosses()
{
    QVERIFY(m_host->stop());
    protocol::Limits limits;
    limits.commandsInFlight = 2;
    m_host->setLimits(limits);
    QVERIFY(m_host->start());
    m_host->setFault({FaultKind::SlowDisk, 150ms, 60s});

    // What is on its way to the server when it refuses, is dropped.
    Relay relay{QHostAddress(QHostAddress::LocalHost)};
    relay.leadTo(quint16(m_host->url().port()));
    relay.setDelays(50ms, 50ms);
    QVERIFY(relay.open() != 0);
    LoadRunSetup much = shortTest(m_host->url(), 3, 10s);
    much.url.setPort(relay.port());
    much.plan.messagesPerSecond = 100; // 25 of each at first, and 4 of them while the disk writes
    RunningTest test(much);
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Done);
    QCOMPARE(test.report->problem, QString());
    QCOMPARE(test.report->lost, quint64(0));
    QVERIFY2(!test.report->knee, "the first step was too much already");
    QCOMPARE(test.report->steps.size(), 1);
    const ui::LoadTestStep &step = test.report->steps.constFirst();
    QVERIFY(step.refused > 0 && step.refused < step.sent);
    QVERIFY(step.success() < ui::loadrule::leastSuccess);
    // Each is stored, or was refused; one that was refused may still have been stored, when it was sent again.
    QVERIFY(step.succeeded + step.refused >= step.sent);
    m_host->setFault({FaultKind::SlowDisk});
    const quint64 stored = roomInfo().headSeq;
    QVERIFY(step.succeeded <= stored && stored < step.sent);
    QVERIFY(stored >= step.sent - step.refused);
    QCOMPARE(step.delivery.count(), step.delivered);
    QVERIFY(step.delivered <= 3 * stored);
}

void TestLoadTestTroubles::aHostThatCannotWriteIsTold()
{
    RunningTest test(shortTest(m_host->url(), 4, 100s));
    QTRY_VERIFY(test.isSending());
    auto database = SqlDatabase::open(m_host->dataDir() + u"/lanline.db"_s);
    QVERIFY(database);
    QVERIFY(database->execute(u"BEGIN IMMEDIATE"_s));
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    QCOMPARE(test.report->problem, u"Another program has locked the server's database."_s);
    QVERIFY2(!test.report->knee, "what ended it was not too much of anything");
    QCOMPARE(test.report->lost, quint64(0));
    QCOMPARE(test.report->steps.size(), 1);
    const ui::LoadTestStep &step = test.report->steps.constFirst();
    QVERIFY(step.refused > 0);
    // Each was stored and came to all, or was refused.
    QCOMPARE(step.delivered, 4 * (step.sent - step.refused));
    QVERIFY(database->execute(u"ROLLBACK"_s));
}

void TestLoadTestTroubles::aHostThatIsFullIsTold()
{
    QVERIFY(m_host->stop());
    protocol::Limits limits;
    limits.connectionsPerAddress = 5;
    m_host->setLimits(limits);
    QVERIFY(m_host->start());
    RunningTest test(shortTest(m_host->url(), 8));
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    QVERIFY2(test.report->problem.contains(u"full"_s), qPrintable(test.report->problem));
    QVERIFY(test.report->steps.isEmpty());
    // Who has got in is not left behind.
    QTRY_COMPARE(roomInfo().memberCount, 0u);
}

void TestLoadTestTroubles::aCutNetworkIsTold_data()
{
    QTest::addColumn<bool>("isSilent");
    QTest::newRow("connections are reset") << false;
    QTest::newRow("nothing comes any more") << true;
}

void TestLoadTestTroubles::aCutNetworkIsTold()
{
    QFETCH(const bool, isSilent);
    Relay relay{QHostAddress(QHostAddress::LocalHost)};
    relay.leadTo(quint16(m_host->url().port()));
    QVERIFY(relay.open() != 0);
    LoadRunSetup far = shortTest(m_host->url(), 4, 20s);
    far.url.setPort(relay.port());
    RunningTest test(far);
    QTRY_VERIFY(test.isSending());
    if (isSilent)
        relay.setSilent(true);
    else
        relay.cut();
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    if (isSilent)
        QCOMPARE(test.report->problem, u"the host does not answer any more"_s);
    else
        QVERIFY(!test.report->problem.isEmpty());
    QVERIFY2(!test.report->knee, "what ended it was not too much of anything");
    QCOMPARE(test.report->lost, quint64(0));
    const ui::LoadTestStep &step = test.report->steps.constLast();
    QVERIFY(isSilent ? step.succeeded < step.sent : step.succeeded <= step.sent);
    QCOMPARE(step.refused, quint64(0));
}

void TestLoadTestTroubles::aPersonStopsItAnywhere_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("before anyone has come") << 0;
    QTest::newRow("while they come") << 1;
    QTest::newRow("while it is seen how members fare") << 2;
    QTest::newRow("while a step is waited for") << 3;
}

void TestLoadTestTroubles::aPersonStopsItAnywhere()
{
    QFETCH(const int, stage);
    if (stage == 3)
        m_host->setFault({FaultKind::SlowDisk, 600ms, 60s});
    LoadRunSetup stopped = shortTest(m_host->url(), stage == 3 ? 4 : 40, 5s);
    stopped.watchesMembers = stage == 2;
    const auto isHere = [this] { return roomInfo().memberCount > 0; };
    RunningTest test(stopped);
    if (stage == 1) {
        QVERIFY(QTest::qWaitFor(isHere));
    } else if (stage == 2) {
        QTRY_COMPARE(test.secrets.size(), 3);
    } else if (stage == 3) {
        // Half a second of sending, and then what was sent last is not stored yet.
        QTRY_VERIFY(test.isSending() && test.progress->steps.constLast().time >= 500ms);
    }
    test.stop();
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Stopped);
    QCOMPARE(test.report->problem, QString());
    QCOMPARE(test.report->lost, quint64(0));
    QCOMPARE(test.report->steps.isEmpty(), stage != 3);
    m_host->setFault({FaultKind::SlowDisk});
    QTRY_COMPARE(roomInfo().memberCount, 0u);
}

void TestLoadTestTroubles::aHostThatIsNotThereIsTold()
{
    const LoadRunSetup lonely = shortTest(m_host->url(), 2);
    QVERIFY(m_host->stop());
    RunningTest test(lonely);
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    QVERIFY(!test.report->problem.isEmpty());
    QVERIFY(test.report->steps.isEmpty());
}

void TestLoadTestTroubles::aHostThatStopsIsTold()
{
    RunningTest test(shortTest(m_host->url(), 4, 100s));
    QTRY_VERIFY(test.isSending());
    QVERIFY(m_host->stop());
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    QCOMPARE(test.report->problem, u"the server is stopping"_s);
    // What the host has not taken any more is no loss, and no success.
    QCOMPARE(test.report->lost, quint64(0));
    QCOMPARE(test.report->steps.size(), 1);
    QVERIFY(test.report->steps.constFirst().succeeded <= test.report->steps.constFirst().sent);
    QVERIFY(!test.report->knee);
}

void TestLoadTestTroubles::aClientThatGoesAwayLeavesTheRoom()
{
    {
        RunningTest test(shortTest(m_host->url(), 4, 100s));
        QTRY_VERIFY(test.isSending());
        // Whoever closes the window does not wait for its end.
    }
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    ann.session().join(room);
    QTRY_COMPARE(ann.members(room.value()), QStringList{u"Ann"_s});
}

QTEST_GUILESS_MAIN(TestLoadTestTroubles)
#include "tst_loadtesttroubles.moc"
