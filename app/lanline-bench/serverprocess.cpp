#include "serverprocess.h"

#include "machine.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <ctime>

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

} // namespace

Result<std::unique_ptr<ServerProcess>, QString> ServerProcess::start(const QString &dataDir, const Cores &cores)
{
    const QString program = QDir(QCoreApplication::applicationDirPath()).filePath(u"lanlined"_s);
    const QString log = QDir(dataDir).filePath(u"lanlined.log"_s);

    std::unique_ptr<ServerProcess> server(new ServerProcess);
    QProcess &process = server->m_process;
    process.setChildProcessModifier([&cores] { pinThisThread(cores); });
    process.setStandardErrorFile(log);
    process.start(program, {u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, QDir(dataDir).filePath(u"server"_s)});
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(ms(startPatience)))
            return unexpected(u"%1 does not start: %2 %3"_s.arg(program, process.errorString(), contentsOf(log)));
    }
    const QJsonObject line = QJsonDocument::fromJson(process.readLine()).object();
    server->m_url = QUrl(line.value("url"_L1).toString());
    if (server->m_url.isEmpty())
        return unexpected(u"%1 does not say where it listens"_s.arg(program));
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

qint64 ServerProcess::peakBytes() const
{
    constexpr qint64 bytesPerKib = 1024;
    const QString peak = procValue(u"/proc/%1/status"_s.arg(m_process.processId()), "VmHWM");
    return peak.section(u' ', 0, 0).toLongLong() * bytesPerKib;
}

} // namespace lanline::bench
