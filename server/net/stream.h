#pragma once

#include <QByteArrayView>
#include <QHostAddress>

#include <span>

namespace lanline::server {

/// How a read or a write went.
struct StreamResult
{
    enum class State : quint8 {
        Open, ///< `bytes` were moved, at least one
        Blocked, ///< nothing for now; the user is called when it is worth trying again
        Ended, ///< of a read: the peer sends no more
        Failed, ///< the connection is gone
    };
    State state = State::Blocked;
    qint64 bytes = 0;
};

/// Who uses a Stream. Called in the server thread, from its event loop.
class StreamUser
{
public:
    virtual ~StreamUser() = default;
    /// A read may find something. Only while reading is on, and again each turn until a read was Blocked.
    virtual void onReadable() = 0;
    /// A write that was Blocked may go on.
    virtual void onWritable() = 0;
    /// The connection is gone, though nobody tried to read: reset, or both ends shut.
    virtual void onBroken() = 0;
};

/// Bytes to and from one peer, plain or over TLS, never blocking. Which of the two it is shows with the peer's first
/// byte. Lives in the server thread; its destructor closes the connection.
class Stream
{
public:
    virtual ~Stream() = default;

    /// Whom events go to from now on; outlives the stream or is replaced.
    virtual void setUser(StreamUser &user) = 0;
    /// Off at first. While off, the peer feels it; an end or a reset of the connection is still told by onBroken().
    virtual void setReading(bool on) = 0;

    virtual StreamResult read(std::span<char> into) = 0;
    /// Takes as much as it can of the pieces, one behind the other. Pieces that were Blocked are offered again, and may
    /// by then have moved in memory or grown at the end.
    virtual StreamResult write(std::span<const QByteArrayView> pieces) = 0;
    /// Says that nothing more is written; over TLS by its close_notify, too. Reading goes on.
    virtual void shutdownWrite() = 0;

    virtual bool isEncrypted() const = 0;
    virtual QHostAddress peerAddress() const = 0;
    virtual quint16 peerPort() const = 0;
};

} // namespace lanline::server
