#pragma once

#include "client/values.h"
#include "core/result.h"

#include <QLockFile>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <memory>
#include <optional>

namespace lanline::app {

/// One identity on this machine: a folder with the device key, the settings and the data of an embedded server. Locked
/// for as long as this object lives.
class Profile
{
public:
    enum class OpenError : quint8 { InUse, Unusable };

    /// Makes the folder where it does not exist. An empty `dir` stands for the user's own profile.
    static Result<std::unique_ptr<Profile>, OpenError> open(const QString &dir);
    static QString defaultDir();

    QString dir() const { return m_dir; }
    QString keyPath() const;
    /// The outbox and the cached history.
    QString storePath() const;
    QString serverDataDir() const;

    QString name() const;
    void setName(const QString &name);

    /// The host that was joined last; none when it was left on purpose.
    std::optional<QUrl> lastHost() const;
    void setLastHost(const std::optional<QUrl> &url);
    /// Newest first.
    QStringList recentAddresses() const;

    /// What the desktop calls the look that was chosen; empty: none yet.
    QString look() const;
    void setLook(const QString &look);

    /// Whether a second connection is kept.
    client::Redundancy redundancy() const;
    void setRedundancy(client::Redundancy redundancy);

    bool wasHosting() const;
    void setHosting(bool hosting);
    QString hostName() const;
    quint16 hostPort() const;
    void setHost(const QString &name, quint16 port);

private:
    Profile(QString dir, std::unique_ptr<QLockFile> lock);

    QString m_dir;
    std::unique_ptr<QLockFile> m_lock;
    QSettings m_settings;
};

} // namespace lanline::app
