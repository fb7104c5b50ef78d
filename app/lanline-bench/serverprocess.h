#pragma once

#include "core/result.h"
#include "cores.h"

#include <QProcess>
#include <QUrl>

#include <chrono>
#include <memory>

namespace lanline::bench {

/// A `lanlined` of our own, from the folder of this program. Stopped as a person would stop it when this object goes.
class ServerProcess
{
public:
    /// Waits until it accepts. Its log goes to a file in `dataDir`. The error is a sentence, with what the log says.
    static Result<std::unique_ptr<ServerProcess>, QString> start(const QString &dataDir, const Cores &cores);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    QUrl url() const { return m_url; }
    /// Of all its threads since it started, in user space and in the kernel.
    std::chrono::nanoseconds cpuTime() const;
    /// Resident, at its most so far; 0 where the system does not tell.
    qint64 peakBytes() const;

private:
    ServerProcess() = default;

    QProcess m_process;
    QUrl m_url;
};

} // namespace lanline::bench
