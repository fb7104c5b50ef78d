#include "diagnosticsfixture.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/panels/exportmenu.h"
#include "ui/panels/slowesttab.h"
#include "ui/widgets/plotting.h"
#include "ui/widgets/tabbar.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/waterfall.h"

#include <QAbstractButton>
#include <QJsonDocument>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using lanline::test::DiagnosticsFixture;
using lanline::test::LinkStory;
using lanline::test::part;
using lanline::ui::DiagnosticsPanel;
using lanline::ui::Tile;

class TestDiagnosticsTabs final : public DiagnosticsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void tabsTakeTheirShareOfThePanel();
    void aMessageIsTraced();
    void anUnknownMessageIsCalledSo();
    void waterfallTellsEveryHop();
    void withoutMessagesTheListSaysSo();
    void pictureIsAPicture();
    void tableHasTheMessagesOfTheRange();
    void recordingIsShownAgain();
};

void TestDiagnosticsTabs::tabsTakeTheirShareOfThePanel()
{
    auto *under = new QLabel(u"faults"_s);
    auto *whole = new QLabel(u"threads"_s);
    auto *timeless = new QLabel(u"load test"_s);
    m_panel->addTab(under, u"Faults"_s, DiagnosticsPanel::TabSpan::UnderChart);
    m_panel->addTab(whole, u"Threads"_s);
    m_panel->addTab(timeless, u"Load test"_s, DiagnosticsPanel::TabSpan::WholeWithoutTime);
    auto &tabs = part<lanline::ui::TabBar>(*m_panel, u"tabs"_s);
    QCOMPARE(tabs.count(), 4);
    QVERIFY(!under->isVisible());

    QSignalSpy refreshed(m_panel.get(), &DiagnosticsPanel::refreshed);
    QVERIFY(refreshed.isValid());
    auto &windows = part<QWidget>(*m_panel, u"windowSelector"_s);
    m_panel->showTab(under);
    QVERIFY(under->isVisible() && chart().isVisible() && windows.isVisible());
    QTest::keyClick(&tabs, Qt::Key_Right);
    QVERIFY(whole->isVisible() && !chart().isVisible() && windows.isVisible());
    QVERIFY2(refreshed.count() >= 2, "a tab that comes into sight is not told what time it shows");
    m_panel->showTab(timeless);
    QVERIFY(timeless->isVisible() && !chart().isVisible() && !windows.isVisible());
    m_panel->setTabBadge(under, 2);
    QCOMPARE(tabs.badge(1), 2);
    QVERIFY(tabs.accessibleTabName(1).contains(u'2'));
    const int wide = tabs.sizeHint().width();
    m_panel->setTabBadge(under, 0);
    QVERIFY(tabs.sizeHint().width() < wide);
}

void TestDiagnosticsTabs::aMessageIsTraced()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    const quint64 quick = m_story->message(90, true, {0.1, 0.1, 0.1});
    messages(40, 50, 1);
    auto &tab = part<lanline::ui::SlowestTab>(*m_panel, {});
    QTRY_VERIFY(tab.chosen().has_value());
    QVERIFY(tab.chosen()->seq != quick);
    const lanline::RoomId room(u"design"_s);
    m_panel->traceMessage({room, quick});
    QCOMPARE(tab.chosen()->seq, quick);
    QVERIFY(!part<QLabel>(*m_panel, u"traceNote"_s).isVisible());

    // It stays while others come, until another is chosen.
    messages(5, 400, 0.1, 0.1);
    auto &list = part<QListView>(*m_panel, u"slowestMessages"_s);
    QTest::qWait(0);
    QCOMPARE(tab.chosen()->seq, quick);
    QTest::keyClick(&list, Qt::Key_Down);
    QVERIFY(tab.chosen()->seq != quick);
}

void TestDiagnosticsTabs::anUnknownMessageIsCalledSo()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    messages(3, 50, 1);
    m_panel->traceMessage({lanline::RoomId(u"ops"_s), 7});
    QTRY_VERIFY(part<QLabel>(*m_panel, u"traceNote"_s).isVisible());
}

void TestDiagnosticsTabs::waterfallTellsEveryHop()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    m_story->message(5, true, {0.4, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 361, 1.2, 2.4, 0.1, 0.4, 0.7});
    const auto &rows = part<lanline::ui::Waterfall>(*m_panel, {}).rows();
    QTRY_COMPARE(rows.rowCount(), LinkStory::ownLegs);
    const auto spoken = [&](int row) { return rows.index(row, 0).data(Qt::AccessibleTextRole).toString(); };
    QVERIFY2(spoken(7).contains(u"361\u00a0ms"_s) && spoken(7).contains(u"I/O"_s), qPrintable(spoken(7)));
    QVERIFY2(spoken(7).contains(u"longest"_s), qPrintable(spoken(7)));
    QVERIFY2(spoken(4).contains(u'±'), qPrintable(spoken(4)));
    QVERIFY2(!spoken(5).contains(u'±'), "on one computer's clock, and it claims an error");
}

void TestDiagnosticsTabs::withoutMessagesTheListSaysSo()
{
    QTRY_VERIFY(part<QLabel>(*m_panel, u"slowestEmpty"_s).isVisible());
    messages(1, 5, 1);
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    QTRY_VERIFY(!part<QLabel>(*m_panel, u"slowestEmpty"_s).isVisible());
}

void TestDiagnosticsTabs::pictureIsAPicture()
{
    const auto &menu = part<lanline::ui::ExportMenu>(*m_panel, u"exportMenu"_s);
    QVERIFY(menu.actions().size() >= 4);
    QImage picture;
    QVERIFY(picture.loadFromData(menu.contentOf(u"a.png"_s), "PNG"));
    QCOMPARE(picture.size(), m_panel->size() * m_panel->devicePixelRatio());
    QVERIFY(menu.contentOf(u"a.doc"_s).isEmpty());
}

void TestDiagnosticsTabs::tableHasTheMessagesOfTheRange()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    messages(4, 9, 30);
    messages(3, 9, 1);
    QTRY_COMPARE(messagesCounted(), 7u);
    const auto &menu = part<lanline::ui::ExportMenu>(*m_panel, u"exportMenu"_s);
    QCOMPARE(menu.contentOf(u"a.csv"_s).trimmed().count('\n'), 7); // and the line of names
    QVERIFY(QJsonDocument::fromJson(menu.contentOf(u"a.json"_s)).isObject());
    m_panel->setWindow(10s);
    QCOMPARE(menu.contentOf(u"a.csv"_s).trimmed().count('\n'), 3);
}

void TestDiagnosticsTabs::recordingIsShownAgain()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    m_story->message(3, true, {0.4, 1.1, 0.1, 0.2, 2.1, 0.6, 0.3, 361, 1.2, 2.4}, u"Alice"_s, u"a secret"_s);
    messages(40, 50, 4);
    QTRY_COMPARE(messagesCounted(), 41u);
    const auto &menu = part<lanline::ui::ExportMenu>(*m_panel, u"exportMenu"_s);
    const QByteArray file = menu.contentOf(u"a.lanline"_s);
    lanline::ui::DiagnosticsRecord read;
    const auto problem = read.load(file);
    QVERIFY2(!problem, problem ? qPrintable(*problem) : "");
    DiagnosticsPanel panel(read, *m_themes);
    panel.show();
    QVERIFY2(panel.windowTitle().startsWith(u"Recording of "_s), qPrintable(panel.windowTitle()));
    QVERIFY(panel.windowTitle().contains(u"Alice → Studio LAN"_s));
    QVERIFY(!part<QAbstractButton>(panel, u"pauseButton"_s).isVisible());
    QTRY_COMPARE(part<Tile>(panel, u"tileP50"_s).value(), value(u"tileP50"_s));
    auto &list = part<QListView>(panel, u"slowestMessages"_s);
    QCOMPARE(list.model()->rowCount(), 20);
    QVERIFY2(!list.model()->index(0, 0).data().toString().contains(u"secret"_s), "handed on, and nobody chose that");
}

QTEST_MAIN(TestDiagnosticsTabs)
#include "tst_diagnosticstabs.moc"
