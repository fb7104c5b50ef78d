#include "tests/support/clientbench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using protocol::CursorState;

/// What a client asks for after WELCOME, and that no event of a room is lost, doubled or out of order whatever comes.
class TestResume final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstVisitLoadsTheNewestPage();
    void anEmptyRoomNeedsNoPage();
    void cursorsAreSentWithTheirEpoch();
    void validCursorPullsWhatIsMissing();
    void unknownCursorReloadsVisibly();
    void farBehindStartsAnew();
    void aFollowedRoomIsReadFromItsSeqHoweverFar();
    void liveEventsBeforeTheRoomIsLiveAreLeftToThePage();
    void duplicatesAreDropped();
    void aHoleIsAskedForOnceAfterAWhile();
    void aHoleThatTheLinkDidNotOutliveIsNotAskedFor();
    void olderPagesAreAskedOneAtATime();
    void olderPagesEndAtTheStart();
    void aRoomThatIsJoinedIsLoaded();
    void aRoomThatIsLeftIsForgotten();
    void aRefusedPageDoesNotHoldTheOthersUp();
    void countsWhatThereIsToCatchUp();
    void requestsWithoutALinkFail();
    void requestsThatLoseTheirLinkFail();
    void errorsReachTheAsker();
    void unstoredMessagesGoAgainAfterTheCut();
    void busyKeepsTheOrder();

private:
    /// Answers the newest question for events of the lobby.
    void answerEvents(quint64 from, quint64 to, bool live, quint64 head)
    {
        const auto asked = m_bench->link().received<protocol::EventsGet>();
        m_bench->deliver(
            protocol::Events{asked.last().requestId, RoomId(u"lobby"_s), eventsFrom(from, to), live, head});
    }
    void answerHistory(quint64 from, quint64 to, quint64 firstSeq = 1)
    {
        const auto asked = m_bench->link().received<protocol::HistoryGet>();
        m_bench->deliver(protocol::History{asked.last().requestId, RoomId(u"lobby"_s), eventsFrom(from, to), firstSeq});
    }
    void live(quint64 from, quint64 to)
    {
        m_bench->deliver(protocol::Events{0, RoomId(u"lobby"_s), eventsFrom(from, to), false, 0});
    }
    /// Online with the lobby's events up to `head` here, nothing told yet.
    void beOnline(quint64 head)
    {
        m_bench->openServer();
        m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, head)}));
        if (head > 0)
            answerHistory(head > 200 ? head - 199 : 1, head);
        answerEvents(1, 0, true, head);
        QCOMPARE(m_bench->state().phase, Phase::Online);
        m_bench->forgetTold();
    }
    protocol::Hello reconnect()
    {
        m_bench->cutLink();
        m_bench->execute(RetryNow{});
        m_bench->forgetTold();
        return m_bench->reachHello();
    }
    QList<quint64> toldSeqs() const
    {
        QList<quint64> seqs;
        for (const TimelineUpdate &update : m_bench->told<TimelineUpdate>())
            seqs += seqsOf(update.events);
        return seqs;
    }
    static QList<quint64> seqs(quint64 from, quint64 to) { return seqsOf(eventsFrom(from, to)); }

    std::unique_ptr<ClientBench> m_bench;
};

void TestResume::init()
{
    m_bench = std::make_unique<ClientBench>();
}

void TestResume::firstVisitLoadsTheNewestPage()
{
    m_bench->openServer();
    m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, 500)}));
    QCOMPARE(m_bench->told<QList<protocol::RoomState>>().size(), 1);
    QCOMPARE(m_bench->state().phase, Phase::CatchingUp);
    const auto asked = m_bench->link().received<protocol::HistoryGet>();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0].beforeSeq, quint64(0));

    answerHistory(301, 500);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().last().afterSeq, quint64(500));
    QCOMPARE(m_bench->state().phase, Phase::CatchingUp);
    answerEvents(501, 502, true, 502);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    live(503, 503);

    const auto updates = m_bench->told<TimelineUpdate>();
    QCOMPARE(updates.size(), 3);
    QCOMPARE(updates[0].kind, TimelineUpdate::Kind::Reset);
    QVERIFY(!updates[0].reachedStart);
    QCOMPARE(updates[1].kind, TimelineUpdate::Kind::Append);
    QVERIFY(updates[1].isCatchUp);
    QVERIFY(!updates[2].isCatchUp);
    QCOMPARE(toldSeqs(), seqs(301, 503));
}

void TestResume::anEmptyRoomNeedsNoPage()
{
    m_bench->openServer();
    m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, 0)}));
    QVERIFY(m_bench->link().received<protocol::HistoryGet>().isEmpty());
    answerEvents(1, 0, true, 0);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    const auto updates = m_bench->told<TimelineUpdate>();
    QCOMPARE(updates.size(), 1);
    QCOMPARE(updates[0].kind, TimelineUpdate::Kind::Reset);
    QVERIFY(updates[0].reachedStart);
}

void TestResume::cursorsAreSentWithTheirEpoch()
{
    beOnline(10);
    live(11, 12);
    const protocol::Hello hello = reconnect();
    QCOMPARE(hello.epoch, ClientBench::epoch());
    QCOMPARE(hello.cursors.size(), 1);
    QCOMPARE(hello.cursors[0].room, RoomId(u"lobby"_s));
    QCOMPARE(hello.cursors[0].seq, quint64(12));
    QCOMPARE(hello.cursors[0].messageId, eventsFrom(12, 12)[0].messageId);
}

void TestResume::validCursorPullsWhatIsMissing()
{
    beOnline(10);
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 30, CursorState::Valid)}));
    QVERIFY(m_bench->link().received<protocol::HistoryGet>().isEmpty());
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().size(), 1);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>()[0].afterSeq, quint64(10));
    answerEvents(11, 20, false, 30);
    QCOMPARE(m_bench->state().phase, Phase::CatchingUp);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().size(), 2);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>()[1].afterSeq, quint64(20));
    answerEvents(21, 30, true, 30);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QCOMPARE(toldSeqs(), seqs(11, 30));
    for (const TimelineUpdate &update : m_bench->told<TimelineUpdate>())
        QCOMPARE(update.kind, TimelineUpdate::Kind::Append);
    QCOMPARE(m_bench->marks().last().kind, LinkEvent::Kind::Reconnected);
    QCOMPARE(m_bench->marks().last().replayed, quint64(20));
}

void TestResume::unknownCursorReloadsVisibly()
{
    beOnline(10);
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 4, CursorState::Unknown)}));
    answerHistory(1, 4);
    answerEvents(1, 0, true, 4);
    const auto updates = m_bench->told<TimelineUpdate>();
    QCOMPARE(updates.size(), 1);
    QCOMPARE(updates[0].kind, TimelineUpdate::Kind::Reset);
    QVERIFY(updates[0].reachedStart);
    QCOMPARE(toldSeqs(), seqs(1, 4));
    // The lower numbering is the truth now.
    live(5, 5);
    QCOMPARE(toldSeqs(), seqs(1, 5));
}

void TestResume::farBehindStartsAnew()
{
    beOnline(10);
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 1010, CursorState::Valid)}));
    QVERIFY(m_bench->link().received<protocol::HistoryGet>().isEmpty());
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 1011, CursorState::Valid)}));
    QCOMPARE(m_bench->link().received<protocol::HistoryGet>().size(), 1);
    answerHistory(812, 1011);
    QCOMPARE(m_bench->told<TimelineUpdate>()[0].kind, TimelineUpdate::Kind::Reset);
}

void TestResume::aFollowedRoomIsReadFromItsSeqHoweverFar()
{
    m_bench->execute(Follow{RoomId(u"lobby"_s), 0});
    m_bench->openServer();
    m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, 5000)}));
    QVERIFY(m_bench->link().received<protocol::HistoryGet>().isEmpty());
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().last().afterSeq, quint64(0));
    answerEvents(1, 512, false, 5000);
    const protocol::Hello hello = reconnect();
    QCOMPARE(hello.cursors[0].seq, quint64(512));
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 5000, CursorState::Valid)}));
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().last().afterSeq, quint64(512));
}

void TestResume::liveEventsBeforeTheRoomIsLiveAreLeftToThePage()
{
    beOnline(10);
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 12, CursorState::Valid)}));
    live(13, 13);
    answerEvents(11, 13, true, 13);
    live(14, 14);
    QCOMPARE(toldSeqs(), seqs(11, 14));
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().size(), 1);
}

void TestResume::duplicatesAreDropped()
{
    beOnline(10);
    live(9, 11);
    live(11, 11);
    live(10, 12);
    QCOMPARE(toldSeqs(), seqs(11, 12));
}

void TestResume::aHoleIsAskedForOnceAfterAWhile()
{
    beOnline(10);
    m_bench->link().forgetReceived();
    live(13, 13);
    live(15, 15);
    m_bench->advance(749ms);
    QVERIFY(m_bench->link().received<protocol::EventsGet>().isEmpty());
    m_bench->advance(1ms); // 500 ms, and a half of them more
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().size(), 1);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>()[0].afterSeq, quint64(10));
    live(16, 16);
    m_bench->advance(5s);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().size(), 1);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    answerEvents(11, 16, true, 16);
    live(17, 17);
    QCOMPARE(toldSeqs(), seqs(11, 17));
}

void TestResume::aHoleThatTheLinkDidNotOutliveIsNotAskedFor()
{
    beOnline(10);
    live(13, 13);
    const protocol::Hello hello = reconnect();
    QCOMPARE(hello.cursors[0].seq, quint64(10));
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 13, CursorState::Valid)}));
    m_bench->advance(5s);
    QCOMPARE(m_bench->link().received<protocol::EventsGet>().size(), 1);
}

void TestResume::olderPagesAreAskedOneAtATime()
{
    beOnline(500);
    m_bench->link().forgetReceived();
    m_bench->execute(LoadOlder{RoomId(u"lobby"_s)});
    m_bench->execute(LoadOlder{RoomId(u"lobby"_s)});
    const auto asked = m_bench->link().received<protocol::HistoryGet>();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0].beforeSeq, quint64(301));
    answerHistory(101, 300);
    const auto updates = m_bench->told<TimelineUpdate>();
    QCOMPARE(updates.size(), 1);
    QCOMPARE(updates[0].kind, TimelineUpdate::Kind::Prepend);
    QVERIFY(!updates[0].reachedStart);
    QCOMPARE(seqsOf(updates[0].events), seqs(101, 300));
}

void TestResume::olderPagesEndAtTheStart()
{
    beOnline(500);
    m_bench->execute(LoadOlder{RoomId(u"lobby"_s)});
    answerHistory(250, 300, 250); // retention took the rest meanwhile
    QVERIFY(m_bench->told<TimelineUpdate>().last().reachedStart);
    m_bench->link().forgetReceived();
    m_bench->execute(LoadOlder{RoomId(u"lobby"_s)});
    QVERIFY(m_bench->link().received<protocol::HistoryGet>().isEmpty());
    QCOMPARE(m_bench->told<TimelineUpdate>().size(), 2);
    QVERIFY(m_bench->told<TimelineUpdate>().last().events.isEmpty());
    QVERIFY(m_bench->told<TimelineUpdate>().last().reachedStart);
}

void TestResume::aRoomThatIsJoinedIsLoaded()
{
    beOnline(0);
    m_bench->execute(protocol::Join{0, RoomId(u"ops"_s)});
    const auto joins = m_bench->link().received<protocol::Join>();
    QCOMPARE(joins.size(), 1);
    QVERIFY(joins[0].requestId != 0);
    m_bench->deliver(protocol::Joined{joins[0].requestId, roomState(u"ops"_s, 3)});
    QCOMPARE(m_bench->told<protocol::Joined>().size(), 1);
    const auto asked = m_bench->link().received<protocol::HistoryGet>();
    QCOMPARE(asked.last().room, RoomId(u"ops"_s));
    QCOMPARE(m_bench->state().phase, Phase::Online);
    // Joined once more, nothing starts over.
    m_bench->deliver(protocol::Joined{0, roomState(u"ops"_s, 3)});
    QCOMPARE(m_bench->link().received<protocol::HistoryGet>().size(), asked.size());
}

void TestResume::aRoomThatIsLeftIsForgotten()
{
    beOnline(10);
    m_bench->execute(protocol::Leave{0, RoomId(u"lobby"_s)});
    m_bench->deliver(protocol::Left{m_bench->link().received<protocol::Leave>().last().requestId, RoomId(u"lobby"_s)});
    QCOMPARE(m_bench->told<protocol::Left>().size(), 1);
    live(11, 11);
    QVERIFY(m_bench->told<TimelineUpdate>().isEmpty());
    QVERIFY(reconnect().cursors.isEmpty());
}

void TestResume::aRefusedPageDoesNotHoldTheOthersUp()
{
    beOnline(10);
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 12, CursorState::Valid)}));
    const auto asked = m_bench->link().received<protocol::EventsGet>().last();
    m_bench->deliver(protocol::Error{asked.requestId, protocol::ErrorCode::NotAMember, asked.room, u"no"_s});
    QCOMPARE(m_bench->state().phase, Phase::Online);
    // Nobody asked in person, so nobody is told.
    QVERIFY(m_bench->told<RequestFailure>().isEmpty());
}

void TestResume::countsWhatThereIsToCatchUp()
{
    beOnline(10);
    reconnect();
    protocol::RoomState lobby = roomState(u"lobby"_s, 47, CursorState::Valid);
    lobby.missedMessages = 36; // one of the 37 events is an edit
    m_bench->deliver(ClientBench::welcome({lobby}));
    QCOMPARE(m_bench->state().toCatchUp, quint64(36));
    QCOMPARE(m_bench->state().caughtUp, quint64(0));
    protocol::Events page{0, RoomId(u"lobby"_s), eventsFrom(11, 20), false, 47};
    page.requestId = m_bench->link().received<protocol::EventsGet>().last().requestId;
    page.events[3].kind = protocol::EventKind::Edit;
    page.events[3].targetSeq = 5;
    m_bench->deliver(page);
    QCOMPARE(m_bench->state().toCatchUp, quint64(36));
    QCOMPARE(m_bench->state().caughtUp, quint64(9));
    // More was said meanwhile.
    answerEvents(21, 50, true, 50);
    QCOMPARE(m_bench->state().toCatchUp, quint64(39));
    QCOMPARE(m_bench->state().caughtUp, quint64(39));
}

void TestResume::requestsWithoutALinkFail()
{
    m_bench->execute(protocol::Join{0, RoomId(u"ops"_s)});
    m_bench->execute(LoadOlder{RoomId(u"ops"_s)});
    const auto failures = m_bench->told<RequestFailure>();
    QCOMPARE(failures.size(), 2);
    QCOMPARE(failures[0].room, RoomId(u"ops"_s));
    QVERIFY(!failures[0].text.isEmpty());
}

void TestResume::requestsThatLoseTheirLinkFail()
{
    beOnline(500);
    m_bench->execute(protocol::RoomsGet{});
    m_bench->execute(LoadOlder{RoomId(u"lobby"_s)});
    m_bench->cutLink();
    QCOMPARE(m_bench->told<RequestFailure>().size(), 2);
}

void TestResume::errorsReachTheAsker()
{
    beOnline(0);
    m_bench->execute(protocol::Join{0, RoomId(u"nowhere"_s)});
    const auto join = m_bench->link().received<protocol::Join>().last();
    m_bench->deliver(protocol::Error{join.requestId, protocol::ErrorCode::UnknownRoom, {}, u"no such room"_s});
    const auto failures = m_bench->told<RequestFailure>();
    QCOMPARE(failures.size(), 1);
    QCOMPARE(failures[0].code, protocol::ErrorCode::UnknownRoom);
    QCOMPARE(failures[0].room, RoomId(u"nowhere"_s));
    QCOMPARE(failures[0].text, u"no such room"_s);
    QCOMPARE(m_bench->state().phase, Phase::Online);
}

void TestResume::unstoredMessagesGoAgainAfterTheCut()
{
    beOnline(0);
    QList<MessageId> ids;
    for (const QString &text : {u"a"_s, u"b"_s, u"c"_s}) {
        const OutboxItem item = composed(u"lobby"_s, text);
        ids.append(item.messageId);
        m_bench->execute(Submit{item});
    }
    QCOMPARE(m_bench->state().waiting, 3);
    m_bench->deliver(protocol::Stored{RoomId(u"lobby"_s), ids[0], 1, false, {}});
    QCOMPARE(m_bench->state().waiting, 2);
    reconnect();
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, 2, CursorState::None)}));
    const auto sends = m_bench->link().received<protocol::Send>();
    QCOMPARE(sends.size(), 2);
    QCOMPARE(sends[0].messageId, ids[1]);
    QCOMPARE(sends[1].messageId, ids[2]);
    m_bench->deliver(protocol::Stored{RoomId(u"lobby"_s), ids[1], 2, true, {}});
    m_bench->deliver(protocol::Stored{RoomId(u"lobby"_s), ids[2], 3, false, {}});
    QCOMPARE(m_bench->state().waiting, 0);
    const OutboxItem last = m_bench->toldItems().last();
    QCOMPARE(last.state, SendState::Stored);
    QVERIFY(last.wasRecovered);
}

void TestResume::busyKeepsTheOrder()
{
    beOnline(0);
    QList<OutboxItem> items;
    for (const QString &text : {u"a"_s, u"b"_s, u"c"_s}) {
        items.append(composed(u"lobby"_s, text));
        m_bench->execute(Submit{items.last()});
    }
    m_bench->link().forgetReceived();
    m_bench->deliver(
        protocol::Refused{RoomId(u"lobby"_s), items[1].messageId, protocol::ErrorCode::Busy, u"busy"_s, 300ms});
    m_bench->deliver(protocol::Stored{RoomId(u"lobby"_s), items[0].messageId, 1, false, {}});
    m_bench->advance(299ms);
    QVERIFY(m_bench->link().received<protocol::Send>().isEmpty());
    m_bench->advance(1ms);
    const auto sends = m_bench->link().received<protocol::Send>();
    QCOMPARE(sends.size(), 2);
    QCOMPARE(sends[0].text, u"b"_s);
    QCOMPARE(sends[1].text, u"c"_s);
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
