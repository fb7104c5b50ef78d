#include "server/addresses.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace lanline;
using namespace lanline::server;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

InterfaceAddress on(const QString &interface, const QString &address, int prefixLength)
{
    return {QHostAddress(address), prefixLength, interface};
}

const QList<InterfaceAddress> machine{on(u"lo"_s, u"127.0.0.1"_s, 8), on(u"lo"_s, u"::1"_s, 128),
    on(u"eth0"_s, u"192.168.1.5"_s, 24), on(u"eth0"_s, u"192.168.1.6"_s, 24), on(u"eth0"_s, u"fd00:1::5"_s, 64),
    on(u"eth0"_s, u"fd00:1::abcd"_s, 64), on(u"eth0"_s, u"fe80::5%eth0"_s, 64), on(u"wlan0"_s, u"10.7.0.5"_s, 16),
    on(u"wlan1"_s, u"10.7.0.6"_s, 16)};

} // namespace

/// What WELCOME tells of the server's addresses.
class TestAddresses final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellable_data();
    void tellable();
    void whatIsAdvertisedIsTold();
    void theSystemIsAskedOnceASecond();
    void thisComputerHasAddresses();
};

void TestAddresses::tellable_data()
{
    QTest::addColumn<QHostAddress>("listeningOn");
    QTest::addColumn<QHostAddress>("peer");
    QTest::addColumn<QStringList>("expected");
    const QHostAddress any(QHostAddress::Any);
    const QHostAddress neighbour(u"192.168.1.9"_s);
    const QString cable = u"192.168.1.5:47100"_s;
    const QString cable6 = u"[fd00:1::5]:47100"_s;
    const QString radio = u"10.7.0.5:47100"_s;
    const QString radio2 = u"10.7.0.6:47100"_s;
    QTest::newRow("everywhere, from the cable") << any << neighbour << QStringList{cable, cable6, radio, radio2};
    QTest::newRow("its own network comes first")
        << any << QHostAddress(u"10.7.0.9"_s) << QStringList{radio, radio2, cable, cable6};
    QTest::newRow("IPv4 in IPv6's clothes")
        << any << QHostAddress(u"::ffff:10.7.0.9"_s) << QStringList{radio, radio2, cable, cable6};
    QTest::newRow("from IPv6") << any << QHostAddress(u"fd00:1::9"_s) << QStringList{cable6, cable, radio, radio2};
    QTest::newRow("from beyond a router")
        << any << QHostAddress(u"10.99.0.9"_s) << QStringList{cable, cable6, radio, radio2};
    QTest::newRow("everywhere of IPv4") << QHostAddress(QHostAddress::AnyIPv4) << neighbour
                                        << QStringList{cable, radio, radio2};
    QTest::newRow("everywhere of IPv6") << QHostAddress(QHostAddress::AnyIPv6) << QHostAddress(u"fd00:1::9"_s)
                                        << QStringList{cable6};
    QTest::newRow("everywhere, from this computer")
        << any << QHostAddress(QHostAddress::LocalHost) << QStringList{u"127.0.0.1:47100"_s};
    QTest::newRow("everywhere, from this computer, mapped")
        << any << QHostAddress(u"::ffff:127.0.0.1"_s) << QStringList{u"127.0.0.1:47100"_s};
    QTest::newRow("everywhere, from this computer over IPv6")
        << any << QHostAddress(QHostAddress::LocalHostIPv6) << QStringList{u"[::1]:47100"_s};
    QTest::newRow("everywhere, from this computer's own address")
        << any << QHostAddress(u"192.168.1.5"_s) << QStringList{cable, cable6, radio, radio2};
    QTest::newRow("one address") << QHostAddress(u"10.7.0.5"_s) << neighbour << QStringList{radio};
    QTest::newRow("loopback") << QHostAddress(QHostAddress::LocalHost) << QHostAddress(QHostAddress::LocalHost)
                              << QStringList{u"127.0.0.1:47100"_s};
    QTest::newRow("loopback of IPv6") << QHostAddress(QHostAddress::LocalHostIPv6)
                                      << QHostAddress(QHostAddress::LocalHostIPv6) << QStringList{u"[::1]:47100"_s};
}

void TestAddresses::tellable()
{
    QFETCH(QHostAddress, listeningOn);
    QFETCH(QHostAddress, peer);
    QTEST(tellableAddresses(listeningOn, 47100, peer, machine), "expected");
}

void TestAddresses::whatIsAdvertisedIsTold()
{
    FakeTime time;
    const QStringList advertised{u"203.0.113.7:443"_s};
    Addresses addresses(advertised, QHostAddress(QHostAddress::Any), 47100, time, [] { return machine; });
    QCOMPARE(addresses.addressesFor(QHostAddress(u"192.168.1.9"_s)), advertised);
    QCOMPARE(addresses.addressesFor(QHostAddress(QHostAddress::LocalHost)), advertised);
}

void TestAddresses::theSystemIsAskedOnceASecond()
{
    FakeTime time;
    int asked = 0;
    QList<InterfaceAddress> interfaces{on(u"eth0"_s, u"192.168.1.5"_s, 24)};
    Addresses addresses({}, QHostAddress(QHostAddress::Any), 47100, time, [&] {
        ++asked;
        return interfaces;
    });
    const QHostAddress peer(u"192.168.1.9"_s);
    for (int i = 0; i < 1'000; ++i)
        QCOMPARE(addresses.addressesFor(peer), QStringList{u"192.168.1.5:47100"_s});
    QCOMPARE(asked, 1);
    interfaces = {on(u"eth0"_s, u"192.168.1.7"_s, 24)};
    time.advance(999ms);
    QCOMPARE(addresses.addressesFor(peer), QStringList{u"192.168.1.5:47100"_s});
    time.advance(1ms);
    QCOMPARE(addresses.addressesFor(peer), QStringList{u"192.168.1.7:47100"_s});
    QCOMPARE(asked, 2);
}

void TestAddresses::thisComputerHasAddresses()
{
    const QList<InterfaceAddress> here = readInterfaceAddresses();
    const auto isLoopback = [](const InterfaceAddress &one) {
        return one.address == QHostAddress(QHostAddress::LocalHost) && one.prefixLength == 8;
    };
    QVERIFY(std::ranges::any_of(here, isLoopback));
}

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
