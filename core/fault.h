#pragma once

#include <QtGlobal>

#include <chrono>

namespace lanline {

/// What can be broken on purpose, to see what comes of it. `amount` is told with each.
enum class FaultKind : quint8 {
    Delay, ///< every frame leaves `amount` later, in order
    Jitter, ///< every frame leaves up to `amount` later, in order
    DropHeartbeats, ///< none is answered (server) or sent (client)
    StallGui, ///< once a second the thread sleeps for `amount`, as the next three
    StallNetwork,
    StallServer,
    StallStorage,
    SlowDisk, ///< every transaction takes `amount` longer
    SlowReader, ///< frames wait for `amount` each before they are taken, one behind the other
    CutPrimary, ///< the link ends with an error, and again as soon as there is one
    CutStandby,
    RestartServer, ///< the embedded server is killed, and started again after `amount`
};
inline constexpr int faultKindCount = 12;

/// Ends by itself.
struct Fault
{
    FaultKind kind = FaultKind::Delay;
    std::chrono::milliseconds amount{};
    std::chrono::milliseconds duration{}; ///< from now on
    friend bool operator==(const Fault &, const Fault &) = default;
};

/// Of any fault: what would be longer is shortened.
inline constexpr std::chrono::milliseconds longestFault{120'000};
inline constexpr std::chrono::milliseconds largestFaultAmount{5'000};

/// Those that a server can be asked for over the wire, if it allows any.
constexpr bool isServerFault(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Delay:
    case FaultKind::Jitter:
    case FaultKind::DropHeartbeats:
    case FaultKind::StallServer:
    case FaultKind::StallStorage:
    case FaultKind::SlowDisk:
        return true;
    default:
        return false;
    }
}

} // namespace lanline
