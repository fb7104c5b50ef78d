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

ServerCommand ownServer(const QString &dataDir, const QStringList &moreArguments, quint16 port)
{
    const QDir dir(dataDir);
    return {QDir(QCoreApplication::applicationDirPath()).filePath(u"lanlined"_s),
        QStringList{u"--listen"_s, u"127.0.0.1:%1"_s.arg(port), u"--data"_s, dir.filePath(u"server"_s)} + moreArguments,
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
    auto server = launch(command, cores);
    for (;;) {
        const auto isListening = server->isListening(startPatience);
        if (!isListening)
            return unexpected(isListening.error());
        if (*isListening)
            return server;
    }
}

std::unique_ptr<ServerProcess> ServerProcess::launch(const ServerCommand &command, const Cores &cores)
{
    std::unique_ptr<ServerProcess> server(new ServerProcess(command));
    QProcess &process = server->m_process;
    process.setChildProcessModifier([cores] { pinThisThread(cores); });
    process.setStandardErrorFile(command.logFile);
    process.start(command.program, command.arguments);
    return server;
}

Result<bool, QString> ServerProcess::isListening(std::chrono::milliseconds patience)
{
    if (!m_url.isEmpty())
        return true;
    if (!m_process.canReadLine() && !m_process.waitForReadyRead(ms(patience))
        && (patience > 0ms || m_process.state() == QProcess::NotRunning)) {
        return unexpected(u"%1 does not start: %2 %3"_s.arg(
            m_command.program, m_process.errorString(), contentsOf(m_command.logFile)));
    }
    if (!m_process.canReadLine())
        return false;
    const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
    m_url = QUrl(line.value("url"_L1).toString());
    m_tlsUrl = QUrl(line.value("tls_url"_L1).toString());
    if (m_url.isEmpty())
        return unexpected(u"%1 does not say where it listens"_s.arg(m_command.program));
    return true;
}

ServerProcess::~ServerProcess()
{
    stop();
}

void ServerProcess::stop()
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
