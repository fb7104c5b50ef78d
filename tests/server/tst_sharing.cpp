#include "tests/support/serverbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;
using protocol::ErrorCode;

/// What the clients of one user share, and how a device becomes one of theirs.
class tst_Sharing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksReachTheOthersOnly();
    void readMarkIsBoundedByTheHead();
    void laterClientIsToldInWelcome();
    void marksOutliveTheSession();
    void promotedAndJoinedTellThem();
    void refusesMarksOf_data();
    void refusesMarksOf();
    void draftsOfAllRoomsFitAWelcome();
    void marksWaitForAStoreThatCannotWrite();
    void codeLetsADeviceIn();
    void codeIsGoodForOneDeviceOnly();
    void wrongCodeEndsTheLogin_data();
    void wrongCodeEndsTheLogin();
    void deviceOfAnotherIsRefused();
    void guestGetsNoCode();
    void lostAnswerDoesNotUseUpTheCode();
};

namespace {

const RoomId ops{u"ops"_s};

/// Ann at two devices, and Bob.
struct Bench : ServerBench
{
    Bench()
    {
        logIn(phone, annsPhone, u"Ann"_s);
        phone.send(protocol::PairingGet{7});
        const auto codes = phone.all<protocol::Pairing>();
        logInWith(desk, annsDesk, codes.isEmpty() ? QString() : codes.constFirst().code);
        logIn(bob, DeviceKey::generate(), u"Bob"_s);
    }
    protocol::Welcome logInWith(FakePeer &peer, const DeviceKey &key, const QString &code)
    {
        accept(peer);
        auto withCode = hello(peer, key, u"Ann's desk"_s);
        withCode.pairingCode = code;
        peer.send(withCode);
        commit();
        const auto welcomes = peer.all<protocol::Welcome>();
        return welcomes.isEmpty() ? protocol::Welcome{} : welcomes.constFirst();
    }
    void say(int count)
    {
        static qint64 ids = 0;
        for (int i = 0; i < count; ++i)
            bob.send(protocol::Send{lobbyId, makeMessageId(++ids), u"x"_s});
        commit();
    }

    const DeviceKey annsPhone = DeviceKey::generate();
    const DeviceKey annsDesk = DeviceKey::generate();
    FakePeer phone;
    FakePeer desk;
    FakePeer bob;
};

protocol::RoomState lobbyOf(const QList<protocol::RoomState> &rooms)
{
    for (const protocol::RoomState &room : rooms) {
        if (room.info.id == lobbyId)
            return room;
    }
    return {};
}

} // namespace

void tst_Sharing::marksReachTheOthersOnly()
{
    Bench bench;
    bench.say(3);
    bench.phone.send(protocol::MarkRead{lobbyId, 2});
    bench.phone.send(protocol::MarkRead{lobbyId, 1}); // not backwards
    bench.phone.send(protocol::SetDraft{lobbyId, u"half a sen"_s});
    bench.phone.send(protocol::SetDraft{lobbyId, u"half a sen"_s});
    QCOMPARE(bench.desk.all<protocol::ReadMark>(), (QList<protocol::ReadMark>{{lobbyId, 2}}));
    QCOMPARE(bench.desk.all<protocol::Draft>(), (QList<protocol::Draft>{{lobbyId, u"half a sen"_s}}));
    for (FakePeer *other : {&bench.phone, &bench.bob}) {
        QVERIFY(other->all<protocol::ReadMark>().isEmpty());
        QVERIFY(other->all<protocol::Draft>().isEmpty());
        QVERIFY(other->all<protocol::Error>().isEmpty());
    }
}

void tst_Sharing::readMarkIsBoundedByTheHead()
{
    Bench bench;
    bench.say(3);
    bench.phone.send(protocol::MarkRead{lobbyId, quint64(1) << 52});
    QCOMPARE(bench.desk.all<protocol::ReadMark>(), (QList<protocol::ReadMark>{{lobbyId, 3}}));
    bench.say(1);
    bench.phone.send(protocol::MarkRead{lobbyId, 4});
    QCOMPARE(bench.desk.all<protocol::ReadMark>().constLast().seq, 4ull);
}

void tst_Sharing::laterClientIsToldInWelcome()
{
    Bench bench;
    bench.say(3);
    bench.phone.send(protocol::MarkRead{lobbyId, 2});
    bench.phone.send(protocol::SetDraft{lobbyId, u"begun"_s});
    // Before anything of it is on the disk.
    FakePeer again;
    bench.accept(again);
    again.send(bench.hello(again, bench.annsDesk, u"Ann's desk"_s));
    bench.commit();
    const auto lobby = lobbyOf(again.all<protocol::Welcome>().constFirst().rooms);
    QCOMPARE(lobby.readSeq, 2ull);
    QCOMPARE(lobby.draft, u"begun"_s);
    QCOMPARE(lobbyOf(bench.bob.all<protocol::Welcome>().constFirst().rooms).readSeq, 0ull);
}

void tst_Sharing::marksOutliveTheSession()
{
    Bench bench;
    bench.say(3);
    bench.phone.send(protocol::MarkRead{lobbyId, 2});
    bench.phone.send(protocol::SetDraft{lobbyId, u"a"_s});
    bench.phone.send(protocol::SetDraft{lobbyId, u"ab"_s});
    // The session ends while the first of these is on its way to the disk.
    bench.phone.send(protocol::Bye{});
    bench.desk.send(protocol::Bye{});
    bench.commit();
    FakePeer later;
    const auto lobby = lobbyOf(bench.logIn(later, bench.annsPhone, u"Ann"_s).rooms);
    QCOMPARE(lobby.readSeq, 2ull);
    QCOMPARE(lobby.draft, u"ab"_s);
}

void tst_Sharing::promotedAndJoinedTellThem()
{
    Bench bench;
    bench.say(2);
    bench.phone.send(protocol::CreateRoom{1, ops, {}});
    bench.commit();
    bench.phone.send(protocol::SetDraft{ops, u"in ops"_s});
    bench.phone.send(protocol::MarkRead{lobbyId, 2});
    bench.phone.send(protocol::Join{2, ops});
    QCOMPARE(bench.phone.all<protocol::Joined>().constLast().room.draft, u"in ops"_s);

    const auto session = *bench.phone.all<protocol::Welcome>().constFirst().session;
    FakePeer standby;
    bench.accept(standby);
    auto hello = bench.hello(standby, bench.annsPhone, u"Ann"_s);
    hello.resume = protocol::Resume{session.id, session.token, 0, protocol::LinkRole::Standby};
    standby.send(hello);
    bench.commit();
    standby.send(protocol::Promote{session.generation + 1});
    const auto promoted = standby.all<protocol::Promoted>();
    QCOMPARE(promoted.size(), 1);
    QCOMPARE(lobbyOf(promoted.constFirst().rooms).readSeq, 2ull);

    // Left and joined again, it is a new room to her.
    standby.send(protocol::Leave{3, ops});
    bench.commit();
    standby.send(protocol::Join{4, ops});
    bench.commit();
    QCOMPARE(standby.all<protocol::Joined>().constLast().room.draft, QString());
}

void tst_Sharing::refusesMarksOf_data()
{
    QTest::addColumn<protocol::ClientCommand>("command");
    QTest::addColumn<ErrorCode>("code");
    using protocol::ClientCommand;
    const RoomId nowhere(u"nowhere"_s);
    QTest::newRow("read, no such room") << ClientCommand(protocol::MarkRead{nowhere, 1}) << ErrorCode::UnknownRoom;
    QTest::newRow("draft, no such room") << ClientCommand(protocol::SetDraft{nowhere, u"x"_s})
                                         << ErrorCode::UnknownRoom;
    QTest::newRow("read, not a member") << ClientCommand(protocol::MarkRead{ops, 1}) << ErrorCode::NotAMember;
    QTest::newRow("draft, not a member") << ClientCommand(protocol::SetDraft{ops, u"x"_s}) << ErrorCode::NotAMember;
    QTest::newRow("draft too long") << ClientCommand(protocol::SetDraft{lobbyId, QString(8'193, u'x')})
                                    << ErrorCode::TextTooLong;
}

void tst_Sharing::refusesMarksOf()
{
    QFETCH(protocol::ClientCommand, command);
    QFETCH(ErrorCode, code);
    Bench bench;
    bench.bob.send(protocol::CreateRoom{1, ops, {}});
    bench.commit();
    bench.phone.send(command);
    const auto errors = bench.phone.all<protocol::Error>();
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.constFirst().code, code);
    QCOMPARE(errors.constFirst().requestId, 0u);
    QVERIFY(!bench.phone.wire->closedWith);
    QVERIFY(bench.desk.all<protocol::Draft>().isEmpty());
    QVERIFY(bench.store.submitted.isEmpty());
}

void tst_Sharing::draftsOfAllRoomsFitAWelcome()
{
    protocol::Limits limits;
    Bench bench;
    // The worst there is: every byte takes six in JSON.
    const QString worst(limits.textBytes, QChar(1));
    for (int i = 1; i < limits.roomsPerUser; ++i) {
        const RoomId room(u"room-%1"_s.arg(i));
        bench.phone.send(protocol::CreateRoom{1, room, QString(100, u'"')});
        bench.commit();
        bench.phone.send(protocol::SetDraft{room, worst});
    }
    bench.commit();
    QVERIFY(!bench.phone.all<protocol::Error>().isEmpty());
    QCOMPARE(bench.desk.all<protocol::Draft>().size(), UserRooms::draftBytes / limits.textBytes);

    FakePeer browser(protocol::Encoding::Json);
    bench.accept(browser);
    browser.send(bench.hello(browser, bench.annsDesk, u"Ann's desk"_s));
    bench.commit();
    QCOMPARE(browser.all<protocol::Welcome>().size(), 1);
    QVERIFY(browser.wire->lastPayload.size() < limits.messageBytes);
}

void tst_Sharing::marksWaitForAStoreThatCannotWrite()
{
    Bench bench;
    bench.sessions.onStoreState({false, u"full"_s});
    bench.phone.send(protocol::SetDraft{lobbyId, u"kept"_s});
    bench.store.failCommit();
    QCOMPARE(bench.desk.all<protocol::Draft>().size(), 1);
    QVERIFY(bench.store.submitted.isEmpty());
    bench.sessions.onStoreState({true, u"again"_s});
    QCOMPARE(bench.store.submitted.size(), 1);
    bench.commit();
    QVERIFY(bench.store.submitted.isEmpty());
}

void tst_Sharing::codeLetsADeviceIn()
{
    Bench bench;
    const auto pairing = bench.phone.all<protocol::Pairing>().constFirst();
    QCOMPARE(pairing.requestId, 7u);
    QCOMPARE(pairing.validFor, 5min);
    const auto phone = bench.phone.all<protocol::Welcome>().constFirst();
    const auto desk = bench.desk.all<protocol::Welcome>().constFirst();
    QCOMPARE(desk.self, phone.self);
    QVERIFY(desk.deviceId != phone.deviceId);
    QCOMPARE(desk.session->id, phone.session->id);
    QCOMPARE(desk.clients.size(), 2);
    // Bob heard of one Ann, once.
    QVERIFY(bench.bob.all<protocol::MemberChanged>().isEmpty());

    bench.goLive(bench.phone, lobbyId);
    bench.goLive(bench.desk, lobbyId);
    bench.say(1);
    QCOMPARE(bench.phone.all<protocol::Events>().constLast().events.size(), 1);
    QCOMPARE(bench.desk.all<protocol::Events>().constLast().events.size(), 1);
}

void tst_Sharing::codeIsGoodForOneDeviceOnly()
{
    Bench bench;
    FakePeer thief;
    bench.logInWith(thief, DeviceKey::generate(), bench.phone.all<protocol::Pairing>().constFirst().code);
    QCOMPARE(thief.wire->closedWith, reason::PairingRefused);
}

void tst_Sharing::wrongCodeEndsTheLogin_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<std::chrono::milliseconds>("after");
    QTest::newRow("wrong") << u"0000-0000"_s << std::chrono::milliseconds(0);
    QTest::newRow("too late") << QString() << std::chrono::milliseconds(5min);
}

void tst_Sharing::wrongCodeEndsTheLogin()
{
    QFETCH(QString, code);
    QFETCH(std::chrono::milliseconds, after);
    Bench bench;
    bench.phone.send(protocol::PairingGet{8});
    if (code.isEmpty())
        code = bench.phone.all<protocol::Pairing>().constLast().code;
    bench.time.advance(after);
    FakePeer late;
    bench.logInWith(late, DeviceKey::generate(), code);
    QCOMPARE(late.wire->closedWith, reason::PairingRefused);
    QVERIFY(bench.store.submitted.isEmpty());
}

void tst_Sharing::deviceOfAnotherIsRefused()
{
    Bench bench;
    const DeviceKey carols = DeviceKey::generate();
    FakePeer carol;
    FakePeer again;
    FakePeer still;
    bench.logIn(carol, carols, u"Carol"_s);
    bench.phone.send(protocol::PairingGet{8});
    bench.logInWith(again, carols, bench.phone.all<protocol::Pairing>().constLast().code);
    QCOMPARE(again.wire->closedWith, reason::AuthRefused);
    QCOMPARE(bench.logIn(still, carols, u"Carol"_s).self.name, u"Carol"_s);
}

void tst_Sharing::guestGetsNoCode()
{
    Bench bench;
    FakePeer gus;
    bench.logInAsGuest(gus, u"Gus"_s);
    gus.send(protocol::PairingGet{9});
    QVERIFY(gus.all<protocol::Pairing>().isEmpty());
    QCOMPARE(gus.all<protocol::Error>().constFirst().requestId, 9u);

    FakePeer other;
    bench.phone.send(protocol::PairingGet{8});
    bench.accept(other);
    protocol::Hello hello;
    hello.name = u"Guest"_s;
    hello.auth = protocol::GuestAuth{};
    hello.pairingCode = bench.phone.all<protocol::Pairing>().constLast().code;
    other.send(hello);
    QCOMPARE(other.wire->closedWith, reason::PairingRefused);
}

void tst_Sharing::lostAnswerDoesNotUseUpTheCode()
{
    Bench bench;
    bench.phone.send(protocol::PairingGet{8});
    const QString code = bench.phone.all<protocol::Pairing>().constLast().code;
    const DeviceKey tablet = DeviceKey::generate();
    FakePeer first;
    bench.accept(first);
    auto hello = bench.hello(first, tablet, u"Tab"_s);
    hello.pairingCode = code;
    first.send(hello);
    first.drop();
    bench.commit();
    FakePeer second;
    QCOMPARE(bench.logInWith(second, tablet, code).self.name, u"Ann"_s);
}

QTEST_GUILESS_MAIN(tst_Sharing)
#include "tst_sharing.moc"
