#include "server/net/listener.h"
#include "tests/support/serverclient.h"

#include <QTcpSocket>
#include <QTest>

#include <sys/socket.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

namespace {

/// An endpoint that tells what came to it, and answers only when a test says so.
class PatientEndpoint final : public HttpEndpoint
{
public:
    bool takes(const QByteArray &method) const override { return method != "DELETE"; }
    void serve(const HttpRequest &request, const HttpReply &reply) override
    {
        requests.append(request);
        reply.whenGone([this] { ++gone; });
        replies.push_back(reply);
    }

    QList<HttpRequest> requests;
    std::vector<HttpReply> replies;
    int gone = 0;
};

class Asker
{
public:
    Asker(quint16 port, const QByteArray &request)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] {
            if (reads)
                received += socket.readAll();
        });
        QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [this] { hasEnded = true; });
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        socket.write(request);
    }

    bool waitForEnd()
    {
        return waitUntil([this] { return hasEnded; });
    }
    int status() const { return received.sliced(9, 3).toInt(); }
    QByteArray body() const { return received.sliced(received.indexOf("\r\n\r\n") + 4); }

    QTcpSocket socket;
    QByteArray received;
    bool reads = true;
    bool hasEnded = false;
};

QByteArray request(const QByteArray &line, const QByteArrayList &headers = {})
{
    QByteArray text = line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const QByteArray &header : headers)
        text += header + "\r\n";
    return text + "\r\n";
}

} // namespace

/// Plain HTTP on the server's port, over both kinds of sockets.
class tst_HttpDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void requestThatIsWrongIsToldSo_data();
    void requestThatIsWrongIsToldSo();
    void bodyAndQueryReachTheEndpoint();
    void curlIsToldToGoOn();
    void bodyThatDoesNotComeIsGivenUp();
    void answerMayComeLaterAndDelaysNobody();
    void endpointHearsWhenTheClientGoes();
    void answerForAClientThatHasGoneIsDropped();
    void whoTalksOnWhileWaitingIsCutOff();
    void slowReaderGetsAllOfALongAnswer();
    void headHasTheLengthAndNoBody();
    void tooManyAtOnceAreToldToComeBack();
    void strangersKeepNobodyOut_data();
    void strangersKeepNobodyOut();
    void healthIsToldInWords();
    void operatorIsWhoAsksFromHereOrHasTheToken_data();
    void operatorIsWhoAsksFromHereOrHasTheToken();
    void adminTokenLetsInOverTheWire();

private:
    void makeListener(const QByteArray &token = {});

    SystemTime m_time;
    std::unique_ptr<PatientEndpoint> m_endpoint;
    std::unique_ptr<Listener> m_listener;
};

void tst_HttpDesk::initTestCase_data()
{
    QTest::addColumn<Sockets>("sockets");
    QTest::newRow("native") << Sockets::Native;
    QTest::newRow("qt") << Sockets::Qt;
}

void tst_HttpDesk::init()
{
    makeListener();
}

void tst_HttpDesk::makeListener(const QByteArray &token)
{
    QFETCH_GLOBAL(Sockets, sockets);
    m_endpoint = std::make_unique<PatientEndpoint>();
    ListenOptions options;
    options.sockets = sockets;
    options.limits.handshakeTimeout = 300ms;
    options.rules.adminToken = token;
    m_listener = std::make_unique<Listener>(options, m_time, [](std::unique_ptr<Transport>) {});
    m_listener->http().serve("/ask", HttpAudience::Operator, *m_endpoint);
    m_listener->http().serve("/below/", HttpAudience::Operator, *m_endpoint);
    QVERIFY(!m_listener->listen(QHostAddress(QHostAddress::LocalHost), 0));
    m_listener->startAccepting();
}

void tst_HttpDesk::cleanup()
{
    m_listener.reset();
    m_endpoint.reset();
}

void tst_HttpDesk::requestThatIsWrongIsToldSo_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::newRow("method") << request("DELETE /ask") << 405;
    QTest::newRow("chunked") << request("POST /ask", {"Transfer-Encoding: chunked"}) << 411;
    QTest::newRow("length of letters") << request("POST /ask", {"Content-Length: x"}) << 400;
    QTest::newRow("negative length") << request("POST /ask", {"Content-Length: -1"}) << 400;
    QTest::newRow("length with a sign") << request("POST /ask", {"Content-Length: +1"}) << 400;
    QTest::newRow("no length in it") << request("POST /ask", {"Content-Length: "}) << 400;
    QTest::newRow("two lengths") << request("POST /ask", {"Content-Length: 1", "Content-Length: 1"}) << 400;
    QTest::newRow("length beyond any number")
        << request("POST /ask", {"Content-Length: 99999999999999999999999"}) << 400;
    QTest::newRow("too long") << request("POST /ask", {"Content-Length: 1048577"}) << 413;
    QTest::newRow("another path") << request("GET /asking") << 404;
    QTest::newRow("above a folder") << request("GET /below") << 404;
    QTest::newRow("HTTP/1.0") << QByteArray("GET /ask HTTP/1.0\r\nHost: localhost\r\n\r\n") << 400;
    QTest::newRow("another's name") << QByteArray("GET /ask HTTP/1.1\r\nHost: evil.example\r\n\r\n") << 403;
    QTest::newRow("page of another site") << request("GET /ask", {"Origin: http://evil.example"}) << 403;
    QTest::newRow("image of another site") << request("GET /ask", {"Sec-Fetch-Site: cross-site"}) << 403;
    QTest::newRow("page of another port") << request("GET /ask", {"Sec-Fetch-Site: same-site"}) << 403;
    QTest::newRow("passed on by a proxy") << request("GET /ask", {"X-Forwarded-For: 192.0.2.1"}) << 403;
    QTest::newRow("token where there is none") << request("GET /ask", {"Authorization: Bearer "}) << 401;
}

void tst_HttpDesk::requestThatIsWrongIsToldSo()
{
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    Asker asker(m_listener->port(), text);
    QVERIFY(asker.waitForEnd());
    QCOMPARE(asker.status(), status);
    QVERIFY(asker.received.contains("Content-Length: " + QByteArray::number(asker.body().size()) + "\r\n"));
    QVERIFY(asker.body().endsWith(".\n")); // a sentence
    QVERIFY(m_endpoint->requests.isEmpty());
}

void tst_HttpDesk::bodyAndQueryReachTheEndpoint()
{
    Asker asker(m_listener->port(), request("POST /below/x/y?a=1&b=2?3&c", {"Content-Length: 10"}) + "01234");
    QVERIFY(asker.socket.waitForBytesWritten());
    asker.socket.write("56789 and more");
    QVERIFY(waitUntil([&] { return m_endpoint->requests.size() == 1; }));
    const HttpRequest &asked = m_endpoint->requests.first();
    QCOMPARE(asked.body, "0123456789");
    QCOMPARE(asked.head.path, "/below/x/y");
    QCOMPARE(asked.queryValue("a"), "1");
    QCOMPARE(asked.queryValue("b"), "2?3");
    QCOMPARE(asked.queryValue("c"), "");
    QVERIFY(asked.peer.isLoopback());
    m_endpoint->replies.front().send({200, "done", "text/x-test", "X-More: 1\r\n"});
    m_endpoint->replies.front().send({500, "twice"}); // the first one counts
    QVERIFY(asker.waitForEnd());
    QCOMPARE(asker.status(), 200);
    QCOMPARE(asker.body(), "done");
    QVERIFY(asker.received.contains("Content-Type: text/x-test\r\n"));
    QVERIFY(asker.received.contains("X-More: 1\r\n"));
    QVERIFY(asker.received.contains("Connection: close\r\n"));
    QCOMPARE(m_endpoint->gone, 0);
}

void tst_HttpDesk::curlIsToldToGoOn()
{
    Asker asker(m_listener->port(), request("POST /ask", {"Content-Length: 3", "Expect: 100-continue"}));
    QVERIFY(waitUntil([&] { return asker.received == "HTTP/1.1 100 Continue\r\n\r\n"; }));
    asker.socket.write("abc");
    QVERIFY(waitUntil([&] { return m_endpoint->requests.size() == 1; }));
    QCOMPARE(m_endpoint->requests.first().body, "abc");
}

void tst_HttpDesk::bodyThatDoesNotComeIsGivenUp()
{
    Asker asker(m_listener->port(), request("POST /ask", {"Content-Length: 100"}) + "not all");
    QVERIFY(asker.waitForEnd());
    QCOMPARE(asker.status(), 400);
    QVERIFY(m_endpoint->requests.isEmpty());
}

void tst_HttpDesk::answerMayComeLaterAndDelaysNobody()
{
    Asker patient(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
    // Longer than a request may take to come.
    Asker other(m_listener->port(), request("GET /healthz"));
    QVERIFY(other.waitForEnd());
    QCOMPARE(other.status(), 200);
    Asker late(m_listener->port(), "GET /ask HTT");
    QVERIFY(late.waitForEnd());
    QVERIFY(!patient.hasEnded);
    m_endpoint->replies.front().send(HttpResponse::sentence(200, "Now."));
    QVERIFY(patient.waitForEnd());
    QCOMPARE(patient.body(), "Now.\n");
}

void tst_HttpDesk::endpointHearsWhenTheClientGoes()
{
    auto asker = std::make_unique<Asker>(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
    QCOMPARE(m_endpoint->gone, 0);
    asker.reset();
    QVERIFY(waitUntil([&] { return m_endpoint->gone == 1; }));
}

void tst_HttpDesk::answerForAClientThatHasGoneIsDropped()
{
    auto asker = std::make_unique<Asker>(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
    asker.reset();
    QVERIFY(waitUntil([&] { return m_endpoint->gone == 1; }));
    m_endpoint->replies.front().send(HttpResponse::sentence(200, "For nobody."));
    // And for a server that has gone.
    Asker next(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 2; }));
    m_listener.reset();
    m_endpoint->replies.back().send(HttpResponse::sentence(200, "From nobody."));
    QVERIFY(next.waitForEnd());
    QVERIFY(next.received.isEmpty());
}

void tst_HttpDesk::whoTalksOnWhileWaitingIsCutOff()
{
    Asker asker(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
    asker.socket.write(QByteArray(256 * 1024, 'x'));
    QVERIFY(asker.waitForEnd());
    QVERIFY(asker.received.isEmpty());
    QCOMPARE(m_endpoint->gone, 1);
}

void tst_HttpDesk::slowReaderGetsAllOfALongAnswer()
{
    Asker asker(m_listener->port(), {});
    asker.reads = false;
    asker.socket.setReadBufferSize(4096);
    asker.socket.write(request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
    QByteArray longAnswer(16 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < longAnswer.size(); ++i)
        longAnswer[i] = char(i * 7 + i / 253);
    m_endpoint->replies.front().send({200, longAnswer});
    Asker other(m_listener->port(), request("GET /healthz"));
    QVERIFY(other.waitForEnd());
    QCOMPARE(other.status(), 200);
    asker.socket.setReadBufferSize(0);
    asker.reads = true;
    asker.received += asker.socket.readAll();
    QVERIFY(asker.waitForEnd());
    asker.received += asker.socket.readAll();
    QVERIFY(asker.body() == longAnswer);
}

void tst_HttpDesk::headHasTheLengthAndNoBody()
{
    Asker asker(m_listener->port(), request("HEAD /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
    m_endpoint->replies.front().send({200, "twelve bytes"});
    QVERIFY(asker.waitForEnd());
    QVERIFY(asker.received.contains("Content-Length: 12\r\n"));
    QVERIFY(asker.received.endsWith("\r\n\r\n"));
}

void tst_HttpDesk::tooManyAtOnceAreToldToComeBack()
{
    std::vector<std::unique_ptr<Asker>> waiting;
    waiting.reserve(HttpDesk::mostExchanges);
    for (int i = 0; i < HttpDesk::mostExchanges; ++i)
        waiting.push_back(std::make_unique<Asker>(m_listener->port(), request("GET /ask")));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == HttpDesk::mostExchanges; }));
    Asker next(m_listener->port(), request("GET /ask"));
    QVERIFY(next.waitForEnd());
    QCOMPARE(next.status(), 503);
    QVERIFY(next.received.contains("Retry-After: "));
    waiting.clear();
    QVERIFY(waitUntil([&] { return m_endpoint->gone == HttpDesk::mostExchanges; }));
    Asker another(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == HttpDesk::mostExchanges + 1; }));
}

void tst_HttpDesk::strangersKeepNobodyOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::newRow("refused") << request("GET /ask", {"X-Forwarded-For: 192.0.2.1"}) << 403;
    QTest::newRow("health") << request("GET /healthz") << 200;
    QTest::newRow("a body that does not come") << request("GET /healthz", {"Content-Length: 1000"}) << 200;
}

void tst_HttpDesk::strangersKeepNobodyOut()
{
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    std::vector<std::unique_ptr<Asker>> strangers;
    for (int i = 0; i < HttpDesk::mostExchanges + 10; ++i) {
        strangers.push_back(std::make_unique<Asker>(m_listener->port(), text));
        strangers.back()->reads = false; // and so does not see the end either
    }
    for (const auto &stranger : strangers) {
        QVERIFY(waitUntil([&stranger] { return stranger->socket.bytesAvailable() > 0; }));
        QVERIFY(stranger->socket.peek(12).endsWith(QByteArray::number(status)));
    }
    Asker operatorsOwn(m_listener->port(), request("GET /ask"));
    QVERIFY(waitUntil([this] { return m_endpoint->replies.size() == 1; }));
    Asker watcher(m_listener->port(), request("GET /healthz"));
    QVERIFY(watcher.waitForEnd());
    QCOMPARE(watcher.status(), 200);
}

void tst_HttpDesk::healthIsToldInWords()
{
    m_listener->health().setProblem(u"The server's disk is full."_s);
    Asker ill(m_listener->port(), request("GET /healthz", {"Sec-Fetch-Site: cross-site"}));
    QVERIFY(ill.waitForEnd());
    QCOMPARE(ill.status(), 503);
    QCOMPARE(ill.body(), "{\"reason\":\"The server's disk is full.\",\"status\":\"unavailable\"}\n");
    m_listener->health().setProblem({});
    Asker well(m_listener->port(), request("GET /healthz"));
    QVERIFY(well.waitForEnd());
    QCOMPARE(well.status(), 200);
}

void tst_HttpDesk::operatorIsWhoAsksFromHereOrHasTheToken_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("token"); // of the server
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status"); // 0: let in
    const QByteArray token = "correct horse battery staple";
    const QByteArray shown = "Authorization: Bearer " + token;
    QTest::newRow("from here") << u"127.0.0.1"_s << QByteArray() << QByteArray() << 0;
    QTest::newRow("from here, IPv6") << u"::1"_s << QByteArray() << QByteArray() << 0;
    QTest::newRow("from here, IPv4 in IPv6") << u"::ffff:127.0.0.1"_s << QByteArray() << QByteArray() << 0;
    QTest::newRow("from here, with the token") << u"127.0.0.1"_s << token << shown << 0;
    QTest::newRow("from here, without the token") << u"127.0.0.1"_s << token << QByteArray() << 0;
    QTest::newRow("from here, wrong token") << u"127.0.0.1"_s << token << QByteArray("Authorization: Bearer x") << 401;
    QTest::newRow("from elsewhere") << u"192.0.2.7"_s << QByteArray() << QByteArray() << 403;
    QTest::newRow("from elsewhere, no token shown") << u"192.0.2.7"_s << token << QByteArray() << 401;
    QTest::newRow("from elsewhere, token") << u"192.0.2.7"_s << token << shown << 0;
    QTest::newRow("scheme in capitals") << u"192.0.2.7"_s << token << QByteArray("Authorization: BEARER " + token) << 0;
    QTest::newRow("a part of the token") << u"192.0.2.7"_s << token << shown.chopped(1) << 401;
    QTest::newRow("more than the token") << u"192.0.2.7"_s << token << QByteArray(shown + "x") << 401;
    QTest::newRow("no token at all") << u"192.0.2.7"_s << token << QByteArray("Authorization: Bearer") << 401;
    QTest::newRow("empty token of a server without")
        << u"192.0.2.7"_s << QByteArray() << QByteArray("Authorization: Bearer ") << 401;
    QTest::newRow("token as a password") << u"192.0.2.7"_s << token << QByteArray("Authorization: Basic " + token)
                                         << 401;
    QTest::newRow("two tokens") << u"192.0.2.7"_s << token << QByteArray(shown + "\r\n" + shown) << 401;
    QTest::newRow("passed on, token") << u"127.0.0.1"_s << token << QByteArray("Via: 1.1 proxy\r\n" + shown) << 0;
    QTest::newRow("passed on, no token") << u"127.0.0.1"_s << token << QByteArray("Forwarded: for=192.0.2.1") << 401;
    QTest::newRow("own page") << u"127.0.0.1"_s << QByteArray()
                              << QByteArray("Origin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin") << 0;
    QTest::newRow("typed by hand") << u"127.0.0.1"_s << QByteArray() << QByteArray("Sec-Fetch-Site: none") << 0;
    QTest::newRow("another page, token") << u"192.0.2.7"_s << token
                                         << QByteArray(shown + "\r\nOrigin: http://evil.example") << 403;
}

void tst_HttpDesk::operatorIsWhoAsksFromHereOrHasTheToken()
{
    QFETCH(QString, peer);
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, header);
    QFETCH(int, status);
    const auto head = RequestHead::parse(request("GET /ask", {header}).replace("\r\n\r\n\r\n", "\r\n\r\n"));
    QVERIFY(head);
    const auto refusal = HttpAccess(token).refusalOf({*head, {}, QHostAddress(peer)});
    QCOMPARE(refusal ? refusal->status : 0, status);
}

void tst_HttpDesk::adminTokenLetsInOverTheWire()
{
    makeListener("correct horse battery staple");
    Asker wrong(m_listener->port(), request("GET /ask", {"Authorization: Bearer correct horse"}));
    QVERIFY(wrong.waitForEnd());
    QCOMPARE(wrong.status(), 401);
    QVERIFY(wrong.received.contains("WWW-Authenticate: Bearer\r\n"));
    Asker right(m_listener->port(), request("GET /ask", {"Authorization: Bearer correct horse battery staple"}));
    QVERIFY(waitUntil([&] { return m_endpoint->replies.size() == 1; }));
}

QTEST_GUILESS_MAIN(tst_HttpDesk)
#include "tst_httpdesk.moc"
