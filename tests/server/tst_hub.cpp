#include "tests/support/sends.h"
#include "tests/support/serverbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
using protocol::ErrorCode;
using protocol::Presence;

class tst_Hub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createsJoinsAndLeavesRooms();
    void otherLinksOfTheUserLearnOfIt();
    void refusesRoomCommands_data();
    void refusesRoomCommands();
    void boundsRoomsPerUser();
    void tellsNothingBeforeARoomIsLive();
    void catchesUpThroughTheStoreThenTheTail();
    void eventBetweenTwoPagesIsNotLost();
    void leavingEndsTheLiveEvents();
    void historyScrollsBack();
    void oneTransactionIsOneMessagePerRoom();
    void presenceFollowsTheLinks();
    void presenceIsToldToThoseWhoShareARoom();
    void listsThoseWhoAreHereFirst();
    void listsGuestsOnlyWhileTheyAreHere();
    void remembersAfterARestart();
};

namespace {

const RoomId ops{u"ops"_s};

} // namespace

void tst_Hub::createsJoinsAndLeavesRooms()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob;
    const auto annUser = bench.logIn(ann, DeviceKey::generate(), u"Ann"_s).self;
    const auto bobUser = bench.logIn(bob, DeviceKey::generate(), u"Bob"_s).self;

    ann.send(protocol::CreateRoom{7, ops, u"Operations"_s});
    QVERIFY(ann.all<protocol::Joined>().isEmpty());
    bench.commit();
    const auto created = ann.all<protocol::Joined>().constFirst();
    QCOMPARE(created.requestId, 7u);
    QCOMPARE(created.room.info.title, u"Operations"_s);
    QCOMPARE(created.room.info.memberCount, 1u);
    QCOMPARE(bob.all<protocol::Rooms>().constFirst().requestId, 0u);
    QCOMPARE(bob.all<protocol::Rooms>().constFirst().rooms.constFirst().id, ops);

    bob.send(protocol::Join{8, ops});
    bench.commit();
    QCOMPARE(bob.all<protocol::Joined>().constFirst().room.members.size(), 2);
    const auto came = ann.all<protocol::MemberChanged>().constLast();
    QCOMPARE(came.room, ops);
    QCOMPARE(came.member.user, bobUser);
    QVERIFY(came.isMember);

    ann.send(protocol::Leave{9, ops});
    bench.commit();
    QCOMPARE(ann.all<protocol::Left>().constFirst().requestId, 9u);
    const auto left = bob.all<protocol::MemberChanged>().constLast();
    QCOMPARE(left.member.user, annUser);
    QVERIFY(!left.isMember);

    ann.send(protocol::RoomsGet{10});
    const auto rooms = ann.all<protocol::Rooms>().constLast();
    QCOMPARE(rooms.requestId, 10u);
    QCOMPARE(rooms.rooms.size(), 2);
    QCOMPARE(rooms.rooms.at(1).memberCount, 1u);
}

void tst_Hub::otherLinksOfTheUserLearnOfIt()
{
    ServerBench bench;
    FakePeer desk;
    FakePeer laptop;
    const DeviceKey key = DeviceKey::generate();
    bench.logIn(desk, key, u"Ann"_s);
    bench.logIn(laptop, key, u"Ann"_s);
    desk.send(protocol::CreateRoom{7, ops, {}});
    bench.commit();
    QCOMPARE(laptop.all<protocol::Joined>().constFirst().requestId, 0u);
    QCOMPARE(laptop.all<protocol::Joined>().constFirst().room.info.title, u"ops"_s);
    laptop.send(protocol::Leave{3, ops});
    bench.commit();
    QCOMPARE(desk.all<protocol::Left>().constFirst().requestId, 0u);
    QCOMPARE(laptop.all<protocol::Left>().constFirst().requestId, 3u);
}

void tst_Hub::refusesRoomCommands_data()
{
    QTest::addColumn<protocol::ClientCommand>("command");
    QTest::addColumn<ErrorCode>("code");
    using Command = protocol::ClientCommand;
    const RoomId nowhere(u"nowhere"_s);
    QTest::newRow("join unknown") << Command(protocol::Join{5, nowhere}) << ErrorCode::UnknownRoom;
    QTest::newRow("leave unknown") << Command(protocol::Leave{5, nowhere}) << ErrorCode::UnknownRoom;
    QTest::newRow("leave without being there") << Command(protocol::Leave{5, ops}) << ErrorCode::NotAMember;
    QTest::newRow("create twice") << Command(protocol::CreateRoom{5, ops, {}}) << ErrorCode::RoomExists;
    QTest::newRow("upper case") << Command(protocol::CreateRoom{5, RoomId(u"Ops"_s), {}}) << ErrorCode::BadRoomName;
    QTest::newRow("white space") << Command(protocol::CreateRoom{5, RoomId(u"a b"_s), {}}) << ErrorCode::BadRoomName;
    QTest::newRow("bad title") << Command(protocol::CreateRoom{5, RoomId(u"new"_s), u"\u202e"_s})
                               << ErrorCode::BadRequest;
    QTest::newRow("events of unknown") << Command(protocol::EventsGet{5, nowhere, 0}) << ErrorCode::UnknownRoom;
    QTest::newRow("events without being there") << Command(protocol::EventsGet{5, ops, 0}) << ErrorCode::NotAMember;
    QTest::newRow("events beyond the head") << Command(protocol::EventsGet{5, lobbyId, 9}) << ErrorCode::BadRequest;
    QTest::newRow("history without being there")
        << Command(protocol::HistoryGet{5, ops, 0, 0}) << ErrorCode::NotAMember;
}

void tst_Hub::refusesRoomCommands()
{
    QFETCH(protocol::ClientCommand, command);
    QFETCH(ErrorCode, code);
    ServerBench bench;
    FakePeer owner;
    FakePeer ann;
    bench.logIn(owner, DeviceKey::generate(), u"Bob"_s);
    owner.send(protocol::CreateRoom{1, ops, {}});
    bench.commit();
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    ann.send(command);
    bench.commit();
    const auto errors = ann.all<protocol::Error>();
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.constFirst().requestId, 5u);
    QCOMPARE(errors.constFirst().code, code);
    QVERIFY(!errors.constFirst().text.isEmpty());
    QVERIFY(!ann.wire->closedWith);
}

void tst_Hub::boundsRoomsPerUser()
{
    protocol::Limits limits;
    limits.roomsPerUser = 2;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    ann.send(protocol::CreateRoom{1, RoomId(u"one"_s), {}});
    bench.commit();
    ann.send(protocol::CreateRoom{2, RoomId(u"two"_s), {}});
    bench.commit();
    QCOMPARE(ann.all<protocol::Joined>().size(), 1);
    QCOMPARE(ann.all<protocol::Error>().constFirst().code, ErrorCode::TooManyRooms);
}

void tst_Hub::tellsNothingBeforeARoomIsLive()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    ann.send(message(u"1"_s));
    bench.commit();
    QVERIFY(bob.all<protocol::Events>().isEmpty());
    bench.goLive(bob, lobbyId);
    ann.send(message(u"2"_s));
    bench.commit();
    QStringList texts;
    for (const auto &page : bob.all<protocol::Events>()) {
        for (const auto &event : page.events)
            texts.append(event.text);
    }
    QCOMPARE(texts, (QStringList{u"1"_s, u"2"_s}));
}

void tst_Hub::catchesUpThroughTheStoreThenTheTail()
{
    protocol::Limits limits;
    limits.tailEvents = 3;
    limits.pageEvents = 4;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    for (int i = 0; i < 10; ++i)
        ann.send(message(QString::number(i + 1)));
    bench.commit();
    bench.goLive(ann, lobbyId);
    quint64 expected = 1;
    const auto pages = ann.all<protocol::Events>();
    for (const auto &page : pages) {
        QCOMPARE(page.requestId, 1u);
        QCOMPARE(page.headSeq, 10ull);
        for (const auto &event : page.events)
            QCOMPARE(event.seq, expected++);
    }
    QCOMPARE(expected, 11ull);
    QVERIFY(pages.constLast().live);
    QVERIFY(!pages.constFirst().live);
}

void tst_Hub::eventBetweenTwoPagesIsNotLost()
{
    protocol::Limits limits;
    limits.tailEvents = 1;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    ann.send(message(u"1"_s));
    ann.send(message(u"2"_s));
    bench.commit();
    ann.send(protocol::EventsGet{1, lobbyId, 0});
    // The store's page ends at the head of when it was asked, though the reader can see more by now.
    ann.send(message(u"3"_s));
    bench.commit();
    bench.readPages();
    QCOMPARE(ann.all<protocol::Events>().constLast().events.constLast().seq, 2ull);
    QCOMPARE(ann.all<protocol::Events>().constLast().headSeq, 3ull);
    ann.send(protocol::EventsGet{2, lobbyId, 2});
    QCOMPARE(ann.all<protocol::Events>().constLast().events.constFirst().seq, 3ull);
    QVERIFY(ann.all<protocol::Events>().constLast().live);
}

void tst_Hub::leavingEndsTheLiveEvents()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);
    bench.goLive(bob, lobbyId);
    ann.send(message(u"before"_s));
    bob.send(protocol::Leave{1, lobbyId});
    ann.send(message(u"after"_s));
    bench.commit();
    const auto events = bob.all<protocol::Events>();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.constLast().events.size(), 1);
    QCOMPARE(events.constLast().events.constFirst().text, u"before"_s);
}

void tst_Hub::historyScrollsBack()
{
    protocol::Limits limits;
    limits.tailEvents = 4;
    ServerBench bench(limits);
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    for (int i = 0; i < 10; ++i)
        ann.send(message(u"x"_s));
    bench.commit();
    const auto page = [&](quint64 before, quint32 count) {
        ann.send(protocol::HistoryGet{1, lobbyId, before, count});
        bench.readPages();
        const auto events = ann.all<protocol::History>().constLast().events;
        return events.isEmpty() ? u"none"_s : u"%1-%2"_s.arg(events.first().seq).arg(events.last().seq);
    };
    QCOMPARE(page(0, 3), u"8-10"_s); // from memory
    QCOMPARE(page(8, 3), u"5-7"_s); // from the store
    QCOMPARE(page(5, 0), u"1-4"_s);
    QCOMPARE(page(1, 3), u"none"_s);
}

void tst_Hub::oneTransactionIsOneMessagePerRoom()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    bench.goLive(ann, lobbyId);
    ann.send(protocol::CreateRoom{1, ops, {}});
    bench.commit();
    bench.goLive(ann, ops);
    const auto before = ann.all<protocol::Events>().size();
    for (int i = 0; i < 5; ++i) {
        ann.send(message(u"l"_s));
        ann.send(message(u"o"_s, ops));
    }
    bench.commit();
    const auto events = ann.all<protocol::Events>().mid(before);
    QCOMPARE(events.size(), 2);
    for (const auto &batch : events)
        QCOMPARE(batch.events.size(), 5);
}

void tst_Hub::presenceFollowsTheLinks()
{
    ServerBench bench;
    FakePeer watcher;
    FakePeer first;
    FakePeer second;
    FakePeer third;
    bench.logIn(watcher, DeviceKey::generate(), u"Wat"_s);
    const DeviceKey key = DeviceKey::generate();
    const UserId ann = bench.logIn(first, key, u"Ann"_s).self.id;
    const auto beat = [&] { watcher.send(protocol::Heartbeat{{}, {}, 60s, 0}); };
    const auto told = [&] {
        QList<Presence> seen;
        for (const auto &change : watcher.all<protocol::PresenceChanged>()) {
            if (change.user == ann)
                seen.append(change.presence);
        }
        return seen;
    };
    QCOMPARE(watcher.all<protocol::MemberChanged>().constLast().member.presence, Presence::Online);

    bench.logIn(second, key, u"Ann"_s); // a second link changes nothing
    first.drop();
    QVERIFY(told().isEmpty());
    second.drop();
    QCOMPARE(told(), QList{Presence::Away});
    beat();
    bench.pass(60s);
    beat();
    bench.pass(59s);
    QCOMPARE(told(), QList{Presence::Away});
    bench.pass(1'100ms);
    QCOMPARE(told(), (QList{Presence::Away, Presence::Offline}));

    bench.logIn(third, key, u"Ann"_s);
    QCOMPARE(told().constLast(), Presence::Online);
    third.send(protocol::Bye{});
    QCOMPARE(told().constLast(), Presence::Offline);
    QCOMPARE(third.wire->closedWith, protocol::close::Normal);
}

void tst_Hub::presenceIsToldToThoseWhoShareARoom()
{
    ServerBench bench;
    FakePeer stranger;
    FakePeer ann;
    bench.logIn(stranger, DeviceKey::generate(), u"Bob"_s);
    stranger.send(protocol::Leave{1, lobbyId});
    bench.commit();
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    ann.drop();
    QVERIFY(stranger.all<protocol::MemberChanged>().isEmpty());
    QVERIFY(stranger.all<protocol::PresenceChanged>().isEmpty());
}

void tst_Hub::listsThoseWhoAreHereFirst()
{
    protocol::Limits limits;
    limits.membersListed = 2;
    ServerBench bench(limits);
    for (int i = 0; i < 5; ++i) {
        FakePeer gone;
        bench.logIn(gone, DeviceKey::generate(), u"gone %1"_s.arg(i));
        gone.send(protocol::Bye{});
    }
    FakePeer ann;
    FakePeer bob;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const auto lobby = bench.logIn(bob, DeviceKey::generate(), u"Bob"_s).rooms.constFirst();
    QCOMPARE(lobby.info.memberCount, 7u);
    QCOMPARE(lobby.members.size(), 2);
    for (const auto &member : lobby.members)
        QCOMPARE(member.presence, Presence::Online);
}

void tst_Hub::listsGuestsOnlyWhileTheyAreHere()
{
    ServerBench bench;
    FakePeer watcher;
    FakePeer first;
    FakePeer again;
    bench.logIn(watcher, DeviceKey::generate(), u"Wat"_s);
    const auto told = [&] {
        QList<bool> seen;
        for (const auto &change : watcher.all<protocol::MemberChanged>())
            seen.append(change.isMember);
        return seen;
    };

    const auto welcome = bench.logInAsGuest(first, u"Gus"_s);
    QCOMPARE(welcome.rooms.constFirst().info.memberCount, 2u);
    QCOMPARE(told(), QList{true});
    first.send(protocol::Bye{});
    QCOMPARE(told(), (QList{true, false}));

    FakePeer newcomer;
    const auto lobby = bench.logIn(newcomer, DeviceKey::generate(), u"New"_s).rooms.constFirst();
    QCOMPARE(lobby.info.memberCount, 2u);
    QCOMPARE(lobby.members.size(), 2);

    const qsizetype before = told().size();
    bench.logInAsGuest(again, u"Gus"_s, welcome.guestSecret);
    QCOMPARE(told().size(), before + 1);
    QVERIFY(told().constLast());
}

void tst_Hub::remembersAfterARestart()
{
    Ledger ledger;
    Hub hub({}, ledger);
    const protocol::User ann{UserId(1), u"Ann"_s, false, 3};
    Snapshot snapshot;
    snapshot.users = {ann};
    snapshot.rooms = {{lobbyId, u"Lobby"_s, 41, 1, {ann.id}}};
    hub.load(snapshot);
    QCOMPARE(hub.room(lobbyId)->headSeq(), 41ull);
    QVERIFY(hub.person(ann.id)->rooms.contains(lobbyId));
    QCOMPARE(hub.person(ann.id)->presence, Presence::Offline);
}

QTEST_GUILESS_MAIN(tst_Hub)
#include "tst_hub.moc"
