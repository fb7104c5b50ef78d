#include "protocol/closereasons.h"
#include "server/serverhost.h"
#include "server/store/storevalues.h"
#include "tests/support/sends.h"
#include "tests/support/serverclient.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;

using Deed = std::function<void(ServerClient &)>;

/// Peers that do what they must not, against a real server, beside someone who only wants to chat.
class tst_BadPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void closedWithAReason_data();
    void closedWithAReason();
    void errorButNoEnd_data();
    void errorButNoEnd();
    void noHelloInTime();
    void refusedBeforeTheUpgrade_data();
    void refusedBeforeTheUpgrade();
    void slowReaderIsClosedWhileOthersAreServed();
    void serverIsFull();

private:
    QTemporaryDir m_dir;
    ServerHost m_host;
    ServerStatus m_status;
    QUrl m_url;
    std::unique_ptr<ServerClient> m_bystander;
};

namespace {

constexpr auto helloTimeout = 400ms;
constexpr int connectionsPerAddress = 6;

/// A masked text frame, as a client that is not Qt's would write it.
QByteArray textFrame(const QByteArray &payload)
{
    Q_ASSERT(payload.size() < 126);
    return QByteArray("\x81") + char(0x80 | payload.size()) + QByteArray(4, '\0') + payload;
}

} // namespace

void tst_BadPeers::initTestCase()
{
    ServerOptions options;
    options.dataDir = m_dir.path();
    options.name = u"test"_s;
    options.limits.helloTimeout = helloTimeout;
    options.limits.handshakeTimeout = 400ms;
    options.limits.connectionsPerAddress = connectionsPerAddress;
    options.limits.pauseReadingAtBytes = 32 * 1024;
    options.limits.slowReaderAtBytes = 256 * 1024;
    connect(&m_host, &ServerHost::statusChanged, this, [this](const ServerStatus &status) { m_status = status; });
    QSignalSpy started(&m_host, &ServerHost::started);
    m_host.start(options);
    QVERIFY(waitUntil([&] { return started.count() == 1; }));
    m_url = started.constFirst().constFirst().value<Listening>().url;
    m_bystander = std::make_unique<ServerClient>();
    QVERIFY(m_bystander->enter(m_url, u"Bob"_s));
    QVERIFY(m_bystander->goLive());
}

/// Whatever happened: the bystander is here, and chats.
void tst_BadPeers::cleanup()
{
    const qsizetype stored = m_bystander->all<protocol::Stored>().size();
    m_bystander->send(message(u"all well"_s));
    QVERIFY(m_bystander->waitFor<protocol::Stored>(stored + 1));
    QVERIFY(m_bystander->waitForSeq(m_bystander->all<protocol::Stored>().constLast().seq));
    QVERIFY(waitUntil([this] { return m_status.totals.connections == 1; }));
}

void tst_BadPeers::closedWithAReason_data()
{
    QTest::addColumn<bool>("isJson");
    QTest::addColumn<bool>("entersFirst");
    QTest::addColumn<Deed>("deed");
    QTest::addColumn<quint16>("code");

    const auto hello = [](const std::function<void(protocol::Hello &)> &edit) {
        return Deed([edit](ServerClient &client) {
            protocol::Hello greeting;
            greeting.name = u"Eve"_s;
            greeting.auth = protocol::GuestAuth{};
            edit(greeting);
            client.send(greeting);
        });
    };
    QTest::newRow("protobuf garbage") << false << true << Deed([](ServerClient &client) {
        client.socket().sendBinaryMessage("\xff\xfe\xfd");
    }) << reason::BadFrame.code;
    QTest::newRow("garbage for a hello") << true << false << Deed([](ServerClient &client) {
        client.socket().sendTextMessage(u"hello?"_s);
    }) << reason::BadFrame.code;
    QTest::newRow("text on protobuf") << false << true
                                      << Deed([](ServerClient &client) { client.socket().sendTextMessage(u"{}"_s); })
                                      << reason::WrongFrameType.code;
    QTest::newRow("binary on JSON") << true << true
                                    << Deed([](ServerClient &client) { client.socket().sendBinaryMessage("{}"); })
                                    << reason::WrongFrameType.code;
    QTest::newRow("frame too big") << false << true << Deed([](ServerClient &client) {
        client.socket().setOutgoingFrameSize(128 * 1024);
        client.socket().sendBinaryMessage(QByteArray(100 * 1024, 'x'));
    }) << reason::MessageTooBig.code;
    QTest::newRow("message too big") << false << true << Deed([](ServerClient &client) {
        client.socket().setOutgoingFrameSize(32 * 1024);
        client.socket().sendBinaryMessage(QByteArray(2 * 1024 * 1024, 'x'));
    }) << reason::MessageTooBig.code;
    QTest::newRow("wrong version") << false << false << hello([](protocol::Hello &h) { h.versionMajor = 99; })
                                   << reason::VersionMismatch.code;
    QTest::newRow("no name") << false << false << hello([](protocol::Hello &h) { h.name.clear(); })
                             << reason::BadName.code;
    QTest::newRow("forged signature") << false << false << hello([](protocol::Hello &h) {
        h.auth = protocol::DeviceAuth{QByteArray(32, 'k'), QByteArray(64, 's')};
    }) << reason::AuthRefused.code;
    QTest::newRow("command before the hello")
        << false << false << Deed([](ServerClient &client) { client.send(protocol::RoomsGet{1}); })
        << reason::OutOfOrder.code;
    QTest::newRow("two hellos") << false << true << hello([](protocol::Hello &) {}) << reason::OutOfOrder.code;
}

void tst_BadPeers::closedWithAReason()
{
    QFETCH(bool, isJson);
    QFETCH(bool, entersFirst);
    QFETCH(Deed, deed);
    QFETCH(quint16, code);
    ServerClient eve({QLatin1StringView(isJson ? protocol::subprotocolJson : protocol::subprotocolProtobuf)});
    QVERIFY(entersFirst ? eve.enter(m_url, u"Eve"_s) : eve.connectTo(m_url));
    deed(eve);
    QVERIFY(eve.waitForClose());
    QCOMPARE(int(eve.socket().closeCode()), int(code));
}

void tst_BadPeers::errorButNoEnd_data()
{
    QTest::addColumn<protocol::ClientCommand>("command");
    QTest::addColumn<protocol::ErrorCode>("code");
    using Command = protocol::ClientCommand;
    using protocol::ErrorCode;
    const RoomId nowhere(u"nowhere"_s);
    QTest::newRow("send to an unknown room")
        << Command(protocol::Send{nowhere, makeMessageId(1), u"x"_s}) << ErrorCode::UnknownRoom;
    QTest::newRow("text over the limit") << Command(message(QString(9'000, u'x'))) << ErrorCode::TextTooLong;
    QTest::newRow("empty text") << Command(message({})) << ErrorCode::TextEmpty;
    QTest::newRow("join an unknown room") << Command(protocol::Join{1, nowhere}) << ErrorCode::UnknownRoom;
    QTest::newRow("bad room name") << Command(protocol::CreateRoom{1, RoomId(u"A B"_s), {}}) << ErrorCode::BadRoomName;
}

void tst_BadPeers::errorButNoEnd()
{
    QFETCH(protocol::ClientCommand, command);
    QFETCH(protocol::ErrorCode, code);
    ServerClient eve;
    QVERIFY(eve.enter(m_url, u"Eve"_s));
    eve.send(command);
    QVERIFY(
        waitUntil([&] { return !eve.all<protocol::Error>().isEmpty() || !eve.all<protocol::Refused>().isEmpty(); }));
    if (std::holds_alternative<protocol::Send>(command))
        QCOMPARE(eve.all<protocol::Refused>().constFirst().code, code);
    else
        QCOMPARE(eve.all<protocol::Error>().constFirst().code, code);
    eve.send(message(u"still here"_s));
    QVERIFY(eve.waitFor<protocol::Stored>());
}

void tst_BadPeers::noHelloInTime()
{
    ServerClient mute;
    QVERIFY(mute.connectTo(m_url));
    QVERIFY(mute.waitForClose());
    QCOMPARE(int(mute.socket().closeCode()), int(reason::HelloTimeout.code));
}

void tst_BadPeers::refusedBeforeTheUpgrade_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("status"); // empty: no answer, only the end
    QTest::newRow("a browser's GET") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") << QByteArray("426");
    QTest::newRow("another path") << QByteArray("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n") << QByteArray("404");
    QTest::newRow("only unknown subprotocols") << QByteArray(
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: mqtt\r\n\r\n") << QByteArray("400");
    QTest::newRow("not HTTP") << QByteArray("\x16\x03\x01\r\n\r\n") << QByteArray("400");
    QTest::newRow("endless head") << QByteArray(20'000, 'h') << QByteArray("431");
    QTest::newRow("silence") << QByteArray() << QByteArray();
    QTest::newRow("half a request") << QByteArray("GET / HTTP/1.1\r\nHost:") << QByteArray();
}

void tst_BadPeers::refusedBeforeTheUpgrade()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, status);
    QTcpSocket stranger;
    QByteArray answer;
    connect(&stranger, &QTcpSocket::readyRead, this, [&] { answer += stranger.readAll(); });
    stranger.connectToHost(m_url.host(), quint16(m_url.port()));
    stranger.write(sent);
    QVERIFY(waitUntil([&] { return stranger.state() == QAbstractSocket::ConnectedState; }));
    QVERIFY(waitUntil([&] { return stranger.state() == QAbstractSocket::UnconnectedState; }));
    QCOMPARE(answer.mid(int(strlen("HTTP/1.1 ")), 3), status);
}

void tst_BadPeers::slowReaderIsClosedWhileOthersAreServed()
{
    QTcpSocket slow;
    slow.setReadBufferSize(1); // the kernel keeps the rest, and then the server must
    slow.connectToHost(m_url.host(), quint16(m_url.port()));
    slow.write("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    // Not in one packet with the request: QWebSocketServer loses what comes with it.
    QVERIFY(waitUntil([&] { return m_status.totals.connections == 2 || slow.bytesAvailable() > 0; }));
    slow.write(textFrame("{\"type\":\"HELLO\",\"version_major\":1,\"name\":\"Slow\",\"auth\":{\"guest\":{}}}"));
    QVERIFY(waitUntil([&] { return m_status.clients.size() == 2; }));
    slow.write(textFrame(protocol::encode(protocol::Encoding::Json,
        protocol::ClientCommand(
            protocol::EventsGet{1, lobbyId, m_bystander->all<protocol::Stored>().constLast().seq}))));

    const auto isGone = [&] { return m_status.clients.size() == 1; };
    qsizetype stored = m_bystander->all<protocol::Stored>().size();
    for (int i = 0; i < 4'000 && !isGone(); ++i) {
        m_bystander->send(message(QString(8'000, u'x')));
        QVERIFY(m_bystander->waitFor<protocol::Stored>(++stored));
    }
    QVERIFY(isGone());
    QVERIFY(m_bystander->waitForSeq(m_bystander->all<protocol::Stored>().constLast().seq));
}

void tst_BadPeers::serverIsFull()
{
    std::vector<std::unique_ptr<ServerClient>> clients;
    for (int i = 1; i < connectionsPerAddress; ++i) {
        clients.push_back(std::make_unique<ServerClient>());
        QVERIFY(clients.back()->enter(m_url, u"guest %1"_s.arg(i)));
    }
    ServerClient tooMany;
    QSignalSpy closed(&tooMany.socket(), &QWebSocket::disconnected);
    tooMany.socket().open(m_url);
    QVERIFY(waitUntil([&] { return closed.count() == 1; }));
    QCOMPARE(int(tooMany.socket().closeCode()), int(reason::ServerFull.code));

    clients.pop_back();
    QVERIFY(waitUntil([&] { return m_status.clients.size() == connectionsPerAddress - 1; }));
    ServerClient next;
    QVERIFY2(next.enter(m_url, u"next"_s), qPrintable(QString::number(next.socket().closeCode())));
}

QTEST_GUILESS_MAIN(tst_BadPeers)
#include "tst_badpeers.moc"
