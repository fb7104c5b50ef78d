#include "ui/models/linkwords.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using lanline::WallTime;
using lanline::client::Phase;
using lanline::ui::heartbeatsSentence;
using lanline::ui::LatencySummary;
using lanline::ui::noLink;

namespace {

LatencySummary summary(quint64 count, std::chrono::microseconds p50, std::chrono::microseconds p95)
{
    LatencySummary value;
    value.count = count;
    value.p50 = p50;
    value.p95 = p95;
    value.p99 = value.max = p95;
    return value;
}

} // namespace

class TestLinkWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heartbeatsAreJudged_data();
    void heartbeatsAreJudged();
    void missedHeartbeatsAreCounted();
    void boundsAreTrue_data();
    void boundsAreTrue();
    void aLinkIsNoMissingLink();
    void saysSinceWhenThereIsNoLink();
    void saysWhatIsKnownBeforeTheFirstLink_data();
    void saysWhatIsKnownBeforeTheFirstLink();
};

void TestLinkWords::heartbeatsAreJudged_data()
{
    QTest::addColumn<quint64>("count");
    QTest::addColumn<qint64>("p50");
    QTest::addColumn<qint64>("p95");
    QTest::addColumn<QString>("begin");
    const auto row = [](const char *name, quint64 count, std::chrono::microseconds p50, std::chrono::microseconds p95,
                         const QString &begin) {
        QTest::newRow(name) << count << qint64(p50.count()) << qint64(p95.count()) << begin;
    };
    row("nothing measured", 0, 0ms, 0ms, u"A heartbeat a second"_s);
    row("one too few", 7, 3ms, 5ms, u"A heartbeat a second"_s);
    row("just enough", 8, 3ms, 5ms, u"Fast: half"_s);
    row("many", 300, 3ms, 5ms, u"Fast: half"_s);
    row("a spike in few is no share of twenty", 19, 3ms, 400ms, u"Fast: half"_s);
    row("a spike in many", 20, 3ms, 400ms, u"Uneven: one round trip in twenty"_s);
    row("fair", 300, 60ms, 90ms, u"Fair: half"_s);
    row("slow", 300, 240ms, 300ms, u"Slow: half"_s);
}

void TestLinkWords::heartbeatsAreJudged()
{
    QFETCH(quint64, count);
    QFETCH(qint64, p50);
    QFETCH(qint64, p95);
    QFETCH(QString, begin);
    const QString sentence =
        heartbeatsSentence(summary(count, std::chrono::microseconds(p50), std::chrono::microseconds(p95)));
    QVERIFY2(sentence.startsWith(begin), qPrintable(sentence));
}

void TestLinkWords::missedHeartbeatsAreCounted()
{
    LatencySummary few = summary(3, 3ms, 5ms);
    few.missed = 2;
    QVERIFY2(heartbeatsSentence(few).startsWith(u'2'), qPrintable(heartbeatsSentence(few)));
}

void TestLinkWords::boundsAreTrue_data()
{
    QTest::addColumn<qint64>("p50");
    QTest::addColumn<QString>("bound");
    QTest::newRow("well under a millisecond") << qint64(210) << u"0.3\u00a0ms"_s;
    QTest::newRow("in the middle of a millisecond") << qint64(3'200) << u"4\u00a0ms"_s;
    QTest::newRow("within the histogram's error of the bound") << qint64(3'990) << u"5\u00a0ms"_s;
    QTest::newRow("on the bound") << qint64(4'000) << u"5\u00a0ms"_s;
    QTest::newRow("tens of milliseconds") << qint64(31'000) << u"35\u00a0ms"_s;
}

void TestLinkWords::boundsAreTrue()
{
    QFETCH(qint64, p50);
    QFETCH(QString, bound);
    QCOMPARE(heartbeatsSentence(summary(50, std::chrono::microseconds(p50), std::chrono::microseconds(p50))),
        u"Fast: half of all round trips take under "_s + bound);
}

void TestLinkWords::aLinkIsNoMissingLink()
{
    lanline::client::ConnectionState state;
    for (const Phase phase : {Phase::Online, Phase::CatchingUp}) {
        state.phase = phase;
        QVERIFY(!noLink(state, WallTime(1s)));
    }
}

void TestLinkWords::saysSinceWhenThereIsNoLink()
{
    lanline::client::ConnectionState state;
    state.phase = Phase::WaitingToRetry;
    state.problem = lanline::client::Problem::HeartbeatMissed;
    const QDateTime lost(QDate(2026, 11, 21), QTime(14, 2, 11));
    const auto words = noLink(state, WallTime(std::chrono::milliseconds(lost.toMSecsSinceEpoch())));
    QVERIFY(words);
    QCOMPARE(words->sentence, u"No link since 14:02:11"_s);
    QVERIFY(!words->advice.isEmpty());
}

void TestLinkWords::saysWhatIsKnownBeforeTheFirstLink_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("offline") << Phase::Offline << u"Not connected"_s;
    QTest::newRow("connecting") << Phase::Connecting << u"No link yet"_s;
    QTest::newRow("joining") << Phase::Joining << u"No link yet"_s;
    QTest::newRow("waiting to retry") << Phase::WaitingToRetry << u"No link yet"_s;
}

void TestLinkWords::saysWhatIsKnownBeforeTheFirstLink()
{
    QFETCH(Phase, phase);
    QFETCH(QString, sentence);
    lanline::client::ConnectionState state;
    state.phase = phase;
    const auto words = noLink(state, std::nullopt);
    QVERIFY(words);
    QCOMPARE(words->sentence, sentence);
}

QTEST_GUILESS_MAIN(TestLinkWords)
#include "tst_linkwords.moc"
