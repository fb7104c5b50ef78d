#include "server/net/epollacceptor.h"

#include "server/logging.h"
#include "server/net/epollstream.h"

#include <QtEndian>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

using namespace std::chrono_literals;

namespace lanline::server {

namespace {

constexpr int backlog = 4096;
/// In one turn, so that those who are connected are served in between.
constexpr int acceptedAtOnce = 64;
/// How long to leave the set when no descriptor is left.
constexpr auto pauseTime = 100ms;
/// Without it the kernel takes megabytes for a reader that does not read, and we would not know.
constexpr int unsentInKernel = 64 * 1024;

/// Of either family, as the system's calls want it.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = sizeof(storage);

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
    sockaddr_in &v4() { return reinterpret_cast<sockaddr_in &>(storage); }
    sockaddr_in6 &v6() { return reinterpret_cast<sockaddr_in6 &>(storage); }
};

bool isV4(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol;
}

SocketAddress fromHost(const QHostAddress &address, quint16 port)
{
    SocketAddress result;
    if (isV4(address)) {
        result.size = sizeof(sockaddr_in);
        result.v4().sin_family = AF_INET;
        result.v4().sin_port = qToBigEndian(port);
        result.v4().sin_addr.s_addr = qToBigEndian(address.toIPv4Address());
    } else {
        const Q_IPV6ADDR bytes = address.toIPv6Address(); // of QHostAddress::Any: all zeros, which takes both families
        result.size = sizeof(sockaddr_in6);
        result.v6().sin6_family = AF_INET6;
        result.v6().sin6_port = qToBigEndian(port);
        std::memcpy(&result.v6().sin6_addr, &bytes, sizeof(bytes));
        result.v6().sin6_scope_id = address.scopeId().toUInt();
    }
    return result;
}

EpollStream::Peer toPeer(SocketAddress &address)
{
    const bool v4 = address.storage.ss_family == AF_INET;
    const quint16 port = qFromBigEndian(v4 ? address.v4().sin_port : address.v6().sin6_port);
    QHostAddress host(address.get());
    // "::ffff:192.168.1.7" is 192.168.1.7 to everyone else.
    bool isMapped = false;
    const quint32 mapped = host.toIPv4Address(&isMapped);
    return {isMapped ? QHostAddress(mapped) : host, port};
}

void setOption(int descriptor, int level, int option, int value)
{
    ::setsockopt(descriptor, level, option, &value, sizeof(value));
}

} // namespace

EpollAcceptor::EpollAcceptor(EpollSet &set, const TlsContext *tls, Accepted accepted)
    : m_set(set)
    , m_tls(tls)
    , m_accepted(std::move(accepted))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseTime);
    QObject::connect(&m_pause, &QTimer::timeout, &m_pause, [this] { startAccepting(); });
}

EpollAcceptor::~EpollAcceptor()
{
    close();
}

std::optional<Acceptor::Problem> EpollAcceptor::listen(const QHostAddress &address, quint16 port)
{
    const auto problem = [this] {
        const int error = errno;
        close();
        return Problem{error == EADDRINUSE, qt_error_string(error)};
    };
    m_descriptor = ::socket(isV4(address) ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return problem();
    setOption(m_descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
    if (!isV4(address))
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_V6ONLY, address == QHostAddress(QHostAddress::AnyIPv6) ? 1 : 0);
    SocketAddress own = fromHost(address, port);
    if (::bind(m_descriptor, own.get(), own.size) != 0 || ::listen(m_descriptor, backlog) != 0)
        return problem();
    own.size = sizeof(own.storage);
    ::getsockname(m_descriptor, own.get(), &own.size);
    m_port = toPeer(own).port;
    return std::nullopt;
}

void EpollAcceptor::startAccepting()
{
    if (m_descriptor >= 0 && !m_isAccepting)
        m_isAccepting = m_set.add(m_descriptor, EPOLLIN, *this);
}

void EpollAcceptor::pause()
{
    m_set.remove(m_descriptor, *this);
    m_isAccepting = false;
    m_pause.start();
}

void EpollAcceptor::close()
{
    m_pause.stop();
    if (m_descriptor < 0)
        return;
    if (std::exchange(m_isAccepting, false))
        m_set.remove(m_descriptor, *this);
    ::close(std::exchange(m_descriptor, -1));
}

void EpollAcceptor::onEvents(quint32)
{
    for (int i = 0; i < acceptedAtOnce && m_isAccepting; ++i) {
        SocketAddress peer;
        const int descriptor = ::accept4(m_descriptor, peer.get(), &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) {
            const int error = errno;
            // What went wrong with one connection is over with it.
            if (error == ECONNABORTED || error == EINTR || error == EPROTO)
                continue;
            if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM) {
                qCWarning(lcServer, "cannot accept for now: %s", qUtf8Printable(qt_error_string(error)));
                pause();
            }
            return;
        }
        setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
        setOption(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsentInKernel);
        m_accepted(std::make_unique<EpollStream>(m_set, descriptor, toPeer(peer), m_tls));
    }
}

} // namespace lanline::server
