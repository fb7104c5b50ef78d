#include "linkstory.h"
#include "part.h"
#include "ui/panels/diagnosticspanel.h"
#include "ui/widgets/plotting.h"
#include "ui/widgets/tile.h"

#include <QAbstractButton>
#include <QLabel>
#include <QTest>
#include <QThread>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using lanline::client::LinkEvent;
using lanline::client::Phase;
using lanline::client::Problem;
using lanline::test::LinkStory;
using lanline::test::part;
using lanline::ui::DiagnosticsPanel;
using lanline::ui::Tile;

class TestDiagnosticsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_network.start(); }
    void cleanupTestCase();
    void init();
    void cleanup();
    void isQuietWithoutData();
    void tilesTellWhatWasMeasured();
    void p99ComesWithAHundredSamples_data();
    void p99ComesWithAHundredSamples();
    void windowSelectsWhatCounts();
    void missedBeatsAreCounted();
    void ledgersAreComparedWithTheHost();
    void lineHasANanAtTheGap();
    void sentenceFollowsTheLink();
    void titleNamesBothEnds();
    void pausedPictureStandsStill();
    void chartDrawsInBothThemesAndScales();

private:
    QString value(const QString &tile) { return part<Tile>(*m_panel, tile).value(); }
    void beats(int count, std::chrono::microseconds rtt, double lastSecondsAgo = 0.5);

    QThread m_network;
    std::unique_ptr<lanline::ui::ThemeController> m_themes;
    std::unique_ptr<lanline::client::ChatSession> m_session;
    std::unique_ptr<DiagnosticsPanel> m_panel;
    std::unique_ptr<LinkStory> m_story;
};

void TestDiagnosticsPanel::cleanupTestCase()
{
    m_network.quit();
    m_network.wait();
}

void TestDiagnosticsPanel::init()
{
    m_themes = std::make_unique<lanline::ui::ThemeController>();
    m_session = std::make_unique<lanline::client::ChatSession>(lanline::client::Identity{u"Alice"_s, {}}, &m_network);
    m_panel = std::make_unique<DiagnosticsPanel>(*m_session, *m_themes);
    m_story = std::make_unique<LinkStory>(*m_session);
    m_panel->show();
}

void TestDiagnosticsPanel::cleanup()
{
    m_panel.reset();
    m_session.reset();
    m_themes.reset();
}

void TestDiagnosticsPanel::beats(int count, std::chrono::microseconds rtt, double lastSecondsAgo)
{
    for (int i = count - 1; i >= 0; --i)
        m_story->roundTrip(lastSecondsAgo + i, rtt);
}

void TestDiagnosticsPanel::isQuietWithoutData()
{
    QCOMPARE(m_panel->latencySummary().count, 0u);
    for (const QString &tile : {u"tileP50"_s, u"tileP95"_s, u"tileP99"_s, u"tileJitter"_s, u"tileMissed"_s})
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
    QTest::addColumn<QString>("name");
    QTest::newRow("99") << 99 << u"Max"_s;
    QTest::newRow("100") << 100 << u"P99"_s;
}

void TestDiagnosticsPanel::p99ComesWithAHundredSamples()
{
    QFETCH(int, count);
    QFETCH(QString, name);
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    beats(count, 3'000us);
    QTRY_COMPARE(part<Tile>(*m_panel, u"tileP99"_s).name(), name);
    QTRY_COMPARE(value(u"tileP99"_s), u"3.0\u00a0ms"_s);
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
    QTRY_COMPARE(value(u"tileSent"_s), u"7"_s);
    QVERIFY(part<Tile>(*m_panel, u"tileSent"_s).caption().contains(u'1'));
    QVERIFY(lost.value().isEmpty());

    lanline::protocol::Status status;
    status.storedEver = 40;
    status.delivered = 80;
    m_story->status(status);
    QTRY_VERIFY(part<Tile>(*m_panel, u"tileStored"_s).caption().contains(u"40"_s));
    QCOMPARE(value(u"tileStored"_s), u"6"_s);
    QCOMPARE(value(u"tileDelivered"_s), u"12"_s);
    QVERIFY(part<Tile>(*m_panel, u"tileDelivered"_s).caption().contains(u"80"_s));
    QCOMPARE(value(u"tileReplayed"_s), u"14"_s);
    QCOMPARE(value(u"tileDeduplicated"_s), u"0"_s);
    QVERIFY2(lost.value().isEmpty(), "one is on its way");

    ledger.stored = 7;
    ledger.waiting = 0;
    m_story->ledger(ledger);
    QTRY_COMPARE(lost.value(), u"0"_s);
    ledger.stored = 5;
    m_story->ledger(ledger);
    QTRY_COMPARE(lost.value(), u"2"_s);
    QVERIFY(!lost.toolTip().isEmpty());
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
    beats(30, 3'200us);
    QTRY_COMPARE(verdict.text(), u"Fast: half of all round trips take under 4\u00a0ms"_s);
    m_story->event(LinkEvent::Kind::Lost, 0.1);
    m_story->phase(Phase::WaitingToRetry, Problem::ConnectionLost);
    QTRY_VERIFY2(verdict.text().startsWith(u"No link since "_s), qPrintable(verdict.text()));
    QVERIFY(!part<QLabel>(*m_panel, u"verdictDetail"_s).text().isEmpty());
}

void TestDiagnosticsPanel::titleNamesBothEnds()
{
    m_story->online(u"Alice"_s, u"Studio LAN"_s);
    QVERIFY(m_panel->windowTitle().contains(u"Alice → Studio LAN"_s));
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
