#include "client/notices.h"
#include "tests/support/clientbench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace Qt::Literals::StringLiterals;

class TestNoticeBatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neighboursOfOneKindBecomeOne();
    void whatMayNotMergeKeepsItsPlace();
    void everyPhaseIsTold();

private:
    static TimelineUpdate update(const QString &room, TimelineUpdate::Kind kind, quint64 from, quint64 to)
    {
        return {RoomId(room), kind, eventsFrom(from, to), false, false};
    }
};

void TestNoticeBatch::neighboursOfOneKindBecomeOne()
{
    NoticeBatch batch;
    batch.add(update(u"lobby"_s, TimelineUpdate::Kind::Append, 1, 2));
    batch.add(update(u"lobby"_s, TimelineUpdate::Kind::Append, 3, 3));
    batch.add(QList<OutboxItem>{composed(u"lobby"_s, u"a"_s)});
    batch.add(QList<OutboxItem>{composed(u"lobby"_s, u"b"_s)});
    const QList<Notice> notices = batch.take();
    QCOMPARE(notices.size(), 2);
    QCOMPARE(seqsOf(std::get<TimelineUpdate>(notices[0]).events), (QList<quint64>{1, 2, 3}));
    QCOMPARE(std::get<QList<OutboxItem>>(notices[1]).size(), 2);
    QVERIFY(batch.isEmpty());
}

void TestNoticeBatch::whatMayNotMergeKeepsItsPlace()
{
    NoticeBatch batch;
    batch.add(update(u"lobby"_s, TimelineUpdate::Kind::Append, 1, 1));
    batch.add(update(u"other"_s, TimelineUpdate::Kind::Append, 1, 1));
    batch.add(update(u"other"_s, TimelineUpdate::Kind::Reset, 1, 1));
    batch.add(update(u"other"_s, TimelineUpdate::Kind::Append, 2, 2));
    TimelineUpdate caughtUp = update(u"other"_s, TimelineUpdate::Kind::Append, 3, 3);
    caughtUp.isCatchUp = true;
    batch.add(caughtUp);
    batch.add(RoundTrip{});
    batch.add(RoundTrip{});
    QCOMPARE(batch.take().size(), 7);
}

void TestNoticeBatch::everyPhaseIsTold()
{
    NoticeBatch batch;
    ConnectionState state;
    state.phase = Phase::Online;
    state.waiting = 1;
    batch.add(state);
    state.waiting = 2;
    batch.add(state);
    state.phase = Phase::WaitingToRetry;
    batch.add(state);
    const QList<Notice> notices = batch.take();
    QCOMPARE(notices.size(), 2);
    QCOMPARE(std::get<ConnectionState>(notices[0]).waiting, 2);
    QCOMPARE(std::get<ConnectionState>(notices[1]).phase, Phase::WaitingToRetry);
}

QTEST_GUILESS_MAIN(TestNoticeBatch)
#include "tst_noticebatch.moc"
