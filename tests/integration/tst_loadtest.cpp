#include "app/loadtest/loadreports.h"
#include "app/loadtest/loadrun.h"
#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "ui/models/loadtestverdict.h"

#include <QTest>
#include <QThread>

using namespace lanline;
using namespace lanline::client;
using namespace lanline::loadtest;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using End = ui::LoadTestReport::End;
using std::chrono::microseconds;

namespace {

const RoomId room(QString::fromLatin1(ui::LoadTestController::room));

/// A run in its thread, and what it told.
class Test final : public QObject
{
public:
    explicit Test(const LoadRunSetup &setup)
        : m_run(new LoadRun(setup))
    {
        m_run->moveToThread(&m_thread);
        connect(&m_thread, &QThread::started, m_run, &LoadRun::begin);
        connect(&m_thread, &QThread::finished, m_run, &QObject::deleteLater);
        connect(m_run, &LoadRun::progressed, this, &Test::onProgressed);
        connect(m_run, &LoadRun::guestsKnown, this, &Test::onGuestsKnown);
        connect(m_run, &LoadRun::finished, this, &Test::onFinished);
        m_thread.start();
    }
    ~Test() override
    {
        m_thread.quit();
        m_thread.wait();
    }
    Test(const Test &) = delete;
    Test &operator=(const Test &) = delete;

    void stop() { QMetaObject::invokeMethod(m_run, &LoadRun::stop); }
    void tellRoundTrip(microseconds roundTrip)
    {
        QMetaObject::invokeMethod(
            m_run, [run = m_run, told = Crossing<microseconds>(roundTrip)] { run->noteRoundTrip(told); });
    }
    bool isSending() const { return progress && !progress->steps.isEmpty() && progress->steps.constLast().sent > 0; }
    bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return report.has_value(); }, 20'000);
    }

    std::optional<ui::LoadTestReport> report;
    std::optional<ui::LoadTestReport> progress;
    double share = 0;
    QList<QByteArray> secrets;

private:
    void onProgressed(const Crossing<ui::LoadTestReport> &soFar, double how)
    {
        progress = *soFar;
        share = how;
    }
    void onGuestsKnown(const Crossing<QList<QByteArray>> &known) { secrets = *known; }
    void onFinished(const Crossing<ui::LoadTestReport> &told) { report = *told; }

    QThread m_thread;
    LoadRun *m_run;
};

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
    void aHostThatIsNotThereIsTold();
    void aHostThatStopsIsTold();
    void aClientThatGoesAwayLeavesTheRoom();

private:
    LoadRunSetup setup(int clients, std::chrono::seconds duration = 2s) const;

    std::unique_ptr<ClientHost> m_host;
};

void TestLoadTest::init()
{
    m_host.reset();
    m_host = std::make_unique<ClientHost>();
    QVERIFY2(m_host->start(), qPrintable(m_host->failure()));
}

LoadRunSetup TestLoadTest::setup(int clients, std::chrono::seconds duration) const
{
    LoadRunSetup setup;
    setup.url = m_host->url();
    setup.plan = {clients, 10, 64, duration};
    setup.app = u"test"_s;
    setup.guestName = u"Load test"_s;
    setup.roomTitle = u"Load test"_s;
    setup.watchesMembers = false;
    return setup;
}

void TestLoadTest::aRunIsConsistent()
{
    constexpr int clients = 20; // two guests
    Test test(setup(clients));
    QVERIFY(test.waitForEnd());
    const ui::LoadTestReport &report = *test.report;
    QCOMPARE(report.problem, QString());
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.lost, quint64(0));
    QVERIFY(report.isSameMachine);
    QVERIFY(!report.machine.isEmpty());
    QVERIFY(report.endedAt > report.beganAt);
    QVERIFY(report.steps.size() >= 1);
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
    QVERIFY(test.share > 0 && test.share <= 1);
}

void TestLoadTest::nothingIsLeftBehindButTheRoom()
{
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    Test test(setup(3));
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
        Test first(setup(16));
        QVERIFY(first.waitForEnd());
        QCOMPARE(first.secrets.size(), 2);
        LoadReports reports(folder.path());
        reports.setSecrets(server, first.secrets);
        QCOMPARE(reports.problem(), QString());
    }
    LoadRunSetup again = setup(31);
    again.secrets = LoadReports(folder.path()).secretsFor(server);
    QCOMPARE(again.secrets.size(), 2);
    Test second(again);
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.report->end, End::Done);
    QCOMPARE(second.secrets.size(), 3);
    // A guest whom the host had not known would have got another one.
    QCOMPARE(second.secrets.first(2), again.secrets);
}

void TestLoadTest::itStopsWhenMembersSuffer()
{
    LoadRunSetup watched = setup(2, 60s);
    watched.watchesMembers = true;
    Test test(watched);
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
    LoadRunSetup watched = setup(2, 100s);
    watched.watchesMembers = true;
    Test test(watched);
    QTRY_VERIFY(test.progress);
    for (int i = 0; i < 3; ++i)
        test.tellRoundTrip(2ms);
    QTRY_VERIFY(test.isSending());
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::MembersSuffered);
}

void TestLoadTest::aPersonStopsIt()
{
    Test test(setup(4, 100s));
    QTRY_VERIFY(test.isSending());
    test.stop();
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Stopped);
    QCOMPARE(test.report->lost, quint64(0));
    QCOMPARE(test.report->steps.size(), 1);
    QCOMPARE(test.report->steps.constFirst().succeeded, test.report->steps.constFirst().sent);
}

void TestLoadTest::aHostThatIsNotThereIsTold()
{
    const LoadRunSetup lonely = setup(2);
    QVERIFY(m_host->stop());
    Test test(lonely);
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    QVERIFY(!test.report->problem.isEmpty());
    QVERIFY(test.report->steps.isEmpty());
}

void TestLoadTest::aHostThatStopsIsTold()
{
    Test test(setup(4, 100s));
    QTRY_VERIFY(test.isSending());
    QVERIFY(m_host->stop());
    QVERIFY(test.waitForEnd());
    QCOMPARE(test.report->end, End::Failed);
    QVERIFY(!test.report->problem.isEmpty());
}

void TestLoadTest::aClientThatGoesAwayLeavesTheRoom()
{
    {
        Test test(setup(4, 100s));
        QTRY_VERIFY(test.isSending());
        // Whoever closes the window does not wait for its end.
    }
    ClientProbe ann(u"Ann"_s);
    ann.session().open(m_host->url());
    QTRY_VERIFY(ann.isOnline());
    ann.session().join(room);
    QTRY_COMPARE(ann.members(room.value()), QStringList{u"Ann"_s});
}

QTEST_GUILESS_MAIN(TestLoadTest)
#include "tst_loadtest.moc"
