#pragma once

#include "core/result.h"
#include "cores.h"

#include <QProcess>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <memory>

namespace lanline::bench {

/// What it takes to start a server program.
struct ServerCommand
{
    QString program;
    QStringList arguments;
    QString logFile; ///< takes what it says on standard error
};

/// The `lanlined` from the folder of this program, on the loopback, on a free port if none is given. Data and log go to
/// `dataDir`.
ServerCommand ownServer(const QString &dataDir, const QStringList &moreArguments = {}, quint16 port = 0);
/// A command line as a person gives it; the error is a sentence.
Result<ServerCommand, QString> peerServer(const QString &commandLine, const QString &logFile);

/// A server program in a process of its own. Its first line on standard output tells where it listens:
/// {"event":"listening","url":"ws://127.0.0.1:40123","port":40123}, with "tls_url" where it speaks TLS.
/// Stopped as a person would stop it when this object goes.
class ServerProcess
{
public:
    /// Waits until it accepts. The error is a sentence, with what the log says.
    static Result<std::unique_ptr<ServerProcess>, QString> start(const ServerCommand &command, const Cores &cores);
    /// Does not wait: see isListening().
    static std::unique_ptr<ServerProcess> launch(const ServerCommand &command, const Cores &cores);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// Looks for its first line, and waits for it at most so long. The error is a sentence: it will never listen.
    Result<bool, QString> isListening(std::chrono::milliseconds patience = {});
    QUrl url() const { return m_url; }
    QUrl tlsUrl() const { return m_tlsUrl; } ///< empty without TLS
    /// Of all its threads since it started, in user space and in the kernel.
    std::chrono::nanoseconds cpuTime() const;
    /// Resident now; 0 where the system does not tell.
    qint64 residentBytes() const;
    /// Resident, at its most so far; likewise.
    qint64 peakBytes() const;
    /// Waits until it does nothing any more, so that what it still has to clean up is nobody else's cost; 3 s at most.
    void settle() const;
    /// SIGKILL: it gets no chance to say goodbye.
    void kill();
    /// SIGTERM: it tells its clients, and ends by itself.
    void terminate() { m_process.terminate(); }
    /// Looks whether it has ended.
    bool hasEnded() { return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(0); }
    /// terminate(), and waits.
    void stop();

private:
    explicit ServerProcess(const ServerCommand &command)
        : m_command(command)
    { }

    ServerCommand m_command;
    QProcess m_process;
    QUrl m_url;
    QUrl m_tlsUrl;
};

} // namespace lanline::bench
