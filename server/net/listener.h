#pragma once

#include "server/http/healthpage.h"
#include "server/http/httpdesk.h"
#include "server/net/acceptor.h"
#include "server/net/benchendpoints.h"
#include "server/net/connection.h"
#ifdef Q_OS_LINUX
#include "server/net/epollset.h"
#endif
#include "server/net/farewells.h"
#include "server/net/handshake.h"
#include "server/net/incoming.h"
#include "server/net/transport.h"
#include "server/net/upgrade.h"

#include <QHash>
#include <QHostAddress>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace lanline::server {

/// The server's side of the network: one port for TLS and plain connections, for WebSocket and plain HTTP. Refuses what
/// is no Lanline client, and gives away a Transport for each that is. Lives in the server thread and outlives the
/// transports it has given away.
class Listener
{
public:
    using Accepted = std::function<void(std::unique_ptr<Transport>)>;

    Listener(const ListenOptions &options, TimeSource &time, Accepted accepted);
    ~Listener();

    /// Takes the port, and lets clients wait until startAccepting(). Nothing when it is ours.
    std::optional<Acceptor::Problem> listen(const QHostAddress &address, quint16 port);
    quint16 port() const { return m_acceptor->port(); }
    /// Where plain HTTP is answered.
    HttpDesk &http() { return m_http; }
    HealthPage &health() { return m_health; }
    /// Connections of all kinds, from their first byte on.
    int connections() const { return m_connections; }
    void startAccepting();
    /// Gives the port back and drops what is in the middle of a handshake; accepted transports live on.
    void close();

    /// A free port above `port` at `address`, or 0.
    static quint16 freePortAbove(const QHostAddress &address, quint16 port);

private:
    std::unique_ptr<Acceptor> makeAcceptor();
    void onStream(std::unique_ptr<Stream> stream);
    void onAsked(Incoming &incoming, RequestHead head, const QByteArray &text);
    void onUpgrade(Incoming &incoming, const QByteArray &text);
    void onGone(Incoming &incoming);
    std::unique_ptr<Incoming> take(Incoming &incoming);
    bool isOver(const QHostAddress &address, int allowance) const;
    /// Counts the connection for as long as what is returned lives.
    std::shared_ptr<void> count(const QHostAddress &address);

    ListenOptions m_options;
    Accepted m_accepted;
    Incoming::Handlers m_handlers;
    NetContext m_net;
    HandshakeMaker m_handshakes;
    QHash<QHostAddress, int> m_perAddress;
    int m_connections = 0;
    std::optional<TlsContext> m_tls;
#ifdef Q_OS_LINUX
    std::optional<EpollSet> m_epoll;
#endif
    std::unique_ptr<Acceptor> m_acceptor;
    Farewells m_farewells;
    BenchEndpoints m_bench;
    HealthPage m_health;
    HttpDesk m_http;
    std::unordered_map<Incoming *, std::unique_ptr<Incoming>> m_incoming;
};

} // namespace lanline::server
