#pragma once

#include <QByteArray>

#include <memory>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;
using BIO = struct bio_st;

namespace lanline::test {

/// The two ends of a connection within this process, both non-blocking.
struct SocketPair
{
    int ours = -1;
    int peers = -1;

    enum class Kind { Local, Tcp };
    static SocketPair make(Kind kind = Kind::Local);
};

/// A client's end of TLS, by OpenSSL, that moves no byte unless it is told to: what a test wants to happen between two
/// bytes can happen there. It believes any certificate.
class TlsPeer
{
public:
    enum class Version { Any, Tls11, Tls12, Tls13 };

    /// Owns the descriptor.
    explicit TlsPeer(int descriptor, Version version = Version::Any);
    ~TlsPeer();
    TlsPeer(const TlsPeer &) = delete;
    TlsPeer &operator=(const TlsPeer &) = delete;

    /// Goes on with the handshake, and takes in and decrypts what has come.
    void process();
    /// Sends at most so many of the bytes that OpenSSL has made. How many were sent.
    qsizetype send(qsizetype mostBytes = 1 << 30);
    /// Encrypts it; send() sends it.
    void write(const QByteArray &text);
    void sayEnd();
    void askForNewKeys();
    /// Asks for another handshake, which TLS 1.2 knows.
    void renegotiate();

    bool isEstablished() const;
    bool hasFailed() const { return m_hasFailed; }
    /// The peer has said close_notify.
    bool hasEnded() const { return m_hasEnded; }
    /// The connection's end without a word about it.
    bool isGone() const { return m_isGone; }
    /// Of what process() has decrypted.
    QByteArray takeReceived() { return std::exchange(m_received, {}); }
    int descriptor() const { return m_descriptor; }

    /// Forgets TLS and gives up the descriptor, which stays open.
    int leave();

private:
    struct Free
    {
        void operator()(SSL *ssl) const;
        void operator()(SSL_CTX *context) const;
    };

    int m_descriptor;
    std::unique_ptr<SSL_CTX, Free> m_context;
    std::unique_ptr<SSL, Free> m_ssl;
    BIO *m_in = nullptr; ///< the SSL's
    BIO *m_out = nullptr;
    QByteArray m_unsent;
    QByteArray m_received;
    bool m_hasFailed = false;
    bool m_hasEnded = false;
    bool m_isGone = false;
};

} // namespace lanline::test
