#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <memory>

namespace lanline::client {

/// One of this computer's addresses, with the network that it is in.
struct LocalNetwork
{
    QHostAddress address;
    int prefixLength = 0; ///< of the network, in bits
    QString interface; ///< its name
    friend bool operator==(const LocalNetwork &, const LocalNetwork &) = default;
};

/// What happens to this computer's networks. Lives in one thread.
class NetworkWatch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Of interfaces that are up; loopback included.
    virtual QList<LocalNetwork> networks() const = 0;

Q_SIGNALS:
    /// This address can no longer be used: it was removed, or its interface went down or lost its carrier.
    void addressGone(const QHostAddress &address);
    /// An address or an interface came, went or moved; behind addressGone().
    void changed();
    /// The computer was asleep, or its clock was set: what is known of the links is out of date.
    void wokeUp();
};

/// Of this computer. To be called in the thread that it is to live in.
std::unique_ptr<NetworkWatch> makeNetworkWatch();

} // namespace lanline::client
