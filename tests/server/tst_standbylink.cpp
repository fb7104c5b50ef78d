#include "tests/support/benchclient.h"
#include "tests/support/sends.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;
using protocol::LinkRole;
using protocol::Presence;

/// A client's second link, while it waits and when it ends.
class tst_StandbyLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsWithoutHearingAnything();
    void mayOnlyBeatPromoteAndLeave_data();
    void mayOnlyBeatPromoteAndLeave();
    void changesNothingForOthers();
    void newerOneReplacesTheOlder();
    void outlivesThePrimary();
    void bringsItsClientBack();
    void endsByItsOwnDeadline();
    void byeOnEitherLinkEndsBoth_data();
    void byeOnEitherLinkEndsBoth();
    void unknownClientHasNone();
    void isARowOfItsOwn();
};

namespace {

/// A bystander, a client with both links, and what the bystander saw of its person.
struct Pair
{
    Pair()
    {
        bench.logIn(watcher, DeviceKey::generate(), u"Wat"_s);
        user = ann.logIn(primary).self.id;
        welcome = ann.standBy(standby);
        watcher.wire->received.clear();
    }

    QList<Presence> told() const
    {
        QList<Presence> seen;
        for (const auto &change : watcher.all<protocol::PresenceChanged>()) {
            if (change.user == user)
                seen.append(change.presence);
        }
        return seen;
    }

    ServerBench bench;
    BenchClient ann{bench, u"Ann"_s, u"c_1"_s};
    FakePeer watcher;
    FakePeer primary;
    FakePeer standby;
    UserId user;
    protocol::Welcome welcome; ///< the standby's
};

} // namespace

void tst_StandbyLink::waitsWithoutHearingAnything()
{
    Pair pair;
    QVERIFY(pair.welcome.session);
    QCOMPARE(pair.welcome.session->role, LinkRole::Standby);
    QCOMPARE(pair.welcome.session->generation, 1ull);
    QVERIFY(pair.welcome.session->isResumed);
    QVERIFY(pair.welcome.rooms.isEmpty());
    pair.standby.wire->received.clear();

    // All that a primary hears of: messages, members, presence, rooms, the store, other clients.
    pair.bench.goLive(pair.primary, lobbyId);
    pair.watcher.send(message(u"hi"_s));
    pair.watcher.send(protocol::CreateRoom{1, RoomId(u"ops"_s), {}});
    pair.primary.send(protocol::Join{2, RoomId(u"ops"_s)});
    pair.bench.commit();
    pair.primary.send(protocol::CreateRoom{3, RoomId(u"own"_s), {}});
    FakePeer newcomer;
    pair.bench.logIn(newcomer, DeviceKey::generate(), u"New"_s);
    newcomer.drop();
    pair.bench.sessions.onStoreState({false, u"full"_s});
    BenchClient window(pair.bench, u"Ann"_s, u"c_2"_s, pair.ann.key());
    FakePeer other;
    window.logIn(other);
    pair.bench.turn();
    QVERIFY(pair.primary.wire->received.size() > 6);
    QVERIFY(pair.standby.wire->received.isEmpty());

    pair.standby.send(protocol::Heartbeat{{}, {}, 15s, 4711});
    QCOMPARE(pair.standby.wire->received.size(), 1);
    QCOMPARE(pair.standby.all<protocol::HeartbeatAck>().constFirst().sentUs, 4711ull);
}

void tst_StandbyLink::mayOnlyBeatPromoteAndLeave_data()
{
    QTest::addColumn<protocol::ClientCommand>("command");
    using Command = protocol::ClientCommand;
    QTest::newRow("send") << Command(message(u"x"_s));
    QTest::newRow("join") << Command(protocol::Join{1, lobbyId});
    QTest::newRow("leave") << Command(protocol::Leave{1, lobbyId});
    QTest::newRow("create") << Command(protocol::CreateRoom{1, RoomId(u"ops"_s), {}});
    QTest::newRow("rooms") << Command(protocol::RoomsGet{1});
    QTest::newRow("events") << Command(protocol::EventsGet{1, lobbyId, 0});
    QTest::newRow("history") << Command(protocol::HistoryGet{1, lobbyId, 0, 0});
    QTest::newRow("status") << Command(protocol::StatusGet{1});
    QTest::newRow("in use") << Command(protocol::InUse{});
    QTest::newRow("mark") << Command(protocol::MarkRead{lobbyId, 1});
    QTest::newRow("draft") << Command(protocol::SetDraft{lobbyId, u"d"_s});
    QTest::newRow("pairing") << Command(protocol::PairingGet{1});
    protocol::Hello hello;
    hello.name = u"Ann"_s;
    hello.auth = protocol::GuestAuth{};
    QTest::newRow("hello") << Command(hello);
}

void tst_StandbyLink::mayOnlyBeatPromoteAndLeave()
{
    QFETCH(protocol::ClientCommand, command);
    Pair pair;
    pair.standby.send(command);
    QCOMPARE(pair.standby.wire->closedWith, reason::OutOfOrder);
    pair.bench.commit();
    QVERIFY(!pair.primary.wire->closedWith);
    QVERIFY(pair.told().isEmpty());
    // And a primary has nothing to be promoted to.
    pair.primary.send(protocol::Promote{2});
    QCOMPARE(pair.primary.wire->closedWith, reason::OutOfOrder);
}

void tst_StandbyLink::changesNothingForOthers()
{
    Pair pair;
    BenchClient window(pair.bench, u"Ann"_s, u"c_2"_s, pair.ann.key());
    FakePeer other;
    window.logIn(other);
    other.wire->received.clear();
    pair.primary.wire->received.clear();
    pair.standby.drop();
    FakePeer next;
    pair.ann.standBy(next);
    next.drop();
    QVERIFY(pair.watcher.wire->received.isEmpty());
    QVERIFY(other.wire->received.isEmpty());
    QVERIFY(pair.primary.wire->received.isEmpty());
}

void tst_StandbyLink::newerOneReplacesTheOlder()
{
    Pair pair;
    FakePeer newer;
    QCOMPARE(pair.ann.standBy(newer).session->role, LinkRole::Standby);
    QCOMPARE(pair.standby.wire->closedWith, reason::Superseded);
    pair.standby.drop();
    newer.send(protocol::Promote{2});
    QCOMPARE(newer.all<protocol::Promoted>().size(), 1);
}

void tst_StandbyLink::outlivesThePrimary()
{
    Pair pair;
    BenchClient window(pair.bench, u"Ann"_s, u"c_2"_s, pair.ann.key());
    FakePeer other;
    window.logIn(other);
    const auto before = other.all<protocol::SessionClients>().size();
    pair.primary.drop();
    QCOMPARE(other.all<protocol::SessionClients>().size(), before); // the client is as connected as before
    other.send(protocol::Bye{});
    for (int i = 0; i < 6; ++i) {
        pair.watcher.send(protocol::Heartbeat{{}, {}, 60s, 0});
        pair.standby.send(protocol::Heartbeat{{}, {}, 60s, 0});
        pair.bench.pass(30s);
    }
    QVERIFY(pair.told().isEmpty());
    QVERIFY(!pair.standby.wire->closedWith);
    pair.standby.drop();
    QCOMPARE(pair.told(), QList{Presence::Away});
}

void tst_StandbyLink::bringsItsClientBack()
{
    Pair pair;
    pair.primary.drop();
    pair.standby.drop();
    QCOMPARE(pair.told(), QList{Presence::Away});
    FakePeer back;
    QVERIFY(pair.ann.standBy(back).session);
    QCOMPARE(pair.told(), (QList{Presence::Away, Presence::Online}));
    back.send(protocol::Promote{2});
    QCOMPARE(back.all<protocol::Promoted>().size(), 1);
    QCOMPARE(pair.told().size(), 2);
}

void tst_StandbyLink::endsByItsOwnDeadline()
{
    Pair pair;
    const auto beat = [](FakePeer &peer, std::chrono::milliseconds next) {
        peer.send(protocol::Heartbeat{{}, {}, next, 0});
    };
    beat(pair.primary, 60s);
    beat(pair.watcher, 60s);
    beat(pair.standby, 1s);
    pair.bench.pass(1'600ms);
    QCOMPARE(pair.standby.wire->closedWith, reason::HeartbeatMissed);
    QVERIFY(!pair.primary.wire->closedWith);

    FakePeer next;
    pair.ann.standBy(next);
    beat(next, 60s);
    beat(pair.primary, 1s);
    pair.bench.pass(1'600ms);
    QCOMPARE(pair.primary.wire->closedWith, reason::HeartbeatMissed);
    QVERIFY(!next.wire->closedWith);
    QVERIFY(pair.told().isEmpty());
}

void tst_StandbyLink::byeOnEitherLinkEndsBoth_data()
{
    QTest::addColumn<bool>("isOnStandby");
    QTest::newRow("primary") << false;
    QTest::newRow("standby") << true;
}

void tst_StandbyLink::byeOnEitherLinkEndsBoth()
{
    QFETCH(bool, isOnStandby);
    Pair pair;
    (isOnStandby ? pair.standby : pair.primary).send(protocol::Bye{});
    QCOMPARE(pair.primary.wire->closedWith, reason::Normal);
    QCOMPARE(pair.standby.wire->closedWith, reason::Normal);
    QCOMPARE(pair.told(), QList{Presence::Offline});
    pair.primary.drop();
    pair.standby.drop();
    QCOMPARE(pair.told().size(), 1);
    QCOMPARE(pair.bench.sessions.status().users, 1u);
}

void tst_StandbyLink::unknownClientHasNone()
{
    Pair pair;
    BenchClient window(pair.bench, u"Ann"_s, u"c_2"_s, pair.ann.key());
    window.session = pair.ann.session;
    FakePeer peer;
    window.standBy(peer);
    QCOMPARE(peer.wire->closedWith, reason::SessionGone);
    QVERIFY(pair.primary.all<protocol::SessionClients>().isEmpty());
}

void tst_StandbyLink::isARowOfItsOwn()
{
    Pair pair;
    BenchClient window(pair.bench, u"Ann"_s, u"c_2"_s, pair.ann.key());
    FakePeer other;
    window.logIn(other);
    pair.standby.send(protocol::Heartbeat{{}, {}, 30s, 0});
    const auto rows = pair.bench.sessions.rows();
    QCOMPARE(rows.size(), 4);
    QVERIFY(!rows.at(1).isStandby);
    QVERIFY(rows.at(2).isStandby);
    QCOMPARE(rows.at(2).client, rows.at(1).client);
    QCOMPARE(rows.at(1).heartbeat, 0ms);
    QCOMPARE(rows.at(2).heartbeat, 30s);
    QCOMPARE(rows.at(2).user, rows.at(1).user);
    QCOMPARE(rows.at(2).app, u"test 1"_s);
    QVERIFY(rows.at(3).client != rows.at(1).client);
    QCOMPARE(pair.bench.sessions.status().connections, 4u);
    QCOMPARE(pair.bench.sessions.status().users, 2u);
}

QTEST_GUILESS_MAIN(tst_StandbyLink)
#include "tst_standbylink.moc"
