#pragma once

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace lanline::server {

/// A CPU profile in gperftools' format (CPU profile format, version 0), of this machine's word size.
struct CpuProfile
{
    struct Stack
    {
        quint64 samples = 0;
        std::vector<quint64> addresses; ///< the innermost first; of the others, the address they return to
    };
    std::vector<Stack> stacks;

    /// Nothing when it is none, or is cut off.
    static std::optional<CpuProfile> parse(QByteArrayView bytes);
};

} // namespace lanline::server
