#include "client/paths.h"

#include <QTest>

using namespace lanline::client;
using namespace Qt::Literals::StringLiterals;

namespace {

LocalNetwork network(const QString &interface, const QString &address, int prefixLength)
{
    return {QHostAddress(address), prefixLength, interface};
}

const LocalNetwork lo4 = network(u"lo"_s, u"127.0.0.1"_s, 8);
const LocalNetwork lo6 = network(u"lo"_s, u"::1"_s, 128);
const LocalNetwork cable = network(u"eth0"_s, u"192.168.1.9"_s, 24);
const LocalNetwork cableAgain = network(u"eth0"_s, u"192.168.1.10"_s, 24);
const LocalNetwork cable6 = network(u"eth0"_s, u"fd00:1::9"_s, 64);
const LocalNetwork cableLinkLocal = network(u"eth0"_s, u"fe80::9%eth0"_s, 64);
const LocalNetwork radio = network(u"wlan0"_s, u"10.7.0.9"_s, 16);
const LocalNetwork radioHere = network(u"wlan0"_s, u"192.168.1.77"_s, 24);
const LocalNetwork radio6 = network(u"wlan0"_s, u"fd00:7::9"_s, 64);
const LocalNetwork radioLinkLocal = network(u"wlan0"_s, u"fe80::77%wlan0"_s, 64);
const LocalNetwork bridge = network(u"docker0"_s, u"172.17.0.1"_s, 16);
const LocalNetwork tunnel = network(u"tun0"_s, u"10.8.0.2"_s, 32);

using Networks = QList<LocalNetwork>;

Ends ends(const QString &local, const QString &peer, quint16 port = 47100)
{
    return {QHostAddress(local), QHostAddress(peer), port};
}

const Ends byCable = ends(u"192.168.1.9"_s, u"192.168.1.5"_s);

QUrl urlOf(const Ends &to)
{
    QUrl url(u"ws://server/"_s);
    url.setHost(to.peer.toString());
    url.setPort(to.peerPort);
    return url;
}

/// "10.7.0.9 > ws://10.7.0.5:47100/"; without the front where the system chooses.
QStringList written(const QList<Path> &paths)
{
    QStringList list;
    for (const Path &path : paths) {
        const QString local = path.local.isNull() ? QString() : path.local.toString() + u" > "_s;
        list.append(local + path.url.toString());
    }
    return list;
}

} // namespace

/// Which ways lead to a server: tables of networks.
class TestPaths final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standbyPaths_data();
    void standbyPaths();
    void theSamePathIsOfferedLastAndOnlyIfWanted();
    void theSchemeStays();
    void samePath_data();
    void samePath();
    void primaryPaths_data();
    void primaryPaths();
    void aLongListIsCutShort();
};

void TestPaths::standbyPaths_data()
{
    QTest::addColumn<Ends>("primary");
    QTest::addColumn<QStringList>("told");
    QTest::addColumn<Networks>("networks");
    QTest::addColumn<QStringList>("expected");

    const QStringList two{u"192.168.1.5:47100"_s, u"10.7.0.5:47100"_s};
    QTest::newRow("nothing is known") << byCable << QStringList() << Networks() << QStringList();
    QTest::newRow("one cable") << byCable << QStringList{u"192.168.1.5:47100"_s} << Networks{lo4, lo6, cable}
                               << QStringList();
    QTest::newRow("two cables between the same two machines")
        << byCable << two << Networks{lo4, cable, radio} << QStringList{u"10.7.0.9 > ws://10.7.0.5:47100/"_s};
    QTest::newRow("the most different comes first")
        << byCable << QStringList{u"192.168.1.6:47100"_s, u"10.7.0.5:47100"_s} << Networks{cable, radioHere, radio}
        << QStringList{u"192.168.1.77 > ws://192.168.1.6:47100/"_s, u"10.7.0.9 > ws://10.7.0.5:47100/"_s,
               u"192.168.1.77 > ws://192.168.1.5:47100/"_s, u"192.168.1.9 > ws://192.168.1.6:47100/"_s};
    QTest::newRow("another interface in the same network")
        << byCable << QStringList{u"192.168.1.5:47100"_s} << Networks{cable, radioHere}
        << QStringList{u"192.168.1.77 > ws://192.168.1.5:47100/"_s};
    QTest::newRow("the server has two, this computer one")
        << byCable << QStringList{u"192.168.1.5:47100"_s, u"192.168.1.6:47100"_s} << Networks{cable}
        << QStringList{u"192.168.1.9 > ws://192.168.1.6:47100/"_s};
    QTest::newRow("two addresses of one interface are one path")
        << byCable << QStringList{u"192.168.1.5:47100"_s} << Networks{cable, cableAgain} << QStringList();
    QTest::newRow("one path per interface and address")
        << ends(u"10.7.0.9"_s, u"10.7.0.5"_s) << two << Networks{radio, cable, cableAgain}
        << QStringList{u"192.168.1.9 > ws://192.168.1.5:47100/"_s};
    QTest::newRow("IPv6 over the same cable is the same path")
        << byCable << QStringList{u"192.168.1.5:47100"_s, u"[fd00:1::5]:47100"_s} << Networks{cable, cable6}
        << QStringList();
    QTest::newRow("IPv6 over another cable")
        << byCable << QStringList{u"[fd00:7::5]:47100"_s} << Networks{cable, cable6, radio6}
        << QStringList{u"fd00:7::9 > ws://[fd00:7::5]:47100/"_s};
    QTest::newRow("told twice") << byCable << two + two << Networks{cable, radio}
                                << QStringList{u"10.7.0.9 > ws://10.7.0.5:47100/"_s};
    QTest::newRow("told at another port: the same cable")
        << byCable << QStringList{u"192.168.1.5:47101"_s} << Networks{cable} << QStringList();
    QTest::newRow("an inner bridge that both have")
        << byCable << QStringList{u"192.168.1.5:47100"_s, u"172.17.0.1:47100"_s} << Networks{cable, bridge}
        << QStringList();
    QTest::newRow("an inner bridge of the server's")
        << byCable << QStringList{u"172.17.0.1:47100"_s} << Networks{cable} << QStringList();
    QTest::newRow("loopback is not another machine's")
        << byCable << QStringList{u"127.0.0.1:47101"_s, u"[::1]:47100"_s} << Networks{lo4, lo6, cable} << QStringList();
    QTest::newRow("behind a router") << ends(u"192.168.1.9"_s, u"10.50.0.5"_s)
                                     << QStringList{u"10.50.0.5:47100"_s, u"10.51.0.5:47100"_s} << Networks{cable}
                                     << QStringList{u"ws://10.51.0.5:47100/"_s};
    QTest::newRow("behind a router, and next door by another cable")
        << ends(u"192.168.1.9"_s, u"10.50.0.5"_s)
        << QStringList{u"10.51.0.5:47100"_s, u"10.7.0.5:47100"_s, u"[fd00:51::5]:47100"_s} << Networks{cable, radio}
        << QStringList{u"10.7.0.9 > ws://10.7.0.5:47100/"_s, u"ws://10.51.0.5:47100/"_s};
    QTest::newRow("through a tunnel") << ends(u"10.8.0.2"_s, u"10.8.0.1"_s) << QStringList{u"192.168.1.5:47100"_s}
                                      << Networks{cable, tunnel}
                                      << QStringList{u"192.168.1.9 > ws://192.168.1.5:47100/"_s};
    QTest::newRow("the primary's interface has gone") << byCable << QStringList{u"10.7.0.5:47100"_s} << Networks{radio}
                                                      << QStringList{u"10.7.0.9 > ws://10.7.0.5:47100/"_s};
    QTest::newRow("a primary over link-local IPv6")
        << ends(u"fe80::9%eth0"_s, u"fe80::5%eth0"_s) << two << Networks{cableLinkLocal, radioLinkLocal, cable, radio}
        << QStringList{u"10.7.0.9 > ws://10.7.0.5:47100/"_s};
    QTest::newRow("told link-local IPv6 means nothing here")
        << byCable << QStringList{u"[fe80::5]:47100"_s, u"[fe80::5%eth0]:47100"_s, u"[fe80::5%wlan0]:47100"_s}
        << Networks{cable, cableLinkLocal, radioLinkLocal} << QStringList();
    QTest::newRow("IPv4 in IPv6's clothes")
        << ends(u"::ffff:192.168.1.9"_s, u"::ffff:192.168.1.5"_s)
        << QStringList{u"[::ffff:192.168.1.5]:47100"_s, u"[::ffff:10.7.0.5]:47100"_s} << Networks{cable, radio}
        << QStringList{u"10.7.0.9 > ws://10.7.0.5:47100/"_s};
    QTest::newRow("nonsense") << byCable
                              << QStringList{QString(), u":"_s, u"47100"_s, u"10.7.0.5"_s, u"10.7.0.5:"_s,
                                     u"10.7.0.5:0"_s, u"10.7.0.5:65536"_s, u"10.7.0.5:-1"_s, u"10.7.0.5:47100 "_s,
                                     u"10.7.0.256:47100"_s, u"[10.7.0.5]:47100"_s, u"fd00:7::5:47100"_s, u"[]:47100"_s,
                                     u"[fd00:7::5:47100"_s, u"host:47100"_s, u"ws://10.7.0.5:47100"_s, u"7:47100"_s,
                                     u"0.0.0.0:47100"_s, u"[::]:47100"_s, u"255.255.255.255:47100"_s,
                                     u"224.0.0.1:47100"_s, u"[ff02::1]:47100"_s, u"a@10.7.0.5:47100"_s}
                              << Networks{cable, radio, radio6, network(u"wlan0"_s, u"0.0.0.9"_s, 8)} << QStringList();

    const Ends onLoopback = ends(u"127.0.0.1"_s, u"127.0.0.1"_s);
    QTest::newRow("loopback: another port is another cable")
        << onLoopback << QStringList{u"127.0.0.1:47100"_s, u"127.0.0.1:47101"_s} << Networks{lo4, lo6, cable}
        << QStringList{u"ws://127.0.0.1:47101/"_s};
    QTest::newRow("loopback: another address")
        << onLoopback << QStringList{u"127.0.0.2:47100"_s, u"[::1]:47100"_s} << Networks{lo4, lo6}
        << QStringList{u"ws://127.0.0.2:47100/"_s, u"ws://[::1]:47100/"_s};
    QTest::newRow("loopback is never left") << onLoopback << two << Networks{lo4, lo6, cable, radio} << QStringList();
    QTest::newRow("this computer's own address")
        << ends(u"192.168.1.9"_s, u"192.168.1.9"_s)
        << QStringList{u"192.168.1.9:47100"_s, u"10.7.0.9:47100"_s, u"192.168.1.10:47100"_s, u"10.7.0.5:47100"_s}
        << Networks{lo4, cable, cableAgain, radio} << QStringList{u"ws://10.7.0.9:47100/"_s};
}

void TestPaths::standbyPaths()
{
    QFETCH(Ends, primary);
    QFETCH(QStringList, told);
    QFETCH(Networks, networks);
    QFETCH(QStringList, expected);

    const QList<Path> paths = lanline::client::standbyPaths(urlOf(primary), primary, told, networks, false);
    QCOMPARE(written(paths), expected);
    QCOMPARE(hasOtherPath(primary, told, networks), !expected.isEmpty());
    for (const Path &path : paths) {
        const QHostAddress peer(path.url.host());
        // Towards one's own address, or through a router, the system chooses where it begins.
        const bool isOwnMachine = primary.local == primary.peer && !peer.isLoopback();
        const QHostAddress local = !path.local.isNull() ? path.local : isOwnMachine ? peer : primary.local;
        QVERIFY(!isSamePath({local, peer, quint16(path.url.port())}, primary, networks));
    }
}

void TestPaths::theSamePathIsOfferedLastAndOnlyIfWanted()
{
    const QStringList told{u"10.7.0.5:47100"_s};
    const QUrl server(u"ws://name.local:47100/"_s);
    const Networks networks{cable, radio};
    QCOMPARE(written(lanline::client::standbyPaths(server, byCable, told, networks, true)),
        QStringList({u"10.7.0.9 > ws://10.7.0.5:47100/"_s, u"ws://name.local:47100/"_s}));
    QCOMPARE(written(lanline::client::standbyPaths(server, byCable, {}, networks, true)),
        QStringList{u"ws://name.local:47100/"_s});
    QCOMPARE(written(lanline::client::standbyPaths(server, byCable, {}, networks, false)), QStringList());
}

void TestPaths::theSchemeStays()
{
    const QUrl server(u"wss://name.local:47100/lanline?x=1"_s);
    QCOMPARE(written(lanline::client::standbyPaths(server, byCable, {u"10.7.0.5:443"_s}, {cable, radio}, false)),
        QStringList{u"10.7.0.9 > wss://10.7.0.5:443/lanline?x=1"_s});
}

void TestPaths::samePath_data()
{
    QTest::addColumn<Ends>("one");
    QTest::addColumn<Ends>("other");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("the same ends") << byCable << byCable << true;
    QTest::newRow("another port") << byCable << ends(u"192.168.1.9"_s, u"192.168.1.5"_s, 1) << true;
    QTest::newRow("two addresses of one interface") << byCable << ends(u"192.168.1.10"_s, u"192.168.1.5"_s) << true;
    QTest::newRow("two families of one interface") << byCable << ends(u"fd00:1::9"_s, u"fd00:1::5"_s) << true;
    QTest::newRow("another address of the server") << byCable << ends(u"192.168.1.9"_s, u"192.168.1.6"_s) << false;
    QTest::newRow("another interface") << byCable << ends(u"10.7.0.9"_s, u"192.168.1.5"_s) << false;
    QTest::newRow("an interface that has gone, and another")
        << ends(u"192.168.9.9"_s, u"192.168.1.5"_s) << byCable << false;
    QTest::newRow("an interface that has gone, twice")
        << ends(u"192.168.9.9"_s, u"192.168.1.5"_s) << ends(u"192.168.9.9"_s, u"192.168.1.5"_s) << true;
    QTest::newRow("mapped") << byCable << ends(u"::ffff:192.168.1.9"_s, u"::ffff:192.168.1.5"_s) << true;
    QTest::newRow("loopback") << ends(u"127.0.0.1"_s, u"127.0.0.1"_s) << ends(u"127.0.0.1"_s, u"127.0.0.1"_s) << true;
    QTest::newRow("loopback, another port")
        << ends(u"127.0.0.1"_s, u"127.0.0.1"_s, 1) << ends(u"127.0.0.1"_s, u"127.0.0.1"_s, 2) << false;
    QTest::newRow("loopback and not") << ends(u"127.0.0.1"_s, u"127.0.0.1"_s) << byCable << false;
}

void TestPaths::samePath()
{
    QFETCH(Ends, one);
    QFETCH(Ends, other);
    const Networks networks{lo4, cable, cableAgain, cable6, radio};
    QTEST(isSamePath(one, other, networks), "isSame");
    QTEST(isSamePath(other, one, networks), "isSame");
}

void TestPaths::primaryPaths_data()
{
    QTest::addColumn<QUrl>("given");
    QTest::addColumn<QStringList>("told");
    QTest::addColumn<Networks>("networks");
    QTest::addColumn<QStringList>("expected");

    const QUrl byAddress(u"ws://192.168.1.5:47100/"_s);
    const QUrl byName(u"ws://name.local:47100/"_s);
    const QUrl here(u"ws://127.0.0.1:47100/"_s);
    const QStringList told{u"10.50.0.5:47100"_s, u"192.168.1.5:47100"_s, u"10.7.0.5:47100"_s};
    QTest::newRow("nothing told") << byAddress << QStringList() << Networks{cable} << QStringList{byAddress.toString()};
    QTest::newRow("near ones before far ones")
        << byAddress << told << Networks{cable, radio}
        << QStringList{byAddress.toString(), u"ws://10.7.0.5:47100/"_s, u"ws://10.50.0.5:47100/"_s};
    QTest::newRow("by name") << byName << told << Networks{cable}
                             << QStringList{byName.toString(), u"ws://192.168.1.5:47100/"_s, u"ws://10.50.0.5:47100/"_s,
                                    u"ws://10.7.0.5:47100/"_s};
    QTest::newRow("neither loopback nor ourselves")
        << byName << QStringList{u"127.0.0.1:47100"_s, u"172.17.0.1:47100"_s, u"[fe80::1]:47100"_s}
        << Networks{cable, bridge} << QStringList{byName.toString()};
    QTest::newRow("loopback") << here << told + QStringList{u"127.0.0.1:47101"_s} << Networks{lo4, cable}
                              << QStringList{here.toString(), u"ws://127.0.0.1:47101/"_s};
    QTest::newRow("localhost") << QUrl(u"ws://localhost:47100/"_s) << told + QStringList{u"127.0.0.1:47101"_s}
                               << Networks{lo4, cable}
                               << QStringList{u"ws://localhost:47100/"_s, u"ws://127.0.0.1:47101/"_s};
    QTest::newRow("this computer's own address")
        << QUrl(u"ws://192.168.1.9:47100/"_s) << QStringList{u"10.7.0.9:47100"_s, u"10.7.0.5:47100"_s}
        << Networks{cable, radio} << QStringList{u"ws://192.168.1.9:47100/"_s, u"ws://10.7.0.9:47100/"_s};
}

void TestPaths::primaryPaths()
{
    QFETCH(QUrl, given);
    QFETCH(QStringList, told);
    QFETCH(Networks, networks);
    QTEST(written(lanline::client::primaryPaths(given, told, networks)), "expected");
}

void TestPaths::aLongListIsCutShort()
{
    QStringList told;
    for (int i = 10; i < 250; ++i)
        told.append(u"192.168.1.%1:47100"_s.arg(i));
    const QUrl server = urlOf(byCable);
    QCOMPARE(lanline::client::primaryPaths(server, told, {cable}).size(), longestPathList);
    const QList<Path> paths = lanline::client::standbyPaths(server, byCable, told, {cable, radioHere}, true);
    QCOMPARE(paths.size(), longestPathList);
    QCOMPARE(paths.last(), (Path{server, {}}));
}

QTEST_GUILESS_MAIN(TestPaths)
#include "tst_paths.moc"
