#include "client/paths.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lanline::client {

namespace {

struct Peer
{
    QHostAddress address;
    quint16 port = 0;
};

/// IPv4 in IPv6's clothes is IPv4.
QHostAddress plain(const QHostAddress &address)
{
    bool isIPv4 = false;
    const quint32 number = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(number) : address;
}

bool isLinkLocalIPv6(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv6Protocol && address.isLinkLocal();
}

bool isOneMachines(const QHostAddress &address)
{
    return !address.isNull() && !address.isMulticast() && !address.isBroadcast()
        && address != QHostAddress(QHostAddress::AnyIPv4) && address != QHostAddress(QHostAddress::AnyIPv6);
}

/// 192.168.1.5:47100 or [fd00::5]:47100; nothing else, and no name.
std::optional<Peer> parsePeer(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon <= 0)
        return {};
    const QStringView digits = QStringView(text).sliced(colon + 1);
    // toUInt() would let blanks and signs pass.
    if (!std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return {};
    const uint port = digits.toUInt();
    if (port == 0 || port > 0xffff)
        return {};

    QString host = text.left(colon);
    const bool isBracketed = host.startsWith(u'[') && host.endsWith(u']');
    // QHostAddress would take "7" for 0.0.0.7.
    if (isBracketed)
        host = host.sliced(1, host.size() - 2);
    else if (host.count(u'.') != 3)
        return {};
    QHostAddress address(host);
    if (isBracketed != (address.protocol() == QAbstractSocket::IPv6Protocol))
        return {};
    address = plain(address);
    if (!isOneMachines(address) || isLinkLocalIPv6(address))
        return {};
    return Peer{address, quint16(port)};
}

QString interfaceOf(const QHostAddress &address, const QList<LocalNetwork> &networks)
{
    for (const LocalNetwork &network : networks) {
        if (network.address == address)
            return network.interface;
    }
    return {};
}

bool isOwn(const QHostAddress &address, const QList<LocalNetwork> &networks)
{
    return std::ranges::any_of(networks, [&](const auto &network) { return network.address == address; });
}

bool isInNetwork(const QHostAddress &address, const LocalNetwork &network)
{
    // isInSubnet() knows no scopes: every interface has its own fe80::/64.
    return network.prefixLength > 0 && address.protocol() == network.address.protocol()
        && address.scopeId() == network.address.scopeId() && address.isInSubnet(network.address, network.prefixLength);
}

bool isInAnyNetwork(const QHostAddress &address, const QList<LocalNetwork> &networks)
{
    return std::ranges::any_of(networks, [&](const auto &network) { return isInNetwork(address, network); });
}

bool isSameInterface(const QHostAddress &one, const QHostAddress &other, const QList<LocalNetwork> &networks)
{
    if (one == other)
        return true;
    const QString interface = interfaceOf(one, networks);
    return !interface.isEmpty() && interface == interfaceOf(other, networks);
}

QUrl urlTo(const Peer &peer, const QUrl &like)
{
    QUrl url = like;
    url.setHost(peer.address.toString());
    url.setPort(peer.port);
    return url;
}

/// Once each, and no more than fit.
class PathList
{
public:
    void add(const Path &path)
    {
        if (m_paths.size() < longestPathList && !m_paths.contains(path))
            m_paths.append(path);
    }
    const QList<Path> &paths() const { return m_paths; }

private:
    QList<Path> m_paths;
};

QList<Peer> parsePeers(const QStringList &told)
{
    QList<Peer> peers;
    for (const QString &text : told) {
        if (const auto peer = parsePeer(text))
            peers.append(*peer);
    }
    return peers;
}

/// Of a server on another machine: paths 1 to 3, in networks that both are in.
QList<Path> neighbourly(
    const QUrl &server, const Ends &primary, const QList<Peer> &told, const QList<LocalNetwork> &networks)
{
    // The primary's own port before another that is told for its address.
    QList<Peer> peers{{primary.peer, primary.peerPort}};
    for (const Peer &peer : told) {
        const auto isHere = [&](const Peer &known) { return known.address == peer.address; };
        if (!isOwn(peer.address, networks) && std::ranges::none_of(peers, isHere))
            peers.append(peer);
    }

    std::array<PathList, 3> byRank;
    for (const Peer &peer : std::as_const(peers)) {
        QStringList tried; // an interface may have several addresses in one network
        for (const LocalNetwork &network : networks) {
            if (!isInNetwork(peer.address, network) || tried.contains(network.interface))
                continue;
            if (isSamePath({network.address, peer.address, peer.port}, primary, networks))
                continue;
            tried.append(network.interface);
            const bool isOtherPeer = peer.address != primary.peer;
            const bool isOtherInterface = !isSameInterface(network.address, primary.local, networks);
            const size_t rank = !isOtherInterface ? 2 : isOtherPeer ? 0 : 1;
            byRank.at(rank).add({urlTo(peer, server), network.address});
        }
    }
    return byRank[0].paths() + byRank[1].paths() + byRank[2].paths();
}

QList<Path> otherPaths(
    const QUrl &server, const Ends &primary, const QList<Peer> &told, const QList<LocalNetwork> &networks)
{
    PathList list;
    const auto addIf = [&](auto isOfUse, auto localTowards) {
        for (const Peer &peer : told) {
            const Ends ends{localTowards(peer), peer.address, peer.port};
            if (isOfUse(peer.address) && !isSamePath(ends, primary, networks))
                list.add({urlTo(peer, server), {}});
        }
    };
    if (primary.peer.isLoopback()) {
        addIf([](const QHostAddress &address) { return address.isLoopback(); },
            [&](const Peer &) { return primary.local; });
        return list.paths();
    }
    if (isOwn(primary.peer, networks)) {
        // A connection to an own address begins at that address.
        addIf([&](const QHostAddress &address) { return !address.isLoopback() && isOwn(address, networks); },
            [](const Peer &peer) { return peer.address; });
        return list.paths();
    }
    for (const Path &path : neighbourly(server, primary, told, networks))
        list.add(path);
    if (!isInAnyNetwork(primary.peer, networks)) {
        addIf([&](const QHostAddress &address) { return !address.isLoopback() && !isInAnyNetwork(address, networks); },
            [&](const Peer &) { return primary.local; });
    }
    return list.paths();
}

Ends plain(const Ends &ends)
{
    return {plain(ends.local), plain(ends.peer), ends.peerPort};
}

} // namespace

bool isSamePath(const Ends &one, const Ends &other, const QList<LocalNetwork> &networks)
{
    const Ends first = plain(one);
    const Ends second = plain(other);
    if (first.peer.isLoopback() || second.peer.isLoopback())
        return first.peer == second.peer && first.peerPort == second.peerPort;
    if (!isSameInterface(first.local, second.local, networks))
        return false;
    // Towards an own address only that address's interface counts.
    if (first.local == first.peer && second.local == second.peer)
        return true;
    return first.peer == second.peer || first.peer.protocol() != second.peer.protocol();
}

QList<Path> standbyPaths(const QUrl &server, const Ends &primary, const QStringList &told,
    const QList<LocalNetwork> &networks, bool mayBeSame)
{
    QList<Path> paths = otherPaths(server, plain(primary), parsePeers(told), networks);
    if (mayBeSame) {
        paths.resize(std::min(paths.size(), longestPathList - 1));
        paths.append({server, {}});
    }
    return paths;
}

bool hasOtherPath(const Ends &primary, const QStringList &told, const QList<LocalNetwork> &networks)
{
    return !standbyPaths({}, primary, told, networks, false).isEmpty();
}

QList<Path> primaryPaths(const QUrl &given, const QStringList &told, const QList<LocalNetwork> &networks)
{
    const QHostAddress host = plain(QHostAddress(given.host()));
    const bool isLoopback = host.isLoopback() || given.host() == QLatin1StringView("localhost");
    const auto isOfUse = [&](const QHostAddress &address) {
        if (isLoopback || address.isLoopback())
            return isLoopback && address.isLoopback();
        return isOwn(host, networks) == isOwn(address, networks);
    };

    PathList near;
    PathList far;
    near.add({given, {}});
    for (const Peer &peer : parsePeers(told)) {
        if (!isOfUse(peer.address))
            continue;
        PathList &list = isLoopback || isInAnyNetwork(peer.address, networks) ? near : far;
        list.add({urlTo(peer, given), {}});
    }
    QList<Path> paths = near.paths() + far.paths();
    paths.resize(std::min(paths.size(), longestPathList));
    return paths;
}

} // namespace lanline::client
