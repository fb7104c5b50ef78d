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
    connect(&m_host, &server::ServerHost::started, this, [this](const server::Listening &listening) {
        m_info.port = listening.port;
        m_info.localUrl = listening.url;
        m_info.startedAt = std::chrono::steady_clock::now();
        Q_EMIT started(m_info);
    });
    connect(&m_host, &server::ServerHost::startFailed, this, [this](const server::StartFailure &failure) {
        Q_EMIT failed({kindOf(failure.kind), failure.port, failure.suggestedPort, failure.detail});
    });
    connect(&m_host, &server::ServerHost::stopped, this, [this] {
        m_others = 0;
        Q_EMIT stopped();
    });
    connect(&m_host, &server::ServerHost::statusChanged, this, &EmbeddedHost::onStatusChanged);
}

void EmbeddedHost::start(const ui::HostRequest &request)
{
    m_info = {request.name, request.port, {}, m_address, {}};
    server::ServerOptions options;
    options.address = m_address;
    options.port = request.port;
    options.dataDir = m_dataDir;
    options.name = request.name;
    options.addresses = m_toldAddresses;
    m_host.start(options);
}

void EmbeddedHost::stop()
{
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
