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

/// What outlives a connection: who is here, for how long after the last link, and which client is in use.
class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void welcomeTellsTheSession();
    void clientsOfAUserShareTheirSession();
    void comesBackWithinTheGraceTime();
    void endsWithTheGraceTime();
    void unknownSessionIsALogin();
    void takesOverFromALinkThatStillStands();
    void staleGenerationIsRefused();
    void refusesWhatIsAnothers_data();
    void refusesWhatIsAnothers();
    void byeEndsOnlyItsOwnClient();
    void clientThatIsGoneIsForgottenBesideAnother();
    void longestGoneMakesRoom();
    void fullSessionRefusesAnother();
    void inUseFollowsThePerson();
    void inUseGoesToTheLatestWhenItsLinksAreGone();
    void clientThatKnowsNoSessionsLeavesNothingBehind();
    void loginWhoseLinkIsGoneIsNobodysPresence();
    void stoppingServerTellsNobodyOfTheOthers();
};

namespace {

/// A bystander, who sees the presence of others.
struct Watcher
{
    explicit Watcher(ServerBench &bench) { bench.logIn(peer, DeviceKey::generate(), u"Wat"_s); }

    void beat() { peer.send(protocol::Heartbeat{{}, {}, 60s, 0}); }
    QList<Presence> told(UserId user) const
    {
        QList<Presence> seen;
        for (const auto &change : peer.all<protocol::PresenceChanged>()) {
            if (change.user == user)
                seen.append(change.presence);
        }
        return seen;
    }

    FakePeer peer;
};

/// "c_1 c_2*": in the order of the list, * the one in use, brackets around one that is not connected.
QString shown(const QList<protocol::SessionClient> &clients)
{
    QStringList words;
    for (const protocol::SessionClient &client : clients) {
        const QString word = client.clientId.value() + (client.isInUse ? u"*"_s : QString());
        words.append(client.isConnected ? word : u"("_s + word + u")"_s);
    }
    return words.join(u' ');
}

QString lastTold(const FakePeer &peer)
{
    const auto told = peer.all<protocol::SessionClients>();
    return told.isEmpty() ? u"nothing"_s : shown(told.constLast().clients);
}

} // namespace

void tst_Session::welcomeTellsTheSession()
{
    ServerBench bench;
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer peer;
    const auto welcome = ann.logIn(peer);
    QVERIFY(welcome.session);
    QCOMPARE(welcome.session->id.value().size(), 16);
    QCOMPARE(welcome.session->token.size(), 32);
    QCOMPARE(welcome.session->generation, 1ull);
    QCOMPARE(welcome.session->role, LinkRole::Primary);
    QVERIFY(!welcome.session->isResumed);
    QCOMPARE(welcome.session->graceTime, 120s);
    QCOMPARE(shown(welcome.clients), u"c_1*"_s);
    QCOMPARE(welcome.clients.constFirst().app, u"test 1"_s);
    QCOMPARE(welcome.rooms.constFirst().members.constFirst().presence, Presence::Online);
}

void tst_Session::clientsOfAUserShareTheirSession()
{
    ServerBench bench;
    BenchClient desk(bench, u"Ann"_s, u"c_1"_s);
    BenchClient window(bench, u"Ann"_s, u"c_2"_s, desk.key());
    BenchClient bob(bench, u"Bob"_s, u"c_3"_s);
    FakePeer first;
    FakePeer second;
    FakePeer third;
    desk.logIn(first);
    const auto welcome = window.logIn(second);
    bob.logIn(third);
    QCOMPARE(window.session.id, desk.session.id);
    QCOMPARE(window.session.token, desk.session.token);
    QVERIFY(!window.session.isResumed);
    QVERIFY(bob.session.id != desk.session.id);
    QVERIFY(bob.session.token != desk.session.token);

    QCOMPARE(shown(welcome.clients), u"c_1* c_2"_s);
    QVERIFY(second.all<protocol::SessionClients>().isEmpty()); // it is all in WELCOME
    QCOMPARE(first.all<protocol::SessionClients>().size(), 1);
    QCOMPARE(lastTold(first), u"c_1* c_2"_s);
    QVERIFY(third.all<protocol::SessionClients>().isEmpty());
}

void tst_Session::comesBackWithinTheGraceTime()
{
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer before;
    const UserId user = ann.logIn(before).self.id;
    const auto session = ann.session;
    before.drop();
    QCOMPARE(watcher.told(user), QList{Presence::Away});
    watcher.beat();
    bench.pass(60s);

    FakePeer after;
    const auto welcome = ann.resume(after, 2);
    QVERIFY(welcome.session->isResumed);
    QCOMPARE(welcome.session->id, session.id);
    QCOMPARE(welcome.session->token, session.token);
    QCOMPARE(welcome.session->generation, 2ull);
    QCOMPARE(watcher.told(user), (QList{Presence::Away, Presence::Online}));
    // The grace time that has begun is over with that.
    for (int i = 0; i < 8; ++i) {
        watcher.beat();
        after.send(protocol::Heartbeat{{}, {}, 60s, 0});
        bench.pass(30s);
    }
    QVERIFY(!after.wire->closedWith);
    QCOMPARE(watcher.told(user).size(), 2);
}

void tst_Session::endsWithTheGraceTime()
{
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer before;
    const UserId user = ann.logIn(before).self.id;
    const auto session = ann.session;
    before.drop();
    watcher.beat();
    bench.pass(60s);
    watcher.beat();
    bench.pass(60s);
    QCOMPARE(watcher.told(user), QList{Presence::Away});
    bench.pass(100ms);
    QCOMPARE(watcher.told(user), (QList{Presence::Away, Presence::Offline}));
    QCOMPARE(bench.hub.person(user)->presence, Presence::Offline);

    FakePeer standby;
    ann.standBy(standby);
    QCOMPARE(standby.wire->closedWith, reason::SessionGone);
    QCOMPARE(watcher.told(user).size(), 2);

    FakePeer after;
    const auto welcome = ann.resume(after, 7);
    QVERIFY(!welcome.session->isResumed);
    QVERIFY(welcome.session->id != session.id);
    QVERIFY(welcome.session->token != session.token);
    QCOMPARE(watcher.told(user), (QList{Presence::Away, Presence::Offline, Presence::Online}));
}

void tst_Session::unknownSessionIsALogin()
{
    ServerBench bench;
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer peer;
    const auto welcome =
        ann.ask(peer, protocol::Resume{SessionId(QByteArray(16, 'x')), QByteArray(32, 'y'), 9, LinkRole::Primary});
    QVERIFY(welcome.session);
    QVERIFY(!welcome.session->isResumed);
    QCOMPARE(welcome.session->generation, 9ull);
    QCOMPARE(welcome.rooms.size(), 1);
}

void tst_Session::takesOverFromALinkThatStillStands()
{
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    BenchClient window(bench, u"Ann"_s, u"c_2"_s, ann.key());
    FakePeer before;
    FakePeer other;
    FakePeer after;
    const UserId user = ann.logIn(before).self.id;
    window.logIn(other);
    bench.goLive(before, lobbyId);
    before.wire->received.clear();
    other.wire->received.clear();

    const auto welcome = ann.resume(after, 2);
    QVERIFY(welcome.session->isResumed);
    QCOMPARE(before.wire->closedWith, reason::Superseded);
    QCOMPARE(bench.hub.person(user)->links.size(), 2);
    QVERIFY(bench.hub.room(lobbyId)->liveLinks().isEmpty());
    bench.goLive(after, lobbyId);
    other.send(message(u"hi"_s));
    bench.commit();
    QVERIFY(before.all<protocol::Events>().isEmpty());
    QCOMPARE(after.all<protocol::Events>().constLast().events.constFirst().text, u"hi"_s);
    before.drop();
    // Nobody notices, but for what the one in use has said.
    QVERIFY(watcher.told(user).isEmpty());
    QCOMPARE(other.all<protocol::SessionClients>().size(), 1);
    QCOMPARE(lastTold(other), u"c_1 c_2*"_s);
}

void tst_Session::staleGenerationIsRefused()
{
    ServerBench bench;
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer first;
    FakePeer second;
    FakePeer late;
    ann.logIn(first);
    ann.resume(second, 5);
    ann.resume(late, 5);
    QCOMPARE(late.wire->closedWith, reason::Superseded);
    QVERIFY(late.all<protocol::Welcome>().isEmpty());
    second.send(message(u"still here"_s));
    bench.commit();
    QCOMPARE(second.all<protocol::Stored>().size(), 1);
}

void tst_Session::refusesWhatIsAnothers_data()
{
    QTest::addColumn<LinkRole>("role");
    QTest::addColumn<bool>("isOwnSession");
    QTest::addColumn<bool>("isTokenRight");
    QTest::newRow("wrong token") << LinkRole::Primary << true << false;
    QTest::newRow("wrong token, standby") << LinkRole::Standby << true << false;
    QTest::newRow("another user's session") << LinkRole::Primary << false << true;
    QTest::newRow("another user's session, standby") << LinkRole::Standby << false << true;
}

void tst_Session::refusesWhatIsAnothers()
{
    QFETCH(LinkRole, role);
    QFETCH(bool, isOwnSession);
    QFETCH(bool, isTokenRight);
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    BenchClient eve(bench, u"Eve"_s, u"c_1"_s);
    FakePeer annPeer;
    FakePeer evePeer;
    FakePeer peer;
    const UserId user = ann.logIn(annPeer).self.id;
    const UserId eveUser = eve.logIn(evePeer).self.id;
    evePeer.drop();
    const auto before = watcher.told(eveUser);
    const auto wanted = isOwnSession ? eve.session : ann.session;
    eve.ask(peer, protocol::Resume{wanted.id, isTokenRight ? wanted.token : QByteArray(32, 'x'), 9, role});
    QCOMPARE(peer.wire->closedWith, reason::AuthRefused);
    QVERIFY(peer.all<protocol::Welcome>().isEmpty());
    // No one has come by that, and nobody was sent away.
    QCOMPARE(watcher.told(eveUser), before);
    QVERIFY(watcher.told(user).isEmpty());
    QVERIFY(!annPeer.wire->closedWith);
    QVERIFY(annPeer.all<protocol::SessionClients>().isEmpty());
}

void tst_Session::byeEndsOnlyItsOwnClient()
{
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient desk(bench, u"Ann"_s, u"c_1"_s);
    BenchClient window(bench, u"Ann"_s, u"c_2"_s, desk.key());
    FakePeer first;
    FakePeer second;
    const UserId user = desk.logIn(first).self.id;
    window.logIn(second);
    first.send(protocol::Bye{});
    QCOMPARE(first.wire->closedWith, reason::Normal);
    QVERIFY(!second.wire->closedWith);
    QCOMPARE(lastTold(second), u"c_2*"_s);
    QVERIFY(watcher.told(user).isEmpty());
    second.send(protocol::Bye{});
    QCOMPARE(watcher.told(user), QList{Presence::Offline});
    // It is gone at once, not after the grace time.
    FakePeer again;
    QVERIFY(!window.resume(again, 2).session->isResumed);
}

void tst_Session::clientThatIsGoneIsForgottenBesideAnother()
{
    ServerBench bench;
    BenchClient desk(bench, u"Ann"_s, u"c_1"_s);
    BenchClient window(bench, u"Ann"_s, u"c_2"_s, desk.key());
    FakePeer first;
    FakePeer second;
    desk.logIn(first);
    window.logIn(second);
    first.drop();
    QCOMPARE(lastTold(second), u"(c_1) c_2*"_s);
    second.send(protocol::Heartbeat{{}, {}, 60s, 0});
    bench.pass(60s);
    second.send(protocol::Heartbeat{{}, {}, 60s, 0});
    bench.pass(60s);
    QCOMPARE(lastTold(second), u"(c_1) c_2*"_s);
    bench.pass(100ms);
    QCOMPARE(lastTold(second), u"c_2*"_s);
    QCOMPARE(second.all<protocol::SessionClients>().size(), 2);

    FakePeer standby;
    desk.standBy(standby);
    QCOMPARE(standby.wire->closedWith, reason::SessionGone);
    FakePeer again;
    QVERIFY(desk.resume(again, 2).session->isResumed);
    QCOMPARE(lastTold(second), u"c_2* c_1"_s);
}

void tst_Session::longestGoneMakesRoom()
{
    protocol::Limits limits;
    limits.clientsPerSession = 3;
    ServerBench bench(limits);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    BenchClient second(bench, u"Ann"_s, u"c_2"_s, ann.key());
    BenchClient third(bench, u"Ann"_s, u"c_3"_s, ann.key());
    BenchClient fourth(bench, u"Ann"_s, u"c_4"_s, ann.key());
    std::array<FakePeer, 4> peers;
    ann.logIn(peers[0]);
    second.logIn(peers[1]);
    third.logIn(peers[2]);
    peers[2].drop();
    bench.pass(1s);
    peers[1].drop();
    QCOMPARE(lastTold(peers[0]), u"c_1* (c_2) (c_3)"_s);
    QCOMPARE(shown(fourth.logIn(peers[3]).clients), u"c_1* (c_2) c_4"_s);
    QCOMPARE(lastTold(peers[0]), u"c_1* (c_2) c_4"_s);
}

void tst_Session::fullSessionRefusesAnother()
{
    protocol::Limits limits;
    limits.clientsPerSession = 2;
    ServerBench bench(limits);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    BenchClient second(bench, u"Ann"_s, u"c_2"_s, ann.key());
    BenchClient third(bench, u"Ann"_s, u"c_3"_s, ann.key());
    FakePeer firstPeer;
    FakePeer secondPeer;
    FakePeer thirdPeer;
    FakePeer standby;
    ann.logIn(firstPeer);
    second.logIn(secondPeer);
    third.logIn(thirdPeer);
    QCOMPARE(thirdPeer.wire->closedWith, reason::ServerFull);
    QCOMPARE(firstPeer.all<protocol::SessionClients>().size(), 1);
    // A second link is no further client.
    QCOMPARE(second.standBy(standby).session->role, LinkRole::Standby);
}

void tst_Session::inUseFollowsThePerson()
{
    ServerBench bench;
    BenchClient desk(bench, u"Ann"_s, u"c_1"_s);
    BenchClient window(bench, u"Ann"_s, u"c_2"_s, desk.key());
    FakePeer first;
    FakePeer second;
    desk.logIn(first);
    window.logIn(second);
    const auto changes = [&](const protocol::ClientCommand &command) {
        const auto before = first.all<protocol::SessionClients>().size();
        second.send(command);
        const bool isNew = first.all<protocol::SessionClients>().size() > before;
        first.send(protocol::InUse{});
        return isNew && lastTold(second) == u"c_1* c_2"_s && lastTold(first) == u"c_1* c_2"_s;
    };
    QVERIFY(changes(protocol::InUse{}));
    QVERIFY(changes(message(u"x"_s)));
    QVERIFY(changes(message(QString()))); // who tries to, is there
    QVERIFY(changes(protocol::MarkRead{lobbyId, 1}));
    QVERIFY(changes(protocol::SetDraft{lobbyId, u"d"_s}));
    QVERIFY(!changes(protocol::RoomsGet{1}));
    QVERIFY(!changes(protocol::Heartbeat{{}, {}, 15s, 0}));
    // The one that is in use already is no news.
    const auto before = second.all<protocol::SessionClients>().size();
    first.send(protocol::InUse{});
    first.send(message(u"y"_s));
    QCOMPARE(second.all<protocol::SessionClients>().size(), before);
}

void tst_Session::inUseGoesToTheLatestWhenItsLinksAreGone()
{
    ServerBench bench;
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    BenchClient second(bench, u"Ann"_s, u"c_2"_s, ann.key());
    BenchClient third(bench, u"Ann"_s, u"c_3"_s, ann.key());
    FakePeer firstPeer;
    FakePeer secondPeer;
    FakePeer thirdPeer;
    FakePeer back;
    ann.logIn(firstPeer);
    second.logIn(secondPeer);
    third.logIn(thirdPeer);
    secondPeer.send(protocol::InUse{});
    thirdPeer.send(protocol::InUse{});
    thirdPeer.drop();
    QCOMPARE(lastTold(firstPeer), u"c_1 c_2* (c_3)"_s);
    QCOMPARE(firstPeer.all<protocol::SessionClients>().size(), 5); // two came, two were used, one left
    // Back, it does not take away what its person has turned to.
    third.resume(back, 2);
    QCOMPARE(lastTold(firstPeer), u"c_1 c_2* c_3"_s);
    // Having taken over counts as use.
    firstPeer.send(protocol::InUse{});
    firstPeer.drop();
    QCOMPARE(lastTold(secondPeer), u"(c_1) c_2* c_3"_s);
    secondPeer.send(protocol::Bye{});
    QCOMPARE(lastTold(back), u"(c_1) c_3*"_s);
}

void tst_Session::clientThatKnowsNoSessionsLeavesNothingBehind()
{
    ServerBench bench;
    Watcher watcher(bench);
    const DeviceKey key = DeviceKey::generate();
    FakePeer first;
    const UserId user = bench.logIn(first, key, u"Ann"_s).self.id;
    for (int i = 0; i < 40; ++i) {
        FakePeer again;
        const auto welcome = bench.logIn(again, key, u"Ann"_s);
        QCOMPARE(welcome.clients.size(), 2);
        QVERIFY(!welcome.session->isResumed);
        again.drop();
    }
    // The one before may not know yet that it is cut off.
    FakePeer last;
    bench.logIn(last, key, u"Ann"_s);
    first.drop();
    last.send(protocol::Bye{});
    QCOMPARE(watcher.told(user), QList{Presence::Offline});
}

void tst_Session::loginWhoseLinkIsGoneIsNobodysPresence()
{
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer peer;
    bench.accept(peer);
    peer.send(ann.hello(peer, {}));
    peer.drop();
    bench.commit();
    const auto came = watcher.peer.all<protocol::MemberChanged>();
    QCOMPARE(came.size(), 1);
    QCOMPARE(came.constFirst().member.user.name, u"Ann"_s);
    QCOMPARE(came.constFirst().member.presence, Presence::Offline);
    QCOMPARE(bench.sessions.status().users, 1u);
}

void tst_Session::stoppingServerTellsNobodyOfTheOthers()
{
    ServerBench bench;
    Watcher watcher(bench);
    BenchClient ann(bench, u"Ann"_s, u"c_1"_s);
    FakePeer primary;
    FakePeer standby;
    const UserId user = ann.logIn(primary).self.id;
    ann.standBy(standby);
    bench.sessions.dismissAll(u"stopping"_s, 1s);
    for (FakePeer *peer : {&primary, &standby, &watcher.peer}) {
        QVERIFY(std::holds_alternative<protocol::Goodbye>(peer->wire->received.constLast()));
        QCOMPARE(peer->wire->closedWith, reason::GoingAway);
        peer->drop();
    }
    bench.turn();
    QVERIFY(watcher.told(user).isEmpty());
    QVERIFY(bench.sessions.isEmpty());
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
