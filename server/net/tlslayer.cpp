#include "server/net/tlslayer.h"

#include "server/net/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

using State = StreamResult::State;

constexpr qsizetype recordBytes = SSL3_RT_MAX_PLAIN_LENGTH;
constexpr qint64 encryptedRecordBytes = SSL3_RT_MAX_PACKET_SIZE;

bool useCertificates(SSL_CTX *context, const QByteArray &pem)
{
    const openssl::Bio bio = openssl::reader(pem);
    const openssl::Certificate leaf(PEM_read_bio_X509(bio.get(), nullptr, &openssl::noPassword, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
        return false;
    while (openssl::Certificate next{PEM_read_bio_X509(bio.get(), nullptr, &openssl::noPassword, nullptr)}) {
        if (SSL_CTX_add0_chain_cert(context, next.get()) != 1) // NOLINT(*-const-cast): within OpenSSL's macro
            return false;
        next.release(); // NOLINT(bugprone-unused-return-value): the context's now
    }
    // The chain ends where nothing more begins, and not in the middle of something broken.
    return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

/// We have nothing to answer to the end of a handshake, and a peer with Nagle's algorithm says no more before its last
/// word is acknowledged: 40 ms (measured) without this.
void acknowledgeAtOnce(int descriptor)
{
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}

/// `bytes` bytes of the pieces from `offset` on: where they lie, or put together in `joined`.
QByteArrayView frontOf(
    std::span<const QByteArrayView> pieces, qsizetype offset, qsizetype bytes, std::span<char> joined)
{
    qsizetype filled = 0;
    for (const QByteArrayView piece : pieces) {
        if (offset >= piece.size()) {
            offset -= piece.size();
            continue;
        }
        const QByteArrayView rest = piece.sliced(offset);
        offset = 0;
        if (filled == 0 && rest.size() >= bytes)
            return rest.first(bytes);
        const qsizetype part = std::min(rest.size(), bytes - filled);
        std::memcpy(joined.data() + filled, rest.data(), size_t(part));
        filled += part;
        if (filled == bytes)
            break;
    }
    return {joined.data(), filled};
}

} // namespace

// ---- the context --------------------------------------------------------------------------------------------------

void TlsContext::Free::operator()(SSL_CTX *context) const
{
    SSL_CTX_free(context);
}

Result<TlsContext, QString> TlsContext::make(const TlsIdentity &identity)
{
    ERR_clear_error();
    TlsContext made;
    made.m_handle.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX *context = made.m_handle.get();
    if (!context)
        return unexpected(u"OpenSSL cannot be used"_s);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    // A peer that ends without a close_notify has only ended: frames and heads tell by themselves that they are whole.
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(
        context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // One system call for a record's head and body.
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);

    if (!useCertificates(context, identity.certificate))
        return unexpected(u"the TLS certificate cannot be read; it has to be PEM"_s);
    const openssl::Bio bio = openssl::reader(identity.key);
    const openssl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, &openssl::noPassword, nullptr));
    if (!key)
        return unexpected(u"the TLS key cannot be read; it has to be PEM, without a password"_s);
    // Refuses a key that is not the certificate's.
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return unexpected(u"the TLS certificate and key do not belong together"_s);
    ERR_clear_error();
    return made;
}

// ---- the descriptor -----------------------------------------------------------------------------------------------

/// OpenSSL's own socket methods raise SIGPIPE, and ask a socket again that they have just found empty.
struct TlsLayer::WireMethod
{
    static BIO_METHOD *get()
    {
        static BIO_METHOD *const method = make();
        return method;
    }

    static BIO_METHOD *make()
    {
        BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "lanline wire");
        BIO_meth_set_read(method, &WireMethod::read);
        BIO_meth_set_write(method, &WireMethod::write);
        BIO_meth_set_ctrl(method, &WireMethod::control);
        return method;
    }

    static int read(BIO *bio, char *into, int bytes)
    {
        BIO_clear_retry_flags(bio);
        auto &wire = *static_cast<Wire *>(BIO_get_data(bio));
        if (wire.allowance <= 0) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const ssize_t received = ::recv(wire.descriptor, into, size_t(bytes), 0);
        // A descriptor that gave less than it could is empty.
        wire.allowance = received == bytes ? wire.allowance - received : 0;
        if (received == 0)
            BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
        else if (received < 0 && isRetry(errno))
            BIO_set_retry_read(bio);
        return int(received);
    }

    static int write(BIO *bio, const char *from, int bytes)
    {
        BIO_clear_retry_flags(bio);
        const auto &wire = *static_cast<const Wire *>(BIO_get_data(bio));
        const ssize_t sent = ::send(wire.descriptor, from, size_t(bytes), MSG_NOSIGNAL);
        if (sent < 0 && isRetry(errno))
            BIO_set_retry_write(bio);
        return int(sent);
    }

    static long control(BIO *bio, int command, long, void *)
    {
        switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
        default:
            return 0;
        }
    }

    static bool isRetry(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }
};

// ---- the layer ----------------------------------------------------------------------------------------------------

void TlsLayer::Free::operator()(SSL *ssl) const
{
    SSL_free(ssl);
}

TlsLayer::TlsLayer(const TlsContext &context, int descriptor)
    : m_wire{descriptor}
    , m_ssl(SSL_new(context.handle()))
{
    BIO *bio = m_ssl ? BIO_new(WireMethod::get()) : nullptr;
    if (!bio) {
        m_isBroken = true;
        return;
    }
    BIO_set_data(bio, &m_wire);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_ssl.get(), bio, bio);
    SSL_set_accept_state(m_ssl.get());
}

/// What a call that moved no byte says of the connection.
State TlsLayer::failure(int result, int otherWish, bool &wantsOther)
{
    const int error = SSL_get_error(m_ssl.get(), result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
        wantsOther = error == otherWish;
        return State::Blocked;
    }
    if (error == SSL_ERROR_ZERO_RETURN && m_isEstablished)
        return State::Ended;
    m_isBroken = true;
    return State::Failed;
}

StreamResult TlsLayer::read(std::span<char> into)
{
    m_hasMore = false;
    m_readWantsWrite = false;
    if (m_isBroken)
        return {State::Failed, 0};
    // Bounds a turn also where a peer says much that gives no data, such as changes of keys.
    m_wire.allowance = qint64(into.size()) + encryptedRecordBytes;
    State state = State::Open;
    size_t filled = 0;
    while (state == State::Open && filled < into.size()) {
        ERR_clear_error();
        size_t bytes = 0;
        const int result = SSL_read_ex(m_ssl.get(), into.data() + filled, into.size() - filled, &bytes);
        filled += bytes;
        if (!m_isEstablished && SSL_is_init_finished(m_ssl.get())) {
            m_isEstablished = true;
            m_writeWantsRead = false;
            acknowledgeAtOnce(m_wire.descriptor);
        }
        if (result != 1)
            state = failure(result, SSL_ERROR_WANT_WRITE, m_readWantsWrite);
    }
    m_wire.allowance = 0;
    if (filled == 0)
        return {state, 0};
    // What came before an end or a fault counts first.
    m_hasMore = state == State::Open ? SSL_has_pending(m_ssl.get()) == 1 : state != State::Blocked;
    return {State::Open, qint64(filled)};
}

StreamResult TlsLayer::write(std::span<const QByteArrayView> pieces)
{
    if (m_isBroken)
        return {State::Failed, 0};
    // In a handshake it would be the write that receives, and keep what comes behind it to itself.
    m_writeWantsRead = !m_isEstablished;
    if (m_writeWantsRead)
        return {State::Blocked, 0};

    qsizetype left = 0;
    for (const QByteArrayView piece : pieces)
        left += piece.size();
    std::array<char, recordBytes> joined; // NOLINT(*-member-init): filled as far as it is used
    qsizetype taken = 0;
    while (left > 0) {
        // A record that is half sent has to be offered at its length, whatever stands behind it by now.
        const qsizetype offered = m_blockedBytes > 0 ? m_blockedBytes : std::min(left, recordBytes);
        const QByteArrayView front = frontOf(pieces, taken, offered, joined);
        ERR_clear_error();
        size_t bytes = 0;
        const int result = SSL_write_ex(m_ssl.get(), front.data(), size_t(front.size()), &bytes);
        if (result != 1) {
            const State state = failure(result, SSL_ERROR_WANT_READ, m_writeWantsRead);
            m_blockedBytes = offered;
            return {taken > 0 ? State::Open : state, taken};
        }
        m_blockedBytes = 0;
        taken += qsizetype(bytes);
        left -= qsizetype(bytes);
    }
    return {taken > 0 ? State::Open : State::Blocked, taken};
}

void TlsLayer::shutdown()
{
    // Nothing can be said in the middle of a record, nor after a fault.
    if (m_isBroken || !m_isEstablished || m_blockedBytes > 0)
        return;
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
}

} // namespace lanline::server
