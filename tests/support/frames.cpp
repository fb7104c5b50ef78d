#include "tests/support/frames.h"

#include <vector>

namespace lanline::server {

namespace {

QByteArray bigEndian(quint64 value, int bytes)
{
    QByteArray written;
    for (int i = bytes - 1; i >= 0; --i)
        written.append(char(value >> (8 * i) & 0xFF));
    return written;
}

} // namespace

QByteArray ClientFrame::bytes() const
{
    const quint64 size = declaredBytes.value_or(quint64(payload.size()));
    const char maskBit = isMasked ? char(0x80) : char(0);
    QByteArray written(1, char((isFinal ? 0x80 : 0) | reservedBits << 4 | quint8(opcode)));
    if (length == Length::Shortest && size < 126)
        written += char(maskBit | char(size));
    else if (length == Length::In16Bits || (length == Length::Shortest && size < 65536))
        written += char(maskBit | 126) + bigEndian(size, 2);
    else
        written += char(maskBit | 127) + bigEndian(size, 8);
    if (!isMasked)
        return written + payload;

    const QByteArray keyBytes = bigEndian(key, 4);
    written += keyBytes;
    for (qsizetype i = 0; i < payload.size(); ++i)
        written += char(payload[i] ^ keyBytes[i % 4]);
    return written;
}

QByteArray clientFrame(Opcode opcode, const QByteArray &payload, bool isFinal)
{
    ClientFrame frame;
    frame.opcode = opcode;
    frame.payload = payload;
    frame.isFinal = isFinal;
    return frame.bytes();
}

QByteArray closeFrame(quint16 code, const QByteArray &reason)
{
    return clientFrame(Opcode::Close, bigEndian(code, 2) + reason);
}

QByteArray toldOf(const FrameEvent &event)
{
    const QByteArray code = QByteArray::number(event.closeCode) + ' ';
    switch (event.kind) {
    case FrameEvent::Kind::Message:
        return (event.type == FrameType::Text ? "text " : "binary ") + event.payload.toByteArray();
    case FrameEvent::Kind::Ping:
        return "ping " + event.payload.toByteArray();
    case FrameEvent::Kind::Pong:
        return "pong " + event.payload.toByteArray();
    case FrameEvent::Kind::Close:
        return "close " + code + event.payload.toByteArray();
    case FrameEvent::Kind::Violation:
        return "violation " + code + event.payload.toByteArray();
    }
    return {};
}

QByteArrayList eventsOf(FrameDecoder &decoder, const QByteArrayList &pieces, const FrameLimits &limits)
{
    QByteArrayList told;
    for (const QByteArray &piece : pieces) {
        std::vector<char> memory(piece.begin(), piece.end());
        std::span<char> input(memory);
        while (const auto event = decoder.next(input, limits))
            told.append(toldOf(*event));
        if (!input.empty())
            told.append("error: not all of the input was taken");
    }
    return told;
}

QByteArrayList splitIntoBytes(const QByteArray &bytes)
{
    QByteArrayList pieces;
    for (const char byte : bytes)
        pieces.append(QByteArray(1, byte));
    return pieces;
}

} // namespace lanline::server
