#include "tests/support/sends.h"
#include "tests/support/serverbench.h"

#include <QTest>

#include <set>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;
namespace reason = lanline::protocol::close;
using protocol::Compression;
using protocol::CompressionMethod;
using protocol::Encoding;

namespace {

const Compression none{};
const Compression gzip{CompressionMethod::Gzip, 0};

Compression zstd()
{
    return protocol::supportedCompressions().constFirst();
}

/// Longer than what is never packed.
const QString longText = u"This is long enough to be worth it, is it not? It is, I think. 我们明天再讨论这个问题。"_s;

protocol::Welcome enter(ServerBench &bench, FakePeer &peer, const QString &name, const QList<Compression> &offered)
{
    bench.accept(peer);
    protocol::Hello hello = bench.hello(peer, DeviceKey::generate(), name);
    hello.compressions = offered;
    peer.send(hello);
    bench.commit();
    return peer.all<protocol::Welcome>().constLast();
}

} // namespace

class tst_WireSavings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesInTheHello_data();
    void agreesInTheHello();
    void everythingBehindWelcomeIsPacked_data();
    void everythingBehindWelcomeIsPacked();
    void aBroadcastIsPackedOnceForAllItsReaders();
    void aBareFrameOfOneWhoAgreedIsExplained();
    void aBombEndsItsSession();
};

void tst_WireSavings::agreesInTheHello_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QList<Compression>>("offered");
    QTest::addColumn<Compression>("agreed");
    const QList all = protocol::supportedCompressions();
    QTest::newRow("nothing offered") << Encoding::Protobuf << QList<Compression>{} << none;
    QTest::newRow("gzip") << Encoding::Protobuf << QList{gzip} << gzip;
    QTest::newRow("zstd and gzip") << Encoding::Protobuf << all << zstd();
    QTest::newRow("zstd of another dictionary, and gzip")
        << Encoding::Protobuf << QList{Compression{CompressionMethod::Zstd, 4'000'000'000}, gzip} << gzip;
    QTest::newRow("JSON, whatever is offered") << Encoding::Json << all << none;
}

void tst_WireSavings::agreesInTheHello()
{
    QFETCH(const Encoding, encoding);
    QFETCH(const QList<Compression>, offered);
    QFETCH(const Compression, agreed);
    ServerBench bench;
    FakePeer peer(encoding);
    QCOMPARE(enter(bench, peer, u"Ann"_s, offered).compression, agreed);
    QCOMPARE(peer.all<protocol::Ready>().constFirst().compressions,
        encoding == Encoding::Json ? QList<Compression>{} : protocol::supportedCompressions());
}

void tst_WireSavings::everythingBehindWelcomeIsPacked_data()
{
    QTest::addColumn<Compression>("agreed");
    QTest::newRow("none") << none;
    QTest::newRow("gzip") << gzip;
    QTest::newRow("zstd") << zstd();
}

void tst_WireSavings::everythingBehindWelcomeIsPacked()
{
    QFETCH(const Compression, agreed);
    ServerBench bench;
    FakePeer peer;
    enter(bench, peer, u"Ann"_s, {agreed});
    // The fakes pack and unpack by what WELCOME said; one byte would end the session.
    bench.goLive(peer, lobbyId);
    for (const QString &text : {u"short"_s, longText, longText.repeated(60)})
        peer.send(message(text));
    bench.commit();
    const auto events = peer.all<protocol::Events>();
    QCOMPARE(peer.all<protocol::Stored>().size(), 3);
    QCOMPARE(events.constLast().events.constLast().text, longText.repeated(60));
    if (agreed != none)
        QCOMPARE(quint8(peer.wire->lastPayload.front()), quint8(agreed.method));
    QVERIFY(!peer.wire->closedWith);
}

void tst_WireSavings::aBroadcastIsPackedOnceForAllItsReaders()
{
    constexpr int readersEach = 100;
    const QList<Compression> ways{none, gzip, zstd()};
    ServerBench bench;
    std::vector<std::unique_ptr<FakePeer>> peers;
    for (int i = 0; i < readersEach * ways.size(); ++i) {
        peers.push_back(std::make_unique<FakePeer>());
        enter(bench, *peers.back(), u"Reader %1"_s.arg(i), {ways[i % ways.size()]});
        bench.goLive(*peers.back(), lobbyId);
    }
    FakePeer author;
    enter(bench, author, u"Ann"_s, {});
    author.send(message(longText));
    bench.commit();

    for (qsizetype way = 0; way < ways.size(); ++way) {
        std::set<const char *> buffers;
        for (auto i = size_t(way); i < peers.size(); i += size_t(ways.size())) {
            const QByteArray &payload = peers[i]->wire->lastPayload;
            QCOMPARE(peers[i]->all<protocol::Events>().constLast().events.constLast().text, longText);
            buffers.insert(payload.constData());
        }
        QCOMPARE(buffers.size(), size_t(1));
    }
}

void tst_WireSavings::aBareFrameOfOneWhoAgreedIsExplained()
{
    ServerBench bench;
    FakePeer peer;
    bench.accept(peer);
    protocol::Hello hello = bench.hello(peer, DeviceKey::generate(), u"Ann"_s);
    hello.compressions = {zstd()};
    peer.send(hello);
    peer.send(protocol::RoomsGet{1}); // between HELLO and WELCOME
    bench.commit();
    peer.deliver();
    bench.turn();
    QCOMPARE(peer.all<protocol::Welcome>().size(), 1);
    const auto errors = peer.all<protocol::Error>();
    QCOMPARE(errors.size(), 1);
    QVERIFY2(errors.constFirst().text.contains(u"between HELLO and WELCOME"), qPrintable(errors.constFirst().text));
    QCOMPARE(peer.wire->closedWith, reason::BadFrame);
}

void tst_WireSavings::aBombEndsItsSession()
{
    ServerBench bench;
    FakePeer bystander;
    enter(bench, bystander, u"Bob"_s, {});
    FakePeer peer;
    enter(bench, peer, u"Eve"_s, {zstd()});
    const QByteArray bomb(protocol::Limits{}.messageBytes + 1, '\0');
    peer.sendFrame(FrameType::Binary, protocol::Compressor().pack(zstd(), bomb));
    QCOMPARE(peer.wire->closedWith, reason::MessageTooBig);
    bystander.send(message(u"still here"_s));
    bench.commit();
    QCOMPARE(bystander.all<protocol::Stored>().size(), 1);
}

QTEST_GUILESS_MAIN(tst_WireSavings)
#include "tst_wiresavings.moc"
