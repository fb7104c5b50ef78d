#pragma once

#include "core/result.h"
#include "core/timing.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <memory>
#include <span>
#include <sys/epoll.h>
#include <sys/socket.h>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace lanline::bench {

/// Where and how clients connect. Copies share what TLS takes.
struct Endpoint
{
    /// Looks the host up. The error is a sentence.
    static Result<Endpoint, QString> make(const QUrl &url, const QString &path, const QByteArray &subprotocol = {});

    QString name; ///< the whole address, for people
    QByteArray host; ///< with its port
    QByteArray path;
    QByteArray subprotocol; ///< empty: none is offered
    sockaddr_storage address{};
    socklen_t addressSize = 0;
    bool isLoopback = false; ///< of IPv4, where every address of 127/8 is one's own
    std::shared_ptr<SSL_CTX> tls; ///< null: plain. Certificates are not verified
};

/// What came of trying to read or write.
struct Transfer
{
    enum class State : quint8 {
        Done, ///< `bytes` were moved, at least one
        WantsRead, ///< nothing can be done until the descriptor is readable
        WantsWrite,
        Ended, ///< by the other end, in order
        Failed, ///< see RawSocket::error()
    };
    State state = State::Failed;
    size_t bytes = 0;
};

/// A TCP connection without Qt, plain or with TLS, that never blocks. Not for several threads.
class RawSocket
{
public:
    RawSocket() = default;
    ~RawSocket() { close(); }
    RawSocket(const RawSocket &) = delete;
    RawSocket &operator=(const RawSocket &) = delete;

    /// Begins to connect; `number` spreads connections over the addresses of the loopback, so that neither ports nor a
    /// server's caps per address bound them. False: see error().
    bool open(const Endpoint &endpoint, int number);
    void close();
    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }
    bool isTls() const { return m_tls != nullptr; }
    /// Both ways since it was opened, inside of TLS.
    quint64 movedBytes() const { return m_movedBytes; }

    /// Goes on with connecting and, with TLS, its handshake; Done once both are complete.
    Transfer connectFurther();
    Transfer read(std::span<char> into);
    Transfer write(std::span<const char> bytes);

    /// Of the last thing that failed.
    QString error() const { return m_error; }

private:
    struct FreeTls
    {
        void operator()(SSL *tls) const;
    };

    Transfer failed(const QString &what);
    Transfer afterTls(int result, const QString &what);

    int m_descriptor = -1;
    quint64 m_movedBytes = 0;
    bool m_isConnected = false; ///< TCP
    std::unique_ptr<SSL, FreeTls> m_tls;
    QString m_error;
};

/// epoll_pwait2() until `until` at the latest; not at all if that has passed. How many events there are, or -1.
int waitForEvents(int epoll, std::span<epoll_event> events, SteadyTime until);
/// As many descriptors as this process may have.
void raiseDescriptorLimit();

} // namespace lanline::bench
