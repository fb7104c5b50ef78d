#pragma once

#include "core/fault.h"

#include <QString>

#include <array>
#include <optional>

namespace lanline::ctl {

struct FaultName
{
    QLatin1StringView name;
    FaultKind kind;
};
/// Those that a server can be asked for.
inline constexpr std::array faultNames{FaultName{QLatin1StringView("delay"), FaultKind::Delay},
    FaultName{QLatin1StringView("jitter"), FaultKind::Jitter},
    FaultName{QLatin1StringView("drop-heartbeats"), FaultKind::DropHeartbeats},
    FaultName{QLatin1StringView("stall-server"), FaultKind::StallServer},
    FaultName{QLatin1StringView("stall-storage"), FaultKind::StallStorage},
    FaultName{QLatin1StringView("slow-disk"), FaultKind::SlowDisk}};

inline std::optional<FaultKind> faultOfName(const QString &name)
{
    for (const FaultName &known : faultNames) {
        if (known.name == name)
            return known.kind;
    }
    return std::nullopt;
}

/// Empty for what is no server's.
inline QString nameOf(FaultKind kind)
{
    for (const FaultName &known : faultNames) {
        if (known.kind == kind)
            return known.name;
    }
    return {};
}

} // namespace lanline::ctl
