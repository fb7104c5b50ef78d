#include "ui/models/chartrange.h"

#include <QTest>

using namespace std::chrono_literals;
using lanline::SteadyTime;
using lanline::ui::ChartRange;

class TestChartRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void looksAtTheWindowAtFirst();
    void selectsInEitherDirection();
    void aClickSelectsNothing();
    void selectionStaysWhenTheWindowMovesOn();
    void extendsFromTheCursor();
    void movesWithinWhatWasRecorded();
    void zoomKeepsThePlaceUnderThePointer();
    void zoomedOutFarEnoughItRunsAgain();
    void cursorTakesTheZoomAlong();
    void clearsTheSelectionBeforeTheZoom();

private:
    static constexpr SteadyTime end{10h};

    ChartRange m_range;
};

void TestChartRange::init()
{
    m_range = ChartRange();
    m_range.setWindow({end - 5min, end});
}

void TestChartRange::looksAtTheWindowAtFirst()
{
    QVERIFY(!m_range.isNarrowed());
    QCOMPARE(m_range.lookedAt().from, end - 5min);
    m_range.setWindow({end - 4min, end + 1min});
    QCOMPARE(m_range.lookedAt().to, end + 1min);
}

void TestChartRange::selectsInEitherDirection()
{
    m_range.select(end - 1min, end - 2min);
    QCOMPARE(m_range.lookedAt().from, end - 2min);
    QCOMPARE(m_range.lookedAt().to, end - 1min);
    QCOMPARE(m_range.shown().from, end - 5min);
}

void TestChartRange::aClickSelectsNothing()
{
    m_range.select(end - 1min, end - 1min);
    QVERIFY(!m_range.selection());
}

void TestChartRange::selectionStaysWhenTheWindowMovesOn()
{
    m_range.select(end - 5min, end - 4min);
    m_range.setWindow({end, end + 5min});
    QCOMPARE(m_range.lookedAt().from, end - 5min);
}

void TestChartRange::extendsFromTheCursor()
{
    m_range.move(-10);
    QVERIFY(!m_range.selection());
    QCOMPARE(*m_range.cursor(), end - 30s);
    m_range.extend(-5);
    QCOMPARE(m_range.selection()->from, end - 45s);
    QCOMPARE(m_range.selection()->to, end - 30s);
    m_range.extend(10); // over its own beginning
    QCOMPARE(m_range.selection()->from, end - 30s);
    QCOMPARE(m_range.selection()->to, end - 15s);
}

void TestChartRange::movesWithinWhatWasRecorded()
{
    m_range.select(end - 2min, end - 1min);
    m_range.move(1000);
    QCOMPARE(m_range.selection()->to, end);
    QCOMPARE(m_range.selection()->from, end - 1min);
    m_range.move(-10'000);
    QCOMPARE(m_range.selection()->from, end - 60min);
    QCOMPARE(m_range.selection()->length(), 60s);
}

void TestChartRange::zoomKeepsThePlaceUnderThePointer()
{
    m_range.zoom(0.5, end - 1min);
    QCOMPARE(m_range.shown().to, end - 30s);
    QCOMPARE(m_range.shown().from, end - 3min);
    for (int i = 0; i < 100; ++i)
        m_range.zoom(0.5, end - 1min);
    QVERIFY(m_range.shown().length() >= ChartRange::shortest);
}

void TestChartRange::zoomedOutFarEnoughItRunsAgain()
{
    m_range.zoom(0.5, end);
    QVERIFY(m_range.isZoomed());
    m_range.zoom(4, end);
    QVERIFY(!m_range.isZoomed());
    m_range.zoom(2, end);
    QVERIFY(!m_range.isNarrowed());
}

void TestChartRange::cursorTakesTheZoomAlong()
{
    m_range.zoom(0.5, end);
    m_range.move(-150);
    QVERIFY(m_range.shown().from <= *m_range.cursor());
    QCOMPARE(m_range.shown().length(), 150s);
}

void TestChartRange::clearsTheSelectionBeforeTheZoom()
{
    m_range.zoom(0.5, end);
    m_range.select(end - 2min, end - 1min);
    QVERIFY(m_range.clearOne());
    QVERIFY(!m_range.selection() && m_range.isZoomed());
    QVERIFY(m_range.clearOne());
    QVERIFY(!m_range.clearOne());
}

QTEST_APPLESS_MAIN(TestChartRange)
#include "tst_chartrange.moc"
