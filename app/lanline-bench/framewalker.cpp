#include "framewalker.h"

#include "frames.h"

namespace lanline::bench {

namespace {

constexpr quint8 reservedBits = 0x70;
constexpr quint8 maskBit = 0x80;
constexpr quint8 opcodeBits = 0x0f;
constexpr quint8 length64 = 127;
constexpr quint8 longestControl = 125;
constexpr size_t header16 = 4;
constexpr size_t header64 = 10;

} // namespace

bool FrameWalker::takeHeaderByte(quint8 byte)
{
    m_header[m_headerSize++] = byte;
    if (m_headerSize < 2)
        return false;
    if (m_headerSize == 2) {
        const auto opcode = Opcode(m_header[0] & opcodeBits);
        const bool isData = opcode == Opcode::Text || opcode == Opcode::Binary;
        if (m_header[0] & reservedBits)
            m_problem = "a reserved bit is set";
        else if (m_header[1] & maskBit)
            m_problem = "a frame of the server is masked";
        else if (isControl() && (!isFinal() || m_header[1] > longestControl))
            m_problem = "a control frame is too long or in fragments";
        else if (isControl() ? opcode > Opcode::Pong : !isData && opcode != Opcode::Continuation)
            m_problem = "an opcode is unknown";
        else if (!isControl() && (opcode == Opcode::Continuation) != m_isFragmented)
            m_problem = "a fragment is out of place";
    }
    const size_t whole = m_header[1] < length16 ? 2 : m_header[1] == length16 ? header16 : header64;
    return m_headerSize == whole;
}

void FrameWalker::beginFrame()
{
    constexpr int bitsPerByte = 8;
    quint64 length = 0;
    if (m_header[1] < length16) {
        length = m_header[1];
    } else {
        for (size_t byte = 2; byte < (m_header[1] == length64 ? header64 : header16); ++byte)
            length = length << bitsPerByte | m_header[byte];
    }
    m_left = length;
    m_isInPayload = true;
    if (isControl())
        return;
    if (!m_isFragmented)
        m_messageBytes = 0;
    m_messageBytes += length;
}

} // namespace lanline::bench
