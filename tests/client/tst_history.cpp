#include "tests/support/clientbench.h"

#include <QTemporaryDir>
#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using protocol::CursorState;
using Kind = TimelineUpdate::Kind;

/// What is kept of a room's history from one run to the next, and what has to be asked for all the same.
class TestHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theNewestPageIsToldBeforeThereIsAConnection();
    void theCursorIsThatOfTheDisk();
    void catchUpAsksForTheNextPageOnceTheLastIsStored();
    void farBehindReadsOnlyWhatItShows();
    void changesOfTheOldRangeAreFetchedUntilThereAreNoMore();
    void changesGoOnAfterARestart();
    void changesThatExpiredCostTheOldRanges();
    void olderPagesComeFromTheDiskThenFromTheServer();
    void aFilledHoleJoinsTheRanges();
    void pagesWithoutAMessageAreSkipped();
    void offlineThereIsWhatTheDiskHas();
    void newerPagesComeFromTheDisk();
    void theNewestPageLosesNothingThatCameMeanwhile();
    void anEditIsAppliedToWhatIsKept();
    void aDeletionIsAppliedToWhatIsKept();
    void aPageOnItsWayHasWhatHappenedMeanwhile();
    void anOlderChangeDoesNotUndoANewer();
    void anotherEpochIsReloadedVisibly();
    void anUnknownCursorDropsWhatIsKept();
    void expiredHistoryIsReloaded();
    void aRoomThatIsLeftIsForgottenOnTheDisk();
    void aFollowedRoomIsNotTakenFromTheDisk();
    void theLedgerCountsWhatCame();
    void skippedEventsAreMissing();
    void aHostThatCannotWriteIsTold();

private:
    static RoomId lobby() { return RoomId(u"lobby"_s); }
    /// The next process of the same profile.
    void restart()
    {
        m_bench.reset();
        m_bench = std::make_unique<ClientBench>(Persona{u"Ann"_s, std::nullopt}, m_dir->filePath(u"profile.sqlite"_s));
    }
    protocol::Hello reachHello(const protocol::Ready &ready = ClientBench::ready())
    {
        m_bench->openServer();
        return m_bench->reachHello(ready);
    }
    void welcome(quint64 head, CursorState cursor = CursorState::None, quint64 firstSeq = 1)
    {
        m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, head, cursor, firstSeq)}));
    }
    template <class Get>
    QList<Get> asked() const
    {
        return m_bench->link().received<Get>();
    }
    void answerEvents(const QList<protocol::Event> &events, bool live, quint64 head)
    {
        m_bench->deliver(protocol::Events{asked<protocol::EventsGet>().last().requestId, lobby(), events, live, head});
    }
    void answerHistory(quint64 from, quint64 to, quint64 firstSeq = 1, quint64 fromSeq = 0)
    {
        m_bench->deliver(protocol::History{
            asked<protocol::HistoryGet>().last().requestId, lobby(), eventsFrom(from, to), firstSeq, fromSeq});
    }
    void live(const QList<protocol::Event> &events)
    {
        m_bench->deliver(protocol::Events{0, lobby(), events, false, 0});
    }
    /// Online with the newest 200 events up to `head` here.
    void beOnline(quint64 head)
    {
        reachHello();
        welcome(head);
        answerHistory(head > 200 ? head - 199 : 1, head);
        answerEvents({}, true, head);
        QCOMPARE(m_bench->state().phase, Phase::Online);
        m_bench->forgetTold();
    }
    /// In a new process, this far behind.
    void comeBackTo(quint64 head)
    {
        restart();
        reachHello();
        welcome(head, CursorState::Valid);
    }
    QList<TimelineUpdate> updates() const { return m_bench->told<TimelineUpdate>(); }
    static QList<quint64> seqs(quint64 from, quint64 to) { return seqsOf(eventsFrom(from, to)); }
    static protocol::Event change(quint64 seq, protocol::EventKind kind, quint64 target, const QString &text = {})
    {
        protocol::Event event = eventsFrom(seq, seq)[0];
        event.kind = kind;
        event.targetSeq = target;
        event.text = text;
        return event;
    }
    static protocol::Event edit(quint64 seq, quint64 target, const QString &text)
    {
        return change(seq, protocol::EventKind::Edit, target, text);
    }
    QList<protocol::Event> newestOnDisk()
    {
        m_bench->forgetTold();
        m_bench->execute(LoadNewest{lobby()});
        const auto told = updates();
        return told.isEmpty() ? QList<protocol::Event>{} : told.first().events;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ClientBench> m_bench;
};

void TestHistory::init()
{
    m_bench.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    restart();
}

void TestHistory::theNewestPageIsToldBeforeThereIsAConnection()
{
    beOnline(300);
    live(eventsFrom(301, 303));
    restart();
    m_bench->openServer();
    QCOMPARE(m_bench->state().phase, Phase::Connecting);
    const auto rooms = m_bench->told<QList<protocol::RoomState>>();
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
    m_bench->store().setHeld(true);
    answerEvents(eventsFrom(11, 20), false, 30);
    QCOMPARE(asked<protocol::EventsGet>().size(), 1);
    QCOMPARE(m_bench->state().phase, Phase::CatchingUp);
    m_bench->store().setHeld(false);
    m_bench->settle();
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
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QCOMPARE(asked<protocol::HistoryGet>().size(), 1);
    QCOMPARE(asked<protocol::EventsGet>().size(), 2);
    QCOMPARE(m_bench->told<Ledger>().last().replayed, quint64(200));
    QCOMPARE(updates().last().kind, Kind::Reset);
    QCOMPARE(seqsOf(updates().last().events), seqs(head - 199, head));
    QCOMPARE(m_bench->state().caughtUp, quint64(200));
}

void TestHistory::changesOfTheOldRangeAreFetchedUntilThereAreNoMore()
{
    beOnline(10);
    comeBackTo(5000);
    answerHistory(4801, 5000);
    answerEvents({}, true, 5000);
    const auto first = asked<protocol::EventsGet>().last();
    QCOMPARE(first.afterSeq, quint64(10));
    QCOMPARE(first.targetsUntil, quint64(10));
    m_bench->forgetTold();
    answerEvents({edit(700, 3, u"three"_s), change(900, protocol::EventKind::Deletion, 4)}, false, 5000);
    const auto second = asked<protocol::EventsGet>().last();
    QCOMPARE(second.afterSeq, quint64(900));
    QCOMPARE(second.targetsUntil, quint64(10));
    answerEvents({}, false, 5000);
    QCOMPARE(asked<protocol::EventsGet>().last().requestId, second.requestId);
    QCOMPARE(updates().size(), 1);
    QCOMPARE(updates()[0].kind, Kind::Change);
    QCOMPARE(seqsOf(updates()[0].events), (QList<quint64>{700, 900}));

    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 11});
    QCOMPARE(updates()[0].events[2].text, u"three"_s);
    QCOMPARE(updates()[0].events[2].changedSeq, quint64(700));
    QVERIFY(updates()[0].events[3].isDeleted);
    QVERIFY(updates()[0].events[3].text.isEmpty());
}

void TestHistory::changesGoOnAfterARestart()
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

void TestHistory::changesThatExpiredCostTheOldRanges()
{
    beOnline(10);
    comeBackTo(5000);
    answerHistory(4801, 5000);
    answerEvents({}, true, 5000);
    m_bench->deliver(protocol::Error{
        asked<protocol::EventsGet>().last().requestId, protocol::ErrorCode::HistoryExpired, lobby(), u"too old"_s});
    QVERIFY(m_bench->told<RequestFailure>().isEmpty());
    m_bench->execute(LoadOlder{lobby(), 11});
    // Not from the disk any more.
    QCOMPARE(asked<protocol::HistoryGet>().last().beforeSeq, quint64(11));
}

void TestHistory::olderPagesComeFromTheDiskThenFromTheServer()
{
    beOnline(1000);
    m_bench->execute(LoadOlder{lobby(), 801});
    answerHistory(601, 800);
    restart();
    reachHello();
    welcome(1000, CursorState::Valid);
    answerEvents({}, true, 1000);
    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 801});
    QVERIFY(asked<protocol::HistoryGet>().isEmpty());
    QCOMPARE(updates().size(), 1);
    QCOMPARE(updates()[0].kind, Kind::Prepend);
    QCOMPARE(seqsOf(updates()[0].events), seqs(601, 800));
    QCOMPARE(updates()[0].fromSeq, quint64(601));
    QCOMPARE(updates()[0].toSeq, quint64(800));
    m_bench->execute(LoadOlder{lobby(), 601});
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
        m_bench->execute(LoadOlder{lobby(), before});
        answerHistory(before - 200, before - 1);
    }
    m_bench->execute(LoadOlder{lobby(), 201});
    answerHistory(8, 200); // it overlaps what is here
    m_bench->link().forgetReceived();
    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 8});
    QVERIFY(asked<protocol::HistoryGet>().isEmpty());
    QCOMPARE(seqsOf(updates()[0].events), seqs(1, 7));
    QVERIFY(updates()[0].reachedStart);
    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 100});
    QCOMPARE(seqsOf(updates()[0].events), seqs(1, 99));
}

void TestHistory::pagesWithoutAMessageAreSkipped()
{
    beOnline(20);
    QList<protocol::Event> edits;
    for (quint64 seq = 21; seq <= 120; ++seq)
        edits.append(edit(seq, 3, u"three"_s));
    live(edits);
    live(eventsFrom(121, 122));
    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 121});
    QCOMPARE(updates().size(), 1);
    QCOMPARE(seqsOf(updates()[0].events), seqs(1, 20));
    QCOMPARE(updates()[0].toSeq, quint64(120));
}

void TestHistory::offlineThereIsWhatTheDiskHas()
{
    beOnline(1000);
    m_bench->execute(LoadOlder{lobby(), 801});
    answerHistory(601, 800);
    restart();
    m_bench->openServer();
    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 801});
    QCOMPARE(seqsOf(updates()[0].events), seqs(601, 800));
    m_bench->execute(LoadOlder{lobby(), 601});
    QCOMPARE(m_bench->told<RequestFailure>().size(), 1);
    QCOMPARE(m_bench->told<RequestFailure>()[0].room, lobby());
    // It may be asked once more.
    m_bench->execute(LoadOlder{lobby(), 601});
    QCOMPARE(m_bench->told<RequestFailure>().size(), 2);
}

void TestHistory::newerPagesComeFromTheDisk()
{
    beOnline(600);
    m_bench->execute(LoadOlder{lobby(), 401});
    answerHistory(201, 400);
    m_bench->forgetTold();
    m_bench->execute(LoadNewer{lobby(), 250});
    QCOMPARE(updates()[0].kind, Kind::Extend);
    QCOMPARE(seqsOf(updates()[0].events), seqs(251, 450));
    QCOMPARE(updates()[0].fromSeq, quint64(251));
    QCOMPARE(updates()[0].toSeq, quint64(450));
    m_bench->execute(LoadNewer{lobby(), 450});
    QCOMPARE(updates()[1].toSeq, quint64(600));
    QVERIFY(asked<protocol::HistoryGet>().size() == 2);
}

void TestHistory::theNewestPageLosesNothingThatCameMeanwhile()
{
    beOnline(10);
    m_bench->store().setHeld(true);
    m_bench->execute(LoadNewest{lobby()});
    live(eventsFrom(11, 12));
    m_bench->store().setHeld(false);
    m_bench->settle();
    const auto told = updates();
    QCOMPARE(told.size(), 3);
    QCOMPARE(told[0].kind, Kind::Append);
    QCOMPARE(told[1].kind, Kind::Reset);
    QCOMPARE(seqsOf(told[1].events), seqs(1, 10));
    QCOMPARE(told[2].kind, Kind::Append);
    QCOMPARE(seqsOf(told[2].events), seqs(11, 12));
}

void TestHistory::anEditIsAppliedToWhatIsKept()
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

void TestHistory::aDeletionIsAppliedToWhatIsKept()
{
    beOnline(10);
    live({change(11, protocol::EventKind::Deletion, 4)});
    const auto kept = newestOnDisk();
    QVERIFY(kept[3].isDeleted);
    QVERIFY(kept[3].text.isEmpty());
}

void TestHistory::aPageOnItsWayHasWhatHappenedMeanwhile()
{
    beOnline(1000);
    m_bench->execute(LoadOlder{lobby(), 801});
    answerHistory(601, 800);
    m_bench->forgetTold();
    m_bench->store().setHeld(true);
    m_bench->execute(LoadOlder{lobby(), 801});
    m_bench->execute(LoadNewer{lobby(), 600});
    live({edit(1001, 700, u"edited"_s)});
    m_bench->store().setHeld(false);
    m_bench->settle();
    QCOMPARE(updates().size(), 3);
    QCOMPARE(updates()[1].kind, Kind::Prepend);
    QCOMPARE(updates()[1].events[99].text, u"edited"_s);
    QCOMPARE(updates()[2].kind, Kind::Extend);
    QCOMPARE(updates()[2].events[99].text, u"edited"_s);
}

void TestHistory::anOlderChangeDoesNotUndoANewer()
{
    reachHello();
    welcome(12);
    protocol::History page{asked<protocol::HistoryGet>().last().requestId, lobby(), eventsFrom(1, 10), 1, 1};
    page.events[3].text = u"newer"_s;
    page.events[3].changedSeq = 12;
    m_bench->deliver(page);
    answerEvents({edit(11, 4, u"older"_s), edit(12, 4, u"newer"_s)}, true, 12);
    QCOMPARE(newestOnDisk()[3].text, u"newer"_s);
    QCOMPARE(newestOnDisk()[3].changedSeq, quint64(12));
}

void TestHistory::anotherEpochIsReloadedVisibly()
{
    beOnline(10);
    m_bench->execute(Submit{composed(u"lobby"_s, u"mine"_s)});
    restart();
    m_bench->openServer();
    m_bench->forgetTold();
    protocol::Ready restored = ClientBench::ready();
    restored.epoch = ClientBench::epoch('f');
    QVERIFY(m_bench->reachHello(restored).cursors.isEmpty());
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
    m_bench->forgetTold();
    m_bench->deliver(protocol::Error{
        asked<protocol::EventsGet>().last().requestId, protocol::ErrorCode::HistoryExpired, lobby(), u"too old"_s});
    QCOMPARE(asked<protocol::HistoryGet>().size(), 1);
    answerHistory(701, 900, 500);
    answerEvents({}, true, 900);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QCOMPARE(updates()[0].kind, Kind::Reset);
    QCOMPARE(m_bench->told<Ledger>().last().missing, quint64(0));
    m_bench->forgetTold();
    m_bench->execute(LoadOlder{lobby(), 701});
    answerHistory(500, 700, 500);
    QVERIFY(updates()[0].reachedStart);
}

void TestHistory::aRoomThatIsLeftIsForgottenOnTheDisk()
{
    beOnline(10);
    m_bench->execute(protocol::Leave{0, lobby()});
    m_bench->deliver(protocol::Left{asked<protocol::Leave>().last().requestId, lobby()});
    restart();
    m_bench->openServer();
    QVERIFY(updates().isEmpty());
    QVERIFY(m_bench->reachHello().cursors.isEmpty());
}

void TestHistory::aFollowedRoomIsNotTakenFromTheDisk()
{
    beOnline(10);
    restart();
    m_bench->execute(Follow{lobby(), 3});
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
    const Ledger ledger = m_bench->told<Ledger>().last();
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
    QCOMPARE(m_bench->told<Ledger>().last().missing, quint64(3));
    QCOMPARE(m_bench->told<Ledger>().last().lost(), quint64(3));
}

void TestHistory::aHostThatCannotWriteIsTold()
{
    beOnline(10);
    m_bench->deliver(protocol::StoreState{false, u"disk full"_s});
    QVERIFY(m_bench->state().isHostReadOnly);
    m_bench->deliver(protocol::StoreState{true, {}});
    QVERIFY(!m_bench->state().isHostReadOnly);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
