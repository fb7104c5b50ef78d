#include "ui/models/latencyverdict.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using lanline::WallTime;
using lanline::client::Phase;
using lanline::ui::LatencySummary;
using lanline::ui::LatencyVerdict;
using lanline::ui::verdictOf;
using Kind = LatencyVerdict::Kind;

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

class TestLatencyVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void boundsAreTrue_data();
    void boundsAreTrue();
    void saysSinceWhenThereIsNoLink();
    void saysWhatIsKnownBeforeTheFirstLink_data();
    void saysWhatIsKnownBeforeTheFirstLink();
};

void TestLatencyVerdict::judges_data()
{
    QTest::addColumn<quint64>("count");
    QTest::addColumn<qint64>("p50");
    QTest::addColumn<qint64>("p95");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *name, quint64 count, std::chrono::microseconds p50, std::chrono::microseconds p95,
                         Kind kind) {
        QTest::newRow(name) << count << qint64(p50.count()) << qint64(p95.count()) << kind;
    };
    row("nothing measured", 0, 0ms, 0ms, Kind::NotEnoughData);
    row("one too few", 7, 3ms, 5ms, Kind::NotEnoughData);
    row("just enough", 8, 3ms, 5ms, Kind::Fast);
    row("many", 300, 3ms, 5ms, Kind::Fast);
    row("a spike in few is no share of twenty", 19, 3ms, 400ms, Kind::Fast);
    row("a spike in many", 20, 3ms, 400ms, Kind::Uneven);
    row("fair", 300, 60ms, 90ms, Kind::Fair);
    row("slow", 300, 240ms, 300ms, Kind::Slow);
}

void TestLatencyVerdict::judges()
{
    QFETCH(quint64, count);
    QFETCH(qint64, p50);
    QFETCH(qint64, p95);
    QFETCH(Kind, kind);
    lanline::client::ConnectionState online;
    online.phase = Phase::Online;
    const LatencyVerdict verdict = verdictOf(
        summary(count, std::chrono::microseconds(p50), std::chrono::microseconds(p95)), 300s, online, std::nullopt);
    QCOMPARE(verdict.kind, kind);
    QVERIFY(!verdict.sentence.isEmpty());
}

void TestLatencyVerdict::boundsAreTrue_data()
{
    QTest::addColumn<qint64>("p50");
    QTest::addColumn<QString>("bound");
    QTest::newRow("well under a millisecond") << qint64(210) << u"0.3\u00a0ms"_s;
    QTest::newRow("in the middle of a millisecond") << qint64(3'200) << u"4\u00a0ms"_s;
    QTest::newRow("within the histogram's error of the bound") << qint64(3'990) << u"5\u00a0ms"_s;
    QTest::newRow("on the bound") << qint64(4'000) << u"5\u00a0ms"_s;
    QTest::newRow("tens of milliseconds") << qint64(31'000) << u"35\u00a0ms"_s;
}

void TestLatencyVerdict::boundsAreTrue()
{
    QFETCH(qint64, p50);
    QFETCH(QString, bound);
    lanline::client::ConnectionState online;
    online.phase = Phase::Online;
    const auto verdict = verdictOf(
        summary(50, std::chrono::microseconds(p50), std::chrono::microseconds(p50)), 300s, online, std::nullopt);
    QCOMPARE(verdict.sentence, u"Fast: half of all round trips take under "_s + bound);
}

void TestLatencyVerdict::saysSinceWhenThereIsNoLink()
{
    lanline::client::ConnectionState state;
    state.phase = Phase::WaitingToRetry;
    state.problem = lanline::client::Problem::HeartbeatMissed;
    const QDateTime lost(QDate(2026, 11, 21), QTime(14, 2, 11));
    const auto verdict =
        verdictOf(summary(300, 3ms, 5ms), 300s, state, WallTime(std::chrono::milliseconds(lost.toMSecsSinceEpoch())));
    QCOMPARE(verdict.kind, Kind::NoLink);
    QCOMPARE(verdict.sentence, u"No link since 14:02:11"_s);
    QVERIFY(!verdict.detail.isEmpty());
}

void TestLatencyVerdict::saysWhatIsKnownBeforeTheFirstLink_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("offline") << Phase::Offline << u"Not connected"_s;
    QTest::newRow("connecting") << Phase::Connecting << u"No link yet"_s;
    QTest::newRow("joining") << Phase::Joining << u"No link yet"_s;
    QTest::newRow("waiting to retry") << Phase::WaitingToRetry << u"No link yet"_s;
}

void TestLatencyVerdict::saysWhatIsKnownBeforeTheFirstLink()
{
    QFETCH(Phase, phase);
    QFETCH(QString, sentence);
    lanline::client::ConnectionState state;
    state.phase = phase;
    const auto verdict = verdictOf({}, 300s, state, std::nullopt);
    QCOMPARE(verdict.kind, Kind::NoLink);
    QCOMPARE(verdict.sentence, sentence);
}

QTEST_GUILESS_MAIN(TestLatencyVerdict)
#include "tst_latencyverdict.moc"
