#include "server/net/frameheader.h"
#include "server/net/listener.h"
#include "tests/support/serverclient.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <sys/socket.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

/// Connections from their first byte to their last, over both kinds of sockets, with real ones on the other end.
class tst_Listener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void whatFollowsTheRequestInOnePacketIsNotLost();
    void requestMayComeByteByByte();
    void healthIsToldAndTheConnectionEnds();
    void halfClosedClientStillGetsItsAnswer();
    void unfinishedRequestIsDroppedInTime();
    void largeMessagesComeBack();
    void peerThatDoesNotReadIsNotReadEither();
    void subscriberThatDoesNotReadIsClosedAndTheOthersGetAll();
    void closeIsAnsweredAndTheConnectionEnds();
    void peerThatNeverAnswersACloseIsDropped();
    void thoseWhoAreTooManyAreTold();
    void portInUseIsTold();

private:
    QUrl url(const QString &path) const { return {u"ws://127.0.0.1:%1%2"_s.arg(m_listener->port()).arg(path)}; }
    void makeListener();

    SystemTime m_time;
    ListenOptions m_options;
    std::vector<std::unique_ptr<Transport>> m_accepted;
    std::unique_ptr<Listener> m_listener;
};

namespace {

constexpr auto echoPath = "/bench/echo";

QByteArray upgradeRequest(const QByteArray &path)
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

/// Masked with zeros.
QByteArray clientFrame(Opcode opcode, const QByteArray &payload)
{
    QByteArray header = FrameHeader(opcode, true, quint64(payload.size())).bytes().toByteArray();
    header[1] = char(header.at(1) | '\x80');
    return header + QByteArray(4, '\0') + payload;
}

/// A client that does only what a test tells it to.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] {
            if (reads)
                received += socket.readAll();
        });
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }

    bool waitFor(const QByteArray &text)
    {
        return waitUntil([&] { return received.contains(text); });
    }
    bool waitForEnd()
    {
        return waitUntil([&] { return wasConnected && socket.state() == QAbstractSocket::UnconnectedState; });
    }
    bool connects()
    {
        return wasConnected = waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; });
    }

    QTcpSocket socket;
    QByteArray received;
    bool reads = true;
    bool wasConnected = false;
};

} // namespace

void tst_Listener::initTestCase_data()
{
    QTest::addColumn<Sockets>("sockets");
    QTest::newRow("native") << Sockets::Native;
    QTest::newRow("qt") << Sockets::Qt;
}

void tst_Listener::init()
{
    QFETCH_GLOBAL(Sockets, sockets);
    m_options = {};
    m_options.sockets = sockets;
    m_options.rules.hasBenchEndpoints = true;
    m_options.limits.handshakeTimeout = 300ms;
    makeListener();
}

void tst_Listener::makeListener()
{
    m_listener = std::make_unique<Listener>(m_options, m_time,
        [this](std::unique_ptr<Transport> transport) { m_accepted.push_back(std::move(transport)); });
    QVERIFY(!m_listener->listen(QHostAddress(QHostAddress::LocalHost), 0));
    m_listener->startAccepting();
}

void tst_Listener::cleanup()
{
    m_accepted.clear();
    m_listener.reset();
}

void tst_Listener::whatFollowsTheRequestInOnePacketIsNotLost()
{
    RawClient client(m_listener->port());
    client.socket.write(
        upgradeRequest(echoPath) + clientFrame(Opcode::Text, "first") + clientFrame(Opcode::Text, "second"));
    QVERIFY(client.connects());
    QVERIFY(client.waitFor("\x81\x05"
                           "first\x81\x06second"));
    QVERIFY(client.received.startsWith("HTTP/1.1 101 "));
}

void tst_Listener::requestMayComeByteByByte()
{
    RawClient client(m_listener->port());
    QVERIFY(client.connects());
    client.socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    for (const char byte : upgradeRequest(echoPath) + clientFrame(Opcode::Binary, "slowly")) {
        client.socket.write(&byte, 1);
        client.socket.flush();
        QCoreApplication::processEvents();
    }
    QVERIFY(client.waitFor("\x82\x06slowly"));
}

void tst_Listener::healthIsToldAndTheConnectionEnds()
{
    RawClient client(m_listener->port());
    client.socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(client.connects());
    QVERIFY(client.waitForEnd());
    QVERIFY(client.received.startsWith("HTTP/1.1 200 "));
    QVERIFY(client.received.endsWith("\r\n\r\n{\"status\":\"ok\"}\n"));
}

void tst_Listener::halfClosedClientStillGetsItsAnswer()
{
    RawClient client(m_listener->port());
    QVERIFY(client.connects());
    client.socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(client.socket.waitForBytesWritten());
    ::shutdown(int(client.socket.socketDescriptor()), SHUT_WR);
    // To Qt's sockets a peer that says no more is one that has gone.
    QFETCH_GLOBAL(Sockets, sockets);
    QVERIFY(sockets == Sockets::Native ? client.waitFor("{\"status\":\"ok\"}") : client.waitForEnd());
}

void tst_Listener::unfinishedRequestIsDroppedInTime()
{
    RawClient client(m_listener->port());
    client.socket.write("GET / HTTP/1.1\r\nHost:");
    QVERIFY(client.connects());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(client.waitForEnd());
    QVERIFY(client.received.isEmpty());
    QVERIFY2(timer.hasExpired(200), "dropped before its time");
}

void tst_Listener::largeMessagesComeBack()
{
    QWebSocket client;
    QByteArray received;
    connect(&client, &QWebSocket::binaryMessageReceived, this, [&](const QByteArray &message) { received = message; });
    client.open(url(QLatin1StringView(echoPath)));
    QVERIFY(waitUntil([&] { return client.state() == QAbstractSocket::ConnectedState; }));
    QByteArray sent(2 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < sent.size(); ++i)
        sent[i] = char(i * 31 + i / 251);
    client.sendBinaryMessage(sent);
    QVERIFY(waitUntil([&] { return received.size() == sent.size(); }));
    QVERIFY(received == sent);
}

void tst_Listener::peerThatDoesNotReadIsNotReadEither()
{
    RawClient client(m_listener->port());
    client.reads = false;
    client.socket.setReadBufferSize(1);
    client.socket.write(upgradeRequest(echoPath));
    QVERIFY(client.connects());
    // What the kernel and the server hold of it stays bounded: the rest waits in the client.
    const QByteArray frame = clientFrame(Opcode::Binary, QByteArray(64 * 1024, 'x'));
    constexpr int frames = 192;
    for (int i = 0; i < frames; ++i)
        client.socket.write(frame);
    qint64 waiting = client.socket.bytesToWrite();
    QVERIFY(waitUntil([&] {
        QTest::qWait(100); // for want of a signal of nothing happening
        return std::exchange(waiting, client.socket.bytesToWrite()) == client.socket.bytesToWrite();
    }));
    QVERIFY2(waiting > 4 * 1024 * 1024, qPrintable(QString::number(waiting)));
    // It reads again, and nothing has been lost.
    client.reads = true;
    client.socket.setReadBufferSize(0);
    client.received += client.socket.readAll();
    const qsizetype echoes = frames * (frame.size() - 4);
    QVERIFY(waitUntil([&] { return client.received.size() - client.received.indexOf("\r\n\r\n") - 4 >= echoes; }));
}

void tst_Listener::subscriberThatDoesNotReadIsClosedAndTheOthersGetAll()
{
    const auto subscribe = upgradeRequest("/bench/broadcast");
    RawClient slow(m_listener->port());
    slow.reads = false;
    slow.socket.setReadBufferSize(1);
    slow.socket.write(subscribe);
    QVERIFY(slow.connects());
    RawClient reader(m_listener->port());
    reader.socket.write(subscribe);
    QVERIFY(reader.waitFor("\r\n\r\n"));
    const qsizetype begin = reader.received.size();
    const QByteArray frame = clientFrame(Opcode::Binary, QByteArray(32 * 1024, 'x'));
    qsizetype expected = begin;
    for (int burst = 0; burst < 20; ++burst) {
        constexpr int frames = 16;
        reader.socket.write(frame.repeated(frames));
        expected += frames * (frame.size() - 4);
        QVERIFY(waitUntil([&] { return reader.received.size() >= expected; }));
    }
    slow.socket.setReadBufferSize(0);
    slow.reads = true;
    slow.received += slow.socket.readAll();
    slow.wasConnected = true;
    QVERIFY(slow.waitForEnd());
    QVERIFY(slow.received.size() < expected);
    QCOMPARE(reader.received.size(), expected);
}

void tst_Listener::closeIsAnsweredAndTheConnectionEnds()
{
    RawClient client(m_listener->port());
    client.socket.write(upgradeRequest(echoPath) + clientFrame(Opcode::Close, "\x10\xe1gone fishing"));
    QVERIFY(client.connects());
    QVERIFY(client.waitForEnd());
    QVERIFY(client.received.endsWith("\x88\x02\x10\xe1"));
}

void tst_Listener::peerThatNeverAnswersACloseIsDropped()
{
    RawClient client(m_listener->port());
    client.socket.write(upgradeRequest("/"));
    QVERIFY(client.connects());
    QVERIFY(waitUntil([&] { return m_accepted.size() == 1; }));
    struct Sink final : TransportSink
    {
        void onFrame(FrameType, const QByteArray &) override { ++frames; }
        void onWritten() override { }
        void onClosed() override { isClosed = true; }
        int frames = 0;
        bool isClosed = false;
    } sink;
    m_accepted.front()->setSink(&sink);
    m_accepted.front()->close(protocol::close::GoingAway);
    QVERIFY(client.waitFor("server is stopping"));
    client.socket.write(clientFrame(Opcode::Text, "I do not care"));
    QVERIFY(waitUntil([&] { return sink.isClosed; }));
    QCOMPARE(sink.frames, 0);
}

void tst_Listener::thoseWhoAreTooManyAreTold()
{
    m_accepted.clear();
    m_options.limits.connectionsPerAddress = 2;
    m_options.limits.handshakeTimeout = 10s;
    makeListener();
    constexpr int told = 64; // of either kind
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 2 + 2 * told + 5; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_listener->port()));
        QVERIFY(clients.back()->connects());
    }
    // In the order in which they came: served, told by a close frame, told by HTTP, dropped.
    QVERIFY(waitUntil([&] { return clients.back()->socket.state() == QAbstractSocket::UnconnectedState; }));
    QVERIFY(clients.back()->received.isEmpty());
    RawClient &unwelcome = *clients.at(2 + 2 * told - 1);
    unwelcome.socket.write(upgradeRequest("/"));
    QVERIFY(unwelcome.waitForEnd());
    QVERIFY(unwelcome.received.startsWith("HTTP/1.1 503 "));
    QVERIFY(unwelcome.received.contains("\r\nRetry-After: "));
    clients.resize(1);
    // Those who have gone make room.
    QVERIFY(waitUntil([&] {
        RawClient next(m_listener->port());
        next.socket.write(upgradeRequest("/"));
        return next.connects() && waitUntil([&] {
            return !next.received.isEmpty() || next.socket.state() == QAbstractSocket::UnconnectedState;
        }) && next.received.startsWith("HTTP/1.1 101 ")
            && !next.received.contains("server is full");
    }));
}

void tst_Listener::portInUseIsTold()
{
    Listener second(m_options, m_time, [](std::unique_ptr<Transport>) {});
    const auto problem = second.listen(QHostAddress(QHostAddress::LocalHost), m_listener->port());
    QVERIFY(problem);
    QVERIFY(problem->isPortInUse);
    QVERIFY(!problem->text.isEmpty());
}

QTEST_GUILESS_MAIN(tst_Listener)
#include "tst_listener.moc"
