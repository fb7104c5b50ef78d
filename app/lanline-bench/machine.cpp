#include "machine.h"

#include <QFile>
#include <QStorageInfo>
#include <QSysInfo>
#include <QThread>

#include <sqlite3.h>

#include <cstdlib>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;

namespace {

QString memory()
{
    constexpr double kibPerGib = 1024.0 * 1024.0;
    const double kib = procValue(u"/proc/meminfo"_s, "MemTotal").section(u' ', 0, 0).toDouble();
    return u"%1 GiB"_s.arg(kib / kibPerGib, 0, 'f', 1);
}

/// "write back" (a flush is needed, and costs) or "write through"; empty where the kernel does not say.
QString writeCache(const QString &dir)
{
    struct stat info = {};
    if (::stat(qUtf8Printable(dir), &info) != 0)
        return {};
    const QString device = u"/sys/dev/block/%1:%2/"_s.arg(major(info.st_dev)).arg(minor(info.st_dev));
    // A partition has no queue of its own.
    for (const QString &queue : {device + u"queue/write_cache"_s, device + u"../queue/write_cache"_s}) {
        QFile file(queue);
        if (file.open(QIODevice::ReadOnly))
            return QString::fromUtf8(file.readAll()).trimmed();
    }
    return {};
}

} // namespace

QString procValue(const QString &path, QByteArrayView key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (QByteArray line = file.readLine(); !line.isEmpty(); line = file.readLine()) {
        if (line.startsWith(key))
            return QString::fromUtf8(line.sliced(line.indexOf(':') + 1)).simplified();
    }
    return {};
}

bool Machine::isInMemory() const
{
    return fileSystem == u"tmpfs"_s || fileSystem == u"ramfs"_s;
}

Machine describeMachine(const QString &dir)
{
    const QStorageInfo storage(dir);
    Machine machine;
    machine.cpu = procValue(u"/proc/cpuinfo"_s, "model name");
    if (machine.cpu.isEmpty())
        machine.cpu = QSysInfo::currentCpuArchitecture();
    machine.cores = QThread::idealThreadCount();
    machine.memory = memory();
    machine.system =
        QSysInfo::prettyProductName() + u", "_s + QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion();
    machine.fileSystem = QString::fromUtf8(storage.fileSystemType());
    machine.disk = QString::fromUtf8(storage.device()) + u", "_s + machine.fileSystem;
    if (const QString cache = writeCache(dir); !cache.isEmpty())
        machine.disk += u", "_s + cache;
    machine.sqlite = QString::fromUtf8(sqlite3_libversion());
    machine.qt = QString::fromUtf8(qVersion());
    machine.lanline = QStringLiteral(LANLINE_VERSION " " LANLINE_COMMIT).trimmed();
    ::getloadavg(&machine.load, 1);
    return machine;
}

QJsonObject toJson(const Machine &machine)
{
    return {
        {u"cpu"_s, machine.cpu},
        {u"cores"_s, machine.cores},
        {u"memory"_s, machine.memory},
        {u"system"_s, machine.system},
        {u"disk"_s, machine.disk},
        {u"file_system"_s, machine.fileSystem},
        {u"sqlite"_s, machine.sqlite},
        {u"qt"_s, machine.qt},
        {u"lanline"_s, machine.lanline},
        {u"load_before"_s, machine.load},
    };
}

} // namespace lanline::bench
