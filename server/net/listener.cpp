#include "server/net/listener.h"

#include "protocol/messages.h"
#include "server/net/descriptors.h"
#ifdef Q_OS_LINUX
#include "server/net/epollacceptor.h"
#endif
#include "server/net/qtacceptor.h"
#include "server/net/websockettransport.h"

#include <QTcpServer>

#include <algorithm>

namespace lanline::server {

namespace {

/// Connections over the limits that are told so in the protocol, where a client understands it best; as many again are
/// told by HTTP, and the rest is dropped unheard.
constexpr int toldThatFull = 64;
/// Descriptors that are not connections: databases, logs, what the program around the server needs.
constexpr int descriptorsReserved = 128;
constexpr int portsTried = 64;
/// Of messages on the bench's endpoints: far more than the chat's, for others' tests.
constexpr qint64 benchMessageBytes = 32 * 1024 * 1024;

int mostConnections(const protocol::Limits &limits)
{
    return std::max(1, std::min(limits.connections, descriptorLimit() - descriptorsReserved - 2 * toldThatFull));
}

} // namespace

Listener::Listener(const ListenOptions &options, TimeSource &time, Accepted accepted)
    : m_options(options)
    , m_accepted(std::move(accepted))
    , m_handlers{[this](Incoming &incoming, RequestHead head, const QByteArray &text) {
                     onAsked(incoming, std::move(head), text);
                 },
          [this](Incoming &incoming) { onGone(incoming); }}
    , m_net(options.limits, time, options.tracing)
    , m_farewells(m_net.turn)
    , m_bench(m_net.turn, options.limits.slowReaderAtBytes)
    , m_http(m_net.turn, options.rules.adminToken)
{
    m_options.limits.connections = mostConnections(options.limits);
    m_http.serve(healthPath.toByteArray(), HttpAudience::Everyone, m_health);
}

Listener::~Listener()
{
    // What goes here and what went before is buried while all it refers to is still there.
    const Turn::Scope lastTurn(m_net.turn);
    m_farewells.clear();
    m_bench.clear();
    m_http.clear();
    close();
}

std::unique_ptr<Acceptor> Listener::makeAcceptor()
{
    const auto accepted = [this](std::unique_ptr<Stream> stream) { onStream(std::move(stream)); };
#ifdef Q_OS_LINUX
    if (m_options.sockets == Sockets::Native) {
        m_epoll.emplace(m_net.turn);
        return std::make_unique<EpollAcceptor>(*m_epoll, m_tls ? &*m_tls : nullptr, accepted);
    }
#endif
    return std::make_unique<QtAcceptor>(m_options.tls, accepted);
}

std::optional<Acceptor::Problem> Listener::listen(const QHostAddress &address, quint16 port)
{
    if (m_options.tls) {
        auto context = TlsContext::make(*m_options.tls);
        if (!context)
            return Acceptor::Problem{false, context.error()};
        m_tls = *std::move(context);
    }
    m_acceptor = makeAcceptor();
    return m_acceptor->listen(address, port);
}

void Listener::startAccepting()
{
    m_acceptor->startAccepting();
}

void Listener::close()
{
    if (m_acceptor)
        m_acceptor->close();
    // They go at once where that is possible, and are forgotten where it is not.
    const Turn::Scope turn(m_net.turn);
    for (auto &[key, incoming] : std::exchange(m_incoming, {}))
        m_net.turn.bury(std::move(incoming));
}

quint16 Listener::freePortAbove(const QHostAddress &address, quint16 port)
{
    QTcpServer probe;
    for (int candidate = port + 1; candidate <= qMin(port + portsTried, 65535); ++candidate) {
        if (probe.listen(address, quint16(candidate)))
            return quint16(candidate);
    }
    return probe.listen(address, 0) ? probe.serverPort() : 0;
}

// ---- a connection's beginning -------------------------------------------------------------------------------------

bool Listener::isOver(const QHostAddress &address, int allowance) const
{
    return m_connections > m_options.limits.connections + allowance
        || m_perAddress.value(address) > m_options.limits.connectionsPerAddress + allowance;
}

std::shared_ptr<void> Listener::count(const QHostAddress &address)
{
    ++m_connections;
    ++m_perAddress[address];
    return {this, [this, address](void *) {
                --m_connections;
                if (--m_perAddress[address] == 0)
                    m_perAddress.remove(address);
            }};
}

void Listener::onStream(std::unique_ptr<Stream> stream)
{
    std::shared_ptr<void> counted = count(stream->peerAddress());
    if (isOver(stream->peerAddress(), 2 * toldThatFull))
        return;
    auto connection = std::make_unique<Connection>(std::move(stream), m_net);
    connection->keep(std::move(counted));
    auto incoming = std::make_unique<Incoming>(std::move(connection), m_options.rules, m_handlers);
    m_incoming.emplace(incoming.get(), std::move(incoming));
}

std::unique_ptr<Incoming> Listener::take(Incoming &incoming)
{
    const auto found = m_incoming.find(&incoming);
    auto taken = std::move(found->second);
    m_incoming.erase(found);
    return taken;
}

void Listener::onGone(Incoming &incoming)
{
    if (m_incoming.count(&incoming) > 0)
        m_net.turn.bury(take(incoming));
}

void Listener::onAsked(Incoming &incoming, RequestHead head, const QByteArray &text)
{
    if (m_incoming.count(&incoming) == 0)
        return;
    if (m_http.serves(head.path)) {
        auto taken = take(incoming);
        auto connection = taken->takeConnection();
        m_net.turn.bury(std::move(taken));
        connection->stopExpecting();
        m_http.accept(std::move(connection), std::move(head));
    } else if (const auto refusal = refusalOf(head, m_options.rules)) {
        incoming.refuse(*refusal);
    } else if (isOver(incoming.connection().stream().peerAddress(), toldThatFull)) {
        incoming.refuse(refusalOfTooMany());
    } else {
        onUpgrade(incoming, text);
    }
}

void Listener::onUpgrade(Incoming &incoming, const QByteArray &text)
{
    const Stream &stream = incoming.connection().stream();
    const auto upgrade = m_handshakes.shakeHands(text, stream.peerAddress(), stream.peerPort());
    if (!upgrade) {
        incoming.refuse(refusalOfHandshake());
        return;
    }
    auto taken = take(incoming);
    auto connection = taken->takeConnection();
    m_net.turn.bury(std::move(taken));
    connection->stopExpecting();
    connection->output().append(upgrade->answer);

    const bool isChat = upgrade->path == QLatin1StringView(chatPath);
    const bool isFull = isOver(stream.peerAddress(), 0);
    const auto encoding = upgrade->subprotocol == QLatin1StringView(protocol::subprotocolProtobuf)
        ? protocol::Encoding::Protobuf
        : protocol::Encoding::Json;
    const FrameLimits frames = isChat ? FrameLimits{m_options.limits.frameBytes, m_options.limits.messageBytes}
                                      : FrameLimits{benchMessageBytes, benchMessageBytes};
    auto transport = std::make_unique<WebSocketTransport>(std::move(connection), encoding, frames);
    if (isFull)
        m_farewells.say(protocol::close::ServerFull, std::move(transport));
    else if (isChat)
        m_accepted(std::move(transport));
    else if (upgrade->path == QLatin1StringView(benchEchoPath))
        m_bench.acceptEcho(std::move(transport));
    else
        m_bench.acceptBroadcast(std::move(transport));
}

} // namespace lanline::server
