#pragma once

#include "core/result.h"
#include "server/net/stream.h"
#include "server/net/tlsidentity.h"

#include <QString>

#include <memory>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace lanline::server {

/// What all encrypted connections of a server share: TLS 1.2 and 1.3, no compression, no renegotiation, no resumption.
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
/// Keeps no buffers while idle. A peer that is gone raises no SIGPIPE.
class TlsLayer
{
public:
    /// `descriptor` stays the caller's and outlives this.
    TlsLayer(const TlsContext &context, int descriptor);
    TlsLayer(const TlsLayer &) = delete;
    TlsLayer &operator=(const TlsLayer &) = delete;

    /// Receives a little more than `into` holds, at most. The descriptor tells of what comes later.
    StreamResult read(std::span<char> into);
    /// Blocked until the handshake is done.
    StreamResult write(std::span<const QByteArrayView> pieces);
    /// Sends close_notify, as far as the descriptor takes it now.
    void shutdown();

    /// A read() would give more at once, though the descriptor does not tell.
    bool hasMore() const { return m_hasMore; }
    /// The last read() or handshake step was Blocked because the descriptor could not be written.
    bool readWantsWrite() const { return m_readWantsWrite; }
    /// The last write() was Blocked because the peer has to say something first, and has not done so since.
    bool writeWantsRead() const { return m_writeWantsRead; }

private:
    /// The descriptor as OpenSSL sees it.
    struct Wire
    {
        int descriptor;
        qint64 allowance = 0; ///< bytes that may still be received within this read()
    };
    struct WireMethod;
    struct Free
    {
        void operator()(SSL *ssl) const;
    };

    StreamResult::State failure(int result, int otherWish, bool &wantsOther);

    Wire m_wire;
    std::unique_ptr<SSL, Free> m_ssl;
    qsizetype m_blockedBytes = 0; ///< in a record that has been made, and not wholly sent
    bool m_hasMore = false;
    bool m_readWantsWrite = false;
    bool m_writeWantsRead = false;
    bool m_isEstablished = false; ///< the handshake is done
    bool m_isBroken = false;
};

} // namespace lanline::server
