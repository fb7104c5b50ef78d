#include "tests/support/clientbench.h"

#include "protocol/codec.h"

#include <QTemporaryDir>
#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// The life of a connection: every transition of the state machine.
class TestChatClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesOnline();
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
    void closeSaysBye();
    void closeWhileConnectingGivesUpQuietly();
    void anotherServerBeginsAnew();
    void whatIsForOneServerDoesNotReachAnotherAtItsAddress();
    void anotherAddressOfTheSameServerHasTheSameOutbox();
    void anotherEpochOfTheSameServerKeepsTheOutbox();
    void helloWaitsForTheStore();
    void whatIsHeldIsWrittenForTheServerItWasGivenFor();
    void theOutboxOutlivesTheProcess();
    void aGuestKeepsItsSecretForOneDatabase();
    void aDeviceSignsNonceAndEpoch();
    void connectStepsAreTold();
    void linkEventsTellTheOutage();
};

void TestChatClient::reachesOnline()
{
    ClientBench bench;
    bench.openServer();
    QCOMPARE(bench.state().phase, Phase::Connecting);
    QCOMPARE(bench.state().attempt, 1);
    QCOMPARE(bench.link().url(), QUrl(u"ws://server:47100/"_s));
    const protocol::Hello hello = bench.reachHello();
    QCOMPARE(bench.state().phase, Phase::Joining);
    QCOMPARE(bench.state().serverName, u"Kitchen"_s);
    QCOMPARE(hello.name, u"Ann"_s);
    QVERIFY(hello.epoch.isNull());
    QVERIFY(std::holds_alternative<protocol::GuestAuth>(hello.auth));

    const protocol::Welcome welcome = ClientBench::welcome();
    bench.deliver(welcome);
    QCOMPARE(bench.phases(), (QList<Phase>{Phase::Connecting, Phase::Joining, Phase::CatchingUp, Phase::Online}));
    QCOMPARE(bench.state().self, welcome.self);
    QCOMPARE(bench.state().problem, Problem::None);
    QVERIFY(bench.state().lastContactAt.has_value());
    QCOMPARE(bench.link().received<protocol::Heartbeat>().size(), 1);
    QCOMPARE(bench.told<LinkEvent>().size(), 1);
    QCOMPARE(bench.told<LinkEvent>()[0].kind, LinkEvent::Kind::Connected);
}

void TestChatClient::aBadAddressIsToldAtOnce()
{
    ClientBench bench;
    bench.execute(Open{QUrl(u"http://server/"_s)});
    QCOMPARE(bench.state().phase, Phase::Offline);
    QCOMPARE(bench.state().problem, Problem::BadAddress);
    QCOMPARE(bench.network().count(), 0);
}

void TestChatClient::connectTimeoutIsRetried()
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

void TestChatClient::joiningTimesOutToo()
{
    ClientBench bench;
    bench.openServer();
    bench.reachHello();
    bench.advance(8s);
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::TimedOut);
}

void TestChatClient::problemsOfTheLink_data()
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

void TestChatClient::problemsOfTheLink()
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
    QVERIFY(bench.told<LinkEvent>().isEmpty());
}

void TestChatClient::closeCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<Problem>("problem");
    QTest::addColumn<Phase>("phase");
    namespace close = protocol::close;
    QTest::newRow("name taken") << int(close::NameTaken.code) << Problem::NameTaken << Phase::Offline;
    QTest::newRow("bad name") << int(close::BadName.code) << Problem::BadName << Phase::Offline;
    QTest::newRow("auth") << int(close::AuthRefused.code) << Problem::AuthRefused << Phase::Offline;
    QTest::newRow("version") << int(close::VersionMismatch.code) << Problem::VersionMismatch << Phase::Offline;
    QTest::newRow("too big") << int(close::MessageTooBig.code) << Problem::ClosedByServer << Phase::Offline;
    QTest::newRow("full") << int(close::ServerFull.code) << Problem::ServerFull << Phase::WaitingToRetry;
    QTest::newRow("slow reader") << int(close::SlowReader.code) << Problem::ClosedByServer << Phase::WaitingToRetry;
    QTest::newRow("stopping") << int(close::GoingAway.code) << Problem::ServerStopped << Phase::WaitingToRetry;
    QTest::newRow("no code") << 1006 << Problem::ConnectionLost << Phase::WaitingToRetry;
    QTest::newRow("a later version's") << 4999 << Problem::ClosedByServer << Phase::WaitingToRetry;
}

void TestChatClient::closeCodes()
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

void TestChatClient::anotherKindOfServer_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("garbage") << QByteArray("\xff\xff\xff");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another message than READY")
        << protocol::encode(protocol::Encoding::Protobuf, protocol::ServerMessage(ClientBench::welcome()));
}

void TestChatClient::anotherKindOfServer()
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

void TestChatClient::aKnownServerThatAnswersStrangelyIsTriedAgain()
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

void TestChatClient::versionMismatchGoesOffline()
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

void TestChatClient::garbageAfterReadyCostsTheLinkOnly()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.link().deliverBytes("\xff\xff\xff");
    bench.settle();
    QCOMPARE(bench.state().phase, Phase::WaitingToRetry);
    QCOMPARE(bench.state().problem, Problem::ConnectionLost);
}

void TestChatClient::heartbeatMissedEndsTheLink()
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
    const auto events = bench.told<LinkEvent>();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events[0].kind, LinkEvent::Kind::HeartbeatMissed);
    QCOMPARE(events[1].kind, LinkEvent::Kind::Lost);
    QCOMPARE(events[1].problem, Problem::HeartbeatMissed);
    // An abort, not a graceful close.
    QVERIFY(!link);
}

void TestChatClient::aStoppedProcessKeepsAHealthyLink()
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

void TestChatClient::aStoppedProcessNoticesADeadLink()
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

void TestChatClient::theWallClockDecidesNothing_data()
{
    QTest::addColumn<qint64>("jump");
    QTest::newRow("an hour on") << qint64(3'600'000);
    QTest::newRow("an hour back") << qint64(-3'600'000);
}

void TestChatClient::theWallClockDecidesNothing()
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

void TestChatClient::goodbyeWithRetryAfterIsHonoured()
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

void TestChatClient::goodbyeTextIsTold()
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

void TestChatClient::backoffGrowsAndStableTimeResetsIt()
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

void TestChatClient::retryNowDoesNotWait()
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

void TestChatClient::retryNowAfterAFinalProblem()
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

void TestChatClient::aStaleLinkIsNotHeard()
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

void TestChatClient::closeSaysBye()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    const int byes = int(bench.link().received<protocol::Bye>().size());
    QCOMPARE(byes, 0);
    FakeLink *link = &bench.link();
    QList<quint16> codes;
    QList<qsizetype> byesAtEnd;
    connect(link, &Link::ended, this, [&] {
        codes.append(link->closeCode().value_or(0));
        byesAtEnd.append(link->received<protocol::Bye>().size());
    });
    bench.execute(Close{});
    QCOMPARE(codes, QList<quint16>{protocol::close::Normal.code});
    QCOMPARE(byesAtEnd, QList<qsizetype>{1});
    QCOMPARE(bench.state().phase, Phase::Offline);
    QCOMPARE(bench.state().problem, Problem::None);
    bench.advance(1min);
    QCOMPARE(bench.network().count(), 1);
    QVERIFY(!bench.network().last());
}

void TestChatClient::closeWhileConnectingGivesUpQuietly()
{
    ClientBench bench;
    bench.openServer();
    bench.execute(Close{});
    QCOMPARE(bench.state().phase, Phase::Offline);
    bench.advance(1min);
    QCOMPARE(bench.network().count(), 1);
    QCOMPARE(bench.state().phase, Phase::Offline);
}

void TestChatClient::anotherServerBeginsAnew()
{
    ClientBench bench;
    bench.openServer();
    protocol::Welcome welcome = ClientBench::welcome();
    welcome.guestSecret = QByteArray(32, 's');
    bench.reachWelcome(welcome);
    bench.execute(Close{});
    bench.execute(Submit{composed(u"lobby"_s, u"for the first server only"_s)});
    bench.execute(Open{QUrl(u"ws://other:47100/"_s)});
    protocol::Ready other = ClientBench::ready();
    other.serverId = ClientBench::serverId('t');
    const auto auth = std::get<protocol::GuestAuth>(bench.reachHello(other).auth);
    QVERIFY(auth.secret.isEmpty());
    bench.deliver(ClientBench::welcome());
    QVERIFY(bench.link().received<protocol::Send>().isEmpty());
    // It is kept for the first.
    bench.openServer();
    bench.reachWelcome();
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
}

void TestChatClient::whatIsForOneServerDoesNotReachAnotherAtItsAddress()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.cutLink();
    bench.execute(Submit{composed(u"lobby"_s, u"for the first server only"_s)});
    bench.execute(RetryNow{});
    protocol::Ready other = ClientBench::ready();
    other.serverId = ClientBench::serverId('t');
    bench.reachHello(other);
    bench.deliver(ClientBench::welcome());
    QCOMPARE(bench.state().serverId, ClientBench::serverId('t'));
    QVERIFY(bench.link().received<protocol::Send>().isEmpty());
    QCOMPARE(bench.state().waiting, 0);
    bench.cutLink();
    bench.execute(RetryNow{});
    bench.reachWelcome();
    QCOMPARE(bench.state().serverId, ClientBench::serverId());
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
}

void TestChatClient::anotherAddressOfTheSameServerHasTheSameOutbox()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.execute(Close{});
    bench.execute(Submit{composed(u"lobby"_s, u"first"_s)});
    bench.execute(Open{QUrl(u"ws://other:47100/"_s)});
    bench.execute(Submit{composed(u"lobby"_s, u"second"_s)});
    bench.reachHello();
    bench.deliver(ClientBench::welcome());
    const auto sends = bench.link().received<protocol::Send>();
    QCOMPARE(sends.size(), 2);
    QCOMPARE(sends[0].text, u"first"_s);
    QCOMPARE(sends[1].text, u"second"_s);
}

void TestChatClient::anotherEpochOfTheSameServerKeepsTheOutbox()
{
    ClientBench bench;
    bench.openServer();
    bench.reachWelcome();
    bench.cutLink();
    bench.execute(Submit{composed(u"lobby"_s, u"kept"_s)});
    bench.execute(RetryNow{});
    protocol::Ready restored = ClientBench::ready();
    restored.epoch = ClientBench::epoch('f');
    const protocol::Hello hello = bench.reachHello(restored);
    QVERIFY(hello.cursors.isEmpty());
    bench.deliver(ClientBench::welcome());
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
}

void TestChatClient::helloWaitsForTheStore()
{
    ClientBench bench;
    bench.store().setHeld(true);
    bench.openServer();
    QVERIFY(bench.reachHello().name.isEmpty());
    bench.execute(Submit{composed(u"lobby"_s, u"early"_s)});
    bench.store().setHeld(false);
    bench.settle();
    QCOMPARE(bench.link().received<protocol::Hello>().size(), 1);
    bench.deliver(ClientBench::welcome());
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
}

void TestChatClient::whatIsHeldIsWrittenForTheServerItWasGivenFor()
{
    ClientBench bench;
    bench.store().setHeld(true);
    bench.openServer();
    bench.execute(Submit{composed(u"lobby"_s, u"for the first"_s)});
    bench.execute(Open{QUrl(u"ws://other:47100/"_s)});
    bench.execute(Submit{composed(u"lobby"_s, u"for the second"_s)});
    bench.store().setHeld(false);
    bench.settle();
    protocol::Ready other = ClientBench::ready();
    other.serverId = ClientBench::serverId('t');
    bench.reachHello(other);
    bench.deliver(ClientBench::welcome());
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
    QCOMPARE(bench.link().received<protocol::Send>()[0].text, u"for the second"_s);
    bench.openServer();
    bench.reachWelcome();
    QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
    QCOMPARE(bench.link().received<protocol::Send>()[0].text, u"for the first"_s);

    // Likewise while the database looks up who has answered.
    bench.cutLink();
    bench.execute(RetryNow{});
    bench.store().setHeld(true);
    bench.reachHello(other);
    bench.execute(Submit{composed(u"lobby"_s, u"for the first, too"_s)});
    bench.store().setHeld(false);
    bench.settle();
    bench.deliver(ClientBench::welcome());
    for (const protocol::Send &send : bench.link().received<protocol::Send>())
        QCOMPARE(send.text, u"for the second"_s);
    bench.cutLink();
    bench.execute(RetryNow{});
    bench.reachWelcome();
    QCOMPARE(bench.link().received<protocol::Send>().size(), 2);
}

void TestChatClient::theOutboxOutlivesTheProcess()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"profile.sqlite"_s);
    const OutboxItem gone = composed(u"lobby"_s, u"gone"_s);
    {
        ClientBench bench({u"Ann"_s, std::nullopt}, path);
        bench.openServer();
        bench.reachWelcome();
        bench.execute(Submit{gone});
        QCOMPARE(bench.link().received<protocol::Send>().size(), 1);
        bench.cutLink();
        bench.execute(Submit{composed(u"lobby"_s, u"typed offline"_s)});
    }
    ClientBench bench({u"Ann"_s, std::nullopt}, path);
    bench.openServer();
    // Told before there is any connection.
    QCOMPARE(bench.toldItems().size(), 2);
    QVERIFY(bench.toldItems()[0].hasLeft);
    QVERIFY(!bench.toldItems()[1].hasLeft);
    QCOMPARE(bench.state().waiting, 2);
    bench.execute(Submit{composed(u"lobby"_s, u"new"_s)});
    bench.reachWelcome();
    QStringList texts;
    for (const protocol::Send &send : bench.link().received<protocol::Send>())
        texts.append(send.text);
    QCOMPARE(texts, (QStringList{u"gone"_s, u"typed offline"_s, u"new"_s}));
    bench.deliver(protocol::Stored{RoomId(u"lobby"_s), gone.messageId, 1, true, {}});
    QVERIFY(bench.toldItems().last().wasRecovered);
    const Ledger ledger = bench.told<Ledger>().last();
    QCOMPARE(ledger.sent, quint64(3));
    QCOMPARE(ledger.stored, quint64(1));
    QCOMPARE(ledger.deduplicated, quint64(1));
    QCOMPARE(ledger.waiting, quint64(2));
    QCOMPARE(ledger.lost(), quint64(0));
}

void TestChatClient::aGuestKeepsItsSecretForOneDatabase()
{
    ClientBench bench;
    bench.openServer();
    protocol::Welcome welcome = ClientBench::welcome();
    welcome.guestSecret = QByteArray(32, 's');
    bench.reachWelcome(welcome);
    bench.cutLink();
    bench.execute(RetryNow{});
    QCOMPARE(std::get<protocol::GuestAuth>(bench.reachHello().auth).secret, welcome.guestSecret);
    // A WELCOME without a secret means that the old one holds.
    bench.deliver(ClientBench::welcome());
    bench.cutLink();
    bench.execute(RetryNow{});
    protocol::Ready restored = ClientBench::ready();
    restored.epoch = ClientBench::epoch('x');
    QVERIFY(std::get<protocol::GuestAuth>(bench.reachHello(restored).auth).secret.isEmpty());
}

void TestChatClient::aDeviceSignsNonceAndEpoch()
{
    const DeviceKey key = DeviceKey::generate();
    ClientBench bench({u"Ann"_s, key});
    bench.openServer();
    const protocol::Ready ready = ClientBench::ready();
    const auto auth = std::get<protocol::DeviceAuth>(bench.reachHello(ready).auth);
    QCOMPARE(auth.publicKey, key.publicKey());
    const QByteArray expected = "lanline-hello-1" + ready.nonce + ready.epoch.value() + QByteArray(32, '\0');
    QVERIFY(DeviceKey::verify(auth.publicKey, expected, auth.signature));
}

void TestChatClient::connectStepsAreTold()
{
    ClientBench bench;
    bench.openServer();
    bench.link().accept({1ms, 2ms, 3ms, 0ms});
    bench.settle();
    bench.advance(40ms);
    bench.link().deliver(ClientBench::ready());
    bench.settle();
    bench.deliver(ClientBench::welcome());
    const auto steps = bench.told<ConnectSteps>();
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0].dns, 1ms);
    QCOMPARE(steps[0].tcp, 2ms);
    QCOMPARE(steps[0].upgrade, 3ms);
    QCOMPARE(steps[0].welcome, 40ms);
}

void TestChatClient::linkEventsTellTheOutage()
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
    const auto events = bench.told<LinkEvent>();
    QCOMPARE(events.size(), 3);
    QCOMPARE(events[1].kind, LinkEvent::Kind::Lost);
    QCOMPARE(events[1].problem, Problem::ConnectionLost);
    QCOMPARE(events[2].kind, LinkEvent::Kind::Reconnected);
    QCOMPARE(events[2].outage, 750ms);
    QCOMPARE(events[2].replayed, quint64(0));
}

QTEST_GUILESS_MAIN(TestChatClient)
#include "tst_chatclient.moc"
