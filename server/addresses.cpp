#include "server/addresses.h"

#include <QNetworkInterface>

#include <algorithm>

namespace lanline::server {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto freshness = 1s;
/// Of a machine with hundreds of them (bridges, containers) a client can make no use.
constexpr qsizetype mostAddresses = 32;

QHostAddress plain(const QHostAddress &address)
{
    bool isIPv4 = false;
    const quint32 number = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(number) : address;
}

QString written(const QHostAddress &address, quint16 port)
{
    const bool isIPv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (isIPv6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
}

bool isListening(const QHostAddress &listeningOn, const QHostAddress &address)
{
    const bool isIPv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (listeningOn == QHostAddress(QHostAddress::Any))
        return true;
    return listeningOn == QHostAddress(isIPv6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
}

bool isInNetwork(const QHostAddress &address, const InterfaceAddress &network)
{
    return address.protocol() == network.address.protocol()
        && address.isInSubnet(network.address, network.prefixLength);
}

} // namespace

QList<InterfaceAddress> readInterfaceAddresses()
{
    QList<InterfaceAddress> addresses;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        if (!interface.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::IsRunning))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries())
            addresses.append({entry.ip(), std::max(entry.prefixLength(), 0), interface.name()});
    }
    return addresses;
}

QStringList tellableAddresses(
    const QHostAddress &listeningOn, quint16 port, const QHostAddress &peer, const QList<InterfaceAddress> &interfaces)
{
    const QHostAddress from = plain(peer);
    const bool isAny = isListening(listeningOn, QHostAddress(QHostAddress::LocalHost))
        || isListening(listeningOn, QHostAddress(QHostAddress::LocalHostIPv6));
    if (!isAny)
        return {written(listeningOn, port)};
    if (from.isLoopback()) {
        const bool isIPv6 = from.protocol() == QAbstractSocket::IPv6Protocol;
        return {written(QHostAddress(isIPv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost), port)};
    }

    QList<InterfaceAddress> chosen;
    for (const InterfaceAddress &candidate : interfaces) {
        const QHostAddress &address = candidate.address;
        const bool isLinkLocalIPv6 = address.protocol() == QAbstractSocket::IPv6Protocol && address.isLinkLocal();
        if (address.isLoopback() || isLinkLocalIPv6 || !isListening(listeningOn, address))
            continue;
        // More of the same (IPv6 makes several) would pass for other cables.
        const auto isAlike = [&](const InterfaceAddress &other) {
            return other.interface == candidate.interface && isInNetwork(address, other);
        };
        if (std::ranges::none_of(chosen, isAlike))
            chosen.append(candidate);
    }
    std::stable_partition(
        chosen.begin(), chosen.end(), [&](const InterfaceAddress &near) { return isInNetwork(from, near); });

    QStringList told;
    for (const InterfaceAddress &address : chosen.first(std::min(chosen.size(), mostAddresses)))
        told.append(written(address.address, port));
    return told;
}

Addresses::Addresses(QStringList advertised, const QHostAddress &listeningOn, quint16 port, TimeSource &time,
    std::function<QList<InterfaceAddress>()> read)
    : m_advertised(std::move(advertised))
    , m_listeningOn(listeningOn)
    , m_port(port)
    , m_time(time)
    , m_read(std::move(read))
{ }

QStringList Addresses::addressesFor(const QHostAddress &peer)
{
    if (!m_advertised.isEmpty())
        return m_advertised;
    if (m_readAt == SteadyTime{} || m_time.now() - m_readAt >= freshness) {
        m_interfaces = m_read();
        m_readAt = m_time.now();
    }
    return tellableAddresses(m_listeningOn, m_port, peer, m_interfaces);
}

} // namespace lanline::server
