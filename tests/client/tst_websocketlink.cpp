#include "client/websocketlink.h"

#include "core/timing.h"
#include "protocol/messages.h"
#include "server/net/tlsidentity.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <optional>

#include <sys/socket.h>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A server of the binary subprotocol that holds its TCP sockets in hand.
class Server final : public QTcpServer
{
public:
    explicit Server(std::optional<QSslConfiguration> tls = {})
        : m_tls(std::move(tls))
        , m_webSockets(u"test"_s, QWebSocketServer::NonSecureMode)
    {
        m_webSockets.setSupportedSubprotocols({QString::fromLatin1(protocol::subprotocolProtobuf)});
        connect(&m_webSockets, &QWebSocketServer::newConnection, this, [this] {
            m_peer = m_webSockets.nextPendingConnection();
            m_peer->setParent(this);
        });
        listen(QHostAddress::LocalHost);
    }

    QUrl url() const { return QUrl(u"%1://127.0.0.1:%2/"_s.arg(m_tls ? u"wss"_s : u"ws"_s).arg(serverPort())); }
    QWebSocket *peer() const { return m_peer; }

    /// As a computer does whose program has died with bytes unread, or a router that has lost the connection.
    void reset()
    {
        // Lingering for no time turns the close into an RST.
        const linger none{1, 0};
        QVERIFY(setsockopt(int(m_tcp->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none) == 0);
        m_tcp->abort();
    }

private:
    void incomingConnection(qintptr descriptor) override
    {
        if (!m_tls) {
            m_tcp = new QTcpSocket(this);
            m_tcp->setSocketDescriptor(descriptor);
            m_webSockets.handleConnection(m_tcp);
            return;
        }
        auto *socket = new QSslSocket(this);
        m_tcp = socket;
        socket->setSocketDescriptor(descriptor);
        socket->setSslConfiguration(*m_tls);
        connect(socket, &QSslSocket::encrypted, this, [this, socket] { m_webSockets.handleConnection(socket); });
        socket->startServerEncryption();
    }

    std::optional<QSslConfiguration> m_tls;
    QWebSocketServer m_webSockets;
    QPointer<QTcpSocket> m_tcp; ///< of the last connection
    QWebSocket *m_peer = nullptr; ///< of the last one that was upgraded
};

QSslConfiguration tlsOfServer()
{
    const server::TlsIdentity identity = server::makeTlsIdentity(u"test"_s);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate(identity.certificate));
    tls.setPrivateKey(QSslKey(identity.key, QSsl::Ec));
    return tls;
}

/// The links of its lifetime trust this certificate.
class Trust
{
public:
    explicit Trust(const QSslCertificate &certificate)
    {
        QSslConfiguration trusting = m_before;
        trusting.setCaCertificates({certificate});
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    ~Trust() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(Trust)

private:
    QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

LinkEnd endOf(const QSignalSpy &ended)
{
    return ended.isEmpty() ? LinkEnd() : ended.at(0).at(0).value<LinkEnd>();
}

} // namespace

/// A link over real sockets: where it begins, and how soon it tells its end.
class TestWebSocketLink final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWhereItIsTold_data();
    void beginsWhereItIsTold();
    void timesTheStepsOfConnecting_data();
    void timesTheStepsOfConnecting();
    void beginsElsewhereWhereItCannot_data();
    void beginsElsewhereWhereItCannot();
    void aRefusedConnectionIsToldOnce();
    void tellsAResetAtOnce();
    void tellsAnEndWithoutAWordAtOnce();
};

void TestWebSocketLink::beginsWhereItIsTold_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestWebSocketLink::beginsWhereItIsTold()
{
    QFETCH(bool, isTls);
    const QSslConfiguration tls = tlsOfServer();
    const Trust trust(tls.localCertificate());
    Server server(isTls ? std::optional(tls) : std::nullopt);

    // The whole of 127.0.0.0/8 is this computer's.
    const QHostAddress local(u"127.0.0.77"_s);
    WebSocketLink link;
    const QSignalSpy opened(&link, &Link::opened);
    const QSignalSpy ended(&link, &Link::ended);
    link.open({server.url(), local});
    QTRY_VERIFY2(!opened.isEmpty() || !ended.isEmpty(), "nothing came of open()");
    QVERIFY2(ended.isEmpty(), qPrintable(endOf(ended).text));
    QTRY_VERIFY(server.peer());

    constexpr auto broken = "QWebSocket's connection can no longer be begun at a chosen address: this Qt makes its "
                            "socket otherwise, so a standby cannot take another way (WebSocketLink::beginAt)";
    QVERIFY2(server.peer()->peerAddress() == local, broken);
    QCOMPARE(link.localAddress(), local);
    QCOMPARE(link.peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(link.certificateSha256().isEmpty(), !isTls);

    const QSignalSpy received(&link, &Link::frameReceived);
    QSignalSpy arrived(server.peer(), &QWebSocket::binaryMessageReceived);
    link.send("there"_ba);
    server.peer()->sendBinaryMessage("and back"_ba);
    QTRY_COMPARE(received.size(), 1);
    QTRY_COMPARE(arrived.size(), 1);
    QCOMPARE(received.at(0).at(0).toByteArray(), "and back"_ba);
    QCOMPARE(arrived.at(0).at(0).toByteArray(), "there"_ba);
}

void TestWebSocketLink::timesTheStepsOfConnecting_data()
{
    beginsWhereItIsTold_data();
}

void TestWebSocketLink::timesTheStepsOfConnecting()
{
    QFETCH(bool, isTls);
    const QSslConfiguration tls = tlsOfServer();
    const Trust trust(tls.localCertificate());
    Server server(isTls ? std::optional(tls) : std::nullopt);
    WebSocketLink link;
    std::optional<ConnectSteps> steps;
    connect(&link, &Link::opened, this, [&steps](const ConnectSteps &told) { steps = told; });
    const SteadyTime began = std::chrono::steady_clock::now();
    link.open({server.url(), {}});
    QTRY_VERIFY(steps);
    const auto took = std::chrono::steady_clock::now() - began;
    QCOMPARE(steps->tls.has_value(), isTls);
    QVERIFY(steps->tcp > 0us);
    QVERIFY(steps->upgrade > 0us);
    // Two signatures and a key exchange take longer than this on any computer, and nothing is counted twice.
    if (isTls)
        QVERIFY(*steps->tls > 100us);
    QVERIFY(steps->dns + steps->tcp + steps->tls.value_or(0us) + steps->upgrade <= took);
}

void TestWebSocketLink::beginsElsewhereWhereItCannot_data()
{
    QTest::addColumn<QHostAddress>("local");
    QTest::newRow("an address of nobody") << QHostAddress(u"192.0.2.1"_s); // kept for documentation
    QTest::newRow("of the other family") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void TestWebSocketLink::beginsElsewhereWhereItCannot()
{
    QFETCH(QHostAddress, local);
    Server server;
    WebSocketLink link;
    const QSignalSpy opened(&link, &Link::opened);
    link.open({server.url(), local});
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(link.localAddress(), QHostAddress(QHostAddress::LocalHost));
}

void TestWebSocketLink::aRefusedConnectionIsToldOnce()
{
    QUrl url;
    {
        const Server gone;
        url = gone.url();
    }
    WebSocketLink link;
    const QSignalSpy opened(&link, &Link::opened);
    const QSignalSpy ended(&link, &Link::ended);
    link.open({url, QHostAddress(u"127.0.0.77"_s)});
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(endOf(ended).problem, Problem::ConnectionRefused);
    QVERIFY(opened.isEmpty());
}

void TestWebSocketLink::tellsAResetAtOnce()
{
    Server server;
    WebSocketLink link;
    const QSignalSpy opened(&link, &Link::opened);
    link.open({server.url(), QHostAddress(u"127.0.0.77"_s)});
    QTRY_VERIFY(!opened.isEmpty() && server.peer());

    std::optional<SteadyTime> endedAt;
    std::optional<LinkEnd> end;
    connect(&link, &Link::ended, this, [&](const LinkEnd &told) {
        endedAt = std::chrono::steady_clock::now();
        end = told;
    });
    const SteadyTime resetAt = std::chrono::steady_clock::now();
    server.reset();
    QTRY_VERIFY(endedAt.has_value());
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(*endedAt - resetAt);
    qInfo("ended %lld us after the RST", static_cast<long long>(took.count()));
    QVERIFY(took < 50ms);
    QCOMPARE(end->problem, Problem::ConnectionLost);
    QVERIFY(!end->text.isEmpty());
}

void TestWebSocketLink::tellsAnEndWithoutAWordAtOnce()
{
    Server server;
    WebSocketLink link;
    const QSignalSpy opened(&link, &Link::opened);
    const QSignalSpy ended(&link, &Link::ended);
    link.open({server.url(), {}});
    QTRY_VERIFY(!opened.isEmpty() && server.peer());
    QElapsedTimer timer;
    timer.start();
    server.peer()->abort();
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(timer.elapsed() < 1'000);
    QCOMPARE(endOf(ended).problem, Problem::ConnectionLost);
}

QTEST_GUILESS_MAIN(TestWebSocketLink)
#include "tst_websocketlink.moc"
