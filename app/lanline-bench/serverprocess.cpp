#include "serverprocess.h"

#include "machine.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <ctime>
#include <thread>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto startPatience = 10s;
constexpr auto stopPatience = 10s;

int ms(std::chrono::milliseconds time)
{
    return int(time.count());
}

QString contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

/// "12 kB" of a /proc file.
qint64 bytesOf(const QString &kib)
{
    constexpr qint64 bytesPerKib = 1024;
    return kib.section(u' ', 0, 0).toLongLong() * bytesPerKib;
}

} // namespace

ServerCommand ownServer(const QString &dataDir, const QStringList &moreArguments)
{
    const QDir dir(dataDir);
    return {QDir(QCoreApplication::applicationDirPath()).filePath(u"lanlined"_s),
        QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, dir.filePath(u"server"_s)} + moreArguments,
        dir.filePath(u"lanlined.log"_s)};
}

Result<ServerCommand, QString> peerServer(const QString &commandLine, const QString &logFile)
{
    QStringList words = QProcess::splitCommand(commandLine);
    if (words.isEmpty())
        return unexpected(u"%1 is no command"_s.arg(commandLine));
    const QString program = words.takeFirst();
    return ServerCommand{program, words, logFile};
}

Result<std::unique_ptr<ServerProcess>, QString> ServerProcess::start(const ServerCommand &command, const Cores &cores)
{
    std::unique_ptr<ServerProcess> server(new ServerProcess);
    QProcess &process = server->m_process;
    process.setChildProcessModifier([&cores] { pinThisThread(cores); });
    process.setStandardErrorFile(command.logFile);
    process.start(command.program, command.arguments);
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(ms(startPatience))) {
            return unexpected(
                u"%1 does not start: %2 %3"_s.arg(command.program, process.errorString(), contentsOf(command.logFile)));
        }
    }
    const QJsonObject line = QJsonDocument::fromJson(process.readLine()).object();
    server->m_url = QUrl(line.value("url"_L1).toString());
    server->m_tlsUrl = QUrl(line.value("tls_url"_L1).toString());
    if (server->m_url.isEmpty())
        return unexpected(u"%1 does not say where it listens"_s.arg(command.program));
    return server;
}

ServerProcess::~ServerProcess()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(ms(stopPatience))) {
        m_process.kill();
        m_process.waitForFinished(-1);
    }
}

std::chrono::nanoseconds ServerProcess::cpuTime() const
{
    // What /proc/PID/stat tells in steps of 10 ms, in nanoseconds.
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid_t(m_process.processId()), &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

qint64 ServerProcess::residentBytes() const
{
    // The one in status lags behind by what each core has not reported yet.
    return bytesOf(procValue(u"/proc/%1/smaps_rollup"_s.arg(m_process.processId()), "Rss"));
}

qint64 ServerProcess::peakBytes() const
{
    return bytesOf(procValue(u"/proc/%1/status"_s.arg(m_process.processId()), "VmHWM"));
}

void ServerProcess::settle() const
{
    constexpr auto longest = 3s;
    constexpr auto glance = 20ms;
    constexpr auto idleCost = 1ms;
    const auto until = std::chrono::steady_clock::now() + longest;
    auto spent = cpuTime();
    for (;;) {
        std::this_thread::sleep_for(glance);
        const auto now = cpuTime();
        if (now - spent < idleCost || std::chrono::steady_clock::now() > until)
            return;
        spent = now;
    }
}

void ServerProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(-1);
}

} // namespace lanline::bench
