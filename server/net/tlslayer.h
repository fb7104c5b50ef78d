#pragma once

#include "core/result.h"
#include "server/net/stream.h"

#include <QByteArray>
#include <QString>

#include <memory>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace lanline::server {

/// Who a server is over TLS.
struct TlsIdentity
{
    QByteArray certificate; ///< PEM, the chain with the leaf first
    QByteArray key; ///< PEM

    friend bool operator==(const TlsIdentity &, const TlsIdentity &) = default;
};

/// What all encrypted connections of a server share.
class TlsContext
{
public:
    /// The error is an English sentence: a certificate or key that cannot be read, or that do not belong together.
    static Result<TlsContext, QString> make(const TlsIdentity &identity);

    SSL_CTX *handle() const { return m_handle.get(); }

private:
    struct Free
    {
        void operator()(SSL_CTX *context) const;
    };
    std::unique_ptr<SSL_CTX, Free> m_handle;
};

/// TLS on a non-blocking descriptor, by OpenSSL; the server's end. The handshake happens inside the first reads.
/// Keeps no buffers while idle.
class TlsLayer
{
public:
    /// `descriptor` stays the caller's and outlives this.
    TlsLayer(const TlsContext &context, int descriptor);

    StreamResult read(std::span<char> into);
    StreamResult write(std::span<const QByteArrayView> pieces);
    /// Sends close_notify, as far as the descriptor takes it now.
    void shutdown();

    /// The last read() or handshake step was Blocked because the descriptor could not be written.
    bool readWantsWrite() const { return m_readWantsWrite; }
    /// The last write() was Blocked because the peer has to say something first.
    bool writeWantsRead() const { return m_writeWantsRead; }

private:
    struct Free
    {
        void operator()(SSL *ssl) const;
    };
    std::unique_ptr<SSL, Free> m_ssl;
    bool m_readWantsWrite = false;
    bool m_writeWantsRead = false;
};

} // namespace lanline::server
