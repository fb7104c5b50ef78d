#pragma once

#include "core/result.h"

#include <QByteArray>

namespace lanline::server {

/// What samples this process: one a program, for it is the process that is sampled. Used by one thread at a time.
class Profiler
{
public:
    virtual ~Profiler() = default;
    /// Counts where the CPU time of all threads goes, into that file, in gperftools' format. False: it cannot be
    /// written.
    [[nodiscard]] virtual bool startCpu(const QByteArray &file) = 0;
    /// The file is complete.
    virtual void stopCpu() = 0;
    /// Where the memory that is in use now was asked for, in gperftools' format. The error is a sentence.
    virtual Result<QByteArray, QByteArray> heap() = 0;
};

} // namespace lanline::server
