#include "server/net/upgrade.h"

#include <QDir>
#include <QTest>

#include <malloc.h>

using namespace Qt::Literals::StringLiterals;
using namespace lanline::server;

/// What is taken for granted of QWebSocketServer, an assumption a test: should one cease to hold with another version
/// of Qt, its name is what has to be thought over.
class tst_Upgrade : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersFromMemoryWithinTheCall();
    void choosesOurSubprotocolAndTellsThePath();
    void answersAnyPath();
    void upgradesWithoutAnUnknownSubprotocol();
    void upgradesInSpiteOfTwoHosts();
    void isSilentWithoutAHost();
    void refusesOtherVersions();
    void reactsToWhatFollowsTheHead();
    void addsNothingBehindTheAnswer();
    void needsNoDescriptorAndKeepsNothing();
};

namespace {

/// The example of RFC 6455, 1.3, with its answer.
constexpr auto key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr auto acceptedKey = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

QByteArray request(const QByteArray &path = "/", const QByteArray &more = {},
    const QByteArray &host = "Host: localhost\r\n", const QByteArray &version = "13")
{
    return "GET " + path + " HTTP/1.1\r\n" + host + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
        + key + "\r\nSec-WebSocket-Version: " + version + "\r\n" + more + "\r\n";
}

std::optional<Upgrade> shakeHands(const QByteArray &head)
{
    HandshakeMaker maker;
    return maker.shakeHands(head, QHostAddress(QHostAddress::LocalHost), 12'345);
}

} // namespace

void tst_Upgrade::answersFromMemoryWithinTheCall()
{
    const auto upgrade = shakeHands(request());
    QVERIFY(upgrade);
    QVERIFY(upgrade->answer.startsWith("HTTP/1.1 101 "));
    QVERIFY(upgrade->answer.contains(QByteArray("Sec-WebSocket-Accept: ") + acceptedKey));
}

void tst_Upgrade::choosesOurSubprotocolAndTellsThePath()
{
    const auto upgrade = shakeHands(request("/x?y=z", "Sec-WebSocket-Protocol: mqtt, lanline.v1.json\r\n"));
    QVERIFY(upgrade);
    QCOMPARE(upgrade->path, u"/x"_s);
    QCOMPARE(upgrade->subprotocol, u"lanline.v1.json"_s);
    QVERIFY(upgrade->answer.contains("Sec-WebSocket-Protocol: lanline.v1.json\r\n"));
}

void tst_Upgrade::answersAnyPath()
{
    QVERIFY(shakeHands(request("/nowhere"))); // so it is refused before
}

void tst_Upgrade::upgradesWithoutAnUnknownSubprotocol()
{
    const auto upgrade = shakeHands(request("/", "Sec-WebSocket-Protocol: mqtt\r\n")); // so it is refused before
    QVERIFY(upgrade);
    QVERIFY(upgrade->subprotocol.isEmpty());
    QVERIFY(!upgrade->answer.contains("Sec-WebSocket-Protocol"));
}

void tst_Upgrade::upgradesInSpiteOfTwoHosts()
{
    QVERIFY(shakeHands(request("/", "Host: example.org\r\n"))); // so it is refused before
}

void tst_Upgrade::isSilentWithoutAHost()
{
    QVERIFY(!shakeHands(request("/", {}, {})));
}

void tst_Upgrade::refusesOtherVersions()
{
    QVERIFY(!shakeHands(request("/", {}, "Host: localhost\r\n", "99")));
}

void tst_Upgrade::reactsToWhatFollowsTheHead()
{
    const auto alone = shakeHands(request());
    const auto followed = shakeHands(request() + "\xff\xff\xff\xff no frame");
    QVERIFY(alone && followed);
    QVERIFY(followed->answer.size() > alone->answer.size()); // so it is given the head alone
}

void tst_Upgrade::addsNothingBehindTheAnswer()
{
    const auto upgrade = shakeHands(request());
    QVERIFY(upgrade);
    QVERIFY(upgrade->answer.endsWith("\r\n\r\n"));
    QCOMPARE(upgrade->answer.count("\r\n\r\n"), 1);
}

void tst_Upgrade::needsNoDescriptorAndKeepsNothing()
{
    const QDir descriptors(u"/proc/self/fd"_s);
    HandshakeMaker maker;
    const auto shake = [&maker](const QByteArray &head) {
        return maker.shakeHands(head, QHostAddress(QHostAddress::LocalHost), 1).has_value();
    };
    QVERIFY(shake(request()));
    const qsizetype before = descriptors.entryList().size();
    const size_t bytesBefore = mallinfo2().uordblks;
    for (int i = 0; i < 1'000; ++i) {
        QVERIFY(shake(request()));
        QVERIFY(!shake(request("/", {}, {})));
    }
    QCOMPARE(descriptors.entryList().size(), before);
    // 2,000 sockets that stayed would be megabytes. A sanitizer's allocator tells 0 both times.
    QVERIFY(mallinfo2().uordblks < bytesBefore + 256 * 1024);
}

QTEST_GUILESS_MAIN(tst_Upgrade)
#include "tst_upgrade.moc"
