#include "tests/support/clientbench.h"

#include <QTemporaryDir>
#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// The life of a connection when all goes well, and what belongs to which server: outbox, secret, epoch.
class TestChatClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesOnline();
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
    void aDeviceSignsNonceEpochAndCertificate_data();
    void aDeviceSignsNonceEpochAndCertificate();
    void connectStepsAreTold();
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
    QCOMPARE(bench.marks().size(), 1);
    QCOMPARE(bench.marks()[0].kind, LinkEvent::Kind::Connected);
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

void TestChatClient::aDeviceSignsNonceEpochAndCertificate_data()
{
    QTest::addColumn<QByteArray>("certificateSha256");
    QTest::newRow("plain") << QByteArray();
    QTest::newRow("encrypted") << QByteArray(32, 'c');
}

void TestChatClient::aDeviceSignsNonceEpochAndCertificate()
{
    QFETCH(QByteArray, certificateSha256);
    const DeviceKey key = DeviceKey::generate();
    ClientBench bench({u"Ann"_s, key});
    bench.openServer();
    bench.link().encryptWith(certificateSha256);
    const protocol::Ready ready = ClientBench::ready();
    const auto auth = std::get<protocol::DeviceAuth>(bench.reachHello(ready).auth);
    QCOMPARE(auth.publicKey, key.publicKey());
    const QByteArray expected = "lanline-hello-1" + ready.nonce + ready.epoch.value()
        + (certificateSha256.isEmpty() ? QByteArray(32, '\0') : certificateSha256);
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

QTEST_GUILESS_MAIN(TestChatClient)
#include "tst_chatclient.moc"
