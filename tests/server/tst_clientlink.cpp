#include "tests/support/sends.h"
#include "tests/support/serverbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;
using protocol::ErrorCode;

class tst_ClientLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badFrameEndsOnlyItsOwnLink_data();
    void badFrameEndsOnlyItsOwnLink();
    void refusesForGood_data();
    void refusesForGood();
    void storesAndTellsTheAuthorFirst();
    void sameMessageAgainIsADuplicate();
    void otherTextUnderAnIdIsRefused();
    void refusalForNowDropsWhatIsBehind_data();
    void refusalForNowDropsWhatIsBehind();
    void tellsOnlyTheFirstOfManyRefusals();
    void refusesMoreThanItsWindow();
    void answersHeartbeats();
    void missedHeartbeatEndsTheLink_data();
    void missedHeartbeatEndsTheLink();
    void ownStallIsNotThePeersFault();
    void slowReaderIsPausedThenClosed();
    void pagesWaitForASlowReader();
    void pageRequestsAreBounded();
    void goodbyeComesBeforeTheEnd();
    void ignoresUnknownCommands();
};

void tst_ClientLink::badFrameEndsOnlyItsOwnLink_data()
{
    QTest::addColumn<protocol::Encoding>("encoding");
    QTest::addColumn<FrameType>("type");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<quint16>("code");
    using protocol::Encoding;
    QTest::newRow("protobuf garbage") << Encoding::Protobuf << FrameType::Binary << QByteArray("\xff\xff\xff", 3)
                                      << reason::BadFrame.code;
    QTest::newRow("JSON garbage") << Encoding::Json << FrameType::Text << QByteArray("{\"type\":")
                                  << reason::BadFrame.code;
    QTest::newRow("JSON without a field")
        << Encoding::Json << FrameType::Text << QByteArray("{\"type\":\"SEND\"}") << reason::BadFrame.code;
    QTest::newRow("text on protobuf") << Encoding::Protobuf << FrameType::Text << QByteArray("{\"type\":\"BYE\"}")
                                      << reason::WrongFrameType.code;
    QTest::newRow("binary on JSON") << Encoding::Json << FrameType::Binary << QByteArray("\x62\x00", 2)
                                    << reason::WrongFrameType.code;
    QTest::newRow("too big") << Encoding::Json << FrameType::Text << QByteArray(2 * 1024 * 1024, ' ')
                             << reason::MessageTooBig.code;
}

void tst_ClientLink::badFrameEndsOnlyItsOwnLink()
{
    QFETCH(protocol::Encoding, encoding);
    QFETCH(FrameType, type);
    QFETCH(QByteArray, payload);
    QFETCH(quint16, code);
    ServerBench bench;
    FakePeer bystander;
    FakePeer culprit(encoding);
    bench.logIn(bystander, DeviceKey::generate(), u"Bob"_s);
    bench.logIn(culprit, DeviceKey::generate(), u"Eve"_s);
    culprit.sendFrame(type, payload);
    bench.turn();
    QVERIFY(culprit.wire->closedWith);
    QCOMPARE(culprit.wire->closedWith->code, code);

    bystander.send(message(u"still here"_s));
    bench.commit();
    QCOMPARE(bystander.all<protocol::Stored>().size(), 1);
    QVERIFY(!bystander.wire->closedWith);
}

void tst_ClientLink::refusesForGood_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("unknown room") << u"nowhere"_s << u"x"_s << ErrorCode::UnknownRoom;
    QTest::newRow("not a member") << u"closed"_s << u"x"_s << ErrorCode::NotAMember;
    QTest::newRow("empty") << u"lobby"_s << u""_s << ErrorCode::TextEmpty;
    QTest::newRow("white space") << u"lobby"_s << u" \n\t"_s << ErrorCode::TextEmpty;
    QTest::newRow("one byte too long") << u"lobby"_s << QString(8 * 1024 + 1, u'x') << ErrorCode::TextTooLong;
    QTest::newRow("too long as UTF-8") << u"lobby"_s << QString(3 * 1024, u'中') << ErrorCode::TextTooLong;
    QTest::newRow("control characters") << u"lobby"_s << u"a\x01z"_s << ErrorCode::BadRequest;
}

void tst_ClientLink::refusesForGood()
{
    QFETCH(QString, room);
    QFETCH(QString, text);
    QFETCH(ErrorCode, code);
    ServerBench bench;
    FakePeer owner;
    FakePeer peer;
    bench.logIn(owner, DeviceKey::generate(), u"Bob"_s);
    owner.send(protocol::CreateRoom{1, RoomId(u"closed"_s), {}});
    bench.commit();
    bench.logIn(peer, DeviceKey::generate(), u"Ann"_s);

    const auto bad = message(text, RoomId(room));
    const auto good = message(QString(8 * 1024, u'x'));
    peer.send(bad);
    peer.send(good);
    bench.commit();
    const auto refused = peer.all<protocol::Refused>();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.constFirst().messageId, bad.messageId);
    QCOMPARE(refused.constFirst().code, code);
    QCOMPARE(refused.constFirst().retryAfter, 0ms);
    QVERIFY(!refused.constFirst().text.isEmpty());
    // One that is refused for good lets the rest pass.
    QCOMPARE(peer.all<protocol::Stored>().constFirst().messageId, good.messageId);
}

void tst_ClientLink::storesAndTellsTheAuthorFirst()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob(protocol::Encoding::Json);
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    bench.goLive(ann, lobbyId);
    bench.goLive(bob, lobbyId);
    ann.wire->received.clear();
    bob.wire->received.clear();

    const auto sent = message(u"hi"_s);
    ann.send(sent);
    QVERIFY(ann.wire->received.isEmpty());
    QVERIFY(bob.wire->received.isEmpty());
    bench.commit();
    QCOMPARE(ann.wire->received.size(), 2);
    QVERIFY(std::holds_alternative<protocol::Stored>(ann.wire->received.at(0)));
    QVERIFY(std::holds_alternative<protocol::Events>(ann.wire->received.at(1)));
    const auto stored = ann.all<protocol::Stored>().constFirst();
    QCOMPARE(stored.seq, 1ull);
    QVERIFY(!stored.isDuplicate);

    const auto live = bob.all<protocol::Events>().constFirst();
    QCOMPARE(live.requestId, 0u);
    QCOMPARE(live.events.size(), 1);
    QCOMPARE(live.events.constFirst().messageId, sent.messageId);
    QCOMPARE(live.events.constFirst().text, u"hi"_s);
    QCOMPARE(live.events.constFirst().author.name, u"Ann"_s);
    QCOMPARE(live.events.constFirst().storedAt, stored.storedAt);
    QCOMPARE(bench.ledger.delivered, 2ull);
}

void tst_ClientLink::sameMessageAgainIsADuplicate()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob;
    const DeviceKey key = DeviceKey::generate();
    bench.logIn(ann, key, u"Ann"_s);
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    bench.goLive(bob, lobbyId);
    const auto sent = message(u"hi"_s);
    ann.send(sent);
    bench.commit();
    ann.drop();

    FakePeer annAgain;
    bench.logIn(annAgain, key, u"Ann"_s);
    annAgain.send(sent);
    bench.commit();
    const auto stored = annAgain.all<protocol::Stored>().constFirst();
    QVERIFY(stored.isDuplicate);
    QCOMPARE(stored.seq, 1ull);
    QCOMPARE(stored.storedAt, ann.all<protocol::Stored>().constFirst().storedAt);
    QCOMPARE(bob.all<protocol::Events>().size(), 2); // the empty page and the event, once
    QCOMPARE(bench.ledger.duplicates, 1ull);

    // The id is its device's own: from another device it is another message.
    bob.send(sent);
    bench.commit();
    QCOMPARE(bob.all<protocol::Stored>().constFirst().seq, 2ull);
}

void tst_ClientLink::otherTextUnderAnIdIsRefused()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    auto sent = message(u"hi"_s);
    ann.send(sent);
    sent.text = u"ho"_s;
    ann.send(sent);
    const auto next = message(u"next"_s);
    ann.send(next);
    bench.commit();
    QCOMPARE(ann.all<protocol::Refused>().constFirst().code, ErrorCode::MessageIdReused);
    QCOMPARE(ann.all<protocol::Refused>().constFirst().retryAfter, 0ms);
    QCOMPARE(ann.all<protocol::Stored>().constLast().messageId, next.messageId);
    QCOMPARE(ann.all<protocol::Stored>().constLast().seq, 2ull);
}

void tst_ClientLink::refusalForNowDropsWhatIsBehind_data()
{
    QTest::addColumn<bool>("isStoreFull"); // or its COMMIT fails
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("busy") << true << ErrorCode::Busy;
    QTest::newRow("read only") << false << ErrorCode::ReadOnly;
}

void tst_ClientLink::refusalForNowDropsWhatIsBehind()
{
    QFETCH(bool, isStoreFull);
    QFETCH(ErrorCode, code);
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const auto first = message(u"1"_s);
    const auto second = message(u"2"_s);
    bench.store.isFull = isStoreFull;
    ann.send(first);
    bench.store.isFull = false;
    bench.store.failCommit();

    ann.send(second);
    bench.commit();
    QVERIFY(ann.all<protocol::Stored>().isEmpty());
    const auto refused = ann.all<protocol::Refused>();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.constFirst().messageId, first.messageId);
    QCOMPARE(refused.constFirst().code, code);
    QVERIFY(refused.constFirst().retryAfter > 0ms);

    ann.send(first);
    ann.send(second);
    bench.commit();
    const auto stored = ann.all<protocol::Stored>();
    QCOMPARE(stored.size(), 2);
    QCOMPARE(stored.at(0).messageId, first.messageId);
    QCOMPARE(stored.at(1).messageId, second.messageId);
}

void tst_ClientLink::tellsOnlyTheFirstOfManyRefusals()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const auto first = message(u"1"_s);
    ann.send(first);
    ann.send(message(u"2"_s));
    ann.send(message(u"3"_s));
    bench.store.failCommit();
    QCOMPARE(ann.all<protocol::Refused>().size(), 1);
    QCOMPARE(ann.all<protocol::Refused>().constFirst().messageId, first.messageId);
}

void tst_ClientLink::refusesMoreThanItsWindow()
{
    protocol::Limits limits;
    limits.commandsInFlight = 3;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    for (int i = 0; i < 5; ++i)
        ann.send(message(u"x"_s));
    QCOMPARE(bench.store.submitted.size(), 3);
    bench.commit();
    QCOMPARE(ann.all<protocol::Stored>().size(), 3);
    QCOMPARE(ann.all<protocol::Refused>().size(), 1);
    QCOMPARE(ann.all<protocol::Refused>().constFirst().code, ErrorCode::Busy);
}

void tst_ClientLink::answersHeartbeats()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    ann.send(protocol::Heartbeat{{}, ClientId(u"c_1"_s), 15s, 4711});
    const auto ack = ann.all<protocol::HeartbeatAck>().constFirst();
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(bench.time.now().time_since_epoch());
    QCOMPARE(ack.sentUs, 4711ull);
    QCOMPARE(ack.receivedUs, quint64(now.count()));
    QVERIFY(ack.answeredUs >= ack.receivedUs);
}

void tst_ClientLink::missedHeartbeatEndsTheLink_data()
{
    QTest::addColumn<std::chrono::milliseconds>("announced"); // zero: never a beat
    QTest::addColumn<std::chrono::milliseconds>("patience");
    QTest::newRow("no beat at all") << 0ms << std::chrono::milliseconds(22'500ms);
    QTest::newRow("1 s announced") << std::chrono::milliseconds(1s) << 1'500ms;
    QTest::newRow("60 s announced") << std::chrono::milliseconds(60s) << std::chrono::milliseconds(90s);
}

void tst_ClientLink::missedHeartbeatEndsTheLink()
{
    QFETCH(std::chrono::milliseconds, announced);
    QFETCH(std::chrono::milliseconds, patience);
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    if (announced > 0ms)
        ann.send(protocol::Heartbeat{{}, {}, announced, 0});
    bench.pass(patience);
    QVERIFY(!ann.wire->closedWith);
    bench.pass(100ms);
    QCOMPARE(ann.wire->closedWith, reason::HeartbeatMissed);
}

void tst_ClientLink::ownStallIsNotThePeersFault()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    ann.send(protocol::Heartbeat{{}, {}, 1s, 0});
    bench.pass(1s);
    bench.time.stall(10s);
    bench.sessions.sweep(bench.watch);
    QVERIFY(!ann.wire->closedWith);
    bench.pass(1s);
    QCOMPARE(ann.wire->closedWith, reason::HeartbeatMissed);
}

void tst_ClientLink::slowReaderIsPausedThenClosed()
{
    protocol::Limits limits;
    limits.pauseReadingAtBytes = 4'000;
    limits.slowReaderAtBytes = 30'000;
    ServerBench bench(limits);
    FakePeer ann;
    FakePeer slow;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.logIn(slow, DeviceKey::generate(), u"Bob"_s);
    bench.goLive(ann, lobbyId);
    bench.goLive(slow, lobbyId);
    const auto say = [&] {
        ann.send(message(QString(1'000, u'x')));
        bench.commit();
    };

    slow.wire->isStuck = true;
    for (int i = 0; i < 6; ++i)
        say();
    QVERIFY(!slow.wire->isReading);
    QVERIFY(!slow.wire->closedWith);
    slow.drain();
    QVERIFY(slow.wire->isReading);

    slow.wire->isStuck = true;
    for (int i = 0; i < 40 && !slow.wire->closedWith; ++i)
        say();
    QCOMPARE(slow.wire->closedWith, reason::SlowReader);
    QVERIFY(slow.wire->queuedBytes < 2 * limits.slowReaderAtBytes);
    say();
    QVERIFY(!ann.wire->closedWith);
    QCOMPARE(ann.all<protocol::Stored>().size(), ann.all<protocol::Events>().size() - 1);
}

void tst_ClientLink::pagesWaitForASlowReader()
{
    protocol::Limits limits;
    limits.pauseReadingAtBytes = 2'500;
    limits.pageEvents = 1;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    for (int i = 0; i < 10; ++i)
        ann.send(message(QString(1'000, u'x')));
    bench.commit();

    ann.wire->isStuck = true;
    for (quint32 i = 0; i < 10; ++i)
        ann.send(protocol::EventsGet{i + 1, lobbyId, i});
    QCOMPARE(ann.all<protocol::Events>().size(), 3);
    ann.drain();
    QCOMPARE(ann.all<protocol::Events>().size(), 10);
    QVERIFY(ann.all<protocol::Events>().constLast().live);
    QCOMPARE(bench.ledger.replayed, 10ull);
}

void tst_ClientLink::pageRequestsAreBounded()
{
    protocol::Limits limits;
    limits.commandsInFlight = 4;
    limits.tailEvents = 1;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    for (int i = 0; i < 3; ++i)
        ann.send(message(u"x"_s));
    bench.commit();
    for (quint32 i = 0; i < 20; ++i)
        ann.send(protocol::EventsGet{i + 1, lobbyId, 0});
    QCOMPARE(bench.store.pageRequests.size(), 1); // one at a time
    QCOMPARE(ann.all<protocol::Error>().size(), 15);
    QCOMPARE(ann.all<protocol::Error>().constFirst().code, ErrorCode::Busy);
    for (int i = 0; i < 5; ++i)
        bench.readPages();
    QCOMPARE(ann.all<protocol::Events>().size(), 5);
}

void tst_ClientLink::goodbyeComesBeforeTheEnd()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.sessions.dismissAll(u"stopping"_s, 1s);
    QCOMPARE(ann.all<protocol::Goodbye>().constFirst().retryAfter, 1s);
    QVERIFY(std::holds_alternative<protocol::Goodbye>(ann.wire->received.constLast()));
    QCOMPARE(ann.wire->closedWith, reason::GoingAway);
}

void tst_ClientLink::ignoresUnknownCommands()
{
    ServerBench bench;
    FakePeer ann(protocol::Encoding::Json);
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const auto before = ann.wire->received.size();
    ann.sendFrame(FrameType::Text, "{\"type\":\"DANCE\",\"steps\":3}");
    QVERIFY(!ann.wire->closedWith);
    QCOMPARE(ann.wire->received.size(), before);
}

QTEST_GUILESS_MAIN(tst_ClientLink)
#include "tst_clientlink.moc"
