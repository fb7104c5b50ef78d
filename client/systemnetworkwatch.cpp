#include "client/systemnetworkwatch.h"

#ifdef Q_OS_LINUX
#include "client/netlinkevents.h"
#endif

#include <QNetworkInterface>

#include <algorithm>

namespace lanline::client {

using namespace std::chrono_literals;

namespace {

constexpr auto lookInterval = 1s;

} // namespace

QList<LocalNetwork> readNetworks()
{
    QList<LocalNetwork> networks;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        // Up without running: no carrier.
        if (!interface.flags().testFlags(QNetworkInterface::IsUp | QNetworkInterface::IsRunning))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries())
            networks.append({entry.ip(), std::max(entry.prefixLength(), 0), interface.name()});
    }
    return networks;
}

SystemNetworkWatch::SystemNetworkWatch(Sources sources, std::shared_ptr<TimeSource> time, QObject *parent)
    : NetworkWatch(parent)
    , m_sources(std::move(sources))
    , m_time(std::move(time))
    , m_timer(m_time->makeTimer([this] { onTick(); }))
    , m_wakeDetector(m_sources.clocks())
{
#ifdef Q_OS_LINUX
    if (m_sources.hearsKernel) {
        auto *events = new NetlinkEvents(this);
        connect(events, &NetlinkEvents::happened, this, [this] {
            // Networks are up again soon after a sleep.
            lookAtClocks();
            lookAtNetworks();
        });
        m_hearsKernel = events->isOpen();
    }
#endif
    // Behind the events' beginning: what happens in between is told twice rather than never.
    m_networks = m_sources.networks();
    m_timer->start(lookInterval);
}

SystemNetworkWatch::~SystemNetworkWatch() = default;

void SystemNetworkWatch::onTick()
{
    m_timer->start(lookInterval);
    lookAtClocks();
    if (!m_hearsKernel)
        lookAtNetworks();
}

void SystemNetworkWatch::lookAtClocks()
{
    if (m_wakeDetector.take(m_sources.clocks()))
        Q_EMIT wokeUp();
}

void SystemNetworkWatch::lookAtNetworks()
{
    const QList<LocalNetwork> before = std::exchange(m_networks, m_sources.networks());
    if (m_networks == before)
        return;
    // An address may be on two interfaces: it has gone with the last.
    const auto has = [](const QList<LocalNetwork> &networks, const QHostAddress &address) {
        return std::ranges::any_of(networks, [&](const auto &network) { return network.address == address; });
    };
    const QList<LocalNetwork> now = m_networks;
    for (const LocalNetwork &network : before) {
        if (!has(now, network.address))
            Q_EMIT addressGone(network.address);
    }
    Q_EMIT changed();
}

} // namespace lanline::client
