#pragma once

#include "client/networkwatch.h"
#include "client/wakedetector.h"
#include "core/timing.h"

#include <functional>
#include <memory>

namespace lanline::client {

/// Addresses of this computer's interfaces that are up and have a carrier; loopback included. Takes well below a
/// millisecond.
QList<LocalNetwork> readNetworks();

/// Looks at this computer's networks when the kernel tells of a change, where it does (Linux), else each second; at its
/// clocks each second.
class SystemNetworkWatch final : public NetworkWatch
{
    Q_OBJECT

public:
    /// What is looked at.
    struct Sources
    {
        std::function<QList<LocalNetwork>()> networks = readNetworks;
        std::function<ClockReading()> clocks = readClocks;
        bool hearsKernel = true; ///< else it looks each second wherever it runs
    };

    SystemNetworkWatch(Sources sources, std::shared_ptr<TimeSource> time, QObject *parent = nullptr);
    ~SystemNetworkWatch() override;

    QList<LocalNetwork> networks() const override { return m_networks; }

private:
    void onTick();
    void lookAtClocks();
    void lookAtNetworks();

    Sources m_sources;
    std::shared_ptr<TimeSource> m_time;
    std::unique_ptr<Timer> m_timer;
    bool m_hearsKernel = false;
    WakeDetector m_wakeDetector;
    QList<LocalNetwork> m_networks;
};

} // namespace lanline::client
