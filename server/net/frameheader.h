#pragma once

#include <QByteArrayView>
#include <QtEndian>

#include <array>
#include <limits>

namespace lanline::server {

/// RFC 6455, 5.2.
enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// The payload of a control frame is never longer (RFC 6455, 5.5).
inline constexpr qsizetype maxControlPayloadBytes = 125;

/// Whether an endpoint may name this code in a close frame: the protocol's own that are not reserved for use inside an
/// endpoint (RFC 6455, 7.4, and IANA's registry), and those left to libraries and applications.
constexpr bool isAllowedCloseCode(quint16 code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/// The header of a frame as a server writes it: not masked, its length in the shortest form.
class FrameHeader
{
public:
    FrameHeader(Opcode opcode, bool isFinal, quint64 payloadBytes)
    {
        m_bytes[0] = char((isFinal ? 0x80 : 0x00) | quint8(opcode));
        if (payloadBytes <= 125) {
            m_bytes[1] = char(payloadBytes);
        } else if (payloadBytes <= std::numeric_limits<quint16>::max()) {
            m_bytes[1] = 126;
            qToBigEndian(quint16(payloadBytes), m_bytes.data() + 2);
            m_size = 4;
        } else {
            m_bytes[1] = 127;
            qToBigEndian(payloadBytes, m_bytes.data() + 2);
            m_size = 10;
        }
    }

    QByteArrayView bytes() const { return {m_bytes.data(), m_size}; }

private:
    std::array<char, 10> m_bytes;
    qsizetype m_size = 2;
};

} // namespace lanline::server
