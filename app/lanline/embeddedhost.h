#pragma once

#include "server/serverhost.h"
#include "ui/hostcontroller.h"

#include <QTimer>

namespace lanline::app {

/// Hosting for the face, done by the embedded server: the one place where the two meet. Lives in the GUI thread.
class EmbeddedHost final : public ui::HostController
{
    Q_OBJECT

public:
    /// `address`: loopback for the demo, any address for a network.
    EmbeddedHost(QString dataDir, const QHostAddress &address, QObject *parent = nullptr);

    void start(const ui::HostRequest &request) override;
    void stop() override;
    /// Also between its end and its return when it is restarted.
    bool isHosting() const override { return m_host.isRunning() || m_isRestarting; }
    const ui::HostInfo &info() const override { return m_info; }

    /// What clients are told of where to find this server, host:port each; from the next start() on, instead of this
    /// machine's own addresses.
    void setToldAddresses(QStringList addresses) { m_toldAddresses = std::move(addresses); }

    /// As ServerHost::setFault().
    void setFault(const Fault &fault) { m_host.setFault(fault); }
    /// Kills it without a goodbye, and starts it again after this time, with the same port and data. Answers with
    /// restarted(), or with failed() if it does not come back; neither stopped() nor started() tell of it.
    void restart(std::chrono::milliseconds after);
    /// One that is killed is started again now.
    void endRestart();

    /// Clients of others than this machine's own.
    int othersConnected() const { return m_others; }

Q_SIGNALS:
    /// What was broken in the one that was killed is whole.
    void restarted();

private:
    void onStatusChanged(const server::ServerStatus &status);

    void onStarted(const server::Listening &listening);
    void onStopped();

    QString m_dataDir;
    QHostAddress m_address;
    QStringList m_toldAddresses;
    ui::HostInfo m_info;
    int m_others = 0;
    server::ServerOptions m_options; ///< of the last start
    bool m_isRestarting = false;
    QTimer m_restart; ///< while it is down
    server::ServerHost m_host;
};

} // namespace lanline::app
