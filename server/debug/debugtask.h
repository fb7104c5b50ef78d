#pragma once

#include "server/http/httpmessage.h"

#include <QString>

namespace lanline::server {

/// What is asked of the debug thread.
struct DebugTask
{
    enum class Kind : quint8 {
        Profile, ///< of the CPU, as pprof reads it
        FlameGraph, ///< the same as a picture
        Heap,
        Threads,
        Symbols, ///< `body`: addresses, 0x1+0x2
    };
    quint64 id = 0;
    Kind kind = Kind::Profile;
    std::chrono::seconds duration{}; ///< of Profile and FlameGraph
    QByteArray body{};
};

struct DebugAnswer
{
    quint64 id = 0;
    HttpResponse response;
};

} // namespace lanline::server
