#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>
#include <QUrl>

namespace lanline::ui {

/// What an interface is, for its icon and its word.
enum class Medium : quint8 { Ethernet, WiFi, Vpn, Virtual, Loopback };

/// One address of one interface of this machine.
struct InterfaceAddress
{
    Medium medium = Medium::Ethernet;
    QString interfaceName;
    QHostAddress address;
    friend bool operator==(const InterfaceAddress &, const InterfaceAddress &) = default;
};

/// Of all interfaces that are up.
QList<InterfaceAddress> machineAddresses();

/// Where others reach a server that listens on `listenAddress`: cables first, then the air, VPNs, and the bridges of
/// virtual machines; all IPv4 before any IPv6; nothing link-local, and loopback only where there is nothing else.
QList<InterfaceAddress> reachableAddresses(const QList<InterfaceAddress> &all, const QHostAddress &listenAddress);

/// "lanline://192.168.1.20:47100", "lanline://[2001:db8::1]:47100".
QString joinLink(const QHostAddress &address, quint16 port);

} // namespace lanline::ui
