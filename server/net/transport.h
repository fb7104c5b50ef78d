#pragma once

#include "core/timing.h"
#include "protocol/closereasons.h"
#include "protocol/codec.h"
#include "server/net/sharedframe.h"

#include <QByteArray>
#include <QHostAddress>

namespace lanline::server {

enum class FrameType : quint8 { Text, Binary };

/// Who listens to a Transport. Called in the server thread, from its event loop or from inside abort().
class TransportSink
{
public:
    virtual ~TransportSink() = default;
    /// One whole message.
    virtual void onFrame(FrameType type, const QByteArray &payload) = 0;
    /// Some of what was queued has left.
    virtual void onWritten() = 0;
    /// The connection is gone, whoever ended it. The last call ever; the transport may be destroyed afterwards, but not
    /// inside of it.
    virtual void onClosed() = 0;
};

/// One connection that carries whole messages: all that the server above it knows of a network. No QObject.
class Transport
{
public:
    virtual ~Transport() = default;

    virtual void setSink(TransportSink *sink) = 0;
    /// Agreed in the handshake.
    virtual protocol::Encoding encoding() const = 0;
    virtual QHostAddress peerAddress() const = 0;
    /// Over TLS.
    virtual bool isEncrypted() const = 0;

    /// Queues the frame; it leaves with flush(), or by itself when the event loop is reached.
    virtual void send(const SharedFrame &frame) = 0;
    virtual void flush() = 0;
    /// While off, no frame reaches the sink, and the peer feels it before much is held for it.
    virtual void setReading(bool on) = 0;
    /// When the frame that the sink is being told was read; zero: not known.
    virtual SteadyTime readAt() const { return {}; }
    /// Bytes taken by send() that the operating system has not taken yet.
    virtual qint64 queuedBytes() const = 0;
    /// Sends what is queued, then the close frame; no frame reaches the sink any more. Bounded in time.
    virtual void close(const protocol::CloseReason &reason) = 0;
    /// Drops the connection and what is queued.
    virtual void abort() = 0;
};

} // namespace lanline::server
