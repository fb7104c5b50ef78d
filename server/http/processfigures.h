#pragma once

#include <QtGlobal>

namespace lanline::server {

/// What the system says about this process. What it does not say is 0.
struct ProcessFigures
{
    double cpuSeconds = 0;
    double startedAt = 0; ///< seconds since 1970
    qint64 residentBytes = 0;
    qint64 virtualBytes = 0;
    qint64 threads = 0;
    qint64 openDescriptors = 0;
    qint64 mostDescriptors = 0;
};

/// From the kernel's memory; no disk is touched.
ProcessFigures readProcessFigures();

} // namespace lanline::server
