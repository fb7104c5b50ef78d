#include "tests/support/fakeloadtestcontroller.h"
#include "ui/models/loadtestverdict.h"
#include "ui/panels/loadtesttab.h"
#include "ui/theme/themecontroller.h"
#include "ui/widgets/tile.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace lanline;
using namespace lanline::ui;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using lanline::test::FakeLoadTestController;
using Mood = LoadTestVerdict::Mood;
using End = LoadTestReport::End;

/// The load test's words, and the tab that shows them.
class TestLoadTestTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void verdicts_data();
    void verdicts();
    void discomfort_data();
    void discomfort();
    void aNearlyWholeShareIsNotWhole();
    void plansAreBounded();
    void columnsCountEverything();
    void beforeTheFirstRun();
    void oneClickRunsAndStops();
    void aRunIsShown();
    void aNarrowPanelShowsAllOfIt();
    void anEarlierRunIsChosenAndNamed();
    void noLoadStaysWithTheHostUntold();
    void theRateIsBoundedByTheClients();
    void picture();

private:
    template <class Widget>
    Widget *part(const QString &name) const
    {
        return m_tab->findChild<Widget *>(name);
    }
    QString words(const QString &name) const { return part<QLabel>(name)->text(); }
    QString tile(const QString &name) const;

    ThemeController m_themes;
    std::unique_ptr<FakeLoadTestController> m_controller;
    std::unique_ptr<LoadTestTab> m_tab;
};

void TestLoadTestTab::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_tab.reset();
    m_controller = std::make_unique<FakeLoadTestController>();
    m_tab = std::make_unique<LoadTestTab>(*m_controller, m_themes);
    m_tab->resize(960, 640);
    m_tab->show();
}

QString TestLoadTestTab::tile(const QString &name) const
{
    for (const Tile *tile : m_tab->findChildren<Tile *>()) {
        if (tile->name() == name)
            return tile->value();
    }
    return {};
}

// ---- words --------------------------------------------------------------------------------------------------------

void TestLoadTestTab::verdicts_data()
{
    QTest::addColumn<LoadTestReport>("report");
    QTest::addColumn<Mood>("mood");
    QTest::addColumn<QString>("sentence");

    const LoadTestReport whole = FakeLoadTestController::report();
    QTest::newRow("room") << whole << Mood::Good << u"Comfortable: room for about 4 times this load"_s;

    LoadTestReport untried = whole;
    untried.steps = whole.steps.first(4);
    untried.knee.reset();
    QTest::newRow("more was not tried") << untried << Mood::Good
                                        << u"Comfortable up to 1,000 messages/s; more was not tried"_s;

    LoadTestReport open = whole;
    open.steps = whole.steps.first(8);
    open.knee.reset();
    QTest::newRow("no knee") << open << Mood::Good << u"Comfortable: room for at least 4 times this load"_s;

    LoadTestReport bound = open;
    bound.isGeneratorBound = true;
    QTest::newRow("generator") << bound << Mood::Good
                               << u"Comfortable up to 4,000 messages/s; this computer could not make more"_s;

    LoadTestReport early = whole;
    early.plan.messagesPerSecond = 120;
    QTest::newRow("knee before the wish")
        << early << Mood::Limited << u"The knee is at 4,000 messages/s: P95 goes from "_s + u"%1 to %2"_s;

    LoadTestReport behind = untried;
    behind.steps.append(FakeLoadTestController::step(1500, 50, 700us));
    behind.steps.last().stored = 1200;
    QTest::newRow("little to spare") << behind << Mood::Good << u"Comfortable, with little to spare"_s;

    LoadTestReport much = whole;
    much.steps = {FakeLoadTestController::step(250, 50, 200ms)};
    much.steps.last().succeeded = much.steps.last().sent / 2;
    QTest::newRow("too much") << much << Mood::Bad
                              << u"Too much already at 250 messages/s: only 50\u00a0% of them arrive in time"_s;

    LoadTestReport suffered = untried;
    suffered.end = End::MembersSuffered;
    suffered.membersBefore = 2ms;
    suffered.membersWorst = 60ms;
    QTest::newRow("members suffered") << suffered << Mood::Limited
                                      << u"Stopped: members’ round trip went from 2.0\u00a0ms to 60\u00a0ms"_s;
    suffered.busyShare = 0.84;
    QTest::newRow("server full") << suffered << Mood::Limited
                                 << u"Stopped: the host’s server thread was 84\u00a0% busy"_s;

    LoadTestReport lost = whole;
    lost.lost = 3;
    QTest::newRow("lost") << lost << Mood::Bad << u"3 message(s) did not reach everyone"_s;

    LoadTestReport failed;
    failed.end = End::Failed;
    failed.problem = u"The host is full."_s;
    QTest::newRow("failed") << failed << Mood::Bad << u"The load test could not run"_s;

    LoadTestReport stopped;
    stopped.end = End::Stopped;
    QTest::newRow("stopped at once") << stopped << Mood::Limited << u"Stopped before anything was measured"_s;
}

void TestLoadTestTab::verdicts()
{
    QFETCH(LoadTestReport, report);
    QFETCH(Mood, mood);
    QFETCH(QString, sentence);
    const LoadTestVerdict verdict = loadTestVerdict(report);
    QCOMPARE(verdict.mood, mood);
    if (sentence.contains(u"%1"_s))
        QVERIFY2(verdict.sentence.startsWith(sentence.section(u'%', 0, 0)), qPrintable(verdict.sentence));
    else
        QCOMPARE(verdict.sentence, sentence);
}

void TestLoadTestTab::discomfort_data()
{
    QTest::addColumn<std::chrono::microseconds>("median");
    QTest::addColumn<double>("success");
    QTest::addColumn<double>("stored");
    QTest::addColumn<LoadDiscomfort>("expected");
    QTest::newRow("as before") << 500us << 1.0 << 1.0 << LoadDiscomfort::None;
    QTest::newRow("slower, but fast") << 2500us << 1.0 << 1.0 << LoadDiscomfort::None;
    QTest::newRow("slow") << 50'000us << 1.0 << 1.0 << LoadDiscomfort::Slow;
    QTest::newRow("few fail") << 500us << 0.995 << 1.0 << LoadDiscomfort::None;
    QTest::newRow("some fail") << 500us << 0.98 << 1.0 << LoadDiscomfort::Failing;
    QTest::newRow("a little behind") << 500us << 1.0 << 0.93 << LoadDiscomfort::None;
    QTest::newRow("behind") << 500us << 1.0 << 0.85 << LoadDiscomfort::Behind;
}

void TestLoadTestTab::discomfort()
{
    QFETCH(std::chrono::microseconds, median);
    QFETCH(double, success);
    QFETCH(double, stored);
    QFETCH(LoadDiscomfort, expected);
    const LoadTestStep first = FakeLoadTestController::step(250, 50, 500us);
    LoadTestStep step = FakeLoadTestController::step(1000, 50, median);
    step.succeeded = quint64(success * double(step.sent));
    step.stored = stored * step.offered;
    QCOMPARE(discomfortOf(step, first), expected);
}

void TestLoadTestTab::aNearlyWholeShareIsNotWhole()
{
    QCOMPARE(shareText(1), u"100\u00a0%"_s);
    QCOMPARE(shareText(0.99999), u"99.9\u00a0%"_s);
    QCOMPARE(shareText(0.5), u"50\u00a0%"_s);
    QCOMPARE(shareText(0.125), u"12.5\u00a0%"_s);
    QCOMPARE(shareText(0), u"0\u00a0%"_s);
}

void TestLoadTestTab::plansAreBounded()
{
    const LoadTestPlan least = LoadTestController::bounded({0, -3, 0, 0s});
    QCOMPARE(least, (LoadTestPlan{1, 1, LoadTestController::leastPayload, LoadTestController::shortest}));
    const LoadTestPlan most = LoadTestController::bounded({100'000, 100'000, 1'000'000, 100h});
    QCOMPARE(most.clients, LoadTestController::mostClients);
    QVERIFY(most.wished() <= LoadTestController::mostMessagesPerSecond);
    QCOMPARE(most.payload, LoadTestController::mostPayload);
    QCOMPARE(most.duration, LoadTestController::longest);
    QVERIFY(mostTextOf(most) <= LoadTestController::mostBytes);
    QCOMPARE(mostTextOf({50, 20, 256, 30s}), qint64(81'000) * 256);
}

void TestLoadTestTab::columnsCountEverything()
{
    const Histogram histogram = FakeLoadTestController::step(1000, 50, 580us).delivery;
    quint64 count = 0;
    const QList<LoadTestColumn> columns = loadTestColumns(histogram);
    for (qsizetype i = 0; i < columns.size(); ++i) {
        count += columns[i].count;
        QVERIFY(i == 0 || columns[i].from > columns[i - 1].from);
    }
    QCOMPARE(count, histogram.count());
    QVERIFY(columns.constLast().from > histogram.max());
    QVERIFY(loadTestColumns({}).isEmpty());
}

// ---- the tab ------------------------------------------------------------------------------------------------------

void TestLoadTestTab::beforeTheFirstRun()
{
    QVERIFY(!part<QLabel>(u"sentence"_s)->isVisible());
    QCOMPARE(part<QPushButton>(u"run"_s)->text(), u"Run"_s);
    QVERIFY(!part<QPushButton>(u"saveReport"_s)->isVisible());
}

void TestLoadTestTab::oneClickRunsAndStops()
{
    part<QSpinBox>(u"clients"_s)->setValue(20);
    part<QSpinBox>(u"rate"_s)->setValue(5);
    auto *run = part<QPushButton>(u"run"_s);
    run->click();
    QCOMPARE(m_controller->starts.size(), 1);
    QCOMPARE(m_controller->starts[0], (LoadTestPlan{20, 5, 256, 30s}));
    QCOMPARE(run->text(), u"Stop"_s);
    QVERIFY(!part<QSpinBox>(u"clients"_s)->isEnabled());

    LoadTestReport soFar = FakeLoadTestController::report();
    soFar.steps = soFar.steps.first(2);
    m_controller->tell(soFar, 0.2);
    QCOMPARE(words(u"sentence"_s), u"Trying 500 messages/s"_s);
    QVERIFY(part<QProgressBar>(u"progress"_s)->isVisible());
    QCOMPARE(part<QProgressBar>(u"progress"_s)->value(), 200);
    run->click();
    QCOMPARE(m_controller->stops, 1);
    QVERIFY(!run->isEnabled());
    m_controller->finish(FakeLoadTestController::report());
    QVERIFY(run->isEnabled());
    QCOMPARE(run->text(), u"Run again"_s);
    QVERIFY(part<QSpinBox>(u"clients"_s)->isEnabled());
    QVERIFY(!part<QProgressBar>(u"progress"_s)->isVisible());
}

void TestLoadTestTab::aRunIsShown()
{
    m_controller->finish(FakeLoadTestController::report());
    QCOMPARE(words(u"sentence"_s), u"Comfortable: room for about 4 times this load"_s);
    QVERIFY2(words(u"detail"_s)
                 .startsWith(u"1,000 messages/s from 50 clients, 50,000 deliveries/s. "
                             "The knee is at 4,000 messages/s: P95 goes from"_s),
        qPrintable(words(u"detail"_s)));
    QCOMPARE(words(u"machine"_s),
        u"Generator and server share this machine: the figures are of both. Members’ round trip: 0.90\u00a0ms before, "
        "1.4\u00a0ms meanwhile."_s);
    QCOMPARE(tile(u"Success"_s), u"100\u00a0%"_s);
    QCOMPARE(tile(u"Throughput"_s), u"50.0\u00a0k/s"_s);
    QCOMPARE(tile(u"Server CPU"_s), u"2.1\u00a0µs"_s);
    QCOMPARE(tile(u"Lost"_s), u"0"_s);
    QVERIFY(!tile(u"P50"_s).isEmpty());
    QVERIFY(part<QPushButton>(u"saveReport"_s)->isVisible());
}

void TestLoadTestTab::aNarrowPanelShowsAllOfIt()
{
    m_controller->finish(FakeLoadTestController::report());
    m_tab->resize(m_tab->minimumSizeHint().expandedTo({680, 390}));
    for (const QWidget *widget : {part<QWidget>(u"target"_s), part<QWidget>(u"clients"_s), part<QWidget>(u"run"_s)}) {
        const QRect area(widget->mapTo(m_tab.get(), QPoint()), widget->size());
        QTRY_VERIFY2(widget->height() >= widget->minimumSizeHint().height(), qPrintable(widget->objectName()));
        QVERIFY2(m_tab->rect().contains(area), qPrintable(widget->objectName()));
        QCOMPARE(widget->visibleRegion().boundingRect(), widget->rect());
    }
    for (const Tile *tile : m_tab->findChildren<Tile *>())
        QVERIFY2(tile->mapTo(m_tab.get(), tile->rect().topRight()).x() < m_tab->width(), qPrintable(tile->name()));
}

void TestLoadTestTab::anEarlierRunIsChosenAndNamed()
{
    LoadTestReport earlier = FakeLoadTestController::report();
    earlier.beganAt -= 30min;
    earlier.end = End::Failed;
    earlier.steps.clear();
    m_controller->setReports({earlier});
    m_controller->finish(FakeLoadTestController::report());
    auto *table = part<QTableView>(u"runs"_s);
    const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table->model()->rowCount(), 2);
    table->setCurrentIndex(table->model()->index(1, 0));
    QCOMPARE(words(u"sentence"_s), u"The load test could not run"_s);
    QVERIFY(table->model()->setData(table->model()->index(1, 0), u" before the\nnew cable "_s));
    QCOMPARE(m_controller->notes.size(), 1);
    QCOMPARE(m_controller->notes[0].first, earlier.beganAt);
    QCOMPARE(m_controller->notes[0].second, u"before the new cable"_s);
    QVERIFY(table->model()->index(1, 0).data().toString().endsWith(u" · before the new cable"_s));
}

void TestLoadTestTab::noLoadStaysWithTheHostUntold()
{
    QVERIFY(words(u"kept"_s).contains(u"# load-test"_s));
    QVERIFY2(words(u"kept"_s).contains(u"19.8\u00a0MiB"_s), qPrintable(words(u"kept"_s)));
    part<QSpinBox>(u"payload"_s)->setValue(4096);
    QVERIFY2(words(u"kept"_s).contains(u"128\u00a0MiB"_s), qPrintable(words(u"kept"_s)));
}

void TestLoadTestTab::theRateIsBoundedByTheClients()
{
    part<QSpinBox>(u"rate"_s)->setValue(500);
    part<QSpinBox>(u"clients"_s)->setValue(200);
    QCOMPARE(part<QSpinBox>(u"rate"_s)->value(), 250);
}

/// For eyes, in the folder that LANLINE_PICTURES names.
void TestLoadTestTab::picture()
{
    const QString folder = qEnvironmentVariable("LANLINE_PICTURES");
    if (folder.isEmpty())
        QSKIP("LANLINE_PICTURES is not set");
    const auto take = [&](const QString &name) {
        for (const auto choice : {ThemeController::Choice::Light, ThemeController::Choice::Dark}) {
            m_themes.setChoice(choice);
            QTest::qWait(50);
            const QString suffix = choice == ThemeController::Choice::Light ? u"light"_s : u"dark"_s;
            QVERIFY(m_tab->grab().save(u"%1/load-%2-%3.png"_s.arg(folder, name, suffix)));
        }
    };
    take(u"empty"_s);
    part<QPushButton>(u"run"_s)->click();
    LoadTestReport soFar = FakeLoadTestController::report();
    soFar.steps = soFar.steps.first(5);
    soFar.knee.reset();
    m_controller->tell(soFar, 0.45);
    take(u"running"_s);
    LoadTestReport earlier = FakeLoadTestController::report();
    earlier.beganAt -= 28min;
    earlier.note = u"before the new cable"_s;
    earlier.steps[3] = FakeLoadTestController::step(1000, 50, 4ms);
    m_controller->setReports({earlier});
    m_controller->finish(FakeLoadTestController::report());
    take(u"done"_s);
}

QTEST_MAIN(TestLoadTestTab)
#include "tst_loadtesttab.moc"
