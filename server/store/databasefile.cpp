#include "server/store/databasefile.h"

#include "core/sqldatabase.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>
#include <QtEndian>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

using Kind = DatabaseFault::Kind;

namespace {

/// The beginning of every SQLite file: https://www.sqlite.org/fileformat.html
constexpr qsizetype headerBytes = 100;
constexpr QByteArrayView magic("SQLite format 3\0", 16);
constexpr qsizetype pageSizeAt = 16;
constexpr qsizetype changeCounterAt = 24;
constexpr qsizetype pageCountAt = 28;
constexpr qsizetype userVersionAt = 60;
constexpr qsizetype countValidForAt = 92;
constexpr qint64 largestPage = 65536; ///< written as 1

/// A database up to this size is read through at every start, which takes a fraction of a second.
constexpr qint64 smallBytes = qint64(64) * 1024 * 1024;

const QStringList companions{u"-wal"_s, u"-shm"_s};

DatabaseFault damaged(const QString &sentence)
{
    return {Kind::Damaged, sentence};
}

std::optional<DatabaseFault> inspectHeader(const QString &path, const QByteArray &header, qint64 size, int knownVersion)
{
    const auto number = [&](qsizetype at) { return qFromBigEndian<quint32>(header.constData() + at); };
    const auto version = int(number(userVersionAt));
    if (version > knownVersion) {
        return DatabaseFault{Kind::Newer,
            u"The database %1 was made by a newer version of Lanline (its schema is %2, this one knows %3)."_s.arg(path)
                .arg(version)
                .arg(knownVersion)};
    }
    const auto written = qFromBigEndian<quint16>(header.constData() + pageSizeAt);
    const qint64 pageSize = written == 1 ? largestPage : written;
    // The count is only good when the same program wrote it that wrote last.
    const bool isCountGood = number(pageCountAt) > 0 && number(changeCounterAt) == number(countValidForAt);
    if (const qint64 expected = pageSize * number(pageCountAt); isCountGood && size < expected) {
        return damaged(u"The database %1 is truncated: it has %2 of its %3 bytes."_s.arg(path).arg(size).arg(expected));
    }
    return std::nullopt;
}

/// Reads every page.
std::optional<DatabaseFault> inspectPages(const QString &path, SqlDatabase::Access access, int knownVersion)
{
    const auto unreadable = [&](const SqlError &error) {
        return damaged(u"The database %1 is damaged: %2."_s.arg(path, error.text));
    };
    const auto database = SqlDatabase::open(path, access);
    if (!database)
        return unreadable(database.error());
    auto version = database->query(u"PRAGMA user_version"_s);
    if (!version || !version->next())
        return unreadable(version ? SqlError{u"it has no version"_s, {}} : version.error());
    if (version->value(0).toInt() > knownVersion)
        return DatabaseFault{Kind::Newer, u"The database %1 was made by a newer version of Lanline."_s.arg(path)};
    auto check = database->query(u"PRAGMA quick_check(1)"_s);
    if (!check || !check->next())
        return unreadable(check ? SqlError{u"it cannot be checked"_s, {}} : check.error());
    const QString found = check->value(0).toString();
    if (found != u"ok")
        return damaged(u"The database %1 is damaged: %2."_s.arg(path, found.simplified()));
    return std::nullopt;
}

/// Also for folders: what is in them is then on the disk under its name.
bool syncToDisk(const QString &path)
{
#ifdef Q_OS_UNIX
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isSynced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isSynced;
#else
    Q_UNUSED(path)
    return true;
#endif
}

} // namespace

std::optional<DatabaseFault> inspectDatabase(const QString &path, int knownVersion)
{
    QFile file(path);
    if (!file.exists())
        return damaged(u"The database %1 is missing, but its log is there."_s.arg(path));
    if (!file.open(QFile::ReadOnly))
        return DatabaseFault{Kind::Unreadable, u"The database %1 cannot be read: %2."_s.arg(path, file.errorString())};
    const QByteArray header = file.read(headerBytes);
    const qint64 size = file.size();
    file.close();
    if (size == 0)
        return damaged(u"The database %1 is empty: it was truncated to nothing."_s.arg(path));
    if (header.size() < headerBytes || !header.startsWith(magic))
        return damaged(u"The file %1 is not a database, or its beginning is damaged."_s.arg(path));

    // A log that was left tells that the last run did not close in order. What it holds is not yet in the file, whose
    // own length and version need not be right then.
    const bool wasClosed = QFileInfo(path + companions.constFirst()).size() == 0;
    if (wasClosed) {
        if (auto fault = inspectHeader(path, header, size, knownVersion))
            return fault;
        return size <= smallBytes ? inspectPages(path, SqlDatabase::Access::Unchanging, knownVersion) : std::nullopt;
    }
    return inspectPages(path, SqlDatabase::Access::ReadOnly, knownVersion);
}

bool hasDatabaseFiles(const QString &path)
{
    return QFile::exists(path) || QFileInfo(path + companions.constFirst()).size() > 0;
}

std::optional<QString> moveDatabaseAside(const QString &path)
{
    const QString stem = path + QDateTime::currentDateTime().toString(u"'.damaged-'yyyyMMdd-HHmmss"_s);
    QString kept = stem;
    for (int i = 2; QFile::exists(kept); ++i)
        kept = u"%1-%2"_s.arg(stem).arg(i);
    // The log first: without its database nobody takes it for anything, while a database without its log is older.
    for (const QString &companion : companions) {
        if (QFile::exists(path + companion) && !renameForGood(path + companion, kept + companion))
            return std::nullopt;
    }
    if (QFile::exists(path) && !renameForGood(path, kept))
        return std::nullopt;
    return kept;
}

bool renameForGood(const QString &from, const QString &to)
{
    return QFile::rename(from, to) && syncToDisk(QFileInfo(to).absolutePath());
}

QByteArray homeOf(const QString &path)
{
    QByteArray home = QSysInfo::machineUniqueId() + '\n' + QFileInfo(path).canonicalFilePath().toUtf8();
#ifdef Q_OS_UNIX
    struct stat facts
    { };
    if (::stat(QFile::encodeName(path).constData(), &facts) == 0)
        home += '\n' + QByteArray::number(quint64(facts.st_ino));
#endif
    return home;
}

} // namespace lanline::server
