#pragma once

#include "core/timing.h"

#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <functional>

namespace lanline::server {

/// An address of one of this computer's interfaces.
struct InterfaceAddress
{
    QHostAddress address;
    int prefixLength = 0; ///< of its network, in bits
    QString interface; ///< its name
};

/// Of the interfaces that are up and have a carrier; loopback included.
QList<InterfaceAddress> readInterfaceAddresses();

/// Where a peer can reach a server that listens there, as host:port, best first. One on another computer is told an
/// address per interface and network, those of its own network first; never loopback, nor link-local IPv6, which would
/// mean nothing to it. One on this computer that came over loopback is told the loopback address it came to, for it is
/// not to leave the computer.
QStringList tellableAddresses(
    const QHostAddress &listeningOn, quint16 port, const QHostAddress &peer, const QList<InterfaceAddress> &interfaces);

/// What the clients of a server are told of its addresses. Lives in one thread.
class Addresses
{
public:
    /// `advertised`: told to everyone as it is; empty: what the interfaces have. `time` outlives this object.
    Addresses(QStringList advertised, const QHostAddress &listeningOn, quint16 port, TimeSource &time,
        std::function<QList<InterfaceAddress>()> read = readInterfaceAddresses);

    /// Asks the system at most once a second.
    QStringList addressesFor(const QHostAddress &peer);

private:
    QStringList m_advertised;
    QHostAddress m_listeningOn;
    quint16 m_port;
    TimeSource &m_time;
    std::function<QList<InterfaceAddress>()> m_read;
    SteadyTime m_readAt{};
    QList<InterfaceAddress> m_interfaces; ///< as of then
};

} // namespace lanline::server
