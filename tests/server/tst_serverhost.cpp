#include "protocol/closereasons.h"
#include "server/serverhost.h"
#include "server/store/storevalues.h"
#include "tests/support/sends.h"
#include "tests/support/serverclient.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;

class tst_ServerHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chatsInBothEncodings();
    void manyMessagesStayInOrder();
    void tellsItsOwnerWhoIsHere();
    void stopsAndStartsAgainOnTheSamePort();
    void destroyedWhileRunning();
    void stoppedWhileStarting();
    void portInUseSuggestsAnother();
    void unusableDataIsToldAndGivesThePortBack();
};

namespace {

/// A running server and its folder.
struct Host
{
    explicit Host(const QString &dir)
    {
        options.dataDir = dir;
        options.name = u"test host"_s;
    }

    bool start()
    {
        QSignalSpy started(&host, &ServerHost::started);
        host.start(options);
        if (!waitUntil([&] { return started.count() == 1; }))
            return false;
        listening = started.constFirst().constFirst().value<Listening>();
        return true;
    }

    bool stop()
    {
        QSignalSpy stopped(&host, &ServerHost::stopped);
        host.stop();
        return waitUntil([&] { return stopped.count() == 1; });
    }

    std::optional<StartFailure> failToStart()
    {
        QSignalSpy failed(&host, &ServerHost::startFailed);
        host.start(options);
        if (!waitUntil([&] { return failed.count() == 1; }))
            return std::nullopt;
        return failed.constFirst().constFirst().value<StartFailure>();
    }

    ServerOptions options;
    Listening listening;
    ServerHost host;
};

} // namespace

void tst_ServerHost::chatsInBothEncodings()
{
    const QTemporaryDir dir;
    Host host(dir.path());
    QVERIFY(host.start());
    QCOMPARE(host.listening.url, QUrl(u"ws://127.0.0.1:%1"_s.arg(host.listening.port)));

    ServerClient ann;
    ServerClient bob({QLatin1StringView(protocol::subprotocolJson)});
    ServerClient cat{QStringList()};
    QVERIFY(ann.enter(host.listening.url, u"Ann"_s));
    QVERIFY(bob.enter(host.listening.url, u"Bob"_s));
    QVERIFY(cat.enter(host.listening.url, u"Cat"_s));
    QCOMPARE(ann.encoding(), protocol::Encoding::Protobuf);
    QCOMPARE(cat.encoding(), protocol::Encoding::Json);
    QCOMPARE(ann.all<protocol::Ready>().constFirst().epoch, host.listening.epoch);
    QVERIFY(ann.goLive());
    QVERIFY(bob.goLive());
    QVERIFY(cat.goLive());

    ann.send(message(u"grüß dich 你好 🙂"_s));
    QVERIFY(ann.waitForSeq(1));
    bob.send(message(u"hello"_s));
    for (ServerClient *client : {&ann, &bob, &cat}) {
        QVERIFY(client->waitForSeq(2));
        QCOMPARE(client->events().at(0).text, u"grüß dich 你好 🙂"_s);
        QCOMPARE(client->events().at(0).author.name, u"Ann"_s);
        QCOMPARE(client->events().at(1).text, u"hello"_s);
    }
    ann.send(protocol::Heartbeat{{}, ClientId(u"c_1"_s), 15s, 99});
    QVERIFY(ann.waitFor<protocol::HeartbeatAck>());
    QCOMPARE(ann.all<protocol::HeartbeatAck>().constFirst().sentUs, 99ull);
    QVERIFY(host.stop());
}

void tst_ServerHost::manyMessagesStayInOrder()
{
    const QTemporaryDir dir;
    Host host(dir.path());
    host.options.limits.commandsInFlight = 1'000;
    QVERIFY(host.start());
    ServerClient ann;
    ServerClient bob;
    QVERIFY(ann.enter(host.listening.url, u"Ann"_s));
    QVERIFY(bob.enter(host.listening.url, u"Bob"_s));
    QVERIFY(bob.goLive());

    constexpr int each = 400;
    for (int i = 0; i < each; ++i) {
        ann.send(message(u"a%1"_s.arg(i)));
        bob.send(message(u"b%1"_s.arg(i)));
    }
    QVERIFY(bob.waitForSeq(2 * each));
    const auto events = bob.events();
    QCOMPARE(events.size(), 2 * each);
    int fromAnn = 0;
    int fromBob = 0;
    for (int i = 0; i < events.size(); ++i) {
        QCOMPARE(events.at(i).seq, quint64(i + 1));
        QCOMPARE(events.at(i).text,
            events.at(i).author.name == u"Ann"_s ? u"a%1"_s.arg(fromAnn++) : u"b%1"_s.arg(fromBob++));
    }
    // Everyone who comes later sees the same, most of it from the store's pages; only live events have traces.
    auto paged = events;
    for (protocol::Event &event : paged) {
        QVERIFY(event.trace != protocol::EventTrace{});
        event.trace = {};
    }
    ServerClient cat;
    QVERIFY(cat.enter(host.listening.url, u"Cat"_s));
    QVERIFY(cat.goLive());
    QCOMPARE(cat.events(), paged);
}

void tst_ServerHost::tellsItsOwnerWhoIsHere()
{
    const QTemporaryDir dir;
    Host host(dir.path());
    ServerStatus latest;
    connect(&host.host, &ServerHost::statusChanged, this, [&](const ServerStatus &status) { latest = status; });
    QVERIFY(host.start());
    {
        ServerClient ann;
        QVERIFY(ann.enter(host.listening.url, u"Ann"_s));
        QVERIFY(waitUntil([&] { return latest.clients.size() == 1; }));
        QCOMPARE(latest.clients.constFirst().user.name, u"Ann"_s);
        QCOMPARE(latest.clients.constFirst().app, u"test 1"_s);
        QCOMPARE(latest.clients.constFirst().address, QHostAddress(QHostAddress::LocalHost));
        ann.send(message(u"x"_s));
        QVERIFY(waitUntil([&] { return latest.totals.stored == 1; }));
        QCOMPARE(latest.clients.constFirst().messages, 1ull);
        QCOMPARE(latest.totals.users, 1u);
    }
    QVERIFY(waitUntil([&] { return latest.clients.isEmpty(); }));
}

void tst_ServerHost::stopsAndStartsAgainOnTheSamePort()
{
    const QTemporaryDir dir;
    Host host(dir.path());
    QVERIFY(host.start());
    QVERIFY(host.host.isRunning());
    const Listening first = host.listening;
    const protocol::Send sent = message(u"before"_s);
    ServerClient ann;
    QVERIFY(ann.enter(first.url, u"Ann"_s));
    ann.send(sent);
    QVERIFY(ann.waitFor<protocol::Stored>());

    QElapsedTimer stopping;
    stopping.start();
    QVERIFY(host.stop());
    QVERIFY2(stopping.elapsed() < 900, "a client that reads does not hold the server up");
    QVERIFY(!host.host.isRunning());
    QVERIFY(ann.waitForClose());
    QCOMPARE(ann.all<protocol::Goodbye>().size(), 1);
    QVERIFY(ann.all<protocol::Goodbye>().constFirst().retryAfter > 0ms);
    QCOMPARE(int(ann.socket().closeCode()), int(reason::GoingAway.code));

    host.options.port = first.port;
    QVERIFY(host.start());
    QCOMPARE(host.listening.port, first.port);
    QCOMPARE(host.listening.epoch, first.epoch);
    ServerClient bob;
    QVERIFY(bob.enter(first.url, u"Bob"_s));
    QVERIFY(bob.goLive());
    QCOMPARE(bob.events().size(), 1);
    QCOMPARE(bob.events().constFirst().messageId, sent.messageId);
}

void tst_ServerHost::destroyedWhileRunning()
{
    const QTemporaryDir dir;
    ServerClient ann;
    {
        Host host(dir.path());
        QVERIFY(host.start());
        QVERIFY(ann.enter(host.listening.url, u"Ann"_s));
    }
    QVERIFY(ann.waitForClose());
    Host again(dir.path());
    QVERIFY(again.start());
}

void tst_ServerHost::stoppedWhileStarting()
{
    const QTemporaryDir dir;
    Host host(dir.path());
    QSignalSpy started(&host.host, &ServerHost::started);
    host.host.start(host.options);
    QVERIFY(host.stop());
    QVERIFY(started.count() <= 1);
    QVERIFY(host.start());
}

void tst_ServerHost::portInUseSuggestsAnother()
{
    const QTemporaryDir dir;
    QTcpServer squatter;
    QVERIFY(squatter.listen(QHostAddress::LocalHost));
    Host host(dir.path());
    host.options.port = squatter.serverPort();
    const auto failure = host.failToStart();
    QVERIFY(failure);
    QCOMPARE(failure->kind, StartFailure::Kind::PortInUse);
    QCOMPARE(failure->port, squatter.serverPort());
    QVERIFY(failure->suggestedPort != 0 && failure->suggestedPort != failure->port);
    QVERIFY(!host.host.isRunning());

    // A failed start is over: the next one, with what was suggested, works.
    host.options.port = failure->suggestedPort;
    QVERIFY(host.start());
    QCOMPARE(host.listening.port, failure->suggestedPort);
}

void tst_ServerHost::unusableDataIsToldAndGivesThePortBack()
{
    const QTemporaryDir dir;
    const QTemporaryDir otherDir;
    Host first(dir.path());
    QVERIFY(first.start());
    Host second(dir.path());
    const auto failure = second.failToStart();
    QVERIFY(failure);
    QCOMPARE(failure->kind, StartFailure::Kind::DataUnusable);
    QVERIFY(failure->detail.contains(dir.path()));

    second.options.dataDir = otherDir.path();
    QVERIFY(second.start());
    QVERIFY(second.listening.epoch != first.listening.epoch);
}

QTEST_GUILESS_MAIN(tst_ServerHost)
#include "tst_serverhost.moc"
