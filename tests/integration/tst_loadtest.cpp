#include "app/loadtest/loadreports.h"
#include "tests/integration/runningtest.h"
#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "ui/models/loadtestverdict.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace lanline::loadtest;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using End = ui::LoadTestReport::End;

namespace {

const RoomId room(QString::fromLatin1(ui::LoadTestController::room));

} // namespace

/// Load tests of the real server, over real sockets: short ones, for how fast it is, is no test's business.
class TestLoadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aRunIsConsistent();
    void nothingIsLeftBehindButTheRoom();
    void guestsDoNotMultiply();
    void itStopsWhenMembersSuffer();
    void itStopsWhenMembersAreNotAnswered();
    void aPersonStopsIt();

private:
    std::unique_ptr<ClientHost> m_host;
};

void TestLoadTest::init()
{
    m_host.reset();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
}

void TestLoadTest::aRunIsConsistent()
{
    constexpr int clients = 20; // two guests
    RunningTest test(shortTest(m_host->url(), clients));
    QVERIFY(test.waitForEnd());
    const ui::LoadTestReport &report = *test.report;
    QCOMPARE(report.problem, QString());
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.lost, quint64(0));
    QVERIFY(report.isSameMachine);
    QVERIFY(!report.machine.isEmpty());
    QVERIFY(report.endedAt > report.beganAt);
    QVERIFY(!report.steps.empty());
    QCOMPARE(report.steps.constFirst().offered, 50.0);
    for (const ui::LoadTestStep &step : report.steps) {
        QVERIFY(step.sent > 0);
        QCOMPARE(step.succeeded, step.sent);
        QCOMPARE(step.delivered, step.sent * clients);
        QCOMPARE(step.delivery.count(), step.delivered);
        QVERIFY(step.delivery.max() > 0us && step.delivery.max() < 5s);
        QVERIFY(step.longestAt >= report.beganAt && step.longestAt <= report.endedAt);
        QVERIFY(step.time >= 150ms);
    }
    if (report.knee)
        QCOMPARE(*report.knee, int(report.steps.size()) - 2);
    QCOMPARE(test.secrets.size(), 2);
    QVERIFY(test.progress.has_value());
    // A slow machine may have got no further than the first step, and was not asked before.
    QVERIFY(test.share > 0 || report.steps.size() == 1);
    QVERIFY(test.share <= 1);
}

void TestLoadTest::nothingIsLeftBehindButTheRoom()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    RunningTest test(shortTest(m_host->url(), 3));
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Done);
    QTRY_COMPARE(ann.members(), QStringList{u"Ann"_s});
    QVERIFY2(ann.texts().isEmpty(), "a test says nothing where people talk");

    ann.session().join(room);
    QTRY_COMPARE(ann.members(room.value()), QStringList{u"Ann"_s});
    ann.session().listRooms();
    QTRY_COMPARE(ann.listedRooms().size(), 2);
    const protocol::RoomInfo &info = ann.listedRooms()[0].id == room ? ann.listedRooms()[0] : ann.listedRooms()[1];
    QCOMPARE(info.id, room);
    QCOMPARE(info.title, u"Load test"_s);
    quint64 sent = 0;
    for (const ui::LoadTestStep &step : test.report->steps)
        sent += step.sent;
    QCOMPARE(info.headSeq, sent);
}

void TestLoadTest::guestsDoNotMultiply()
{
    QTemporaryDir folder;
    const ServerId server(QByteArray(16, 's'));
    {
        RunningTest first(shortTest(m_host->url(), 16));
        QVERIFY(first.waitForEnd());
        QCOMPARE(first.secrets.size(), 2);
        LoadReports reports(folder.path());
        reports.setSecrets(server, first.secrets);
        QCOMPARE(reports.problem(), QString());
    }
    LoadRunSetup again = shortTest(m_host->url(), 31);
    again.secrets = LoadReports(folder.path()).secretsFor(server);
    QCOMPARE(again.secrets.size(), 2);
    RunningTest second(again);
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.report->end, End::Done);
    QCOMPARE(second.secrets.size(), 3);
    // A guest whom the host had not known would have got another one.
    QCOMPARE(second.secrets.first(2), again.secrets);
}

void TestLoadTest::itStopsWhenMembersSuffer()
{
    LoadRunSetup watched = shortTest(m_host->url(), 2, 60s);
    watched.watchesMembers = true;
    RunningTest test(watched);
    QTRY_VERIFY(test.progress);
    for (int i = 0; i < 3; ++i)
        test.tellRoundTrip(2ms);
    QTRY_VERIFY(test.isSending());
    test.tellRoundTrip(60ms);
    test.tellRoundTrip(3ms);
    test.tellRoundTrip(70ms);
    test.tellRoundTrip(80ms);
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::MembersSuffered);
    QCOMPARE(test.report->membersBefore, 2ms);
    QCOMPARE(test.report->membersWorst, 80ms);
    QCOMPARE(test.report->lost, quint64(0));
    QVERIFY(ui::loadTestVerdict(*test.report).sentence.contains(u"80"_s));
}

void TestLoadTest::itStopsWhenMembersAreNotAnswered()
{
    LoadRunSetup watched = shortTest(m_host->url(), 2, 100s);
    watched.watchesMembers = true;
    RunningTest test(watched);
    QTRY_VERIFY(test.progress);
    for (int i = 0; i < 3; ++i)
        test.tellRoundTrip(2ms);
    QTRY_VERIFY(test.isSending());
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::MembersSuffered);
    QVERIFY2(test.report->membersWorst > ui::loadrule::membersSilence, "it was not 2 ms all the time");
}

void TestLoadTest::aPersonStopsIt()
{
    RunningTest test(shortTest(m_host->url(), 4, 100s));
    QTRY_VERIFY(test.isSending());
    test.stop();
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Stopped);
    QCOMPARE(test.report->lost, quint64(0));
    QCOMPARE(test.report->steps.size(), 1);
    QCOMPARE(test.report->steps.constFirst().succeeded, test.report->steps.constFirst().sent);
}

QTEST_GUILESS_MAIN(TestLoadTest)
#include "tst_loadtest.moc"
