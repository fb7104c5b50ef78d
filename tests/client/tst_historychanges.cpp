#include "tests/support/historybench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace Qt::Literals::StringLiterals;
using Kind = TimelineUpdate::Kind;

/// What edits and deletions do to the history that is kept, whenever they are heard of.
class TestHistoryChanges final : public QObject, private HistoryBench
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changesOfTheOldRangeAreFetchedUntilThereAreNoMore();
    void changesGoOnAfterARestart();
    void changesThatExpiredCostTheOldRanges();
    void anEditIsAppliedToWhatIsKept();
    void aDeletionIsAppliedToWhatIsKept();
    void aPageOnItsWayHasWhatHappenedMeanwhile();
    void anOlderChangeDoesNotUndoANewer();
    void pagesWithoutAMessageAreSkipped();
};

void TestHistoryChanges::init()
{
    beginAnew();
}

void TestHistoryChanges::changesOfTheOldRangeAreFetchedUntilThereAreNoMore()
{
    beOnline(10);
    comeBackTo(5000);
    answerHistory(4801, 5000);
    answerEvents({}, true, 5000);
    const auto first = asked<protocol::EventsGet>().last();
    QCOMPARE(first.afterSeq, quint64(10));
    QCOMPARE(first.targetsUntil, quint64(10));
    bench().forgetTold();
    answerEvents({edit(700, 3, u"three"_s), change(900, protocol::EventKind::Deletion, 4)}, false, 5000);
    const auto second = asked<protocol::EventsGet>().last();
    QCOMPARE(second.afterSeq, quint64(900));
    QCOMPARE(second.targetsUntil, quint64(10));
    answerEvents({}, false, 5000);
    QCOMPARE(asked<protocol::EventsGet>().last().requestId, second.requestId);
    QCOMPARE(updates().size(), 1);
    QCOMPARE(updates()[0].kind, Kind::Change);
    QCOMPARE(seqsOf(updates()[0].events), (QList<quint64>{700, 900}));

    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 11});
    QCOMPARE(updates()[0].events[2].text, u"three"_s);
    QCOMPARE(updates()[0].events[2].changedSeq, quint64(700));
    QVERIFY(updates()[0].events[3].isDeleted);
    QVERIFY(updates()[0].events[3].text.isEmpty());
}

void TestHistoryChanges::changesGoOnAfterARestart()
{
    beOnline(10);
    comeBackTo(5000);
    answerHistory(4801, 5000);
    answerEvents({}, true, 5000);
    answerEvents({edit(700, 3, u"three"_s)}, false, 5000);
    comeBackTo(5000);
    answerEvents({}, true, 5000);
    QCOMPARE(asked<protocol::EventsGet>().last().afterSeq, quint64(700));
    QCOMPARE(asked<protocol::EventsGet>().last().targetsUntil, quint64(10));
    answerEvents({}, false, 5000);
    comeBackTo(5000);
    answerEvents({}, true, 5000);
    QCOMPARE(asked<protocol::EventsGet>().size(), 1);
}

void TestHistoryChanges::changesThatExpiredCostTheOldRanges()
{
    beOnline(10);
    comeBackTo(5000);
    answerHistory(4801, 5000);
    answerEvents({}, true, 5000);
    bench().deliver(protocol::Error{
        asked<protocol::EventsGet>().last().requestId, protocol::ErrorCode::HistoryExpired, lobby(), u"too old"_s});
    QVERIFY(bench().told<RequestFailure>().isEmpty());
    bench().execute(LoadOlder{lobby(), 11});
    // Not from the disk any more.
    QCOMPARE(asked<protocol::HistoryGet>().last().beforeSeq, quint64(11));
}

void TestHistoryChanges::anEditIsAppliedToWhatIsKept()
{
    beOnline(10);
    live({edit(11, 4, u"four"_s)});
    QCOMPARE(updates()[0].kind, Kind::Append);
    QCOMPARE(updates()[0].events[0].kind, protocol::EventKind::Edit);
    const auto kept = newestOnDisk();
    QCOMPARE(kept.size(), 10);
    QCOMPARE(kept[3].text, u"four"_s);
    QCOMPARE(kept[3].changedSeq, quint64(11));
    // An edit is an event: the cursor is behind it.
    restart();
    QCOMPARE(reachHello().cursors[0].seq, quint64(11));
}

void TestHistoryChanges::aDeletionIsAppliedToWhatIsKept()
{
    beOnline(10);
    live({change(11, protocol::EventKind::Deletion, 4)});
    const auto kept = newestOnDisk();
    QVERIFY(kept[3].isDeleted);
    QVERIFY(kept[3].text.isEmpty());
}

void TestHistoryChanges::aPageOnItsWayHasWhatHappenedMeanwhile()
{
    beOnline(1000);
    bench().execute(LoadOlder{lobby(), 801});
    answerHistory(601, 800);
    bench().forgetTold();
    bench().store().setHeld(true);
    bench().execute(LoadOlder{lobby(), 801});
    bench().execute(LoadNewer{lobby(), 600});
    live({edit(1001, 700, u"edited"_s)});
    bench().store().setHeld(false);
    bench().settle();
    QCOMPARE(updates().size(), 3);
    QCOMPARE(updates()[1].kind, Kind::Prepend);
    QCOMPARE(updates()[1].events[99].text, u"edited"_s);
    QCOMPARE(updates()[2].kind, Kind::Extend);
    QCOMPARE(updates()[2].events[99].text, u"edited"_s);
}

void TestHistoryChanges::anOlderChangeDoesNotUndoANewer()
{
    reachHello();
    welcome(12);
    protocol::History page{asked<protocol::HistoryGet>().last().requestId, lobby(), eventsFrom(1, 10), 1, 1};
    page.events[3].text = u"newer"_s;
    page.events[3].changedSeq = 12;
    bench().deliver(page);
    answerEvents({edit(11, 4, u"older"_s), edit(12, 4, u"newer"_s)}, true, 12);
    QCOMPARE(newestOnDisk()[3].text, u"newer"_s);
    QCOMPARE(newestOnDisk()[3].changedSeq, quint64(12));
}

void TestHistoryChanges::pagesWithoutAMessageAreSkipped()
{
    beOnline(20);
    QList<protocol::Event> edits;
    for (quint64 seq = 21; seq <= 120; ++seq)
        edits.append(edit(seq, 3, u"three"_s));
    live(edits);
    live(eventsFrom(121, 122));
    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 121});
    QCOMPARE(updates().size(), 1);
    QCOMPARE(seqsOf(updates()[0].events), seqs(1, 20));
    QCOMPARE(updates()[0].toSeq, quint64(120));
}

QTEST_GUILESS_MAIN(TestHistoryChanges)
#include "tst_historychanges.moc"
