#include "tests/support/clienthost.h"
#include "tests/support/clientprobe.h"
#include "tests/support/serverclient.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace Qt::Literals::StringLiterals;
using protocol::Compression;
using protocol::CompressionMethod;
using server::ServerClient;

/// Clients that agreed on different things with one server, over real sockets.
class TestMixedClients final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chatTogetherWhateverTheyAgreedOn();
};

void TestMixedClients::chatTogetherWhateverTheyAgreedOn()
{
    ClientHost host;
    QVERIFY2(host.start(), qPrintable(host.failure()));
    const Compression zstd = protocol::supportedCompressions().constFirst();
    const Compression gzip{CompressionMethod::Gzip, 0};

    ServerClient ann;
    ann.offer({gzip, zstd});
    ServerClient bob;
    bob.offer({gzip});
    ServerClient plain;
    ServerClient script({QLatin1StringView(protocol::subprotocolJson)});
    script.offer({gzip, zstd});
    const QList<std::pair<ServerClient *, Compression>> agreements{
        {&ann, zstd}, {&bob, gzip}, {&plain, {}}, {&script, {}}};
    for (const auto &[client, agreed] : agreements) {
        QVERIFY(client->enter(host.url(), u"Someone"_s));
        QCOMPARE(client->compression(), agreed);
        QVERIFY(client->goLive());
    }
    // And the client of the programs, which offers all it can.
    ClientProbe probe(u"Ann"_s);
    probe.session().open(host.url());
    QTRY_VERIFY(probe.isOnline());

    quint64 seq = 0;
    QStringList texts;
    const QString text = u"%1: long enough to be worth packing, I think; 这句话应该够长了，可以压缩。"_s.repeated(12);
    for (const auto &[client, agreed] : agreements) {
        texts += text.arg(++seq);
        client->send(protocol::Send{RoomId(u"lobby"_s), makeMessageId(qint64(seq)), texts.constLast()});
        // One after the other: the order is what is compared.
        QVERIFY(script.waitForSeq(seq));
    }
    probe.session().send(RoomId(u"lobby"_s), u"short"_s);
    texts += u"short"_s;
    ++seq;
    for (const auto &[client, agreed] : agreements) {
        QVERIFY(client->waitForSeq(seq));
        QStringList seen;
        for (const protocol::Event &event : client->events())
            seen += event.text;
        QCOMPARE(seen, texts);
        if (agreed.method != CompressionMethod::None)
            QCOMPARE(client->methodsSeen(), (QSet{CompressionMethod::None, agreed.method}));
    }
    QTRY_COMPARE(probe.texts(), texts);
}

QTEST_GUILESS_MAIN(TestMixedClients)
#include "tst_mixedclients.moc"
