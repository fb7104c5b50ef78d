#include "app/loadtest/wirewalk.h"

namespace lanline::loadtest {

namespace {

constexpr int bitsPerGroup = 7;
constexpr int longestNumberBits = 63;
constexpr int typeBits = 3;
constexpr quint64 varint = 0;
constexpr quint64 lengthDelimited = 2;

} // namespace

bool WireWalk::readNumber(quint64 &number)
{
    number = 0;
    for (int shift = 0; m_at < m_end && shift <= longestNumberBits; shift += bitsPerGroup) {
        const auto byte = quint8(*m_at++);
        number |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool WireWalk::next(WireField &field)
{
    quint64 tag = 0;
    if (m_at == m_end || !readNumber(tag) || !readNumber(field.value))
        return false;
    field.number = quint32(tag >> typeBits);
    const quint64 type = tag & ((1U << typeBits) - 1);
    field.isNumber = type == varint;
    if (type == varint)
        return true;
    if (type != lengthDelimited || field.value > quint64(m_end - m_at))
        return false;
    field.bytes = QByteArrayView(m_at, qsizetype(field.value));
    m_at += field.value;
    return true;
}

} // namespace lanline::loadtest
