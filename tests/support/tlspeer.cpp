#include "tests/support/tlspeer.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace lanline::test {

SocketPair SocketPair::make(Kind kind)
{
    std::array<int, 2> ends{-1, -1};
    if (kind == Kind::Local) {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
            qFatal("no pair of sockets");
        return {ends[0], ends[1]};
    }
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof(address);
    ends[1] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listening, generic, size) != 0 || ::listen(listening, 1) != 0
        || ::getsockname(listening, generic, &size) != 0 || ::connect(ends[1], generic, size) != 0)
        qFatal("no connection to this machine");
    ends[0] = ::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    ::close(listening);
    const int on = 1;
    for (const int end : ends) {
        ::fcntl(end, F_SETFL, O_NONBLOCK);
        ::setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    }
    return {ends[0], ends[1]};
}

void TlsPeer::Free::operator()(SSL *ssl) const
{
    SSL_free(ssl);
}

void TlsPeer::Free::operator()(SSL_CTX *context) const
{
    SSL_CTX_free(context);
}

TlsPeer::TlsPeer(int descriptor, Version version)
    : m_descriptor(descriptor)
    , m_context(SSL_CTX_new(TLS_client_method()))
{
    SSL_CTX *context = m_context.get();
    switch (version) {
    case Version::Any:
        break;
    case Version::Tls11:
        // OpenSSL has to be talked into something that old.
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_min_proto_version(context, TLS1_1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
        break;
    case Version::Tls12:
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
        break;
    case Version::Tls13:
        SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
        break;
    }
    m_ssl.reset(SSL_new(context));
    m_in = BIO_new(BIO_s_mem());
    m_out = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(m_in, -1);
    SSL_set_bio(m_ssl.get(), m_in, m_out);
    SSL_set_connect_state(m_ssl.get());
    process();
}

TlsPeer::~TlsPeer()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

int TlsPeer::leave()
{
    m_ssl.reset();
    m_context.reset();
    return std::exchange(m_descriptor, -1);
}

void TlsPeer::process()
{
    std::array<char, 32 * 1024> bytes; // NOLINT(*-member-init): filled as far as it is used
    ssize_t came = 0;
    while ((came = ::recv(m_descriptor, bytes.data(), bytes.size(), 0)) > 0)
        BIO_write(m_in, bytes.data(), int(came));
    m_isGone = m_isGone || came == 0 || errno == ECONNRESET;
    ERR_clear_error();
    for (;;) {
        const int read = SSL_read(m_ssl.get(), bytes.data(), int(bytes.size()));
        if (read > 0) {
            m_received.append(bytes.data(), read);
            continue;
        }
        const int error = SSL_get_error(m_ssl.get(), read);
        m_hasEnded = m_hasEnded || error == SSL_ERROR_ZERO_RETURN;
        m_hasFailed = m_hasFailed || error == SSL_ERROR_SSL || error == SSL_ERROR_SYSCALL;
        return;
    }
}

qsizetype TlsPeer::send(qsizetype mostBytes)
{
    if (const auto made = qsizetype(BIO_ctrl_pending(m_out)); made > 0) {
        const qsizetype before = m_unsent.size();
        m_unsent.resize(before + made);
        BIO_read(m_out, m_unsent.data() + before, int(made));
    }
    const qsizetype offered = std::min(mostBytes, m_unsent.size());
    if (offered == 0)
        return 0;
    const ssize_t sent = ::send(m_descriptor, m_unsent.constData(), size_t(offered), MSG_NOSIGNAL);
    m_unsent.remove(0, std::max<qsizetype>(sent, 0));
    return std::max<qsizetype>(sent, 0);
}

void TlsPeer::write(const QByteArray &text)
{
    ERR_clear_error();
    if (SSL_write(m_ssl.get(), text.constData(), int(text.size())) != int(text.size()))
        m_hasFailed = true;
}

void TlsPeer::sayEnd()
{
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
}

void TlsPeer::askForNewKeys()
{
    SSL_key_update(m_ssl.get(), SSL_KEY_UPDATE_REQUESTED);
    SSL_do_handshake(m_ssl.get());
}

void TlsPeer::renegotiate()
{
    ERR_clear_error();
    SSL_renegotiate(m_ssl.get());
    SSL_do_handshake(m_ssl.get());
}

bool TlsPeer::isEstablished() const
{
    return SSL_is_init_finished(m_ssl.get()) == 1;
}

} // namespace lanline::test
