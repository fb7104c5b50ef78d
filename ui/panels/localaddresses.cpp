#include "ui/panels/localaddresses.h"

#include <QNetworkInterface>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

Medium mediumOf(const QNetworkInterface &interface)
{
    const QString name = interface.name();
    const auto startsWithOneOf = [&name](const auto &prefixes) {
        return std::any_of(
            prefixes.begin(), prefixes.end(), [&](QLatin1StringView prefix) { return name.startsWith(prefix); });
    };
    // The kernel calls most of these Ethernet: only the usual names tell a bridge or a tunnel from a cable.
    constexpr std::array bridges{"docker"_L1, "br-"_L1, "virbr"_L1, "veth"_L1, "vmnet"_L1, "vboxnet"_L1, "lxc"_L1};
    constexpr std::array tunnels{"tun"_L1, "tap"_L1, "wg"_L1, "ppp"_L1, "tailscale"_L1, "zt"_L1};

    if (interface.flags().testFlag(QNetworkInterface::IsLoopBack))
        return Medium::Loopback;
    if (startsWithOneOf(bridges))
        return Medium::Virtual;
    if (startsWithOneOf(tunnels))
        return Medium::Vpn;
    switch (interface.type()) {
    case QNetworkInterface::Wifi:
        return Medium::WiFi;
    case QNetworkInterface::Ppp:
    case QNetworkInterface::Virtual:
        return Medium::Vpn;
    default:
        return Medium::Ethernet;
    }
}

bool isIpv4(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol;
}

} // namespace

QList<InterfaceAddress> machineAddresses()
{
    QList<InterfaceAddress> found;
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        if (!interface.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::IsRunning))
            continue;
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries)
            found.append({mediumOf(interface), interface.name(), entry.ip()});
    }
    return found;
}

QList<InterfaceAddress> reachableAddresses(const QList<InterfaceAddress> &all, const QHostAddress &listenAddress)
{
    const bool any = listenAddress == QHostAddress(QHostAddress::Any);
    const auto isListenedOn = [&](const QHostAddress &address) {
        return any || listenAddress == address
            || (listenAddress == QHostAddress(QHostAddress::AnyIPv4) && isIpv4(address))
            || (listenAddress == QHostAddress(QHostAddress::AnyIPv6) && !isIpv4(address));
    };

    QList<InterfaceAddress> reachable;
    QList<InterfaceAddress> loopback;
    for (const InterfaceAddress &entry : all) {
        if (!isListenedOn(entry.address) || entry.address.isLinkLocal())
            continue;
        (entry.address.isLoopback() ? loopback : reachable).append(entry);
    }
    if (reachable.isEmpty())
        reachable = loopback;
    std::stable_sort(reachable.begin(), reachable.end(), [](const InterfaceAddress &a, const InterfaceAddress &b) {
        return std::tuple(!isIpv4(a.address), a.medium) < std::tuple(!isIpv4(b.address), b.medium);
    });
    return reachable;
}

QString joinLink(const QHostAddress &address, quint16 port)
{
    QUrl url;
    url.setScheme(u"lanline"_s);
    url.setHost(address.toString());
    url.setPort(port);
    return url.toString();
}

} // namespace lanline::ui
