#pragma once

#include "client/link.h"
#include "client/networkwatch.h"

#include <QStringList>

namespace lanline::client {

/// Where a connection begins and ends.
struct Ends
{
    QHostAddress local;
    QHostAddress peer;
    quint16 peerPort = 0;
    friend bool operator==(const Ends &, const Ends &) = default;
};

// Which ways lead to a server, from what is known of both ends. Pure functions; `told`: WELCOME.addresses, taken as
// untrusted: what is no host:port with an address in it is passed over. No answer is longer than longestPathList.
//
// Where the server is decides which addresses are of use:
// - on loopback: only loopback addresses, and there another port is another path (a proxy per "cable");
// - on this computer, by another of its addresses: only addresses of this computer;
// - elsewhere: neither loopback addresses nor this computer's own, for those would lead to ourselves (two machines may
//   well have the same address on an inner bridge).
// Link-local IPv6 addresses that are told are passed over: the scope in them is another computer's.
//
// The URLs of the answer have an address where `server` may have a name. Over wss:// the name is not checked then: only
// who trusts the certificate itself (by its digest) may use such a path.

inline constexpr qsizetype longestPathList = 16;

/// Would what cuts the one probably cut the other? Yes on the same interface of this computer (by `networks`; by
/// address where it is not among them) towards the same server address, or towards another one of the other family:
/// IPv4 and IPv6 mostly share a cable. Towards this computer's own addresses: when they are of one interface. On
/// loopback: to the same address and port.
bool isSamePath(const Ends &one, const Ends &other, const QList<LocalNetwork> &networks);

/// Where to open a standby beside `primary`, whose URL was `server`; the most different first:
/// 1. from another interface to another address of the server, in a network that both are in;
/// 2. from another interface to the same address, likewise;
/// 3. from the same interface to another address, likewise;
/// 4. where the primary goes through a router: to another address, from where the system chooses;
/// 5. with `mayBeSame`: `server` itself, always last.
/// Everything before 5 is not isSamePath(). `local` is set in 1 to 3.
QList<Path> standbyPaths(const QUrl &server, const Ends &primary, const QStringList &told,
    const QList<LocalNetwork> &networks, bool mayBeSame);

/// Is there a path in standbyPaths() that is not the same?
bool hasOtherPath(const Ends &primary, const QStringList &told, const QList<LocalNetwork> &networks);

/// Where to look for the server when no link is left: first `given` as the person gave it, then the addresses told that
/// differ from it, those of a network that this computer is in before others. `local` is never set.
QList<Path> primaryPaths(const QUrl &given, const QStringList &told, const QList<LocalNetwork> &networks);

} // namespace lanline::client
