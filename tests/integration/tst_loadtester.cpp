#include "app/loadtest/loadpage.h"
#include "app/loadtest/loadtester.h"
#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "tests/support/fakeloadtestcontroller.h"
#include "ui/models/loadtestverdict.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QXmlStreamReader>

using namespace lanline;
using namespace lanline::client;
using namespace lanline::loadtest;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using End = ui::LoadTestReport::End;

/// Load tests as the face asks for them: with a session that watches over its host, reports that are kept, and pages.
class TestLoadTester final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunIsKeptOverStarts();
    void withoutAConnectionItIsSaid();
    void theNewestReportsAreKept();
    void damagedFilesAreNoReports();
    void thePageIsSound();

private:
    static ui::LoadTestReport reportOf(int minute);
};

ui::LoadTestReport TestLoadTester::reportOf(int minute)
{
    ui::LoadTestReport report;
    report.beganAt = WallTime(std::chrono::minutes(29'000'000 + minute));
    return report;
}

void TestLoadTester::aRunIsKeptOverStarts()
{
    const QTemporaryDir profile;
    ClientHost host;
    QVERIFY2(host.start(), qPrintable(host.failure()));
    ClientProbe ann(u"Ann"_s);
    ann.session().setHeartbeatInterval(1s);
    ann.session().open(host.url());
    QTRY_VERIFY(ann.isOnline());

    ui::LoadTestReport first;
    {
        LoadTester tester(ann.session(), profile.path());
        const QSignalSpy finished(&tester, &LoadTester::finished);
        const QSignalSpy progressed(&tester, &LoadTester::progressed);
        QSignalSpy measuring(&tester, &LoadTester::measuringWanted);
        tester.start({4, 5, 0, 0s}); // below the bounds: 32 bytes, 5 s
        QVERIFY(tester.isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QVERIFY(!tester.isRunning());
        QVERIFY(!progressed.isEmpty());
        QCOMPARE(measuring.size(), 2);
        QCOMPARE(measuring[0][0].toBool(), true);
        QCOMPARE(measuring[1][0].toBool(), false);
        QCOMPARE(tester.reports().size(), 1);
        first = tester.reports().constFirst();
        QCOMPARE(first.end, End::Done);
        QCOMPARE(first.problem, QString());
        QCOMPARE(first.plan.payload, ui::LoadTestController::leastPayload);
        QCOMPARE(first.plan.duration, ui::LoadTestController::shortest);
        QCOMPARE(first.serverName, u"Kitchen"_s);
        QVERIFY2(first.membersBefore > 0us, "it was seen how members fare before it began");
        // On a busy machine it may end before the next heartbeat.
        QVERIFY(first.endedAt - first.beganAt < 6s || first.membersDuring > 0us);
        QCOMPARE(first.lost, quint64(0));
        tester.setNote(first.beganAt, u"before the new cable"_s);
    }
    LoadTester again(ann.session(), profile.path());
    QCOMPARE(again.reports().size(), 1);
    const ui::LoadTestReport read = again.reports().constFirst();
    QCOMPARE(read.note, u"before the new cable"_s);
    QCOMPARE(read.beganAt, first.beganAt);
    QCOMPARE(read.end, first.end);
    QCOMPARE(read.steps.size(), first.steps.size());
    QCOMPARE(read.knee, first.knee);
    QCOMPARE(read.isSameMachine, first.isSameMachine);
    QCOMPARE(read.serverCpuPerDelivery, first.serverCpuPerDelivery);
    for (qsizetype i = 0; i < read.steps.size(); ++i) {
        const ui::LoadTestStep &kept = read.steps[i];
        const ui::LoadTestStep &was = first.steps[i];
        QCOMPARE(kept.sent, was.sent);
        QCOMPARE(kept.succeeded, was.succeeded);
        QCOMPARE(kept.time, was.time);
        QCOMPARE(kept.delivery.count(), was.delivery.count());
        QCOMPARE(kept.delivery.max(), was.delivery.max());
        QCOMPARE(kept.delivery.mean(), was.delivery.mean());
        for (const double percent : {1.0, 50.0, 95.0, 99.0})
            QCOMPARE(kept.delivery.percentile(percent), was.delivery.percentile(percent));
    }
    QCOMPARE(ui::loadTestVerdict(read).sentence, ui::loadTestVerdict(first).sentence);
    QVERIFY2(!(QFile::permissions(profile.filePath(u"loadtest-guests.json"_s)) & (QFile::ReadGroup | QFile::ReadOther)),
        "secrets are their owner's");
}

void TestLoadTester::withoutAConnectionItIsSaid()
{
    const ClientProbe ann(u"Ann"_s);
    LoadTester tester(const_cast<ClientProbe &>(ann).session(), {});
    const QSignalSpy finished(&tester, &LoadTester::finished);
    tester.start({});
    QVERIFY2(finished.isEmpty(), "not before start() has returned");
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(tester.reports().constFirst().end, End::Failed);
    QCOMPARE(tester.reports().constFirst().problem, u"There is no connection to a host."_s);
}

void TestLoadTester::theNewestReportsAreKept()
{
    const QTemporaryDir profile;
    {
        LoadReports reports(profile.path());
        for (int minute = 0; minute < ui::LoadTestController::reportsKept + 3; ++minute)
            reports.add(reportOf(minute));
        QCOMPARE(reports.problem(), QString());
    }
    const LoadReports reports(profile.path());
    QCOMPARE(reports.all().size(), ui::LoadTestController::reportsKept);
    QCOMPARE(reports.all().constFirst().beganAt, reportOf(ui::LoadTestController::reportsKept + 2).beganAt);
    QCOMPARE(reports.all().constLast().beganAt, reportOf(3).beganAt);
}

void TestLoadTester::damagedFilesAreNoReports()
{
    const QTemporaryDir profile;
    for (const QByteArray &content :
        {QByteArray("[{\"end\": \"done\"}, 7, {\"plan\": {}, \"end\": \"fled\"}]"), QByteArray("{"),
            QByteArray("[{\"plan\":{}, \"end\":\"done\",\"steps\":[{\"delivery\":{\"counts\":[[-5]]}}]}]")}) {
        for (const QString &name : {u"loadtests.json"_s, u"loadtest-guests.json"_s}) {
            QFile file(profile.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(content), content.size());
        }
        LoadReports reports(profile.path());
        for (const ui::LoadTestReport &report : reports.all())
            QVERIFY(!ui::loadTestVerdict(report).sentence.isEmpty());
        QVERIFY(reports.all().size() <= 1);
        reports.add(reportOf(1));
        QCOMPARE(reports.problem(), QString());
    }
}

void TestLoadTester::thePageIsSound()
{
    ui::LoadTestReport report = test::FakeLoadTestController::report();
    report.serverName = u"<Kitchen> & \"Co\""_s;
    report.note = u"%body% <script>"_s;
    const QString page = loadPage(report);
    if (const QString path = qEnvironmentVariable("LANLINE_PICTURES"); !path.isEmpty()) {
        QFile file(path + u"/load-test.html"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(page.toUtf8()) > 0);
    }
    QVERIFY(page.contains(u"room for about 4 times this load"_s));
    QVERIFY(page.contains(u"share this machine"_s));
    QVERIFY(page.contains(u"prefers-color-scheme: dark"_s));
    QVERIFY(!page.contains(u"<script"_s));
    QVERIFY2(!page.contains(u"http://"_s) && !page.contains(u"https://"_s), "it needs no other");

    // As XML it has to be well-formed but for what HTML does not close.
    QString body = page.sliced(page.indexOf(u"<body>"_s));
    body.truncate(body.indexOf(u"</body>"_s) + 7);
    QXmlStreamReader reader(body);
    int bars = 0;
    int curves = 0;
    int rows = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        const auto classes = reader.attributes().value(u"class"_s);
        bars += int(reader.name() == u"rect"_s);
        curves += int(reader.name() == u"polyline"_s && classes.startsWith(u"curve"_s));
        rows += int(reader.name() == u"tr"_s);
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(bars > 20);
    QCOMPARE(curves, 3);
    QCOMPARE(rows, int(report.steps.size()) + 1);
    // A run that came to nothing has a page too.
    ui::LoadTestReport failed;
    failed.end = End::Failed;
    failed.problem = u"The host is full."_s;
    QVERIFY(loadPage(failed).contains(u"The host is full."_s));
}

QTEST_GUILESS_MAIN(TestLoadTester)
#include "tst_loadtester.moc"
