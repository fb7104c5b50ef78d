#include "protocol/hellosignature.h"
#include "tests/support/serverbench.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;

using HelloEdit = std::function<void(protocol::Hello &)>;

class tst_Login : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysReadyFirst();
    void welcomesADevice();
    void knowsADeviceAgain();
    void guestComesBackWithItsSecret();
    void guestWithAnUnknownSecretIsNew();
    void refusesHello_data();
    void refusesHello();
    void refusesASignatureForAnotherConnection();
    void signatureCoversTheCertificate_data();
    void signatureCoversTheCertificate();
    void nameBelongsToItsFirstKey();
    void nameIsFreeForGuests();
    void renamesIfFree();
    void commandBeforeHelloIsOutOfOrder_data();
    void commandBeforeHelloIsOutOfOrder();
    void secondHelloIsOutOfOrder();
    void commandsBehindTheHelloWait();
    void closesWithoutHelloInTime();
    void storeFailureEndsTheLogin();
    void connectionLostDuringTheLoginIsNoLeak();
    void judgesCursors_data();
    void judgesCursors();
};

void tst_Login::saysReadyFirst()
{
    ServerBench bench;
    FakePeer peer;
    bench.accept(peer);
    QCOMPARE(peer.wire->received.size(), 1);
    const auto ready = peer.all<protocol::Ready>().constFirst();
    QCOMPARE(ready.nonce.size(), 32);
    QCOMPARE(ready.epoch, bench.store.snapshot().epoch);
    QCOMPARE(ready.versionMajor, protocol::versionMajor);

    FakePeer other;
    bench.accept(other);
    QVERIFY(other.all<protocol::Ready>().constFirst().nonce != ready.nonce);
}

void tst_Login::welcomesADevice()
{
    ServerBench bench;
    FakePeer peer;
    const DeviceKey key = DeviceKey::generate();
    const auto welcome = bench.logIn(peer, key, u"  Ann  Lee "_s);
    QCOMPARE(welcome.self.name, u"Ann Lee"_s);
    QVERIFY(!welcome.self.isGuest);
    QCOMPARE(welcome.self.hue, quint8(key.publicKey().front()));
    QCOMPARE(welcome.deviceId, key.deviceId());
    QVERIFY(welcome.guestSecret.isEmpty());
    QCOMPARE(welcome.rooms.size(), 1);
    QCOMPARE(welcome.rooms.constFirst().info.id, lobbyId);
    QCOMPARE(welcome.rooms.constFirst().members.size(), 1);
    QCOMPARE(welcome.rooms.constFirst().members.constFirst().presence, protocol::Presence::Online);
}

void tst_Login::knowsADeviceAgain()
{
    ServerBench bench;
    FakePeer first;
    FakePeer second;
    const DeviceKey key = DeviceKey::generate();
    const auto before = bench.logIn(first, key, u"Ann"_s);
    first.drop();
    const auto after = bench.logIn(second, key, u"Ann"_s);
    QCOMPARE(after.self, before.self);
}

void tst_Login::guestComesBackWithItsSecret()
{
    ServerBench bench;
    FakePeer first;
    FakePeer second;
    const auto before = bench.logInAsGuest(first, u"Gus"_s);
    QVERIFY(before.self.isGuest);
    QCOMPARE(before.guestSecret.size(), 32);
    const auto after = bench.logInAsGuest(second, u"Gustav"_s, before.guestSecret);
    QCOMPARE(after.self.id, before.self.id);
    QCOMPARE(after.deviceId, before.deviceId);
    QCOMPARE(after.self.name, u"Gustav"_s);
    QVERIFY(after.guestSecret.isEmpty());
}

void tst_Login::guestWithAnUnknownSecretIsNew()
{
    ServerBench bench;
    FakePeer first;
    FakePeer second;
    const auto before = bench.logInAsGuest(first, u"Gus"_s);
    const auto after = bench.logInAsGuest(second, u"Gus"_s, QByteArray(32, 'x'));
    QVERIFY(after.self.id != before.self.id);
    QCOMPARE(after.guestSecret.size(), 32);
}

void tst_Login::refusesHello_data()
{
    QTest::addColumn<HelloEdit>("edit");
    QTest::addColumn<quint16>("code");

    QTest::newRow("newer major version") << HelloEdit([](protocol::Hello &hello) { hello.versionMajor = 2; })
                                         << reason::VersionMismatch.code;
    QTest::newRow("empty name") << HelloEdit([](protocol::Hello &hello) { hello.name = u" "_s; })
                                << reason::BadName.code;
    QTest::newRow("invisible name") << HelloEdit([](protocol::Hello &hello) { hello.name = u"\u200b"_s; })
                                    << reason::BadName.code;
    QTest::newRow("signature of nothing")
        << HelloEdit([](protocol::Hello &hello) { std::get<protocol::DeviceAuth>(hello.auth).signature.fill('\0'); })
        << reason::AuthRefused.code;
    QTest::newRow("another key's signature") << HelloEdit([](protocol::Hello &hello) {
        std::get<protocol::DeviceAuth>(hello.auth).publicKey = DeviceKey::generate().publicKey();
    }) << reason::AuthRefused.code;
}

void tst_Login::refusesHello()
{
    QFETCH(HelloEdit, edit);
    QFETCH(quint16, code);
    ServerBench bench;
    FakePeer peer;
    bench.accept(peer);
    auto hello = bench.hello(peer, DeviceKey::generate(), u"Ann"_s);
    edit(hello);
    peer.send(hello);
    QVERIFY(peer.wire->closedWith);
    QCOMPARE(peer.wire->closedWith->code, code);
    QVERIFY(bench.store.submitted.isEmpty());
}

void tst_Login::refusesASignatureForAnotherConnection()
{
    ServerBench bench;
    FakePeer watched;
    FakePeer thief;
    bench.accept(watched);
    bench.accept(thief);
    thief.send(bench.hello(watched, DeviceKey::generate(), u"Ann"_s));
    QCOMPARE(thief.wire->closedWith, reason::AuthRefused);
}

void tst_Login::signatureCoversTheCertificate_data()
{
    QTest::addColumn<bool>("isEncrypted");
    QTest::addColumn<QByteArray>("signedCertificate");
    QTest::addColumn<bool>("isRight");
    const QByteArray ours = ServerBench::certificateSha256();
    QTest::newRow("encrypted, ours") << true << ours << true;
    QTest::newRow("encrypted, of one in between") << true << QByteArray(32, 'x') << false;
    QTest::newRow("encrypted, none") << true << QByteArray() << false;
    QTest::newRow("plain, none") << false << QByteArray() << true;
    QTest::newRow("plain, ours") << false << ours << false;
}

void tst_Login::signatureCoversTheCertificate()
{
    QFETCH(bool, isEncrypted);
    QFETCH(QByteArray, signedCertificate);
    QFETCH(bool, isRight);
    ServerBench bench;
    FakePeer peer;
    peer.wire->isEncrypted = isEncrypted;
    bench.accept(peer);
    const DeviceKey key = DeviceKey::generate();
    auto hello = bench.hello(peer, key, u"Ann"_s);
    const auto ready = peer.all<protocol::Ready>().constFirst();
    std::get<protocol::DeviceAuth>(hello.auth).signature =
        key.sign(protocol::helloSignatureInput(ready.nonce, ready.epoch, signedCertificate));
    peer.send(hello);
    QCOMPARE(bench.store.submitted.size(), isRight ? 1 : 0);
    QCOMPARE(peer.wire->closedWith, isRight ? std::nullopt : std::optional(reason::AuthRefused));
}

void tst_Login::nameBelongsToItsFirstKey()
{
    ServerBench bench;
    FakePeer owner;
    FakePeer other;
    bench.logIn(owner, DeviceKey::generate(), u"Straße"_s);
    owner.drop();
    bench.logIn(other, DeviceKey::generate(), u"STRASSE"_s);
    QCOMPARE(other.wire->closedWith, reason::NameTaken);
}

void tst_Login::nameIsFreeForGuests()
{
    ServerBench bench;
    FakePeer owner;
    FakePeer guest;
    bench.logIn(owner, DeviceKey::generate(), u"Ann"_s);
    const auto welcome = bench.logInAsGuest(guest, u"Ann"_s);
    QCOMPARE(welcome.self.name, u"Ann"_s);
    QVERIFY(welcome.self.isGuest);
}

void tst_Login::renamesIfFree()
{
    ServerBench bench;
    FakePeer ann;
    FakePeer bob;
    FakePeer annAgain;
    FakePeer annStill;
    const DeviceKey key = DeviceKey::generate();
    const auto before = bench.logIn(ann, key, u"Ann"_s);
    bench.logIn(bob, DeviceKey::generate(), u"Bob"_s);

    const auto after = bench.logIn(annAgain, key, u"Anna"_s);
    QCOMPARE(after.self.id, before.self.id);
    QCOMPARE(after.self.name, u"Anna"_s);
    const auto told = bob.all<protocol::MemberChanged>();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().member.user.name, u"Anna"_s);
    QVERIFY(told.constFirst().isMember);

    bench.logIn(annStill, key, u"bob"_s);
    QCOMPARE(annStill.wire->closedWith, reason::NameTaken);
    QCOMPARE(bench.hub.person(before.self.id)->user.name, u"Anna"_s);
}

void tst_Login::commandBeforeHelloIsOutOfOrder_data()
{
    QTest::addColumn<protocol::ClientCommand>("command");
    const MessageId id = makeMessageId(0);
    QTest::newRow("SEND") << protocol::ClientCommand(protocol::Send{lobbyId, id, u"x"_s});
    QTest::newRow("HEARTBEAT") << protocol::ClientCommand(protocol::Heartbeat{{}, {}, 1s, 0});
    QTest::newRow("JOIN") << protocol::ClientCommand(protocol::Join{1, lobbyId});
    QTest::newRow("EVENTS_GET") << protocol::ClientCommand(protocol::EventsGet{1, lobbyId, 0});
    QTest::newRow("STATUS_GET") << protocol::ClientCommand(protocol::StatusGet{1});
}

void tst_Login::commandBeforeHelloIsOutOfOrder()
{
    QFETCH(protocol::ClientCommand, command);
    ServerBench bench;
    FakePeer peer;
    bench.accept(peer);
    peer.send(command);
    QCOMPARE(peer.wire->closedWith, reason::OutOfOrder);
}

void tst_Login::secondHelloIsOutOfOrder()
{
    ServerBench bench;
    FakePeer peer;
    const DeviceKey key = DeviceKey::generate();
    bench.logIn(peer, key, u"Ann"_s);
    peer.send(bench.hello(peer, key, u"Ann"_s));
    QCOMPARE(peer.wire->closedWith, reason::OutOfOrder);
}

void tst_Login::commandsBehindTheHelloWait()
{
    ServerBench bench;
    FakePeer peer;
    bench.accept(peer);
    peer.send(bench.hello(peer, DeviceKey::generate(), u"Ann"_s));
    peer.send(protocol::StatusGet{5});
    QVERIFY(peer.all<protocol::Status>().isEmpty());
    bench.commit();
    peer.deliver();
    QVERIFY(!peer.wire->closedWith);
    QCOMPARE(peer.all<protocol::Status>().constFirst().requestId, 5u);
}

void tst_Login::closesWithoutHelloInTime()
{
    protocol::Limits limits;
    limits.helloTimeout = 2s;
    ServerBench bench(limits);
    FakePeer peer;
    bench.accept(peer);
    bench.pass(2s);
    QVERIFY(!peer.wire->closedWith);
    bench.pass(100ms);
    QCOMPARE(peer.wire->closedWith, reason::HelloTimeout);
}

void tst_Login::storeFailureEndsTheLogin()
{
    ServerBench bench;
    FakePeer unlucky;
    bench.accept(unlucky);
    unlucky.send(bench.hello(unlucky, DeviceKey::generate(), u"Ann"_s));
    bench.store.failCommit();
    QCOMPARE(unlucky.wire->closedWith, reason::StoreFailed);

    FakePeer crowded;
    bench.accept(crowded);
    bench.store.isFull = true;
    crowded.send(bench.hello(crowded, DeviceKey::generate(), u"Ann"_s));
    QCOMPARE(crowded.wire->closedWith, reason::StoreFailed);
}

void tst_Login::connectionLostDuringTheLoginIsNoLeak()
{
    ServerBench bench;
    FakePeer bystander;
    FakePeer hasty;
    bench.logIn(bystander, DeviceKey::generate(), u"Bob"_s);
    bench.accept(hasty);
    hasty.send(bench.hello(hasty, DeviceKey::generate(), u"Ann"_s));
    hasty.drop();
    bench.commit();
    QCOMPARE(bench.sessions.status().connections, 1u);
    QCOMPARE(bench.hub.onlineCount(), 1);
    // Stored is stored: she is a member now, only not here.
    const auto told = bystander.all<protocol::MemberChanged>();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().member.presence, protocol::Presence::Offline);
}

void tst_Login::judgesCursors_data()
{
    QTest::addColumn<quint64>("seq");
    QTest::addColumn<bool>("isIdRight");
    QTest::addColumn<bool>("isEpochRight");
    QTest::addColumn<protocol::CursorState>("state");
    using protocol::CursorState;
    QTest::newRow("right") << 1ull << true << true << CursorState::Valid;
    QTest::newRow("another message there") << 1ull << false << true << CursorState::Unknown;
    QTest::newRow("beyond the head") << 9ull << true << true << CursorState::Unknown;
    QTest::newRow("another epoch") << 1ull << true << false << CursorState::Unknown;
    QTest::newRow("nothing stored") << 0ull << false << true << CursorState::None;
}

void tst_Login::judgesCursors()
{
    QFETCH(quint64, seq);
    QFETCH(bool, isIdRight);
    QFETCH(bool, isEpochRight);
    QFETCH(protocol::CursorState, state);
    ServerBench bench;
    FakePeer peer;
    FakePeer again;
    const DeviceKey key = DeviceKey::generate();
    bench.logIn(peer, key, u"Ann"_s);
    const MessageId id = makeMessageId(1);
    peer.send(protocol::Send{lobbyId, id, u"hello"_s});
    bench.commit();

    bench.accept(again);
    auto hello = bench.hello(again, key, u"Ann"_s);
    hello.epoch = isEpochRight ? bench.store.snapshot().epoch : Epoch(QByteArray(16, 'e'));
    hello.cursors = {{lobbyId, seq, isIdRight ? id : makeMessageId(2)}};
    again.send(hello);
    bench.commit();
    QCOMPARE(again.all<protocol::Welcome>().constFirst().rooms.constFirst().cursor, state);
}

QTEST_GUILESS_MAIN(tst_Login)
#include "tst_login.moc"
