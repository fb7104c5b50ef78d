#include "tests/support/faketransport.h"

#include "protocol/codec.h"

namespace lanline::server {

void FakeTransport::send(const SharedFrame &frame)
{
    Q_ASSERT(frame.encoding == m_wire->encoding);
    if (m_wire->onSend)
        m_wire->onSend();
    if (m_wire->closedWith || !m_wire->isOpen)
        return;
    if (m_wire->isStuck)
        m_wire->queuedBytes += frame.payload.size();
    const bool isPacked = m_wire->compression.method != protocol::CompressionMethod::None;
    const auto plain = isPacked
        ? m_wire->decompressor.unpack(m_wire->compression, frame.payload, protocol::Limits{}.messageBytes)
        : QByteArrayView(frame.payload);
    const auto message =
        plain.and_then([&](QByteArrayView bytes) { return protocol::decodeMessage(frame.encoding, bytes, {}); });
    if (!message)
        qFatal("the server sent a frame that cannot be decoded: %s", qUtf8Printable(message.error().text));
    if (const auto *welcome = std::get_if<protocol::Welcome>(&*message))
        m_wire->compression = welcome->compression;
    m_wire->received.append(*message);
    m_wire->lastPayload = frame.payload;
}

void FakeTransport::abort()
{
    m_wire->isOpen = false;
    if (m_wire->sink)
        std::exchange(m_wire->sink, nullptr)->onClosed();
}

FakePeer::FakePeer(protocol::Encoding encoding)
    : wire(std::make_shared<FakeWire>())
{
    wire->encoding = encoding;
}

std::unique_ptr<Transport> FakePeer::makeTransport()
{
    return std::make_unique<FakeTransport>(wire);
}

void FakePeer::send(const protocol::ClientCommand &command)
{
    const QByteArray frame = protocol::encode(wire->encoding, command);
    const bool isPacked = wire->compression.method != protocol::CompressionMethod::None;
    sendFrame(wire->encoding == protocol::Encoding::Json ? FrameType::Text : FrameType::Binary,
        isPacked ? wire->compressor.pack(wire->compression, frame) : frame);
}

void FakePeer::sendFrame(FrameType type, const QByteArray &payload)
{
    wire->held.append({type, payload});
    deliver();
}

void FakePeer::deliver()
{
    while (wire->sink && wire->isReading && !wire->closedWith && !wire->held.isEmpty()) {
        const auto [type, payload] = wire->held.takeFirst();
        wire->sink->onFrame(type, payload);
    }
}

void FakePeer::drop()
{
    wire->isOpen = false;
    if (wire->sink)
        std::exchange(wire->sink, nullptr)->onClosed();
}

void FakePeer::drain()
{
    wire->isStuck = false;
    wire->queuedBytes = 0;
    if (wire->sink)
        wire->sink->onWritten();
    deliver();
}

} // namespace lanline::server
