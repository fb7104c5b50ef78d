#pragma once

#include "server/serverhost.h"

#include <QTemporaryDir>

#include <memory>

namespace lanline::client {

/// The real server on a loopback port, as something to connect to. Keeps port and data from one start to the next.
class ClientHost final : public QObject
{
    Q_OBJECT

public:
    ClientHost();

    /// That its clients are told; before start().
    void setAddresses(const QStringList &addresses) { m_options.addresses = addresses; }
    /// Before start().
    void setLimits(const protocol::Limits &limits) { m_options.limits = limits; }
    void setFault(const Fault &fault) { m_host.setFault(fault); }
    QString dataDir() const { return m_data->path(); }
    /// False when it does not listen in time.
    [[nodiscard]] bool start();
    [[nodiscard]] bool stop();
    /// The next start finds an empty data folder: another database on the same port.
    void loseData();
    QUrl url() const { return m_url; }
    const QString &failure() const { return m_failure; }

private:
    std::unique_ptr<QTemporaryDir> m_data;
    server::ServerHost m_host;
    server::ServerOptions m_options;
    QUrl m_url;
    QString m_failure;
};

} // namespace lanline::client
