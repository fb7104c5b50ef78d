#include "tests/support/fakefaultcontroller.h"
#include "ui/faultwords.h"
#include "ui/panels/faultrow.h"
#include "ui/panels/faultstab.h"
#include "ui/widgets/faultframe.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace lanline;
using namespace lanline::ui;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using lanline::test::FakeFaultController;

/// The tab in which things are broken on purpose, and the frame that says so.
class TestFaultsTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyFaultHasItsRow();
    void startsWhatWasChosenAndStopsIt();
    void saysWhatRunsAndCounts();
    void whatIsNotPossibleSaysWhy();
    void aRefusalIsSaidInItsRow();
    void countdowns_data();
    void countdowns();
    void theFrameIsThereWhileAFaultRuns();
    void theFrameLeavesTheWindowItsMouse();
    void pictures();

private:
    FaultRow &row(FaultKind kind) const { return *m_tab->findChild<FaultRow *>(u"fault%1"_s.arg(int(kind))); }
    template <class Widget>
    Widget &in(const QWidget &where, const QString &name) const
    {
        return *where.findChild<Widget *>(name);
    }

    ThemeController m_themes;
    std::unique_ptr<FakeFaultController> m_controller;
    std::unique_ptr<FaultsTab> m_tab;
};

void TestFaultsTab::init()
{
    m_tab.reset();
    m_controller = std::make_unique<FakeFaultController>();
    m_tab = std::make_unique<FaultsTab>(*m_controller, m_themes);
}

void TestFaultsTab::everyFaultHasItsRow()
{
    QList<FaultRow *> rows = m_tab->findChildren<FaultRow *>();
    QCOMPARE(rows.size(), faultKindCount);
    QSet<int> kinds;
    for (const FaultRow *row : rows)
        kinds.insert(int(row->kind()));
    QCOMPARE(kinds.size(), faultKindCount);
}

void TestFaultsTab::startsWhatWasChosenAndStopsIt()
{
    FaultRow &disk = row(FaultKind::SlowDisk);
    in<QSpinBox>(disk, u"amount"_s).setValue(250);
    in<QSpinBox>(disk, u"duration"_s).setValue(30);
    in<QPushButton>(disk, u"button"_s).click();
    QCOMPARE(m_controller->running().size(), 1);
    QCOMPARE(m_controller->running().constFirst().fault, (Fault{FaultKind::SlowDisk, 250ms, 30s}));
    QCOMPARE(in<QPushButton>(disk, u"button"_s).text(), u"Stop"_s);
    QVERIFY(!in<QSpinBox>(disk, u"amount"_s).isEnabled());

    in<QPushButton>(disk, u"button"_s).click();
    QVERIFY(m_controller->running().isEmpty());
    QCOMPARE(in<QPushButton>(disk, u"button"_s).text(), u"Start"_s);
    QVERIFY(in<QSpinBox>(disk, u"amount"_s).isEnabled());
}

void TestFaultsTab::saysWhatRunsAndCounts()
{
    QSignalSpy counted(m_tab.get(), &FaultsTab::runningCountChanged);
    QVERIFY(counted.isValid());
    QCOMPARE(in<QLabel>(*m_tab, u"title"_s).text(), u"Nothing is broken on purpose"_s);
    QVERIFY(!in<QPushButton>(*m_tab, u"stopAll"_s).isEnabled());
    m_controller->start({FaultKind::Delay, 50ms, 10s});
    m_controller->start({FaultKind::StallGui, 300ms, 65s});
    QCOMPARE(m_tab->runningCount(), 2);
    QCOMPARE(counted.count(), 2);
    QVERIFY(in<QLabel>(*m_tab, u"detail"_s).text().contains(u"1:0"_s));
    QCOMPARE(in<QLabel>(row(FaultKind::Delay), u"left"_s).text(), u"0:10"_s);
    in<QPushButton>(*m_tab, u"stopAll"_s).click();
    QCOMPARE(counted.constLast().constFirst().toInt(), 0);
    QCOMPARE(in<QLabel>(row(FaultKind::Delay), u"left"_s).text(), QString());
}

void TestFaultsTab::whatIsNotPossibleSaysWhy()
{
    m_controller->setImpossible(FaultKind::SlowDisk, u"Not here."_s);
    QCOMPARE(in<QLabel>(row(FaultKind::SlowDisk), u"words"_s).text(), u"Not here."_s);
    QVERIFY(!in<QPushButton>(row(FaultKind::SlowDisk), u"button"_s).isEnabled());
    QVERIFY(in<QPushButton>(row(FaultKind::Delay), u"button"_s).isEnabled());
}

void TestFaultsTab::aRefusalIsSaidInItsRow()
{
    Q_EMIT m_controller->refused(FaultKind::StallServer, u"The host does not allow it."_s);
    QCOMPARE(in<QLabel>(row(FaultKind::StallServer), u"words"_s).text(), u"The host does not allow it."_s);
    in<QPushButton>(row(FaultKind::StallServer), u"button"_s).click();
    QCOMPARE(in<QLabel>(row(FaultKind::StallServer), u"words"_s).text(), faultSentence(FaultKind::StallServer));
}

void TestFaultsTab::countdowns_data()
{
    QTest::addColumn<std::chrono::milliseconds>("left");
    QTest::addColumn<QString>("text");
    QTest::newRow("over") << -1ms << u"0:00"_s;
    QTest::newRow("rounded up") << 1ms << u"0:01"_s;
    QTest::newRow("whole") << std::chrono::milliseconds(12s) << u"0:12"_s;
    QTest::newRow("over a minute") << std::chrono::milliseconds(65s) << u"1:05"_s;
}

void TestFaultsTab::countdowns()
{
    QFETCH(const std::chrono::milliseconds, left);
    QTEST(countdownText(left), "text");
}

void TestFaultsTab::theFrameIsThereWhileAFaultRuns()
{
    QWidget window;
    window.resize(600, 400);
    FaultFrame frame(*m_controller, m_themes, &window);
    window.show();
    QVERIFY(!frame.isVisible());
    m_controller->start({FaultKind::SlowDisk, 50ms, 12s});
    QVERIFY(frame.isVisible());
    QCOMPARE(frame.words(), u"Fault on purpose: slow disk · 0:12"_s);
    m_controller->start({FaultKind::Delay, 50ms, 5s});
    QVERIFY(frame.words().startsWith(u"2 fault"_s));
    window.resize(700, 500);
    QTRY_COMPARE(frame.size(), QSize(700, 500));
    in<QPushButton>(frame, u"stopFaults"_s).click();
    QVERIFY(m_controller->running().isEmpty());
    QVERIFY(!frame.isVisible());
}

void TestFaultsTab::theFrameLeavesTheWindowItsMouse()
{
    QWidget window;
    window.resize(600, 400);
    QPushButton below(&window);
    below.setGeometry(100, 200, 300, 100);
    FaultFrame frame(*m_controller, m_themes, &window);
    m_controller->start({FaultKind::SlowDisk, 50ms, 12s});
    window.show();
    QCOMPARE(window.childAt(200, 250), &below);
    QCOMPARE(window.childAt(1, 250), &frame);
}

void TestFaultsTab::pictures()
{
    const QString folder = qEnvironmentVariable("LANLINE_PICTURES");
    if (folder.isEmpty())
        QSKIP("set LANLINE_PICTURES to a folder");
    for (const QString &look : {u"light"_s, u"dark"_s}) {
        m_themes.setChoice(look == u"dark" ? ThemeController::Choice::Dark : ThemeController::Choice::Light);
        m_tab = std::make_unique<FaultsTab>(*m_controller, m_themes);
        m_tab->resize(960, 720);
        const FaultFrame frame(*m_controller, m_themes, m_tab.get());
        m_controller->stopAll();
        m_tab->show();
        QVERIFY(m_tab->grab().save(u"%1/faults-%2.png"_s.arg(folder, look)));
        m_controller->start({FaultKind::SlowDisk, 100ms, 12s});
        m_controller->setImpossible(
            FaultKind::RestartServer, u"Only a host that this program runs itself can be killed."_s);
        QVERIFY(m_tab->grab().save(u"%1/faults-one-%2.png"_s.arg(folder, look)));
        m_controller->start({FaultKind::Delay, 50ms, 8s});
        QVERIFY(m_tab->grab().save(u"%1/faults-on-%2.png"_s.arg(folder, look)));
    }
}

QTEST_MAIN(TestFaultsTab)
#include "tst_faultstab.moc"
