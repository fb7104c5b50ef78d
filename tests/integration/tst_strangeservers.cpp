#include "protocol/closereasons.h"
#include "protocol/codec.h"
#include "tests/support/clientprobe.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

/// What a client says when the address leads to something else than its server.
class TestStrangeServers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyListens();
    void anHttpServer_data();
    void anHttpServer();
    void aServerThatHangsUp();
    void aWebSocketServerOfAnotherKind();
    void ourSubprotocolButGarbage_data();
    void ourSubprotocolButGarbage();
    void anotherVersion();
    void aCloseCodeIsUnderstood();
    void aServerThatTellsTooMuchAtOnce();

private:
    static QUrl urlOf(quint16 port) { return QUrl(u"ws://127.0.0.1:%1/"_s.arg(port)); }
    /// A WebSocket server that takes our subprotocol and greets as it is told.
    static std::unique_ptr<QWebSocketServer> greeter(std::function<void(QWebSocket *)> greet);
};

std::unique_ptr<QWebSocketServer> TestStrangeServers::greeter(std::function<void(QWebSocket *)> greet)
{
    auto server = std::make_unique<QWebSocketServer>(u"strange"_s, QWebSocketServer::NonSecureMode);
    server->setSupportedSubprotocols({QString::fromLatin1(protocol::subprotocolProtobuf)});
    QWebSocketServer *raw = server.get();
    connect(raw, &QWebSocketServer::newConnection, raw, [raw, greet = std::move(greet)] {
        QWebSocket *socket = raw->nextPendingConnection();
        socket->setParent(raw);
        greet(socket);
    });
    return server;
}

void TestStrangeServers::nobodyListens()
{
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(port));
    QTRY_COMPARE(ann.problem(), Problem::ConnectionRefused);
    QVERIFY(ann.phase() != Phase::Offline);
}

void TestStrangeServers::anHttpServer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("a page") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    QTest::newRow("not found") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("no HTTP at all") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n");
}

void TestStrangeServers::anHttpServer()
{
    QFETCH(QByteArray, answer);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] { socket->write(answer); });
    });
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server.serverPort()));
    QTRY_COMPARE(ann.problem(), Problem::NotAWebSocketServer);
    QCOMPARE(ann.phase(), Phase::Offline);
}

void TestStrangeServers::aServerThatHangsUp()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] { server.nextPendingConnection()->abort(); });
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server.serverPort()));
    // It may just be starting or stopping: tried again.
    QTRY_COMPARE(ann.problem(), Problem::ConnectionLost);
    QVERIFY(ann.phase() != Phase::Offline);
}

void TestStrangeServers::aWebSocketServerOfAnotherKind()
{
    QWebSocketServer server(u"foreign"_s, QWebSocketServer::NonSecureMode);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server.serverPort()));
    QTRY_COMPARE(ann.problem(), Problem::NotLanline);
    QCOMPARE(ann.phase(), Phase::Offline);
}

void TestStrangeServers::ourSubprotocolButGarbage_data()
{
    QTest::addColumn<bool>("isText");
    QTest::newRow("binary") << false;
    QTest::newRow("text") << true;
}

void TestStrangeServers::ourSubprotocolButGarbage()
{
    QFETCH(bool, isText);
    const auto server = greeter([isText](QWebSocket *socket) {
        if (isText)
            socket->sendTextMessage(u"hello"_s);
        else
            socket->sendBinaryMessage(QByteArray(100, '\xff'));
    });
    QVERIFY(server->listen(QHostAddress::LocalHost));
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server->serverPort()));
    QTRY_COMPARE(ann.problem(), Problem::NotLanline);
    QCOMPARE(ann.phase(), Phase::Offline);
}

void TestStrangeServers::anotherVersion()
{
    quint16 closeCode = 0;
    const auto server = greeter([&](QWebSocket *socket) {
        protocol::Ready ready;
        ready.versionMajor = 9;
        ready.epoch = Epoch(QByteArray(16, 'e'));
        ready.nonce = QByteArray(32, 'n');
        socket->sendBinaryMessage(protocol::encode(protocol::Encoding::Protobuf, protocol::ServerMessage(ready)));
        connect(socket, &QWebSocket::disconnected, socket,
            [&closeCode, socket] { closeCode = quint16(socket->closeCode()); });
    });
    QVERIFY(server->listen(QHostAddress::LocalHost));
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server->serverPort()));
    QTRY_COMPARE(ann.problem(), Problem::VersionMismatch);
    QCOMPARE(ann.phase(), Phase::Offline);
    // The server, too, hears why.
    QTRY_COMPARE(closeCode, protocol::close::VersionMismatch.code);
}

void TestStrangeServers::aCloseCodeIsUnderstood()
{
    const auto server = greeter([](QWebSocket *socket) {
        const protocol::CloseReason reason = protocol::close::BadName;
        socket->close(QWebSocketProtocol::CloseCode(reason.code), reason.text);
    });
    QVERIFY(server->listen(QHostAddress::LocalHost));
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server->serverPort()));
    QTRY_COMPARE(ann.problem(), Problem::BadName);
    QCOMPARE(ann.phase(), Phase::Offline);
    QCOMPARE(ann.session().state().problemDetail, QString(protocol::close::BadName.text));
}

void TestStrangeServers::aServerThatTellsTooMuchAtOnce()
{
    const auto server =
        greeter([](QWebSocket *socket) { socket->sendBinaryMessage(QByteArray(8 * 1024 * 1024, 'x')); });
    QVERIFY(server->listen(QHostAddress::LocalHost));
    ClientProbe ann(u"Ann"_s);
    ann.session().open(urlOf(server->serverPort()));
    QTRY_VERIFY(ann.problem() != Problem::None);
    QVERIFY(!ann.isOnline());
}

QTEST_GUILESS_MAIN(TestStrangeServers)
#include "tst_strangeservers.moc"
