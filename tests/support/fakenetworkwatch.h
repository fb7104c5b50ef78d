#pragma once

#include "client/networkwatch.h"

namespace lanline::client {

/// Networks that change when the test says so.
class FakeNetworkWatch final : public NetworkWatch
{
    Q_OBJECT

public:
    explicit FakeNetworkWatch(QList<LocalNetwork> networks)
        : m_networks(std::move(networks))
    { }

    QList<LocalNetwork> networks() const override { return m_networks; }

    void add(const LocalNetwork &network)
    {
        m_networks.append(network);
        Q_EMIT changed();
    }
    void remove(const QHostAddress &address)
    {
        m_networks.removeIf([&](const LocalNetwork &network) { return network.address == address; });
        Q_EMIT addressGone(address);
        Q_EMIT changed();
    }

private:
    QList<LocalNetwork> m_networks;
};

} // namespace lanline::client
