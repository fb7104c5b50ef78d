#include "embeddedhost.h"

#include <QSet>

namespace lanline::app {

namespace {

ui::HostFailure::Kind kindOf(server::StartFailure::Kind kind)
{
    switch (kind) {
    case server::StartFailure::Kind::PortInUse:
        return ui::HostFailure::Kind::PortInUse;
    case server::StartFailure::Kind::AddressUnavailable:
        return ui::HostFailure::Kind::AddressUnavailable;
    case server::StartFailure::Kind::DataUnusable:
        break;
    }
    return ui::HostFailure::Kind::DataUnusable;
}

} // namespace

EmbeddedHost::EmbeddedHost(QString dataDir, const QHostAddress &address, QObject *parent)
    : HostController(parent)
    , m_dataDir(std::move(dataDir))
    , m_address(address)
{
    connect(&m_host, &server::ServerHost::started, this, &EmbeddedHost::onStarted);
    connect(&m_host, &server::ServerHost::startFailed, this, [this](const server::StartFailure &failure) {
        m_isRestarting = false;
        Q_EMIT failed({kindOf(failure.kind), failure.port, failure.suggestedPort, failure.detail});
    });
    connect(&m_host, &server::ServerHost::stopped, this, &EmbeddedHost::onStopped);
    connect(&m_host, &server::ServerHost::statusChanged, this, &EmbeddedHost::onStatusChanged);
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, [this] { m_host.start(m_options); });
}

void EmbeddedHost::start(const ui::HostRequest &request)
{
    m_info = {request.name, request.port, {}, m_address, {}};
    m_options = {};
    m_options.address = m_address;
    m_options.port = request.port;
    m_options.dataDir = m_dataDir;
    m_options.name = request.name;
    m_options.addresses = m_toldAddresses;
    m_host.start(m_options);
}

void EmbeddedHost::onStarted(const server::Listening &listening)
{
    m_options.port = listening.port;
    m_info.port = listening.port;
    m_info.localUrl = listening.url;
    m_info.startedAt = std::chrono::steady_clock::now();
    if (std::exchange(m_isRestarting, false))
        Q_EMIT restarted();
    else
        Q_EMIT started(m_info);
}

void EmbeddedHost::onStopped()
{
    m_others = 0;
    if (m_isRestarting)
        m_restart.start(m_restart.intervalAsDuration());
    else
        Q_EMIT stopped();
}

void EmbeddedHost::restart(std::chrono::milliseconds after)
{
    if (!m_host.isRunning() || m_isRestarting)
        return;
    m_isRestarting = true;
    m_restart.setInterval(after);
    m_host.kill();
}

void EmbeddedHost::endRestart()
{
    // Also while it is on its way down.
    m_restart.setInterval(std::chrono::milliseconds::zero());
}

void EmbeddedHost::stop()
{
    m_restart.stop();
    m_isRestarting = false;
    m_host.stop();
}

void EmbeddedHost::onStatusChanged(const server::ServerStatus &status)
{
    QList<ui::HostClient> rows;
    rows.reserve(status.clients.size());
    QSet<quint64> others;
    for (const server::ClientRow &row : status.clients) {
        if (!row.address.isLoopback())
            others.insert(row.client == 0 ? ~row.connection : row.client);
        rows.append({row.connection, row.user.name, row.user.isGuest, row.user.hue, row.app, row.address.toString(),
            row.queuedBytes, row.messages, row.isStandby, row.client, row.heartbeat});
    }
    m_others = int(others.size());
    Q_EMIT clientsChanged(rows);
}

} // namespace lanline::app
