#include "server/net/handshake.h"

#include <QHostInfo>
#include <QTest>

using lanline::server::refusalOf;

class tst_Handshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsOrRefuses_data();
    void acceptsOrRefuses();
    void survivesAnyPrefixOfARequest();
};

namespace {

QByteArray request(
    const QByteArray &line = "GET / HTTP/1.1", const QByteArray &extra = {}, const QByteArray &without = {})
{
    QByteArrayList lines{line};
    for (const QByteArray &header : {QByteArray("Host: 127.0.0.1:47100"), QByteArray("Upgrade: websocket"),
             QByteArray("Connection: keep-alive, Upgrade"), QByteArray("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
             QByteArray("Sec-WebSocket-Version: 13")}) {
        if (without.isEmpty() || !header.startsWith(without))
            lines.append(header);
    }
    if (!extra.isEmpty())
        lines.append(extra);
    return lines.join("\r\n");
}

} // namespace

void tst_Handshake::acceptsOrRefuses_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("status"); // empty: accepted

    QTest::newRow("plain upgrade") << request() << QByteArray();
    QTest::newRow("query") << request("GET /?x=1 HTTP/1.1") << QByteArray();
    QTest::newRow("known subprotocol") << request({"GET / HTTP/1.1"}, "Sec-WebSocket-Protocol: lanline.v1.protobuf")
                                       << QByteArray();
    QTest::newRow("one of them known") << request("GET / HTTP/1.1", "sec-websocket-protocol: mqtt, lanline.v1.json")
                                       << QByteArray();
    QTest::newRow("page of the same authority")
        << request("GET / HTTP/1.1", "Origin: http://127.0.0.1:47100") << QByteArray();

    QTest::newRow("only unknown subprotocols")
        << request("GET / HTTP/1.1", "Sec-WebSocket-Protocol: mqtt, lanline.v2.json") << QByteArray("400");
    QTest::newRow("other path") << request("GET /chat HTTP/1.1") << QByteArray("404");
    QTest::newRow("plain HTTP") << request("GET / HTTP/1.1", {}, "Upgrade") << QByteArray("426");
    QTest::newRow("POST") << request("POST / HTTP/1.1") << QByteArray("426");
    QTest::newRow("old version") << request("GET / HTTP/1.1", "Sec-WebSocket-Version: 8", "Sec-WebSocket-Version")
                                 << QByteArray("426");
    QTest::newRow("no Host") << request("GET / HTTP/1.1", {}, "Host") << QByteArray("400");
    QTest::newRow("two Hosts") << request("GET / HTTP/1.1", "Host: example.org") << QByteArray("400");
    QTest::newRow("no key") << request("GET / HTTP/1.1", {}, "Sec-WebSocket-Key") << QByteArray("400");
    QTest::newRow("short key") << request("GET / HTTP/1.1", "Sec-WebSocket-Key: AAAA", "Sec-WebSocket-Key")
                               << QByteArray("400");
    QTest::newRow("HTTP/1.0") << request("GET / HTTP/1.0") << QByteArray("400");
    QTest::newRow("no HTTP at all") << QByteArray("\x16\x03\x01\x02") << QByteArray("400");
    QTest::newRow("header without colon") << request("GET / HTTP/1.1", "nonsense") << QByteArray("400");
    QTest::newRow("foreign page") << request("GET / HTTP/1.1", "Origin: https://example.org") << QByteArray("403");
    QTest::newRow("page without origin") << request("GET / HTTP/1.1", "Origin: null") << QByteArray("403");
    QTest::newRow("foreign name pointed at us")
        << request("GET / HTTP/1.1", "Host: evil.example:47100\r\nOrigin: http://evil.example:47100", "Host")
        << QByteArray("403");
}

void tst_Handshake::acceptsOrRefuses()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, status);
    const auto refusal = refusalOf(head);
    QCOMPARE(refusal.has_value(), !status.isEmpty());
    if (refusal) {
        QVERIFY2(refusal->startsWith("HTTP/1.1 " + status + ' '), refusal->constData());
        QVERIFY(refusal->contains("\r\n\r\n"));
    }
}

void tst_Handshake::survivesAnyPrefixOfARequest()
{
    const QByteArray whole = request("GET / HTTP/1.1", "Origin: http://127.0.0.1:47100");
    const qsizetype complete = whole.indexOf("Version: 13") + qsizetype(strlen("Version: 13"));
    for (qsizetype length = 0; length < complete; ++length)
        QVERIFY2(refusalOf(whole.first(length)), "a request without all that it needs was accepted");
}

QTEST_GUILESS_MAIN(tst_Handshake)
#include "tst_handshake.moc"
