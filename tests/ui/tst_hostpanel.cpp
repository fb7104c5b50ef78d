#include "fakehostcontroller.h"
#include "part.h"
#include "ui/panels/hostpanel.h"
#include "ui/panels/localaddresses.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using lanline::test::FakeHostController;
using lanline::test::part;
using lanline::ui::HostFailure;
using lanline::ui::HostInfo;
using lanline::ui::HostPanel;
using lanline::ui::InterfaceAddress;
using lanline::ui::Medium;

namespace {

HostInfo loopbackHost()
{
    return {u"Studio LAN"_s, 47100, QUrl(u"ws://127.0.0.1:47100/"_s), QHostAddress::LocalHost,
        std::chrono::steady_clock::now() - 3h - 20min};
}

InterfaceAddress entry(Medium medium, const QString &name, const QString &address)
{
    return {medium, name, QHostAddress(address)};
}

} // namespace

class TestHostPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWhatTheFormSays();
    void refusesInput_data();
    void refusesInput();
    void offersAnotherPortInOneClick();
    void tellsAFailure_data();
    void tellsAFailure();
    void showsWhatRuns();
    void showsAHostThatRanBefore();
    void copiesAnAddress();
    void stopsOnce();
    void countsClients();
    void choosesAddresses_data();
    void choosesAddresses();
    void writesLinks();

private:
    lanline::ui::ThemeController m_themes;
};

void TestHostPanel::startsWhatTheFormSays()
{
    FakeHostController host;
    HostPanel panel(host, m_themes);
    QCOMPARE(part<QLineEdit>(panel, u"hostPort"_s).text(), u"47100"_s);
    part<QLineEdit>(panel, u"hostName"_s).setText(u" Studio  LAN "_s);
    part<QLineEdit>(panel, u"hostPort"_s).setText(u"5000"_s);
    QTest::keyClick(&part<QLineEdit>(panel, u"hostPort"_s), Qt::Key_Return);
    QCOMPARE(host.starts.size(), 1);
    QCOMPARE(host.starts[0].name, u"Studio LAN"_s);
    QCOMPARE(host.starts[0].port, 5000);
    QVERIFY2(!part<QPushButton>(panel, u"startHosting"_s).isEnabled(), "it could be pressed twice");
}

void TestHostPanel::refusesInput_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("port");
    QTest::addColumn<QString>("fault");
    QTest::newRow("no name") << QString() << u"47100"_s << u"nameFault"_s;
    QTest::newRow("port of the system") << u"A"_s << u"80"_s << u"portFault"_s;
    QTest::newRow("port too large") << u"A"_s << u"70000"_s << u"portFault"_s;
    QTest::newRow("port is a word") << u"A"_s << u"chat"_s << u"portFault"_s;
    QTest::newRow("no port") << u"A"_s << QString() << u"portFault"_s;
}

void TestHostPanel::refusesInput()
{
    QFETCH(QString, name);
    QFETCH(QString, port);
    QFETCH(QString, fault);
    FakeHostController host;
    HostPanel panel(host, m_themes);
    part<QLineEdit>(panel, u"hostName"_s).setText(name);
    part<QLineEdit>(panel, u"hostPort"_s).setText(port);
    part<QPushButton>(panel, u"startHosting"_s).click();
    QVERIFY(host.starts.isEmpty());
    QVERIFY(!part<QLabel>(panel, fault).text().isEmpty());
    QVERIFY(part<QPushButton>(panel, u"startHosting"_s).isEnabled());
}

void TestHostPanel::offersAnotherPortInOneClick()
{
    FakeHostController host;
    HostPanel panel(host, m_themes);
    panel.setRequest({u"Studio LAN"_s, 47100});
    part<QPushButton>(panel, u"startHosting"_s).click();
    host.answerFailed({HostFailure::Kind::PortInUse, 47100, 47101, {}});
    QCOMPARE(part<QLabel>(panel, u"hostFailure"_s).text(), u"Port 47100 is in use. Use 47101 instead?"_s);
    auto &use = part<QPushButton>(panel, u"useSuggestedPort"_s);
    QVERIFY(use.text().contains(u"47101"_s));
    use.click();
    QCOMPARE(host.starts.size(), 2);
    QCOMPARE(host.starts[1].name, u"Studio LAN"_s);
    QCOMPARE(host.starts[1].port, 47101);
}

void TestHostPanel::tellsAFailure_data()
{
    QTest::addColumn<HostFailure>("failure");
    QTest::addColumn<QString>("words");
    QTest::newRow("no other port is free")
        << HostFailure{HostFailure::Kind::PortInUse, 47100, 0, {}} << u"Port 47100 is in use."_s;
    QTest::newRow("not allowed") << HostFailure{HostFailure::Kind::AddressUnavailable, 1025, 0, u"denied"_s}
                                 << u"port 1025"_s;
    QTest::newRow("the disk") << HostFailure{HostFailure::Kind::DataUnusable, 0, 0, u"disk full"_s} << u"disk full"_s;
}

void TestHostPanel::tellsAFailure()
{
    QFETCH(HostFailure, failure);
    QFETCH(QString, words);
    FakeHostController host;
    HostPanel panel(host, m_themes);
    panel.showFailure(failure);
    const QString sentence = part<QLabel>(panel, u"hostFailure"_s).text();
    QVERIFY2(sentence.contains(words), qPrintable(sentence));
    QVERIFY(part<QPushButton>(panel, u"useSuggestedPort"_s).isHidden());
    QVERIFY(part<QPushButton>(panel, u"startHosting"_s).isEnabled());
}

void TestHostPanel::showsWhatRuns()
{
    FakeHostController host;
    HostPanel panel(host, m_themes);
    panel.show();
    QVERIFY(!part<QWidget>(panel, u"runningChip"_s).isVisible());
    host.answerStarted(loopbackHost());
    QVERIFY(part<QWidget>(panel, u"runningChip"_s).isVisible());
    QVERIFY(part<QPushButton>(panel, u"stopHosting"_s).isVisible());
    QVERIFY(part<QLabel>(panel, u"hostTitle"_s).text().contains(u"Studio LAN"_s));
    const QString subtitle = part<QLabel>(panel, u"hostSubtitle"_s).text();
    QVERIFY2(subtitle.contains(u"3\u00a0h 20\u00a0min"_s) && subtitle.contains(u"47100"_s), qPrintable(subtitle));
    host.answerStopped();
    QVERIFY(!part<QWidget>(panel, u"runningChip"_s).isVisible());
    QVERIFY(part<QPushButton>(panel, u"startHosting"_s).isVisible());
    QCOMPARE(part<QLineEdit>(panel, u"hostName"_s).text(), u"Studio LAN"_s);
}

void TestHostPanel::showsAHostThatRanBefore()
{
    FakeHostController host;
    host.answerStarted(loopbackHost());
    HostPanel panel(host, m_themes);
    panel.show();
    QVERIFY(part<QWidget>(panel, u"runningChip"_s).isVisible());
}

void TestHostPanel::copiesAnAddress()
{
    FakeHostController host;
    HostPanel panel(host, m_themes);
    panel.show();
    host.answerStarted(loopbackHost());
    auto &card = part<QWidget>(panel, u"addressesCard"_s);
    QCOMPARE(part<QLabel>(card, u"joinLink"_s).text(), u"lanline://127.0.0.1:47100"_s);
    auto *copy = card.findChild<QToolButton *>();
    QVERIFY(copy);
    QVERIFY(copy->accessibleName().contains(u"127.0.0.1"_s));
    QVERIFY(part<QLabel>(card, u"copied"_s).isHidden());
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"lanline://127.0.0.1:47100"_s);
    QVERIFY(!part<QLabel>(card, u"copied"_s).isHidden());
}

void TestHostPanel::stopsOnce()
{
    FakeHostController host;
    HostPanel panel(host, m_themes);
    host.answerStarted(loopbackHost());
    auto &stop = part<QPushButton>(panel, u"stopHosting"_s);
    stop.click();
    stop.click();
    QCOMPARE(host.stops, 1);
    host.answerStopped();
    host.answerStarted(loopbackHost());
    QVERIFY(stop.isEnabled());
}

void TestHostPanel::countsClients()
{
    FakeHostController host;
    HostPanel panel(host, m_themes);
    host.answerStarted(loopbackHost());
    lanline::ui::HostClient alice;
    alice.connection = 7;
    alice.name = u"Alice"_s;
    Q_EMIT host.clientsChanged({alice});
    QCOMPARE(part<QLabel>(panel, u"clientCount"_s).text(), u"1"_s);
    QCOMPARE(part<QTableView>(panel, u"clientsTable"_s).model()->rowCount(), 1);
    host.answerStopped();
    QCOMPARE(part<QTableView>(panel, u"clientsTable"_s).model()->rowCount(), 0);
}

void TestHostPanel::choosesAddresses_data()
{
    QTest::addColumn<QList<InterfaceAddress>>("all");
    QTest::addColumn<QHostAddress>("listen");
    QTest::addColumn<QStringList>("chosen");
    const InterfaceAddress loopback = entry(Medium::Loopback, u"lo"_s, u"127.0.0.1"_s);
    const InterfaceAddress loopback6 = entry(Medium::Loopback, u"lo"_s, u"::1"_s);
    const InterfaceAddress cable = entry(Medium::Ethernet, u"enp3s0"_s, u"192.168.1.20"_s);
    const InterfaceAddress cable6 = entry(Medium::Ethernet, u"enp3s0"_s, u"2001:db8::7"_s);
    const InterfaceAddress linkLocal6 = entry(Medium::Ethernet, u"enp3s0"_s, u"fe80::1"_s);
    const InterfaceAddress linkLocal = entry(Medium::Ethernet, u"enp4s0"_s, u"169.254.3.4"_s);
    const InterfaceAddress wifi = entry(Medium::WiFi, u"wlp2s0"_s, u"192.168.1.87"_s);
    const InterfaceAddress vpn = entry(Medium::Vpn, u"tun0"_s, u"10.8.0.4"_s);
    const InterfaceAddress bridge = entry(Medium::Virtual, u"docker0"_s, u"172.17.0.1"_s);
    QTest::newRow("nothing") << QList<InterfaceAddress>{} << QHostAddress(QHostAddress::Any) << QStringList{};
    QTest::newRow("loopback only where there is nothing else") << QList{loopback6, linkLocal6,
        loopback} << QHostAddress(QHostAddress::Any) << QStringList{u"127.0.0.1"_s, u"::1"_s};
    QTest::newRow("cable, air, VPN, bridge, then IPv6")
        << QList{loopback, cable6, bridge, vpn, wifi, cable} << QHostAddress(QHostAddress::Any)
        << QStringList{u"192.168.1.20"_s, u"192.168.1.87"_s, u"10.8.0.4"_s, u"172.17.0.1"_s, u"2001:db8::7"_s};
    QTest::newRow("link-local helps nobody")
        << QList{linkLocal, linkLocal6, wifi} << QHostAddress(QHostAddress::Any) << QStringList{u"192.168.1.87"_s};
    QTest::newRow("only IPv4 is listened on")
        << QList{cable, cable6} << QHostAddress(QHostAddress::AnyIPv4) << QStringList{u"192.168.1.20"_s};
    QTest::newRow("only loopback is listened on")
        << QList{loopback, cable, wifi} << QHostAddress(QHostAddress::LocalHost) << QStringList{u"127.0.0.1"_s};
    QTest::newRow("one address is listened on")
        << QList{loopback, cable, wifi} << QHostAddress(u"192.168.1.87"_s) << QStringList{u"192.168.1.87"_s};
}

void TestHostPanel::choosesAddresses()
{
    QFETCH(QList<InterfaceAddress>, all);
    QFETCH(QHostAddress, listen);
    QFETCH(QStringList, chosen);
    QStringList found;
    for (const InterfaceAddress &address : lanline::ui::reachableAddresses(all, listen))
        found.append(address.address.toString());
    QCOMPARE(found, chosen);
}

void TestHostPanel::writesLinks()
{
    QCOMPARE(lanline::ui::joinLink(QHostAddress(u"192.168.1.20"_s), 47100), u"lanline://192.168.1.20:47100"_s);
    QCOMPARE(lanline::ui::joinLink(QHostAddress(u"2001:db8::7"_s), 5), u"lanline://[2001:db8::7]:5"_s);
}

QTEST_MAIN(TestHostPanel)
#include "tst_hostpanel.moc"
