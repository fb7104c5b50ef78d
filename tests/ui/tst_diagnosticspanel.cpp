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
using lanline::client::LinkEvent;
using lanline::client::Phase;
using lanline::client::Problem;
using lanline::test::DiagnosticsFixture;
using lanline::test::part;
using lanline::ui::DiagnosticsPanel;
using lanline::ui::Tile;

class TestDiagnosticsPanel final : public DiagnosticsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void isQuietWithoutData();
    void tilesTellWhatWasMeasured();
    void p99ComesWithAHundredSamples_data();
    void p99ComesWithAHundredSamples();
    void windowSelectsWhatCounts();
    void missedBeatsAreCounted();
    void ledgersAreComparedWithTheHost();
    void lineHasANanAtTheGap();
    void sentenceFollowsTheLink();
    void longVerdictIsNotCutOff();
    void titleNamesBothEnds();
    void recordThatFollowsLaterCanBePaused();
    void pausedPictureStandsStill();
    void tilesAreOfMessagesWhereThereAreEnough_data();
    void tilesAreOfMessagesWhereThereAreEnough();
    void keysChooseARange();
    void draggingChoosesARange();
    void keysPauseScaleAndWindow();
    void chartDrawsInBothThemesAndScales();
};

void TestDiagnosticsPanel::isQuietWithoutData()
{
    QCOMPARE(m_panel->latencySummary().count, 0u);
    for (const QString &tile :
        {u"tileP50"_s, u"tileP95"_s, u"tileP99"_s, u"tileMax"_s, u"tileJitter"_s, u"tileMissed"_s})
        QVERIFY2(value(tile).isEmpty(), qPrintable(tile));
    QCOMPARE(part<QLabel>(*m_panel, u"verdict"_s).text(), u"Not connected"_s);
}

void TestDiagnosticsPanel::tilesTellWhatWasMeasured()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    beats(20, 12'000us);
    QTRY_COMPARE(value(u"tileP50"_s), u"12\u00a0ms"_s);
    QCOMPARE(value(u"tileP95"_s), u"12\u00a0ms"_s);
    QCOMPARE(value(u"tileJitter"_s), u"0.00\u00a0ms"_s);
    QCOMPARE(value(u"tileMissed"_s), u"0"_s);
    QCOMPARE(part<Tile>(*m_panel, u"tileP50"_s).caption(), u"n 20 · 5\u00a0min"_s);
    QVERIFY(part<Tile>(*m_panel, u"tileP50"_s).accessibleDescription().contains(u"12"_s));

    const auto summary = m_panel->latencySummary();
    QCOMPARE(summary.count, 20u);
    QCOMPARE(summary.max, std::chrono::microseconds(12ms));
}

void TestDiagnosticsPanel::p99ComesWithAHundredSamples_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isP99");
    QTest::newRow("99") << 99 << false;
    QTest::newRow("100") << 100 << true;
}

void TestDiagnosticsPanel::p99ComesWithAHundredSamples()
{
    QFETCH(int, count);
    QFETCH(bool, isP99);
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    m_story->roundTrip(200, 90ms);
    beats(count - 1, 3'000us);
    QTRY_COMPARE(part<Tile>(*m_panel, u"tileMissed"_s).value(), u"0"_s);
    QTRY_COMPARE(value(u"tileP99"_s), isP99 ? u"3.0\u00a0ms"_s : u"90\u00a0ms"_s);
    QCOMPARE(part<Tile>(*m_panel, u"tileP99"_s).caption().contains(u"max"_s), !isP99);
    QCOMPARE(value(u"tileMax"_s), u"90\u00a0ms"_s);
}

void TestDiagnosticsPanel::windowSelectsWhatCounts()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    for (int i = 100; i > 30; --i)
        m_story->roundTrip(i, 80ms);
    beats(5, 2ms);
    QCOMPARE(m_panel->latencySummary().count, 75u);
    m_panel->setWindow(10s);
    QCOMPARE(m_panel->latencySummary().count, 5u);
    QCOMPARE(value(u"tileP50"_s), u"2.0\u00a0ms"_s);
    m_panel->setWindow(7s); // none of the choices
    QCOMPARE(m_panel->window(), 10s);
}

void TestDiagnosticsPanel::missedBeatsAreCounted()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    m_story->event(LinkEvent::Kind::HeartbeatMissed, 40);
    beats(9, 3ms);
    QTRY_COMPARE(value(u"tileMissed"_s), u"1"_s);
    QVERIFY(part<Tile>(*m_panel, u"tileMissed"_s).caption().contains(u"10"_s));
}

void TestDiagnosticsPanel::ledgersAreComparedWithTheHost()
{
    auto &lost = part<Tile>(*m_panel, u"tileLost"_s);
    QVERIFY2(lost.value().isEmpty(), "nothing is known, and it says that nothing is lost");
    lanline::client::Ledger ledger;
    ledger.sent = 7;
    ledger.stored = 6;
    ledger.waiting = 1;
    ledger.delivered = 12;
    ledger.replayed = 14;
    m_story->ledger(ledger);
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    const auto figure = [this](const QString &name) { return part<QLabel>(*m_panel, name).text(); };
    QTRY_COMPARE(figure(u"ledgerSent"_s), u"7"_s);
    QVERIFY(figure(u"ledgerSentHost"_s).contains(u'1'));
    QVERIFY(lost.value().isEmpty());

    lanline::protocol::Status status;
    status.storedEver = 40;
    status.delivered = 80;
    m_story->status(status);
    QTRY_COMPARE(figure(u"ledgerStoredHost"_s), u"40"_s);
    QCOMPARE(figure(u"ledgerStored"_s), u"6"_s);
    QCOMPARE(figure(u"ledgerDelivered"_s), u"12"_s);
    QCOMPARE(figure(u"ledgerDeliveredHost"_s), u"80"_s);
    QCOMPARE(figure(u"ledgerReplayed"_s), u"14"_s);
    QCOMPARE(figure(u"ledgerDeduplicated"_s), u"0"_s);
    QVERIFY2(lost.value().isEmpty(), "one is on its way");

    ledger.stored = 7;
    ledger.waiting = 0;
    m_story->ledger(ledger);
    QTRY_COMPARE(lost.value(), u"0"_s);
    ledger.stored = 5;
    m_story->ledger(ledger);
    QTRY_COMPARE(lost.value(), u"2"_s);
    QVERIFY(!lost.toolTip().isEmpty());
    auto &details = part<QWidget>(*m_panel, u"ledgerDetails"_s);
    QVERIFY(!details.isVisible());
    QTest::keyClick(&lost, Qt::Key_Return);
    QVERIFY2(details.isVisible(), "the tile opens nothing");
    details.hide();
}

void TestDiagnosticsPanel::lineHasANanAtTheGap()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    m_story->event(LinkEvent::Kind::Connected, 60);
    for (int i = 59; i > 40; --i)
        m_story->roundTrip(i, 5ms);
    m_story->event(LinkEvent::Kind::Lost, 40);
    m_story->event(LinkEvent::Kind::Reconnected, 12);
    beats(10, 6ms);
    m_panel->setWindow(60s);

    auto &plot = part<QCustomPlot>(*m_panel, {});
    QCPGraph *p50 = nullptr;
    for (int i = 0; i < plot.graphCount(); ++i)
        p50 = plot.graph(i)->objectName() == "p50"_L1 ? plot.graph(i) : p50;
    QVERIFY(p50);
    int inside = 0;
    int before = 0;
    int behind = 0;
    const double end = plot.xAxis->range().upper;
    for (const QCPGraphData &point : *p50->data()) {
        if (point.key > end - 40.5 && point.key < end - 12) {
            QVERIFY2(std::isnan(point.value) || point.key < end - 39.5, "the line bridges the gap");
            inside += std::isnan(point.value) ? 1 : 0;
        } else if (!std::isnan(point.value)) {
            (point.key < end - 40 ? before : behind) += 1;
        }
    }
    QVERIFY2(inside >= 1, "nothing breaks the line");
    QVERIFY(before > 0);
    QVERIFY(behind > 0);
}

void TestDiagnosticsPanel::sentenceFollowsTheLink()
{
    auto &verdict = part<QLabel>(*m_panel, u"verdict"_s);
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    QTRY_VERIFY2(verdict.text().startsWith(u"Not enough data"_s), qPrintable(verdict.text()));
    messages(40, 1, 1);
    QTRY_VERIFY2(verdict.text().startsWith(u"Fast: "_s), qPrintable(verdict.text()));
    m_story->event(LinkEvent::Kind::Lost, 0.1);
    m_story->phase(Phase::WaitingToRetry, Problem::ConnectionLost);
    QTRY_VERIFY2(verdict.text().startsWith(u"No link since "_s), qPrintable(verdict.text()));
    QVERIFY(!part<QLabel>(*m_panel, u"verdictDetail"_s).text().isEmpty());
}

void TestDiagnosticsPanel::longVerdictIsNotCutOff()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    for (int i = 0; i < 40; ++i) // the longest: this computer's network thread
        m_story->message(40 - i, true, {200, 1, 0.1, 0.1, 1, 0.1, 0.1, 1, 0.2, 1});
    auto &verdict = part<QLabel>(*m_panel, u"verdict"_s);
    auto &detail = part<QLabel>(*m_panel, u"verdictDetail"_s);
    QTRY_VERIFY2(verdict.text().contains(u"network thread"_s), qPrintable(verdict.text()));
    for (const QSize &size : {m_panel->sizeHint(), m_panel->minimumSize()}) {
        m_panel->resize(size);
        for (const QLabel *label : {&verdict, &detail})
            QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->objectName()));
    }
    QVERIFY(verdict.heightForWidth(verdict.width()) > verdict.heightForWidth(10'000));
}

void TestDiagnosticsPanel::titleNamesBothEnds()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    QTRY_VERIFY(m_panel->windowTitle().contains(u"Alice → Studio LAN"_s));
}

void TestDiagnosticsPanel::recordThatFollowsLaterCanBePaused()
{
    lanline::ui::DiagnosticsRecord record;
    DiagnosticsPanel panel(record, *m_themes);
    record.follow(*m_session);
    panel.show();
    QVERIFY(part<QAbstractButton>(panel, u"pauseButton"_s).isVisible());
    QCOMPARE(panel.windowTitle(), u"Diagnostics"_s);
}

void TestDiagnosticsPanel::pausedPictureStandsStill()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    beats(20, 3ms, 2);
    auto &pause = part<QAbstractButton>(*m_panel, u"pauseButton"_s);
    pause.click();
    QVERIFY(m_panel->isPaused());
    const auto before = m_panel->latencySummary();
    m_story->roundTrip(-1, 90ms); // measured after the pause began
    m_story->phase(Phase::WaitingToRetry, Problem::ConnectionLost);
    QCOMPARE(m_panel->latencySummary(), before);
    m_panel->setWindow(60s); // draws anew
    QVERIFY(!part<QLabel>(*m_panel, u"verdict"_s).text().startsWith(u"No link"_s));
    pause.click();
    QTRY_COMPARE(m_panel->latencySummary().count, before.count + 1);
}

void TestDiagnosticsPanel::tilesAreOfMessagesWhereThereAreEnough_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("p50");
    QTest::newRow("29") << 29 << u"Round trips"_s << u"4.0\u00a0ms"_s;
    QTest::newRow("30") << 30 << u"Delivery time"_s << u"43\u00a0ms"_s;
}

void TestDiagnosticsPanel::tilesAreOfMessagesWhereThereAreEnough()
{
    QFETCH(int, count);
    QFETCH(QString, title);
    QFETCH(QString, p50);
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    beats(40, 4ms);
    messages(count, 40, 1);
    QTRY_COMPARE(value(u"tileP50"_s), p50);
    QCOMPARE(part<QLabel>(*m_panel, u"chartTitle"_s).text(), title);
}

void TestDiagnosticsPanel::keysChooseARange()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    messages(100, 4, 100);
    messages(50, 80, 1);
    QTRY_COMPARE(part<Tile>(*m_panel, u"tileP50"_s).caption(), u"n 150 · 5\u00a0min"_s);
    auto &chosen = part<QAbstractButton>(*m_panel, u"chosenRange"_s);
    QVERIFY(!chosen.isVisible());

    // A hundredth of five minutes is 3 s: from now back 20 of them.
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(&chart(), Qt::Key_Left, Qt::ShiftModifier);
    QTRY_VERIFY(chosen.isVisible());
    QTRY_VERIFY2(value(u"tileP50"_s).startsWith(u"8"_s), qPrintable(value(u"tileP50"_s)));
    QCOMPARE(messagesCounted(), 50u);
    const auto before = m_panel->range();
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&chart(), Qt::Key_Left);
    QCOMPARE(m_panel->range().length(), before.length());
    QVERIFY(m_panel->range().to < before.from + 40s);
    QTRY_VERIFY2(value(u"tileP50"_s).startsWith(u"7."_s), qPrintable(value(u"tileP50"_s)));

    QTest::keyClick(&chart(), Qt::Key_Escape);
    QTRY_VERIFY(!chosen.isVisible());
    QCOMPARE(messagesCounted(), 150u);
    QTest::keyClick(&chart(), Qt::Key_Plus);
    QTRY_VERIFY(chosen.isVisible());
    QVERIFY(m_panel->range().length() < 5min);
    chosen.click();
    QVERIFY(!chosen.isVisible());
    QCOMPARE(m_panel->range().length(), 5min);
}

void TestDiagnosticsPanel::draggingChoosesARange()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    messages(100, 4, 155);
    messages(60, 80, 1);
    m_panel->setPaused(true); // nothing moves under the pointer
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    auto &plot = part<QCustomPlot>(*m_panel, {});
    QTRY_VERIFY(plot.axisRect()->width() > 300);
    const QRect area = plot.axisRect()->rect();
    const QPoint from(area.left() + area.width() / 2, area.center().y());
    const QPoint to(area.right() + 1, area.center().y());
    QTest::mousePress(&plot, Qt::LeftButton, {}, from);
    QTest::mouseMove(&plot, (from + to) / 2);
    QTest::mouseMove(&plot, to);
    QTest::mouseRelease(&plot, Qt::LeftButton, {}, to);
    QTRY_COMPARE(std::chrono::round<std::chrono::seconds>(m_panel->range().length()), 150s);
    QCOMPARE(messagesCounted(), 60u);
    QTRY_VERIFY2(value(u"tileP50"_s).startsWith(u"8"_s), qPrintable(value(u"tileP50"_s)));
}

void TestDiagnosticsPanel::keysPauseScaleAndWindow()
{
    QTest::keyClick(&chart(), Qt::Key_Space);
    QVERIFY(m_panel->isPaused());
    QTest::keyClick(&chart(), Qt::Key_Space);
    QVERIFY(!m_panel->isPaused());
    QTest::keyClick(&chart(), Qt::Key_1);
    QCOMPARE(m_panel->window(), 10s);
    QTest::keyClick(&chart(), Qt::Key_4);
    QCOMPARE(m_panel->window(), 3600s);
    auto &plot = part<QCustomPlot>(*m_panel, {});
    QTest::keyClick(&chart(), Qt::Key_L);
    QCOMPARE(plot.yAxis->scaleType(), QCPAxis::stLinear);
    QTest::keyClick(&chart(), Qt::Key_L);
    QCOMPARE(plot.yAxis->scaleType(), QCPAxis::stLogarithmic);
}

void TestDiagnosticsPanel::chartDrawsInBothThemesAndScales()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    beats(20, 3ms);
    QTRY_COMPARE(value(u"tileMissed"_s), u"0"_s);
    const auto choose = [this](lanline::ui::ThemeController::Choice choice) {
        m_themes->setChoice(choice);
        return m_panel->grab().toImage();
    };
    const QImage light = choose(lanline::ui::ThemeController::Choice::Light);
    const QImage dark = choose(lanline::ui::ThemeController::Choice::Dark);
    const QPoint middle(light.width() / 2, light.height() * 3 / 4);
    QVERIFY(light.pixelColor(middle).lightness() > 200);
    QVERIFY(dark.pixelColor(middle).lightness() < 80);

    auto &plot = part<QCustomPlot>(*m_panel, {});
    QCOMPARE(plot.yAxis->scaleType(), QCPAxis::stLogarithmic);
    QVERIFY(plot.yAxis->range().contains(3));
    part<QWidget>(*m_panel, u"scaleSelector"_s).findChildren<QAbstractButton *>()[0]->click();
    QCOMPARE(plot.yAxis->scaleType(), QCPAxis::stLinear);
    QCOMPARE(plot.yAxis->range().lower, 0.0);
    QVERIFY(plot.yAxis->range().contains(3));
}

QTEST_MAIN(TestDiagnosticsPanel)
#include "tst_diagnosticspanel.moc"
