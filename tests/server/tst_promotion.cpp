#include "protocol/hellosignature.h"
#include "server/serverhost.h"
#include "tests/support/benchclient.h"
#include "tests/support/sends.h"
#include "tests/support/serverclient.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;
using protocol::CursorState;
using protocol::Presence;

/// A standby becomes the primary: nothing is lost, nothing comes twice, and nobody else notices.
class tst_Promotion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheRoomsBeforeAnythingElse();
    void otherLinksOfTheSessionGoOn();
    void staleGenerationEndsOnlyTheStandby_data();
    void staleGenerationEndsOnlyTheStandby();
    void worksWithoutAnyPrimary();
    void unreadInputOfTheOldPrimaryIsDropped();
    void whatWasOnItsWayToTheDiskIsADuplicate();
    void everyEventComesOnce_data();
    void everyEventComesOnce();
    void resumingDoesTheSame();
    void stallsAreToldOnceWhateverTheLink();
    void overSocketsUnderTraffic_data();
    void overSocketsUnderTraffic();
};

namespace {

/// Bob, who writes; and Ann with both links, the primary live.
struct Pair
{
    Pair()
    {
        bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
        user = ann.logIn(primary).self.id;
        ann.standBy(standby);
        bench.goLive(primary, lobbyId);
        bob.wire->received.clear();
    }

    void say(const QString &text)
    {
        bob.send(message(text));
        bench.commit();
    }

    ServerBench bench;
    BenchClient ann{bench, u"Ann"_s, u"c_1"_s};
    FakePeer bob;
    FakePeer primary;
    FakePeer standby;
    UserId user;
};

/// The texts that one has read, from whatever links in this order; by seq, as a client would take them.
QStringList readFrom(const QList<const FakePeer *> &peers)
{
    QStringList texts;
    quint64 last = 0;
    for (const FakePeer *peer : peers) {
        for (const auto &page : peer->all<protocol::Events>()) {
            for (const auto &event : page.events) {
                if (event.seq <= last)
                    continue;
                if (event.seq != last + 1)
                    texts.append(u"a hole"_s);
                last = event.seq;
                texts.append(event.text);
            }
        }
    }
    return texts;
}

quint64 cursorOf(const FakePeer &peer)
{
    quint64 last = 0;
    for (const auto &page : peer.all<protocol::Events>()) {
        for (const auto &event : page.events)
            last = std::max(last, event.seq);
    }
    return last;
}

} // namespace

void tst_Promotion::tellsTheRoomsBeforeAnythingElse()
{
    Pair pair;
    pair.say(u"1"_s);
    pair.standby.wire->received.clear();
    pair.standby.send(protocol::Promote{2});
    pair.bench.turn();
    QCOMPARE(pair.primary.wire->closedWith, reason::Superseded);
    const auto &received = pair.standby.wire->received;
    QCOMPARE(received.size(), 3);
    const auto *promoted = std::get_if<protocol::Promoted>(&received.at(0));
    QVERIFY(promoted);
    QCOMPARE(promoted->generation, 2ull);
    QCOMPARE(promoted->rooms.size(), 1);
    QCOMPARE(promoted->rooms.constFirst().info.headSeq, 1ull);
    QCOMPARE(promoted->rooms.constFirst().cursor, CursorState::None);
    QCOMPARE(promoted->rooms.constFirst().members.size(), 2);
    for (const auto &member : promoted->rooms.constFirst().members)
        QCOMPARE(member.presence, Presence::Online);
    // The old link may have taken the last of these with it.
    QCOMPARE(std::get_if<protocol::StoreState>(&received.at(1))->isWritable, true);
    QCOMPARE(std::get_if<protocol::SessionClients>(&received.at(2))->clients.size(), 1);

    // No room is live before it is asked for, and the old link is in none any more.
    QCOMPARE(pair.bench.hub.person(pair.user)->links.size(), 1);
    QVERIFY(pair.bench.hub.room(lobbyId)->liveLinks().isEmpty());
    pair.say(u"2"_s);
    QCOMPARE(pair.standby.wire->received.size(), 3);
    pair.primary.drop();
    for (const auto &change : pair.bob.all<protocol::PresenceChanged>())
        QVERIFY(change.user != pair.user);
    QCOMPARE(pair.bench.hub.person(pair.user)->presence, Presence::Online);
    const auto rows = pair.bench.sessions.rows();
    QCOMPARE(rows.size(), 2);
    QVERIFY(!rows.at(1).isStandby);
    // The next one may stand by, and be promoted in its turn.
    FakePeer next;
    pair.ann.standBy(next);
    next.send(protocol::Promote{3});
    QCOMPARE(next.all<protocol::Promoted>().size(), 1);
    QCOMPARE(pair.standby.wire->closedWith, reason::Superseded);
}

void tst_Promotion::otherLinksOfTheSessionGoOn()
{
    Pair pair;
    BenchClient window(pair.bench, u"Ann"_s, u"c_2"_s, pair.ann.key());
    FakePeer other;
    window.logIn(other);
    pair.bench.goLive(other, lobbyId);
    other.send(protocol::InUse{});
    other.wire->received.clear();
    pair.standby.send(protocol::Promote{2});
    QVERIFY(other.wire->received.isEmpty());
    pair.say(u"hi"_s);
    QCOMPARE(other.all<protocol::Events>().size(), 1);
    const auto clients = pair.standby.all<protocol::SessionClients>().constLast().clients;
    QCOMPARE(clients.size(), 2);
    QVERIFY(clients.at(0).isConnected && !clients.at(0).isInUse);
    QVERIFY(clients.at(1).isInUse);
}

void tst_Promotion::staleGenerationEndsOnlyTheStandby_data()
{
    QTest::addColumn<quint64>("generation");
    QTest::newRow("older") << 4ull;
    QTest::newRow("that of the primary") << 5ull;
}

void tst_Promotion::staleGenerationEndsOnlyTheStandby()
{
    QFETCH(quint64, generation);
    Pair pair;
    FakePeer fresh;
    pair.ann.resume(fresh, 5);
    pair.bench.goLive(fresh, lobbyId);
    pair.standby.send(protocol::Promote{generation});
    QCOMPARE(pair.standby.wire->closedWith, reason::Superseded);
    QVERIFY(pair.standby.all<protocol::Promoted>().isEmpty());
    QVERIFY(!fresh.wire->closedWith);
    pair.say(u"hi"_s);
    QCOMPARE(readFrom({&fresh}), QStringList{u"hi"_s});
    FakePeer next;
    QVERIFY(pair.ann.standBy(next).session);
}

void tst_Promotion::worksWithoutAnyPrimary()
{
    Pair pair;
    pair.say(u"1"_s);
    pair.primary.drop();
    pair.say(u"2"_s);
    pair.standby.send(protocol::Promote{2});
    pair.standby.send(protocol::EventsGet{1, lobbyId, cursorOf(pair.primary)});
    pair.say(u"3"_s);
    QCOMPARE(readFrom({&pair.primary, &pair.standby}), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QVERIFY(pair.bob.all<protocol::PresenceChanged>().isEmpty());
}

void tst_Promotion::unreadInputOfTheOldPrimaryIsDropped()
{
    Pair pair;
    const auto first = message(u"first"_s);
    pair.primary.wire->isReading = false; // it is still in the server's buffers
    pair.primary.send(first);
    pair.standby.send(protocol::Promote{2});
    pair.primary.wire->isReading = true;
    pair.primary.deliver();
    pair.bench.commit();
    QCOMPARE(pair.bench.ledger.received, 0ull);
    pair.standby.send(first);
    pair.bench.commit();
    QVERIFY(!pair.standby.all<protocol::Stored>().constFirst().isDuplicate);
    QCOMPARE(pair.bench.ledger.stored, 1ull);
}

void tst_Promotion::whatWasOnItsWayToTheDiskIsADuplicate()
{
    Pair pair;
    const auto first = message(u"first"_s);
    const auto second = message(u"second"_s);
    pair.primary.send(first); // the store has it, and has not answered
    pair.standby.send(protocol::Promote{2});
    pair.standby.send(protocol::EventsGet{1, lobbyId, 0});
    pair.standby.send(first);
    pair.standby.send(second);
    pair.bench.commit();
    QVERIFY(pair.primary.all<protocol::Stored>().isEmpty());
    const auto stored = pair.standby.all<protocol::Stored>();
    QCOMPARE(stored.size(), 2);
    QVERIFY(stored.at(0).isDuplicate);
    QCOMPARE(stored.at(0).seq, 1ull);
    QVERIFY(!stored.at(1).isDuplicate);
    QCOMPARE(stored.at(1).seq, 2ull);
    QCOMPARE(readFrom({&pair.standby}), (QStringList{u"first"_s, u"second"_s}));
}

void tst_Promotion::everyEventComesOnce_data()
{
    QTest::addColumn<int>("asked"); // how many more messages there are when the client asks for its page
    QTest::addColumn<int>("tail");
    QTest::newRow("at once") << 0 << 512;
    QTest::newRow("a little later") << 3 << 512;
    QTest::newRow("when memory does not reach back any more") << 8 << 2;
}

void tst_Promotion::everyEventComesOnce()
{
    QFETCH(int, asked);
    QFETCH(int, tail);
    protocol::Limits limits;
    limits.tailEvents = tail;
    ServerBench bench(limits);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer bob;
    FakePeer primary;
    FakePeer standby;
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    ann.logIn(primary);
    ann.standBy(standby);
    bench.goLive(primary, lobbyId);
    QStringList said;
    const auto say = [&](int count) {
        for (int i = 0; i < count; ++i) {
            said.append(QString::number(said.size() + 1));
            bob.send(message(said.constLast()));
            bench.commit();
        }
    };
    say(5);
    const quint64 cursor = cursorOf(primary);
    QCOMPARE(cursor, 5ull);
    primary.wire->isOpen = false; // what the server sends from here on is lost
    say(3);
    standby.send(protocol::Promote{2});
    say(asked);
    // More is said between the pages.
    const auto isLive = [&] {
        const auto pages = standby.all<protocol::Events>();
        return std::any_of(pages.begin(), pages.end(), [](const protocol::Events &page) { return page.live; });
    };
    for (quint64 after = cursor; !isLive(); after = cursorOf(standby)) {
        standby.send(protocol::EventsGet{1, lobbyId, after});
        bench.readPages();
        say(isLive() ? 0 : 1);
        QVERIFY(said.size() < 40);
    }
    say(3);
    QCOMPARE(readFrom({&primary, &standby}), said);
    // Without a client that drops what it knows: no link got anything twice.
    QSet<quint64> seen;
    for (const FakePeer *peer : {&primary, &standby}) {
        for (const auto &page : peer->all<protocol::Events>()) {
            for (const auto &event : page.events) {
                QVERIFY(!seen.contains(event.seq));
                seen.insert(event.seq);
            }
        }
    }
}

void tst_Promotion::resumingDoesTheSame()
{
    Pair pair;
    pair.say(u"1"_s);
    FakePeer fresh;
    const auto welcome = pair.ann.resume(fresh, 2);
    QCOMPARE(pair.primary.wire->closedWith, reason::Superseded);
    QVERIFY(!pair.standby.wire->closedWith); // it stands by the new one now
    QCOMPARE(welcome.rooms.constFirst().info.headSeq, 1ull);
    fresh.send(protocol::EventsGet{1, lobbyId, cursorOf(pair.primary)});
    pair.say(u"2"_s);
    QCOMPARE(readFrom({&pair.primary, &fresh}), (QStringList{u"1"_s, u"2"_s}));
    pair.standby.send(protocol::Promote{2});
    QCOMPARE(pair.standby.wire->closedWith, reason::Superseded); // that generation is taken
}

void tst_Promotion::stallsAreToldOnceWhateverTheLink()
{
    Pair pair;
    ThreadRecord threads;
    pair.bench.sessions.keepThreads(threads);
    const auto stall = [&](const QString &what) {
        threads.add(told(ThreadKind::Storage, {SteadyTime(1s), 90ms, what}, 1));
    };
    const auto toldTo = [&](FakePeer &peer) {
        peer.send(protocol::Heartbeat{{}, ClientId(u"c_1"_s), 60s, 1});
        pair.bench.turn();
        QStringList names;
        const auto answers = peer.all<protocol::HeartbeatAck>();
        for (const protocol::ThreadStall &told : answers.constLast().stalls)
            names.append(told.what);
        return names;
    };
    stall(u"before anyone came"_s);
    BenchClient tom(pair.bench, u"Tom"_s, u"c_2"_s);
    FakePeer primary;
    FakePeer standby;
    tom.logIn(primary);
    tom.standBy(standby);
    stall(u"first"_s);
    QCOMPARE(toldTo(primary), QStringList{u"first"_s});
    QCOMPARE(toldTo(standby), QStringList());
    stall(u"second"_s);
    standby.send(protocol::Promote{2});
    QCOMPARE(toldTo(standby), QStringList{u"second"_s});
    standby.drop();
    stall(u"third"_s);
    FakePeer next;
    tom.resume(next, 3);
    QCOMPARE(toldTo(next), QStringList{u"third"_s});
}

// ---- over sockets -------------------------------------------------------------------------------------------------

namespace {

/// A device's way in over a real connection.
void sendHello(ServerClient &client, const DeviceKey &key, const std::optional<protocol::Resume> &resume)
{
    const protocol::Ready ready = client.all<protocol::Ready>().constFirst();
    protocol::Hello hello;
    hello.name = u"Ann"_s;
    hello.app = u"test 1"_s;
    hello.clientId = ClientId(u"c_1"_s);
    hello.auth = protocol::DeviceAuth{
        key.publicKey(), key.sign(protocol::helloSignatureInput(ready.nonce, ready.epoch, QByteArray()))};
    hello.resume = resume;
    client.send(hello);
}

} // namespace

void tst_Promotion::overSocketsUnderTraffic_data()
{
    QTest::addColumn<Sockets>("sockets");
    QTest::newRow("native") << Sockets::Native;
    QTest::newRow("Qt's") << Sockets::Qt;
}

void tst_Promotion::overSocketsUnderTraffic()
{
    QFETCH(Sockets, sockets);
    constexpr int rounds = 6;
    constexpr int perRound = 50;
    const QTemporaryDir dir;
    ServerOptions options;
    options.dataDir = dir.path();
    options.name = u"test host"_s;
    options.sockets = sockets;
    ServerHost host;
    QSignalSpy started(&host, &ServerHost::started);
    host.start(options);
    QVERIFY(waitUntil([&] { return started.count() == 1; }));
    const QUrl url = started.constFirst().constFirst().value<Listening>().url;

    ServerClient bob;
    QVERIFY(bob.enter(url, u"Bob"_s));
    QVERIFY(bob.goLive());
    const DeviceKey key = DeviceKey::generate();
    auto primary = std::make_unique<ServerClient>();
    QVERIFY(primary->connectTo(url));
    sendHello(*primary, key, {});
    QVERIFY(primary->waitFor<protocol::Welcome>());
    QVERIFY(primary->goLive());
    const auto session = *primary->all<protocol::Welcome>().constFirst().session;

    QList<protocol::Send> window; // what Ann has sent and the server has not acknowledged
    QSet<MessageId> acknowledged;
    QStringList read; // by Ann, by seq
    quint64 cursor = 0;
    int duplicates = 0;
    const auto take = [&](const ServerClient &link) {
        for (const auto &stored : link.all<protocol::Stored>()) {
            duplicates += stored.isDuplicate;
            acknowledged.insert(stored.messageId);
        }
        window.removeIf([&](const protocol::Send &sent) { return acknowledged.contains(sent.messageId); });
        for (const auto &event : link.events()) {
            if (event.seq <= cursor)
                continue;
            QCOMPARE(event.seq, ++cursor);
            read.append(event.text);
        }
    };
    int sent = 0;
    const auto say = [&](ServerClient &link) {
        for (int i = 0; i < perRound; ++i) {
            window.append(message(u"ann %1"_s.arg(sent)));
            link.send(window.constLast());
            bob.send(message(u"bob %1"_s.arg(sent++)));
        }
    };
    for (quint64 round = 1; round <= rounds; ++round) {
        auto standby = std::make_unique<ServerClient>();
        QVERIFY(standby->connectTo(url));
        sendHello(*standby, key, protocol::Resume{session.id, session.token, 0, protocol::LinkRole::Standby});
        QVERIFY(standby->waitFor<protocol::Welcome>());

        say(*primary);
        // Some of it is on its way, some stored, some answered: from none to all.
        const auto answered = qsizetype(round - 1) * perRound / (rounds - 1);
        const auto before = primary->all<protocol::Stored>().size();
        QVERIFY(primary->waitFor<protocol::Stored>(before + answered));
        take(*primary);
        standby->send(protocol::Promote{round + 1});
        standby->send(protocol::EventsGet{1, lobbyId, cursor});
        for (const protocol::Send &again : std::as_const(window))
            standby->send(again);
        QVERIFY(primary->waitForClose());
        QCOMPARE(int(primary->socket().closeCode()), int(reason::Superseded.code));
        QVERIFY(standby->waitFor<protocol::Promoted>());
        QVERIFY(waitUntil([&] {
            const auto pages = standby->all<protocol::Events>();
            return !pages.isEmpty() && pages.constFirst().requestId == 1;
        }));
        QVERIFY(standby->all<protocol::Events>().constFirst().live);
        QVERIFY(standby->waitFor<protocol::Stored>(window.size()));
        take(*standby);
        QVERIFY(window.isEmpty());
        primary = std::move(standby);
    }
    QVERIFY(waitUntil([&] {
        take(*primary);
        return cursor == quint64(2 * sent);
    }));

    QStringList anns;
    QStringList bobs;
    for (const QString &text : std::as_const(read))
        (text.startsWith(u"ann") ? anns : bobs).append(text);
    QStringList expectedAnns;
    QStringList expectedBobs;
    for (int i = 0; i < sent; ++i) {
        expectedAnns.append(u"ann %1"_s.arg(i));
        expectedBobs.append(u"bob %1"_s.arg(i));
    }
    QCOMPARE(anns, expectedAnns);
    QCOMPARE(bobs, expectedBobs);
    qInfo("%d promotions, %d messages each way, %d of them had been stored before the answer was lost", rounds, sent,
        duplicates);
    // Bob has seen nobody come or go.
    QCOMPARE(bob.all<protocol::MemberChanged>().size(), 1);
    QVERIFY(bob.all<protocol::PresenceChanged>().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Promotion)
#include "tst_promotion.moc"
