#include "server/net/websockettransport.h"

#include "server/net/frameheader.h"

#include <QtEndian>

#include <algorithm>

namespace lanline::server {

WebSocketTransport::WebSocketTransport(
    std::unique_ptr<Connection> connection, protocol::Encoding encoding, const FrameLimits &frames)
    : m_connection(std::move(connection))
    , m_frames(frames)
    , m_encoding(encoding)
{
    m_connection->setUser(*this);
}

WebSocketTransport::~WebSocketTransport() = default;

QHostAddress WebSocketTransport::peerAddress() const
{
    return m_connection->stream().peerAddress();
}

// ---- out ----------------------------------------------------------------------------------------------------------

void WebSocketTransport::send(const SharedFrame &frame)
{
    if (m_isClosing)
        return;
    OutputQueue &output = m_connection->output();
    const QByteArray &payload = frame.payload;
    Opcode opcode = frame.encoding == protocol::Encoding::Json ? Opcode::Text : Opcode::Binary;
    if (payload.size() <= std::min<qint64>(OutputQueue::copiedAtMost, m_frames.frameBytes)) {
        const FrameHeader header(opcode, true, payload.size());
        if (const SharedPlace *place = m_connection->net().fanOut.placeOf(frame, header.bytes()))
            output.append(*place);
        else
            output.append(header.bytes(), payload, 0, payload.size());
        return;
    }
    qsizetype sent = 0;
    do {
        const qsizetype length = std::min<qsizetype>(payload.size() - sent, m_frames.frameBytes);
        const bool isLast = sent + length == payload.size();
        output.append(FrameHeader(opcode, isLast, length).bytes(), payload, sent, length);
        opcode = Opcode::Continuation;
        sent += length;
    } while (sent < payload.size());
}

void WebSocketTransport::flush()
{
    m_connection->flush();
}

qint64 WebSocketTransport::queuedBytes() const
{
    return m_connection->queuedBytes();
}

SteadyTime WebSocketTransport::readAt() const
{
    return m_connection->net().readAt;
}

void WebSocketTransport::sayClose(quint16 code, QByteArrayView text)
{
    m_isClosing = true;
    QByteArray payload;
    if (code != 0) {
        payload.resize(sizeof(code));
        qToBigEndian(code, payload.data());
        payload += text.first(std::min(text.size(), maxControlPayloadBytes - payload.size()));
    }
    OutputQueue &output = m_connection->output();
    output.append(FrameHeader(Opcode::Close, true, payload.size()).bytes());
    output.append(payload);
    m_connection->finish();
}

void WebSocketTransport::close(const protocol::CloseReason &reason)
{
    if (!m_isClosing)
        sayClose(reason.code, QByteArrayView(reason.text.data(), reason.text.size()));
}

void WebSocketTransport::abort()
{
    m_isClosing = true;
    m_connection->abort();
}

// ---- in -----------------------------------------------------------------------------------------------------------

void WebSocketTransport::setReading(bool on)
{
    m_connection->setReading(on);
}

qsizetype WebSocketTransport::onBytes(std::span<char> bytes)
{
    std::span<char> left = bytes;
    while (m_connection->isReading()) {
        const auto event = m_decoder.next(left, m_frames);
        if (!event)
            break;
        onEvent(*event);
    }
    return qsizetype(bytes.size() - left.size());
}

void WebSocketTransport::onEvent(const FrameEvent &event)
{
    using Kind = FrameEvent::Kind;
    switch (event.kind) {
    case Kind::Message:
        if (m_sink)
            m_sink->onFrame(event.type, QByteArray::fromRawData(event.payload.data(), event.payload.size()));
        break;
    case Kind::Ping: {
        OutputQueue &output = m_connection->output();
        output.append(FrameHeader(Opcode::Pong, true, event.payload.size()).bytes());
        output.append(event.payload);
        break;
    }
    case Kind::Pong:
        break;
    case Kind::Close:
        // The answer is the peer's own code, or none.
        sayClose(event.closeCode, {});
        break;
    case Kind::Violation:
        sayClose(event.closeCode, event.payload);
        break;
    }
}

void WebSocketTransport::onWritten()
{
    if (m_sink && !m_isClosing)
        m_sink->onWritten();
}

void WebSocketTransport::onGone()
{
    m_isClosing = true;
    if (m_sink)
        std::exchange(m_sink, nullptr)->onClosed();
}

} // namespace lanline::server
