#include "core/id.h"

#include <QRandomGenerator>

#include <array>

namespace lanline {

MessageId makeMessageId(qint64 unixMs)
{
    std::array<quint32, 3> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));

    // RFC 9562, version 7: 48 bits of time, 4 of version, 12 random, 2 of variant, 62 random.
    const auto time = quint64(unixMs);
    const auto a = quint16(0x7000u | (random[0] & 0x0fffu));
    const auto b = std::array<uchar, 8>{uchar(0x80u | ((random[0] >> 16) & 0x3fu)), uchar(random[0] >> 24),
        uchar(random[1]), uchar(random[1] >> 8), uchar(random[1] >> 16), uchar(random[1] >> 24), uchar(random[2]),
        uchar(random[2] >> 8)};
    return MessageId(QUuid(quint32(time >> 16), quint16(time), a, b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]));
}

} // namespace lanline
