#pragma once

#include "client/values.h"
#include "protocol/closereasons.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace lanline::client {

/// Why a link ended.
struct LinkEnd
{
    Problem problem = Problem::ConnectionLost;
    quint16 closeCode = 0; ///< of the peer's close frame; 0 without one
    QString text; ///< English: the peer's, or the socket's
    std::chrono::milliseconds retryAfter{}; ///< that the server asked for with GOODBYE
};

/// One way to a server.
struct Path
{
    QUrl url; ///< with the server's address in it
    QHostAddress local; ///< of this computer, where the connection is to begin; null: the system chooses
    friend bool operator==(const Path &, const Path &) = default;
};

/// One connection to a server: frames in, frames out. Used once, in one thread. Nothing is emitted after abort() or
/// after ended().
class Link : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void open(const Path &path) = 0;
    /// Both ends as they came to be; null before opened().
    virtual QHostAddress localAddress() const = 0;
    virtual QHostAddress peerAddress() const = 0;
    virtual void send(const QByteArray &frame) = 0;
    /// Gives the system what it takes of what was sent, instead of later in this turn. Nothing is emitted within.
    virtual void flush() { }
    /// Sends what waits, then the close frame; answers with ended().
    virtual void close(const protocol::CloseReason &reason) = 0;
    /// Drops the connection as if the cable were cut.
    virtual void abort() = 0;
    /// Of the certificate (DER) that the opened connection is encrypted with; empty for a plain one.
    virtual QByteArray certificateSha256() const = 0;
    /// Within frameReceived(): when this computer had the frame. One that holds frames back tells so here; else now.
    virtual std::optional<SteadyTime> lastArrival() const { return std::nullopt; }

Q_SIGNALS:
    /// `steps.welcome` is still zero.
    void opened(const lanline::client::ConnectSteps &steps);
    void frameReceived(const QByteArray &frame);
    void ended(const lanline::client::LinkEnd &end);
};

using LinkFactory = std::function<std::unique_ptr<Link>()>;

} // namespace lanline::client
