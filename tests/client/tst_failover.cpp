#include "tests/support/clientbench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using protocol::LinkRole;

/// The standby link: how it comes to be, and how the conversation goes over to it.
class TestFailover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void thereIsNoneUnlessWanted();
    void aServerWithoutSessionsGetsNone();
    void theStandbyGoesAnotherWay();
    void theStandbyNamesTheSession();
    void anotherServerGetsNoHello();
    void theStandbyBeatsMoreSlowly();
    void aLostStandbyIsSoughtAgain();
    void aStandbyOnTheSamePathGivesWayToABetterOne();
    void aBrokenPrimaryIsReplacedAtOnce();
    void aSilentPrimaryIsReplacedAtItsDeadline();
    void whatWasUnderWayGoesAgain();
    void nothingLostWaitsForTheAnswers();
    void aRequestIsAskedAgain();
    void aPromotionWithoutAnswerIsAnOutage();
    void aStoppingServerIsNotFailedOver();
    void afterwardsAnotherStandbyIsSought();
    void theNextPrimaryHasAHigherGeneration();
    void anUnansweredBeatProbesTheStandby();
    void aMessageWithoutAnswerProbesBoth();
    void aSlowDiskIsNoReasonToFailOver();
    void switchedOffItIsGone();

private:
    void reachOnline(const QList<protocol::RoomState> &rooms = {});
    void reachStandby(const QList<protocol::RoomState> &rooms = {});
    /// Answers its last beat.
    void ack(FakeLink &link);
    void goLive(FakeLink &link, const QString &room, quint64 head);
    FakeLink &primary() { return *m_bench->network().at(0); }
    FakeLink &standby() { return *m_bench->network().at(1); }
    LaneState lane(size_t index) const { return m_bench->state().lanes.at(index).state; }

    std::unique_ptr<ClientBench> m_bench;
};

void TestFailover::init()
{
    m_bench = std::make_unique<ClientBench>();
    m_bench->execute(SetRedundancy{Redundancy::Automatic});
}

void TestFailover::reachOnline(const QList<protocol::RoomState> &rooms)
{
    m_bench->execute(Open{QUrl(u"ws://127.0.0.1:1001/"_s)});
    m_bench->reachWelcome(ClientBench::primaryWelcome(rooms, {u"127.0.0.1:1001"_s, u"127.0.0.1:1002"_s}));
}

void TestFailover::reachStandby(const QList<protocol::RoomState> &rooms)
{
    reachOnline(rooms);
    for (const protocol::RoomState &room : rooms)
        goLive(primary(), room.info.id.value(), room.info.headSeq);
    QCOMPARE(m_bench->network().count(), 2);
    standby().accept();
    standby().deliver(ClientBench::ready());
    m_bench->settle();
    standby().deliver(ClientBench::standbyWelcome());
    m_bench->settle();
    QVERIFY(m_bench->state().hasStandby());
}

void TestFailover::ack(FakeLink &link)
{
    link.deliver(protocol::HeartbeatAck{link.received<protocol::Heartbeat>().last().sentUs, 1, 1});
    m_bench->settle();
}

/// Answers what the client asks of the room, up to `head`.
void TestFailover::goLive(FakeLink &link, const QString &room, quint64 head)
{
    if (const auto asked = link.received<protocol::HistoryGet>(); !asked.isEmpty()) {
        link.deliver(protocol::History{asked.last().requestId, RoomId(room), eventsFrom(1, head), 1, 1});
        m_bench->settle();
    }
    const auto asked = link.received<protocol::EventsGet>();
    QVERIFY(!asked.isEmpty());
    const auto fresh =
        asked.last().afterSeq < head ? eventsFrom(asked.last().afterSeq + 1, head) : QList<protocol::Event>();
    link.deliver(protocol::Events{asked.last().requestId, RoomId(room), fresh, true, head});
    m_bench->settle();
}

void TestFailover::thereIsNoneUnlessWanted()
{
    m_bench->execute(SetRedundancy{Redundancy::Off});
    reachOnline();
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QCOMPARE(m_bench->network().count(), 1);
    QCOMPARE(lane(0), LaneState::Active);
    QCOMPARE(lane(1), LaneState::Empty);
}

void TestFailover::aServerWithoutSessionsGetsNone()
{
    m_bench->execute(Open{QUrl(u"ws://127.0.0.1:1001/"_s)});
    m_bench->reachWelcome(ClientBench::welcome());
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QCOMPARE(m_bench->network().count(), 1);
}

void TestFailover::theStandbyGoesAnotherWay()
{
    reachOnline();
    QCOMPARE(m_bench->network().count(), 2);
    QCOMPARE(standby().url().port(), 1002);
    QCOMPARE(lane(1), LaneState::Connecting);
}

void TestFailover::theStandbyNamesTheSession()
{
    reachStandby();
    const auto hellos = standby().received<protocol::Hello>();
    QCOMPARE(hellos.size(), 1);
    QVERIFY(hellos.first().resume);
    const protocol::SessionInfo session = ClientBench::session(LinkRole::Standby);
    const protocol::Resume expected{session.id, session.token, 1, LinkRole::Standby};
    QCOMPARE(*hellos.first().resume, expected);
    QCOMPARE(hellos.first().clientId, primary().received<protocol::Hello>().first().clientId);
    QVERIFY(!primary().received<protocol::Hello>().first().resume);
    QCOMPARE(lane(1), LaneState::Ready);
    QVERIFY(!m_bench->state().isStandbyOnSamePath);
}

void TestFailover::anotherServerGetsNoHello()
{
    reachOnline();
    standby().accept();
    protocol::Ready ready = ClientBench::ready();
    ready.serverId = ClientBench::serverId('x');
    FakeLink &link = standby();
    link.deliver(ready);
    m_bench->settle();
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QVERIFY(!m_bench->state().hasStandby());
    QCOMPARE(lane(1), LaneState::Empty);
}

void TestFailover::theStandbyBeatsMoreSlowly()
{
    reachStandby();
    m_bench->execute(SetHeartbeatInterval{15s});
    QCOMPARE(primary().received<protocol::Heartbeat>().last().next, 15s);
    QCOMPARE(standby().received<protocol::Heartbeat>().last().next, 30s);
    m_bench->execute(SetHeartbeatInterval{1s});
    QCOMPARE(primary().received<protocol::Heartbeat>().last().next, 1s);
    QCOMPARE(standby().received<protocol::Heartbeat>().last().next, 5s);
}

void TestFailover::aLostStandbyIsSoughtAgain()
{
    reachStandby();
    m_bench->forgetTold();
    standby().endWith({Problem::ConnectionLost, 0, u"cut"_s});
    m_bench->settle();
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QCOMPARE(lane(1), LaneState::Empty);
    const auto events = m_bench->told<LinkEvent>();
    QVERIFY(std::any_of(events.begin(), events.end(),
        [](const LinkEvent &event) { return event.kind == LinkEvent::Kind::StandbyLost && event.lane == 1; }));
    m_bench->advance(500ms);
    QCOMPARE(m_bench->network().count(), 3);
    QCOMPARE(lane(1), LaneState::Connecting);
}

void TestFailover::aStandbyOnTheSamePathGivesWayToABetterOne()
{
    reachOnline();
    standby().endWith({Problem::ConnectionRefused, 0, u"nobody there"_s});
    m_bench->settle();
    m_bench->advance(500ms);
    QCOMPARE(m_bench->network().count(), 3);
    QCOMPARE(m_bench->link().url().port(), 1001);
    m_bench->reachHello();
    m_bench->deliver(ClientBench::standbyWelcome());
    QVERIFY(m_bench->state().hasStandby());
    QVERIFY(m_bench->state().isStandbyOnSamePath);
    ack(primary());
    m_bench->forgetTold();

    m_bench->advance(10s);
    QCOMPARE(m_bench->network().count(), 4);
    QCOMPARE(m_bench->link().url().port(), 1002);
    QVERIFY(m_bench->state().hasStandby());
    m_bench->reachHello();
    m_bench->deliver(ClientBench::standbyWelcome());
    QVERIFY(m_bench->state().hasStandby());
    QVERIFY(!m_bench->state().isStandbyOnSamePath);
    // One standby took the place of another: nothing to tell of.
    QVERIFY(m_bench->marks().isEmpty());
}

void TestFailover::aBrokenPrimaryIsReplacedAtOnce()
{
    reachStandby({roomState(u"lobby"_s, 3)});
    m_bench->advance(40ms);
    m_bench->forgetTold();
    primary().endWith({Problem::ConnectionLost, 0, u"reset"_s});
    m_bench->settle();
    const auto promotions = standby().received<protocol::Promote>();
    QCOMPARE(promotions.size(), 1);
    QCOMPARE(promotions.first().generation, 2);
    // Right behind it, from what is here.
    const auto asked = standby().received<protocol::EventsGet>();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().afterSeq, 3);

    m_bench->advance(5ms);
    standby().deliver(protocol::Promoted{2, {roomState(u"lobby"_s, 5)}});
    standby().deliver(protocol::Events{asked.first().requestId, RoomId(u"lobby"_s), eventsFrom(4, 5), true, 5});
    m_bench->settle();
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QVERIFY(!m_bench->phases().contains(Phase::WaitingToRetry));
    QCOMPARE(lane(1), LaneState::Active);
    QVERIFY(m_bench->state().failover);
    QCOMPARE(m_bench->state().failover->gap, 45ms);
    QVERIFY(m_bench->state().failover->isNothingLost);
    LinkEvent failedOver;
    for (const LinkEvent &event : m_bench->told<LinkEvent>()) {
        QVERIFY(event.kind != LinkEvent::Kind::Lost);
        if (event.kind == LinkEvent::Kind::FailedOver)
            failedOver = event;
    }
    QCOMPARE(failedOver.kind, LinkEvent::Kind::FailedOver);
    QCOMPARE(failedOver.problem, Problem::ConnectionLost);
    QCOMPARE(failedOver.outage, 45ms);
    QCOMPARE(failedOver.replayed, 2);
    QCOMPARE(failedOver.lane, 1);
}

void TestFailover::aSilentPrimaryIsReplacedAtItsDeadline()
{
    m_bench->execute(SetHeartbeatInterval{1s});
    reachStandby();
    m_bench->advance(250ms);
    ack(standby());
    m_bench->advance(1'249ms);
    QVERIFY(standby().received<protocol::Promote>().isEmpty());
    m_bench->advance(1ms);
    QCOMPARE(standby().received<protocol::Promote>().size(), 1);
    QVERIFY(!m_bench->network().at(0));
}

void TestFailover::whatWasUnderWayGoesAgain()
{
    reachStandby({roomState(u"lobby"_s, 1)});
    m_bench->execute(Submit{composed(u"lobby"_s, u"one"_s)});
    m_bench->execute(Submit{composed(u"lobby"_s, u"two"_s)});
    const auto sent = primary().received<protocol::Send>();
    QCOMPARE(sent.size(), 2);
    primary().endWith({Problem::ConnectionLost, 0, u"reset"_s});
    m_bench->settle();
    QCOMPARE(standby().received<protocol::Send>(), sent);
}

void TestFailover::nothingLostWaitsForTheAnswers()
{
    reachStandby({roomState(u"lobby"_s, 1)});
    m_bench->execute(Submit{composed(u"lobby"_s, u"one"_s)});
    const MessageId message = primary().received<protocol::Send>().last().messageId;
    primary().endWith({Problem::ConnectionLost, 0, u"reset"_s});
    m_bench->settle();
    standby().deliver(protocol::Promoted{2, {roomState(u"lobby"_s, 1)}});
    m_bench->settle();
    goLive(standby(), u"lobby"_s, 1);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    QVERIFY(m_bench->state().failover);
    QVERIFY(!m_bench->state().failover->isNothingLost);
    standby().deliver(protocol::Stored{RoomId(u"lobby"_s), message, 2, true, {}});
    m_bench->settle();
    QVERIFY(m_bench->state().failover->isNothingLost);
}

void TestFailover::aRequestIsAskedAgain()
{
    reachStandby();
    m_bench->execute(protocol::RoomsGet{});
    const quint32 id = primary().received<protocol::RoomsGet>().last().requestId;
    m_bench->forgetTold();
    primary().endWith({Problem::ConnectionLost, 0, u"reset"_s});
    m_bench->settle();
    QCOMPARE(standby().received<protocol::RoomsGet>().last().requestId, id);
    QVERIFY(m_bench->told<RequestFailure>().isEmpty());
}

void TestFailover::aPromotionWithoutAnswerIsAnOutage()
{
    reachStandby();
    m_bench->forgetTold();
    primary().endWith({Problem::ConnectionLost, 0, u"reset"_s});
    m_bench->settle();
    m_bench->advance(1'000ms);
    QCOMPARE(m_bench->state().phase, Phase::WaitingToRetry);
    const auto events = m_bench->told<LinkEvent>();
    QVERIFY(std::any_of(
        events.begin(), events.end(), [](const LinkEvent &event) { return event.kind == LinkEvent::Kind::Lost; }));
    QVERIFY(!m_bench->state().failover);
}

void TestFailover::aStoppingServerIsNotFailedOver()
{
    reachStandby();
    primary().deliver(protocol::Goodbye{u"stopping"_s, 3s});
    primary().endWith({Problem::ServerStopped, protocol::close::GoingAway.code, {}});
    m_bench->settle();
    QCOMPARE(m_bench->state().phase, Phase::WaitingToRetry);
    QCOMPARE(m_bench->network().count(), 2);
    QVERIFY(m_bench->state().nextAttemptAt >= m_bench->time().now() + 3s);
}

void TestFailover::afterwardsAnotherStandbyIsSought()
{
    reachStandby();
    primary().endWith({Problem::ConnectionLost, 0, u"reset"_s});
    m_bench->settle();
    standby().deliver(protocol::Promoted{2, {}});
    m_bench->settle();
    QCOMPARE(m_bench->network().count(), 3);
    // Away from where the primary is now.
    QCOMPARE(m_bench->link().url().port(), 1001);
    QCOMPARE(lane(0), LaneState::Connecting);
    QCOMPARE(lane(1), LaneState::Active);
    m_bench->reachHello();
    const auto hello = m_bench->link().received<protocol::Hello>().last();
    QCOMPARE(hello.resume->generation, 2);
    QCOMPARE(hello.resume->role, LinkRole::Standby);
}

void TestFailover::theNextPrimaryHasAHigherGeneration()
{
    m_bench->execute(SetRedundancy{Redundancy::Off});
    reachOnline();
    m_bench->cutLink();
    m_bench->advance(1s);
    const auto hello = m_bench->reachHello();
    QVERIFY(hello.resume);
    const protocol::SessionInfo session = ClientBench::session(LinkRole::Primary);
    const protocol::Resume expected{session.id, session.token, 2, LinkRole::Primary};
    QCOMPARE(*hello.resume, expected);
}

void TestFailover::anUnansweredBeatProbesTheStandby()
{
    m_bench->execute(SetHeartbeatInterval{10s});
    reachStandby();
    standby().forgetReceived();
    m_bench->advance(2'499ms);
    QCOMPARE(standby().received<protocol::Heartbeat>().size(), 0);
    m_bench->advance(1ms);
    QCOMPARE(standby().received<protocol::Heartbeat>().size(), 1);
}

void TestFailover::aMessageWithoutAnswerProbesBoth()
{
    reachStandby({roomState(u"lobby"_s, 1)});
    ack(primary());
    m_bench->execute(Submit{composed(u"lobby"_s, u"one"_s)});
    primary().forgetReceived();
    m_bench->advance(999ms);
    QVERIFY(primary().received<protocol::Heartbeat>().isEmpty());
    m_bench->advance(1ms);
    QCOMPARE(primary().received<protocol::Heartbeat>().size(), 1);
    ack(standby());
    m_bench->advance(1s);
    QCOMPARE(standby().received<protocol::Promote>().size(), 1);
    QCOMPARE(standby().received<protocol::Send>().size(), 1);
}

void TestFailover::aSlowDiskIsNoReasonToFailOver()
{
    reachStandby({roomState(u"lobby"_s, 1)});
    ack(primary());
    m_bench->execute(Submit{composed(u"lobby"_s, u"one"_s)});
    const MessageId message = primary().received<protocol::Send>().last().messageId;
    m_bench->advance(1s);
    ack(primary());
    ack(standby());
    m_bench->advance(2s);
    QVERIFY(standby().received<protocol::Promote>().isEmpty());
    primary().deliver(protocol::Stored{RoomId(u"lobby"_s), message, 2, false, {}});
    m_bench->settle();
    // Nothing is waited for any more.
    primary().forgetReceived();
    m_bench->advance(2s);
    QVERIFY(primary().received<protocol::Heartbeat>().isEmpty());
}

void TestFailover::switchedOffItIsGone()
{
    reachStandby();
    m_bench->execute(SetRedundancy{Redundancy::Off});
    QCOMPARE(lane(1), LaneState::Empty);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    m_bench->advance(20s);
    QCOMPARE(m_bench->network().count(), 2);
}

QTEST_GUILESS_MAIN(TestFailover)

#include "tst_failover.moc"
