#include "server/http/processfigures.h"

#include "server/net/descriptors.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 openDescriptors()
{
    // Newer kernels tell the count as the folder's size; older ones want it read.
    struct stat folder = {};
    if (::stat("/proc/self/fd", &folder) == 0 && folder.st_size > 0)
        return folder.st_size;
    qint64 count = -1; // for the one that is open to count them
    std::error_code error;
    std::filesystem::directory_iterator entry("/proc/self/fd", error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        ++count;
    return std::max<qint64>(count, 0);
}

/// Seconds since 1970.
double bootTime()
{
    constexpr QByteArrayView name("\nbtime ");
    const QByteArray stat = contentsOf(u"/proc/stat"_s);
    const qsizetype at = stat.indexOf(name);
    return at < 0 ? 0 : stat.sliced(at + name.size()).split('\n').first().toDouble();
}

} // namespace

ProcessFigures readProcessFigures()
{
    ProcessFigures figures;
    figures.openDescriptors = openDescriptors();
    figures.mostDescriptors = descriptorLimit();
    // Field 2 is the program's name in brackets and may hold anything; proc(5) counts from 1, and 3 comes behind it.
    const QByteArray stat = contentsOf(u"/proc/self/stat"_s);
    const QByteArrayList fields = stat.sliced(stat.lastIndexOf(')') + 1).trimmed().split(' ');
    const auto field = [&fields](int number) { return fields.value(number - 3).toLongLong(); };
    const auto ticks = double(::sysconf(_SC_CLK_TCK));
    figures.cpuSeconds = double(field(14) + field(15)) / ticks;
    figures.threads = field(20);
    figures.startedAt = bootTime() + double(field(22)) / ticks;
    figures.virtualBytes = field(23);
    figures.residentBytes = field(24) * ::sysconf(_SC_PAGESIZE);
    return figures;
}

} // namespace lanline::server
