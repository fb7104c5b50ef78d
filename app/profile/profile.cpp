#include "app/profile/profile.h"

#include "client/address.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostRecent = 5;

constexpr std::array<std::pair<client::Redundancy, QLatin1StringView>, 3> redundancies{{
    {client::Redundancy::Off, "off"_L1},
    {client::Redundancy::On, "on"_L1},
    {client::Redundancy::Automatic, "automatic"_L1},
}};

/// How the system calls this person, as a first suggestion.
QString loginName()
{
    QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    if (name.isEmpty() || name == "root"_L1)
        return u"Guest"_s;
    name[0] = name[0].toUpper();
    return name;
}

} // namespace

Result<std::unique_ptr<Profile>, Profile::OpenError> Profile::open(const QString &dir)
{
    const QString path = QDir(dir.isEmpty() ? defaultDir() : dir).absolutePath();
    if (!QDir().mkpath(path))
        return unexpected(OpenError::Unusable);

    auto lock = std::make_unique<QLockFile>(path + u"/lock"_s);
    lock->setStaleLockTime(0ms);
    if (!lock->tryLock(100ms)) {
        return unexpected(lock->error() == QLockFile::LockFailedError ? OpenError::InUse : OpenError::Unusable);
    }
    return std::unique_ptr<Profile>(new Profile(path, std::move(lock)));
}

QString Profile::defaultDir()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
}

Profile::Profile(QString dir, std::unique_ptr<QLockFile> lock)
    : m_dir(std::move(dir))
    , m_lock(std::move(lock))
    , m_settings(m_dir + u"/settings.ini"_s, QSettings::IniFormat)
{ }

QString Profile::keyPath() const
{
    return m_dir + u"/device.key"_s;
}

QString Profile::storePath() const
{
    return m_dir + u"/profile.sqlite"_s;
}

QString Profile::serverDataDir() const
{
    return m_dir + u"/host"_s;
}

QString Profile::name() const
{
    const QString kept = m_settings.value("name"_L1).toString();
    return kept.isEmpty() ? loginName() : kept;
}

void Profile::setName(const QString &name)
{
    m_settings.setValue("name"_L1, name);
}

std::optional<QUrl> Profile::lastHost() const
{
    const QUrl url = m_settings.value("last/url"_L1).toUrl();
    return url.isEmpty() ? std::nullopt : std::optional(url);
}

void Profile::setLastHost(const std::optional<QUrl> &url)
{
    if (!url) {
        m_settings.remove("last/url"_L1);
        return;
    }
    m_settings.setValue("last/url"_L1, *url);

    QStringList recent = recentAddresses();
    recent.removeAll(url->authority());
    recent.prepend(url->authority());
    m_settings.setValue("recent"_L1, recent.mid(0, mostRecent));
}

QStringList Profile::recentAddresses() const
{
    return m_settings.value("recent"_L1).toStringList();
}

QString Profile::look() const
{
    return m_settings.value("look"_L1).toString();
}

void Profile::setLook(const QString &look)
{
    m_settings.setValue("look"_L1, look);
}

client::Redundancy Profile::redundancy() const
{
    const QString kept = m_settings.value("redundancy"_L1).toString();
    const auto known =
        std::find_if(redundancies.begin(), redundancies.end(), [&](const auto &entry) { return entry.second == kept; });
    return known == redundancies.end() ? client::Redundancy::Automatic : known->first;
}

void Profile::setRedundancy(client::Redundancy redundancy)
{
    const auto known = std::find_if(
        redundancies.begin(), redundancies.end(), [&](const auto &entry) { return entry.first == redundancy; });
    m_settings.setValue("redundancy"_L1, QString(known->second));
}

bool Profile::wasHosting() const
{
    return m_settings.value("host/running"_L1).toBool();
}

void Profile::setHosting(bool hosting)
{
    m_settings.setValue("host/running"_L1, hosting);
}

QString Profile::hostName() const
{
    return m_settings.value("host/name"_L1).toString();
}

quint16 Profile::hostPort() const
{
    return quint16(m_settings.value("host/port"_L1, client::defaultPort).toUInt());
}

void Profile::setHost(const QString &name, quint16 port)
{
    m_settings.setValue("host/name"_L1, name);
    m_settings.setValue("host/port"_L1, port);
}

} // namespace lanline::app
