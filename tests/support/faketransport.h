#pragma once

#include "protocol/compression.h"
#include "protocol/messages.h"
#include "server/net/transport.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace lanline::server {

/// What a FakeTransport and the test that plays its peer share; outlives both.
struct FakeWire
{
    TransportSink *sink = nullptr;
    protocol::Encoding encoding = protocol::Encoding::Protobuf;
    protocol::Compression compression; ///< as WELCOME told it
    protocol::Compressor compressor;
    protocol::Decompressor decompressor;
    QList<protocol::ServerMessage> received; ///< decoded from the bytes the server sent
    QByteArray lastPayload; ///< these bytes, the last ones
    std::optional<protocol::CloseReason> closedWith;
    bool isReading = true;
    bool isOpen = true;
    bool isEncrypted = false;
    QHostAddress address{QHostAddress::LocalHost}; ///< the peer's
    QList<std::pair<FrameType, QByteArray>> held; ///< sent by the peer while the server was not reading
    qint64 queuedBytes = 0; ///< what the server is told; grows by itself while `isStuck`
    bool isStuck = false; ///< the peer does not read
    int flushes = 0;
    std::function<void()> onSend; ///< called before each frame that the server sends
};

/// A Transport without a network: real bytes through the real codec.
class FakeTransport final : public Transport
{
public:
    explicit FakeTransport(std::shared_ptr<FakeWire> wire)
        : m_wire(std::move(wire))
    { }
    ~FakeTransport() override { m_wire->sink = nullptr; }

    void setSink(TransportSink *sink) override { m_wire->sink = sink; }
    protocol::Encoding encoding() const override { return m_wire->encoding; }
    QHostAddress peerAddress() const override { return m_wire->address; }
    bool isEncrypted() const override { return m_wire->isEncrypted; }
    void send(const SharedFrame &frame) override;
    void flush() override { ++m_wire->flushes; }
    void setReading(bool on) override { m_wire->isReading = on; }
    qint64 queuedBytes() const override { return m_wire->queuedBytes; }
    void close(const protocol::CloseReason &reason) override { m_wire->closedWith = reason; }
    void abort() override;

private:
    std::shared_ptr<FakeWire> m_wire;
};

/// The other end, as a test plays it.
class FakePeer
{
public:
    explicit FakePeer(protocol::Encoding encoding = protocol::Encoding::Protobuf);

    /// To be given to the server, once.
    std::unique_ptr<Transport> makeTransport();

    void send(const protocol::ClientCommand &command);
    void sendFrame(FrameType type, const QByteArray &payload);
    /// What waits for the server to read goes to it, for as long as it reads.
    void deliver();
    /// The network is gone.
    void drop();
    /// Reads again: all that is queued leaves.
    void drain();

    /// All messages of one kind so far, oldest first.
    template <class Message>
    QList<Message> all() const
    {
        QList<Message> found;
        for (const protocol::ServerMessage &message : wire->received) {
            if (const auto *wanted = std::get_if<Message>(&message))
                found.append(*wanted);
        }
        return found;
    }

    std::shared_ptr<FakeWire> wire;
};

} // namespace lanline::server
