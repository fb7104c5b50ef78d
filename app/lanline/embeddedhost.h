#pragma once

#include "server/serverhost.h"
#include "ui/hostcontroller.h"

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
    bool isHosting() const override { return m_host.isRunning(); }
    const ui::HostInfo &info() const override { return m_info; }

    /// What clients are told of where to find this server, host:port each; from the next start() on, instead of this
    /// machine's own addresses.
    void setToldAddresses(QStringList addresses) { m_toldAddresses = std::move(addresses); }

    /// Clients of others than this machine's own.
    int othersConnected() const { return m_others; }

private:
    void onStatusChanged(const server::ServerStatus &status);

    QString m_dataDir;
    QHostAddress m_address;
    QStringList m_toldAddresses;
    ui::HostInfo m_info;
    int m_others = 0;
    server::ServerHost m_host;
};

} // namespace lanline::app
