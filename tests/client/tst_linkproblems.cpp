#include "tests/support/clientbench.h"

#include "protocol/codec.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// What goes wrong with a link: how it is told, and when the server is tried again.
class TestLinkProblems final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBadAddressIsToldAtOnce();
    void connectTimeoutIsRetried();
    void joiningTimesOutToo();
    void problemsOfTheLink_data();
    void problemsOfTheLink();
    void closeCodes_data();
    void closeCodes();
    void anotherKindOfServer_data();
    void anotherKindOfServer();
    void aKnownServerThatAnswersStrangelyIsTriedAgain();
    void versionMismatchGoesOffline();
    void garbageAfterReadyCostsTheLinkOnly();
    void heartbeatMissedEndsTheLink();
    void aStoppedProcessKeepsAHealthyLink();
    void aStoppedProcessNoticesADeadLink();
    void theWallClockDecidesNothing_data();
    void theWallClockDecidesNothing();
    void goodbyeWithRetryAfterIsHonoured();
    void goodbyeTextIsTold();
    void backoffGrowsAndStableTimeResetsIt();
    void retryNowDoesNotWait();
    void retryNowAfterAFinalProblem();
    void aStaleLinkIsNotHeard();
    void linkEventsTellTheOutage();
};

void TestLinkProblems::aBadAddressIsToldAtOnce()
{
    ClientBench bench;
    bench.execute(Open{QUrl(u"http://server/"_s)});
    QCOMPARE(bench.state().phase, Phase::Offline);
    QCOMPARE(bench.state().problem, Problem::BadAddress);
    QCOMPARE(bench.network().count(), 0);
}

void TestLinkProblems::connectTimeoutIsRetried()
{
    ClientBench bench;
    bench.openServer();
    bench.advance(7'999ms);
    QCOMPARE(bench.state().phase, Phase::Connecting);
    bench.advance(1ms);
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::TimedOut);
    QCOMPARE(bench.state().attempt, 2);
    bench.advance(250ms);
    QCOMPARE(bench.state().phase, Phase::Connecting);
    QCOMPARE(bench.network().count(), 2);
}

void TestLinkProblems::joiningTimesOutToo()
{
    ClientBench bench;
    bench.openServer();
    bench.reachHello();
    bench.advance(8s);
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::TimedOut);
}

void TestLinkProblems::problemsOfTheLink_data()
{
    QTest::addColumn<Problem>("problem");
    QTest::addColumn<Phase>("phase");
    QTest::newRow("refused") << Problem::ConnectionRefused << Phase::WaitingToRetry;
    QTest::newRow("host not found") << Problem::HostNotFound << Phase::WaitingToRetry;
    QTest::newRow("timed out") << Problem::TimedOut << Phase::WaitingToRetry;
    QTest::newRow("lost") << Problem::ConnectionLost << Phase::WaitingToRetry;
    QTest::newRow("an HTTP server") << Problem::NotAWebSocketServer << Phase::Offline;
    QTest::newRow("a WebSocket server of another kind") << Problem::NotLanline << Phase::Offline;
}

void TestLinkProblems::problemsOfTheLink()
{
    QFETCH(Problem, problem);
    QFETCH(Phase, phase);
    ClientBench bench;
    bench.openServer();
    bench.link().endWith({problem, 0, u"why"_s});
    bench.settle();
    QCOMPARE(bench.state().phase, phase);
    QCOMPARE(bench.state().problem, problem);
    QCOMPARE(bench.state().problemDetail, u"why"_s);
    QVERIFY(bench.marks().isEmpty());
}

void TestLinkProblems::closeCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<Problem>("problem");
    QTest::addColumn<Phase>("phase");
    namespace close = protocol::close;
    QTest::newRow("name taken") << int(close::NameTaken.code) << Problem::NameTaken << Phase::Offline;
    QTest::newRow("bad name") << int(close::BadName.code) << Problem::BadName << Phase::Offline;
    QTest::newRow("auth") << int(close::AuthRefused.code) << Problem::AuthRefused << Phase::Offline;
    QTest::newRow("pairing") << int(close::PairingRefused.code) << Problem::PairingRefused << Phase::Offline;
    QTest::newRow("version") << int(close::VersionMismatch.code) << Problem::VersionMismatch << Phase::Offline;
    QTest::newRow("too big") << int(close::MessageTooBig.code) << Problem::ClosedByServer << Phase::Offline;
    QTest::newRow("full") << int(close::ServerFull.code) << Problem::ServerFull << Phase::WaitingToRetry;
    QTest::newRow("slow reader") << int(close::SlowReader.code) << Problem::ClosedByServer << Phase::WaitingToRetry;
    QTest::newRow("stopping") << int(close::GoingAway.code) << Problem::ServerStopped << Phase::WaitingToRetry;
    QTest::newRow("no code") << 1006 << Problem::ConnectionLost << Phase::WaitingToRetry;
    QTest::newRow("a later version's") << 4999 << Problem::ClosedByServer << Phase::WaitingToRetry;
}

void TestLinkProblems::closeCodes()
{
    QFETCH(int, code);
    QFETCH(Problem, problem);
    QFETCH(Phase, phase);
    ClientBench bench;
    bench.openServer();
    bench.reachHello();
    // As the link reports it: the problem follows from the code.
    bench.link().endWith({problem, quint16(code), u"its text"_s});
    bench.settle();
    QCOMPARE(bench.state().problem, problem);
    QCOMPARE(bench.state().phase, phase);
    QCOMPARE(bench.state().problemDetail, u"its text"_s);
}

void TestLinkProblems::anotherKindOfServer_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("garbage") << QByteArray("\xff\xff\xff");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another message than READY")
        << protocol::encode(protocol::Encoding::Protobuf, protocol::ServerMessage(ClientBench::welcome()));
}

void TestLinkProblems::anotherKindOfServer()
{
    QFETCH(QByteArray, frame);
    ClientBench bench;
    bench.openServer();
    bench.link().accept();
    bench.link().deliverBytes(frame);
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::Offline);
    QCOMPARE(bench.state().problem, Problem::NotLanline);
}

void TestLinkProblems::aKnownServerThatAnswersStrangelyIsTriedAgain()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.cutLink();
    bench.advance(1s);
    bench.link().endWith({Problem::NotAWebSocketServer, 0, {}});
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::NotAWebSocketServer);
}

void TestLinkProblems::versionMismatchGoesOffline()
{
    ClientBench bench;
    bench.openServer();
    protocol::Ready ready = ClientBench::ready();
    ready.versionMajor = 2;
    FakeLink *link = &bench.link();
    link->accept();
    link->deliver(ready);
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::Offline);
    QCOMPARE(bench.state().problem, Problem::VersionMismatch);
    bench.advance(1min);
    QCOMPARE(bench.network().count(), 1);
}

void TestLinkProblems::garbageAfterReadyCostsTheLinkOnly()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.link().deliverBytes("\xff\xff\xff");
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::ConnectionLost);
}

void TestLinkProblems::heartbeatMissedEndsTheLink()
{
    ClientBench bench;
    bench.openServer();
    bench.execute(SetHeartbeatInterval{1s});
    bench.reachWelcome();
    QPointer<FakeLink> link = &bench.link();
    const auto beats = link->received<protocol::Heartbeat>();
    QCOMPARE(beats.size(), 1);
    QCOMPARE(beats[0].next, 1s);
    bench.deliver(protocol::HeartbeatAck{beats[0].sentUs, 5, 6});
    QCOMPARE(bench.told<RoundTrip>().size(), 1);

    bench.advance(1'499ms);
    QCOMPARE(bench.state().phase, Phase::Online);
    bench.forgetTold();
    bench.advance(1ms);
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::HeartbeatMissed);
    const auto events = bench.marks();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events[0].kind, LinkEvent::Kind::HeartbeatMissed);
    QCOMPARE(events[1].kind, LinkEvent::Kind::Lost);
    QCOMPARE(events[1].problem, Problem::HeartbeatMissed);
    // An abort, not a graceful close.
    QVERIFY(!link);
}

void TestLinkProblems::aStoppedProcessKeepsAHealthyLink()
{
    ClientBench bench;
    bench.execute(SetHeartbeatInterval{1s});
    bench.openServer();
    bench.reachWelcome();
    const auto acknowledge = [&] {
        bench.deliver(protocol::HeartbeatAck{bench.link().received<protocol::Heartbeat>().last().sentUs, 1, 2});
    };
    acknowledge();
    bench.advance(400ms);
    // As SIGSTOP does for ten seconds, and SIGCONT ends it.
    bench.time().stall(10s);
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::Online);
    bench.advance(200ms);
    acknowledge();
    bench.advance(900ms);
    QCOMPARE(bench.state().phase, Phase::Online);
    QCOMPARE(bench.network().count(), 1);
}

void TestLinkProblems::aStoppedProcessNoticesADeadLink()
{
    ClientBench bench;
    bench.execute(SetHeartbeatInterval{1s});
    bench.openServer();
    bench.reachWelcome();
    bench.advance(400ms);
    bench.time().stall(10s);
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::Online);
    // What is left of the interval and a half, and the back-off.
    bench.advance(1500ms);
    QCOMPARE(bench.state().problem, Problem::HeartbeatMissed);
    QCOMPARE(bench.network().count(), 2);
    bench.reachWelcome();
    QCOMPARE(bench.state().phase, Phase::Online);
}

void TestLinkProblems::theWallClockDecidesNothing_data()
{
    QTest::addColumn<qint64>("jump");
    QTest::newRow("an hour on") << qint64(3'600'000);
    QTest::newRow("an hour back") << qint64(-3'600'000);
}

void TestLinkProblems::theWallClockDecidesNothing()
{
    QFETCH(qint64, jump);
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    const OutboxItem item = composed(u"lobby"_s, u"a"_s);
    bench.execute(Submit{item});
    bench.deliver(protocol::Refused{item.room, item.messageId, protocol::ErrorCode::Busy, u"busy"_s, 1s});
    bench.link().forgetReceived();
    bench.time().jumpWall(std::chrono::milliseconds(jump));
    bench.advance(999ms);
    QVERIFY(bench.link().received<protocol::Send>().isEmpty());
    bench.advance(1ms);
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
    QCOMPARE(bench.state().phase, Phase::Online);
    // Back-off: half a second at most, a half of it by this bench's randomness.
    bench.cutLink();
    bench.time().jumpWall(std::chrono::milliseconds(-2 * jump));
    bench.advance(249ms);
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    bench.advance(1ms);
    QCOMPARE(bench.state().phase, Phase::Connecting);
}

void TestLinkProblems::goodbyeWithRetryAfterIsHonoured()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.deliver(protocol::Goodbye{u"back soon"_s, 4s});
    QCOMPARE(bench.state().phase, Phase::Online);
    bench.cutLink();
    QCOMPARE(bench.state().problem, Problem::ServerStopped);
    QCOMPARE(bench.state().nextAttemptAt, bench.time().now() + 4'250ms);
    bench.advance(4'249ms);
    QCOMPARE(bench.network().count(), 1);
    bench.advance(1ms);
    QCOMPARE(bench.network().count(), 2);
    // It counts once.
    bench.cutLink();
    QCOMPARE(bench.state().nextAttemptAt, bench.time().now() + 500ms);
}

void TestLinkProblems::goodbyeTextIsTold()
{
    ClientBench bench;
    bench.openServer();
    bench.reachHello();
    bench.deliver(protocol::Goodbye{u"4096 of 4096 connections"_s, 0s});
    bench.link().endWith({Problem::ServerFull, protocol::close::ServerFull.code, u"server is full"_s});
    bench.settle();
    QCOMPARE(bench.state().problem, Problem::ServerFull);
    QCOMPARE(bench.state().problemDetail, u"4096 of 4096 connections"_s);
}

void TestLinkProblems::backoffGrowsAndStableTimeResetsIt()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    QList<qint64> delays;
    for (int i = 0; i < 8; ++i) {
        bench.cutLink();
        QCOMPARE(bench.state().attempt, i + 1);
        const auto delay =
            std::chrono::duration_cast<std::chrono::milliseconds>(bench.state().nextAttemptAt - bench.time().now());
        delays.append(delay.count());
        bench.advance(delay);
    }
    QCOMPARE(delays, (QList<qint64>{250, 500, 1000, 2000, 4000, 8000, 15000, 15000}));

    // Online for less than 30 s is not stable yet.
    bench.reachWelcome();
    QCOMPARE(bench.state().attempt, 0);
    bench.advance(10s);
    bench.cutLink();
    QCOMPARE(bench.state().nextAttemptAt, bench.time().now() + 15s);
    bench.advance(15s);
    bench.execute(SetHeartbeatInterval{60s});
    bench.reachWelcome();
    bench.advance(30s);
    bench.cutLink();
    QCOMPARE(bench.state().nextAttemptAt, bench.time().now() + 250ms);
}

void TestLinkProblems::retryNowDoesNotWait()
{
    ClientBench bench;
    bench.openServer();
    bench.cutLink();
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    bench.execute(RetryNow{});
    QCOMPARE(bench.state().phase, Phase::Connecting);
    QCOMPARE(bench.network().count(), 2);
    // The timer it took the place of is gone.
    bench.advance(5s);
    QCOMPARE(bench.network().count(), 2);
    // While something is under way it changes nothing.
    bench.execute(RetryNow{});
    QCOMPARE(bench.network().count(), 2);
}

void TestLinkProblems::retryNowAfterAFinalProblem()
{
    ClientBench bench;
    bench.openServer();
    bench.link().endWith({Problem::NameTaken, protocol::close::NameTaken.code, {}});
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::Offline);
    bench.execute(RetryNow{});
    QCOMPARE(bench.state().phase, Phase::Connecting);
    QCOMPARE(bench.state().attempt, 1);
}

void TestLinkProblems::aStaleLinkIsNotHeard()
{
    ClientBench bench;
    bench.openServer();
    FakeLink *stale = &bench.link();
    // All of this is under way when the link is replaced.
    stale->accept();
    stale->deliver(ClientBench::ready());
    stale->endWith({Problem::NameTaken, protocol::close::NameTaken.code, {}});
    bench.execute(Open{QUrl(u"ws://server:47100/"_s)});
    QCOMPARE(bench.network().count(), 2);
    QCOMPARE(bench.state().phase, Phase::Connecting);
    QCOMPARE(bench.state().problem, Problem::None);
    bench.reachWelcome();
    QCOMPARE(bench.state().phase, Phase::Online);
}

void TestLinkProblems::linkEventsTellTheOutage()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.cutLink();
    bench.advance(250ms);
    // Half way back, and lost again: still the same outage.
    bench.reachHello();
    bench.cutLink();
    bench.advance(500ms);
    bench.reachWelcome();
    const auto events = bench.marks();
    QCOMPARE(events.size(), 3);
    QCOMPARE(events[1].kind, LinkEvent::Kind::Lost);
    QCOMPARE(events[1].problem, Problem::ConnectionLost);
    QCOMPARE(events[2].kind, LinkEvent::Kind::Reconnected);
    QCOMPARE(events[2].outage, 750ms);
    QCOMPARE(events[2].replayed, quint64(0));
}

QTEST_GUILESS_MAIN(TestLinkProblems)
#include "tst_linkproblems.moc"
