#include "rawsocket.h"

#include <QHostAddress>
#include <QHostInfo>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using State = Transfer::State;

namespace {

/// Loopback addresses that connections come from, 127.0.0.1 and on.
constexpr int sourceAddresses = 40;

QString systemError(int code)
{
    return qt_error_string(code);
}

std::shared_ptr<SSL_CTX> makeTlsContext()
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context)
        return nullptr;
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(
        context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return context;
}

QHostAddress addressOf(const QString &host)
{
    const QHostAddress literal(host);
    if (!literal.isNull())
        return literal;
    const QList<QHostAddress> found = QHostInfo::fromName(host).addresses();
    return found.isEmpty() ? QHostAddress() : found.first();
}

void setAddress(Endpoint &endpoint, const QHostAddress &address, quint16 port)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(v4);
        std::memcpy(&endpoint.address, &to, sizeof to);
        endpoint.addressSize = sizeof to;
        endpoint.isLoopback = address.isLoopback();
        return;
    }
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(port);
    const Q_IPV6ADDR v6 = address.toIPv6Address();
    std::memcpy(&to.sin6_addr, &v6, sizeof v6);
    std::memcpy(&endpoint.address, &to, sizeof to);
    endpoint.addressSize = sizeof to;
}

} // namespace

Result<Endpoint, QString> Endpoint::make(const QUrl &url, const QString &path, const QByteArray &subprotocol)
{
    const bool isTls = url.scheme() == u"wss"_s || url.scheme() == u"https"_s;
    constexpr int plainPort = 80;
    constexpr int tlsPort = 443;
    const auto port = quint16(url.port(isTls ? tlsPort : plainPort));
    const QHostAddress address = addressOf(url.host());
    if (address.isNull())
        return unexpected(u"%1 is not found"_s.arg(url.host()));
    Endpoint endpoint;
    QUrl whole = url;
    whole.setPath(path);
    endpoint.name = whole.toString();
    endpoint.host = (url.host().contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(url.host()).arg(port).toUtf8();
    endpoint.path = path.toUtf8();
    endpoint.subprotocol = subprotocol;
    setAddress(endpoint, address, port);
    if (isTls) {
        endpoint.tls = makeTlsContext();
        if (!endpoint.tls)
            return unexpected(u"OpenSSL gives no context"_s);
    }
    return endpoint;
}

void RawSocket::FreeTls::operator()(SSL *tls) const
{
    SSL_free(tls);
}

bool RawSocket::open(const Endpoint &endpoint, int number)
{
    close();
    m_movedBytes = 0;
    const int family = endpoint.address.ss_family;
    m_descriptor = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0) {
        m_error = systemError(errno);
        return false;
    }
    const int yes = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (endpoint.isLoopback) {
        // The port is chosen by connect(), which knows the whole pair of addresses: bind() alone would run out sooner.
        ::setsockopt(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
        sockaddr_in from{};
        from.sin_family = AF_INET;
        from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + quint32(number % sourceAddresses));
        if (::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0) {
            failed(u"bind"_s);
            return false;
        }
    }
    const auto *to = reinterpret_cast<const sockaddr *>(&endpoint.address);
    if (::connect(m_descriptor, to, endpoint.addressSize) != 0 && errno != EINPROGRESS) {
        failed(u"connect"_s);
        return false;
    }
    if (endpoint.tls) {
        m_tls.reset(SSL_new(endpoint.tls.get()));
        if (!m_tls || SSL_set_fd(m_tls.get(), m_descriptor) != 1) {
            m_error = u"OpenSSL gives no connection"_s;
            close();
            return false;
        }
        SSL_set_connect_state(m_tls.get());
    }
    return true;
}

void RawSocket::close()
{
    m_tls.reset();
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    m_isConnected = false;
}

Transfer RawSocket::failed(const QString &what)
{
    m_error = what + u": "_s + systemError(errno);
    return {};
}

Transfer RawSocket::connectFurther()
{
    if (!m_isConnected) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            errno = error;
            return failed(u"connect"_s);
        }
        sockaddr_storage peer{};
        size = sizeof peer;
        if (::getpeername(m_descriptor, reinterpret_cast<sockaddr *>(&peer), &size) != 0)
            return {State::WantsWrite, 0};
        m_isConnected = true;
    }
    if (!m_tls)
        return {State::Done, 0};
    ERR_clear_error();
    return afterTls(SSL_do_handshake(m_tls.get()), u"TLS handshake"_s);
}

Transfer RawSocket::afterTls(int result, const QString &what)
{
    if (result > 0)
        return {State::Done, size_t(result)};
    switch (SSL_get_error(m_tls.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return {State::WantsRead, 0};
    case SSL_ERROR_WANT_WRITE:
        return {State::WantsWrite, 0};
    case SSL_ERROR_ZERO_RETURN:
        return {State::Ended, 0};
    case SSL_ERROR_SYSCALL:
        return failed(what);
    default: {
        constexpr size_t longestReason = 256;
        std::array<char, longestReason> reason{};
        ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
        m_error = what + u": "_s + QString::fromLatin1(reason.data());
        return {};
    }
    }
}

Transfer RawSocket::read(std::span<char> into)
{
    if (m_tls) {
        ERR_clear_error();
        const Transfer got = afterTls(SSL_read(m_tls.get(), into.data(), int(into.size())), u"read"_s);
        m_movedBytes += got.bytes;
        return got;
    }
    const ssize_t bytes = ::recv(m_descriptor, into.data(), into.size(), 0);
    if (bytes > 0) {
        m_movedBytes += quint64(bytes);
        return {State::Done, size_t(bytes)};
    }
    if (bytes == 0)
        return {State::Ended, 0};
    return errno == EAGAIN || errno == EINTR ? Transfer{State::WantsRead, 0} : failed(u"read"_s);
}

Transfer RawSocket::write(std::span<const char> bytes)
{
    if (m_tls) {
        ERR_clear_error();
        const Transfer sent = afterTls(SSL_write(m_tls.get(), bytes.data(), int(bytes.size())), u"write"_s);
        m_movedBytes += sent.bytes;
        return sent;
    }
    const ssize_t written = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written >= 0) {
        m_movedBytes += quint64(written);
        return {State::Done, size_t(written)};
    }
    return errno == EAGAIN || errno == EINTR ? Transfer{State::WantsWrite, 0} : failed(u"write"_s);
}

int waitForEvents(int epoll, std::span<epoll_event> events, SteadyTime until)
{
    using namespace std::chrono;
    const auto wait = std::max(until - steady_clock::now(), steady_clock::duration::zero());
    const auto whole = floor<seconds>(wait);
    timespec timeout{};
    timeout.tv_sec = time_t(whole.count());
    timeout.tv_nsec = long(nanoseconds(wait - whole).count());
    return ::epoll_pwait2(epoll, events.data(), int(events.size()), &timeout, nullptr);
}

void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace lanline::bench
