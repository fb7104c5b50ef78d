#include "ui/widgets/marklabels.h"

#include <QTest>

using lanline::ui::MarkLabel;
using lanline::ui::PlacedLabel;
using lanline::ui::placeLabels;

class TestMarkLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsRightOfItsLine();
    void standsLeftWhereTheRightEdgeIsNear();
    void prefersTheLeftWhenAsked();
    void foldsWhatWouldCollide();
    void theMoreImportantKeepsItsWords();
    void noTwoEverTouch();
};

void TestMarkLabels::standsRightOfItsLine()
{
    const auto placed = placeLabels({{100, 50, false, 0}}, 0, 400, 20);
    QCOMPARE(placed.size(), 1);
    QVERIFY(placed[0].from > 100);
    QVERIFY(!placed[0].isLeft);
    QVERIFY(placed[0].folded.isEmpty());
}

void TestMarkLabels::standsLeftWhereTheRightEdgeIsNear()
{
    const auto placed = placeLabels({{380, 50, false, 0}}, 0, 400, 20);
    QCOMPARE(placed.size(), 1);
    QVERIFY(placed[0].to < 380);
    QVERIFY(placed[0].isLeft);
}

void TestMarkLabels::prefersTheLeftWhenAsked()
{
    const auto placed = placeLabels({{200, 50, true, 0}}, 0, 400, 20);
    QVERIFY(placed[0].to < 200);
    const auto atTheEdge = placeLabels({{20, 50, true, 0}}, 0, 400, 20);
    QVERIFY(atTheEdge[0].from > 20);
}

void TestMarkLabels::foldsWhatWouldCollide()
{
    const auto placed = placeLabels({{40, 80, false, 0}, {45, 80, false, 0}, {50, 80, false, 0}}, 0, 160, 20);
    QCOMPARE(placed.size(), 1);
    QCOMPARE(placed[0].mark, 0);
    QCOMPARE(placed[0].folded, (QList<qsizetype>{1, 2}));
}

void TestMarkLabels::theMoreImportantKeepsItsWords()
{
    const auto placed = placeLabels({{40, 80, false, 0}, {42, 80, false, 2}}, 0, 160, 20);
    QCOMPARE(placed.size(), 1);
    QCOMPARE(placed[0].mark, 1);
    QCOMPARE(placed[0].folded, QList<qsizetype>{0});
}

void TestMarkLabels::noTwoEverTouch()
{
    constexpr qreal foldWidth = 20;
    QList<MarkLabel> marks;
    for (int i = 0; i < 40; ++i)
        marks.append({qreal((i * 137) % 800), qreal(30 + i % 5 * 25), i % 3 == 0, i % 2});
    const auto placed = placeLabels(marks, 0, 800, foldWidth);
    qsizetype told = 0;
    for (const PlacedLabel &a : placed) {
        told += 1 + a.folded.size();
        QVERIFY(a.from >= 0 && a.to <= 800 && a.to - a.from >= marks[a.mark].width + foldWidth);
        for (const PlacedLabel &b : placed) {
            if (a.mark == b.mark)
                continue;
            QVERIFY(a.to < b.from || b.to < a.from);
        }
    }
    QCOMPARE(told, marks.size());
}

QTEST_GUILESS_MAIN(TestMarkLabels)
#include "tst_marklabels.moc"
