#include "tests/support/historybench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace Qt::Literals::StringLiterals;
using protocol::CursorState;
using Kind = TimelineUpdate::Kind;

/// What is kept of a room's history from one run to the next, and what has to be asked for all the same.
class TestHistory final : public QObject, private HistoryBench
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theNewestPageIsToldBeforeThereIsAConnection();
    void theCursorIsThatOfTheDisk();
    void catchUpAsksForTheNextPageOnceTheLastIsStored();
    void farBehindReadsOnlyWhatItShows();
    void olderPagesComeFromTheDiskThenFromTheServer();
    void aFilledHoleJoinsTheRanges();
    void offlineThereIsWhatTheDiskHas();
    void newerPagesComeFromTheDisk();
    void theNewestPageLosesNothingThatCameMeanwhile();
    void anotherEpochIsReloadedVisibly();
    void anUnknownCursorDropsWhatIsKept();
    void expiredHistoryIsReloaded();
    void aRoomThatIsLeftIsForgottenOnTheDisk();
    void aFollowedRoomIsNotTakenFromTheDisk();
    void theLedgerCountsWhatCame();
    void skippedEventsAreMissing();
    void aHostThatCannotWriteIsTold();
};

void TestHistory::init()
{
    beginAnew();
}

void TestHistory::theNewestPageIsToldBeforeThereIsAConnection()
{
    beOnline(300);
    live(eventsFrom(301, 303));
    restart();
    bench().openServer();
    QCOMPARE(bench().state().phase, Phase::Connecting);
    const auto rooms = bench().told<QList<protocol::RoomState>>();
    QCOMPARE(rooms.size(), 1);
    QCOMPARE(rooms[0][0].info.title, u"lobby"_s);
    const auto told = updates();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0].kind, Kind::Reset);
    QCOMPARE(seqsOf(told[0].events), seqs(104, 303));
    QCOMPARE(told[0].fromSeq, quint64(104));
    QCOMPARE(told[0].toSeq, quint64(303));
    QVERIFY(!told[0].reachedStart);
    const protocol::Event kept = told[0].events.last();
    QCOMPARE(kept, eventsFrom(303, 303)[0]);
}

void TestHistory::theCursorIsThatOfTheDisk()
{
    beOnline(10);
    live(eventsFrom(11, 12));
    restart();
    const protocol::Hello hello = reachHello();
    QCOMPARE(hello.cursors.size(), 1);
    QCOMPARE(hello.cursors[0].seq, quint64(12));
    QCOMPARE(hello.cursors[0].messageId, eventsFrom(12, 12)[0].messageId);
    QCOMPARE(hello.epoch, ClientBench::epoch());
    welcome(14, CursorState::Valid);
    QVERIFY(asked<protocol::HistoryGet>().isEmpty());
    QCOMPARE(asked<protocol::EventsGet>()[0].afterSeq, quint64(12));
}

void TestHistory::catchUpAsksForTheNextPageOnceTheLastIsStored()
{
    beOnline(10);
    comeBackTo(30);
    bench().store().setHeld(true);
    answerEvents(eventsFrom(11, 20), false, 30);
    QCOMPARE(asked<protocol::EventsGet>().size(), 1);
    QCOMPARE(bench().state().phase, Phase::CatchingUp);
    bench().store().setHeld(false);
    bench().settle();
    QCOMPARE(asked<protocol::EventsGet>().size(), 2);
    QCOMPARE(asked<protocol::EventsGet>()[1].afterSeq, quint64(20));
}

void TestHistory::farBehindReadsOnlyWhatItShows()
{
    constexpr quint64 head = 500'000;
    beOnline(10);
    comeBackTo(head);
    QCOMPARE(asked<protocol::HistoryGet>().size(), 1);
    QCOMPARE(asked<protocol::HistoryGet>()[0].count, quint32(200));
    answerHistory(head - 199, head);
    answerEvents({}, true, head);
    // What became of the ten old messages: nothing.
    QCOMPARE(asked<protocol::EventsGet>().last().targetsUntil, quint64(10));
    answerEvents({}, false, head);
    QCOMPARE(bench().state().phase, Phase::Online);
    QCOMPARE(asked<protocol::HistoryGet>().size(), 1);
    QCOMPARE(asked<protocol::EventsGet>().size(), 2);
    QCOMPARE(bench().told<Ledger>().last().replayed, quint64(200));
    QCOMPARE(updates().last().kind, Kind::Reset);
    QCOMPARE(seqsOf(updates().last().events), seqs(head - 199, head));
    QCOMPARE(bench().state().caughtUp, quint64(200));
}

void TestHistory::olderPagesComeFromTheDiskThenFromTheServer()
{
    beOnline(1000);
    bench().execute(LoadOlder{lobby(), 801});
    answerHistory(601, 800);
    restart();
    reachHello();
    welcome(1000, CursorState::Valid);
    answerEvents({}, true, 1000);
    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 801});
    QVERIFY(asked<protocol::HistoryGet>().isEmpty());
    QCOMPARE(updates().size(), 1);
    QCOMPARE(updates()[0].kind, Kind::Prepend);
    QCOMPARE(seqsOf(updates()[0].events), seqs(601, 800));
    QCOMPARE(updates()[0].fromSeq, quint64(601));
    QCOMPARE(updates()[0].toSeq, quint64(800));
    bench().execute(LoadOlder{lobby(), 601});
    QCOMPARE(asked<protocol::HistoryGet>().size(), 1);
    QCOMPARE(asked<protocol::HistoryGet>()[0].beforeSeq, quint64(601));
}

void TestHistory::aFilledHoleJoinsTheRanges()
{
    beOnline(10);
    comeBackTo(2000);
    answerHistory(1801, 2000);
    answerEvents({}, true, 2000);
    answerEvents({}, false, 2000);
    for (quint64 before = 1801; before > 201; before -= 200) {
        bench().execute(LoadOlder{lobby(), before});
        answerHistory(before - 200, before - 1);
    }
    bench().execute(LoadOlder{lobby(), 201});
    answerHistory(8, 200); // it overlaps what is here
    bench().link().forgetReceived();
    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 8});
    QVERIFY(asked<protocol::HistoryGet>().isEmpty());
    QCOMPARE(seqsOf(updates()[0].events), seqs(1, 7));
    QVERIFY(updates()[0].reachedStart);
    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 100});
    QCOMPARE(seqsOf(updates()[0].events), seqs(1, 99));
}

void TestHistory::offlineThereIsWhatTheDiskHas()
{
    beOnline(1000);
    bench().execute(LoadOlder{lobby(), 801});
    answerHistory(601, 800);
    restart();
    bench().openServer();
    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 801});
    QCOMPARE(seqsOf(updates()[0].events), seqs(601, 800));
    bench().execute(LoadOlder{lobby(), 601});
    QCOMPARE(bench().told<RequestFailure>().size(), 1);
    QCOMPARE(bench().told<RequestFailure>()[0].room, lobby());
    // It may be asked once more.
    bench().execute(LoadOlder{lobby(), 601});
    QCOMPARE(bench().told<RequestFailure>().size(), 2);
}

void TestHistory::newerPagesComeFromTheDisk()
{
    beOnline(600);
    bench().execute(LoadOlder{lobby(), 401});
    answerHistory(201, 400);
    bench().forgetTold();
    bench().execute(LoadNewer{lobby(), 250});
    QCOMPARE(updates()[0].kind, Kind::Extend);
    QCOMPARE(seqsOf(updates()[0].events), seqs(251, 450));
    QCOMPARE(updates()[0].fromSeq, quint64(251));
    QCOMPARE(updates()[0].toSeq, quint64(450));
    bench().execute(LoadNewer{lobby(), 450});
    QCOMPARE(updates()[1].toSeq, quint64(600));
    QVERIFY(asked<protocol::HistoryGet>().size() == 2);
}

void TestHistory::theNewestPageLosesNothingThatCameMeanwhile()
{
    beOnline(10);
    bench().store().setHeld(true);
    bench().execute(LoadNewest{lobby()});
    live(eventsFrom(11, 12));
    bench().store().setHeld(false);
    bench().settle();
    const auto told = updates();
    QCOMPARE(told.size(), 3);
    QCOMPARE(told[0].kind, Kind::Append);
    QCOMPARE(told[1].kind, Kind::Reset);
    QCOMPARE(seqsOf(told[1].events), seqs(1, 10));
    QCOMPARE(told[2].kind, Kind::Append);
    QCOMPARE(seqsOf(told[2].events), seqs(11, 12));
}

void TestHistory::anotherEpochIsReloadedVisibly()
{
    beOnline(10);
    bench().execute(Submit{composed(u"lobby"_s, u"mine"_s)});
    restart();
    bench().openServer();
    bench().forgetTold();
    protocol::Ready restored = ClientBench::ready();
    restored.epoch = ClientBench::epoch('f');
    QVERIFY(bench().reachHello(restored).cursors.isEmpty());
    QCOMPARE(updates().size(), 1);
    QCOMPARE(updates()[0].kind, Kind::Reset);
    QVERIFY(updates()[0].events.isEmpty());
    QCOMPARE(updates()[0].toSeq, quint64(0));
    welcome(4);
    answerHistory(1, 4);
    answerEvents({}, true, 4);
    QCOMPARE(updates().last().kind, Kind::Reset);
    QCOMPARE(seqsOf(updates().last().events), seqs(1, 4));
    QCOMPARE(seqsOf(newestOnDisk()), seqs(1, 4));
    QCOMPARE(asked<protocol::Send>().size(), 1);
}

void TestHistory::anUnknownCursorDropsWhatIsKept()
{
    beOnline(10);
    restart();
    reachHello();
    welcome(4, CursorState::Unknown);
    answerHistory(1, 4);
    answerEvents({}, true, 4);
    QCOMPARE(seqsOf(newestOnDisk()), seqs(1, 4));
    restart();
    QCOMPARE(reachHello().cursors[0].seq, quint64(4));
}

void TestHistory::expiredHistoryIsReloaded()
{
    beOnline(10);
    restart();
    reachHello();
    welcome(900, CursorState::Valid, 500);
    bench().forgetTold();
    bench().deliver(protocol::Error{
        asked<protocol::EventsGet>().last().requestId, protocol::ErrorCode::HistoryExpired, lobby(), u"too old"_s});
    QCOMPARE(asked<protocol::HistoryGet>().size(), 1);
    answerHistory(701, 900, 500);
    answerEvents({}, true, 900);
    QCOMPARE(bench().state().phase, Phase::Online);
    QCOMPARE(updates()[0].kind, Kind::Reset);
    QCOMPARE(bench().told<Ledger>().last().missing, quint64(0));
    bench().forgetTold();
    bench().execute(LoadOlder{lobby(), 701});
    answerHistory(500, 700, 500);
    QVERIFY(updates()[0].reachedStart);
}

void TestHistory::aRoomThatIsLeftIsForgottenOnTheDisk()
{
    beOnline(10);
    bench().execute(protocol::Leave{0, lobby()});
    bench().deliver(protocol::Left{asked<protocol::Leave>().last().requestId, lobby()});
    restart();
    bench().openServer();
    QVERIFY(updates().isEmpty());
    QVERIFY(bench().reachHello().cursors.isEmpty());
}

void TestHistory::aFollowedRoomIsNotTakenFromTheDisk()
{
    beOnline(10);
    restart();
    bench().execute(Follow{lobby(), 3});
    reachHello();
    welcome(12, CursorState::Valid);
    QCOMPARE(asked<protocol::EventsGet>().last().afterSeq, quint64(3));
    answerEvents(eventsFrom(4, 12), true, 12);
    QList<quint64> told;
    for (const TimelineUpdate &update : updates())
        told += seqsOf(update.events);
    QCOMPARE(told, seqs(4, 12));
    QCOMPARE(seqsOf(newestOnDisk()), seqs(1, 12));
}

void TestHistory::theLedgerCountsWhatCame()
{
    beOnline(10);
    live(eventsFrom(11, 13));
    live(eventsFrom(12, 14));
    const Ledger ledger = bench().told<Ledger>().last();
    QCOMPARE(ledger.replayed, quint64(10));
    QCOMPARE(ledger.delivered, quint64(4));
    QCOMPARE(ledger.repeated, quint64(2));
    QCOMPARE(ledger.lost(), quint64(0));
}

void TestHistory::skippedEventsAreMissing()
{
    beOnline(10);
    comeBackTo(20);
    answerEvents(eventsFrom(14, 20), true, 20);
    QCOMPARE(bench().told<Ledger>().last().missing, quint64(3));
    QCOMPARE(bench().told<Ledger>().last().lost(), quint64(3));
}

void TestHistory::aHostThatCannotWriteIsTold()
{
    beOnline(10);
    bench().deliver(protocol::StoreState{false, u"disk full"_s});
    QVERIFY(bench().state().isHostReadOnly);
    bench().deliver(protocol::StoreState{true, {}});
    QVERIFY(!bench().state().isHostReadOnly);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
