#include "protocol/fieldreader.h"

#include <QStringDecoder>

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr qsizetype uuidBytes = 16;
constexpr qsizetype epochBytes = 16;

QByteArray toByteArray(const std::string &wire)
{
    return {wire.data(), qsizetype(wire.size())};
}
} // namespace

QString textFromUtf8(const std::string &wire)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(QByteArrayView(wire.data(), qsizetype(wire.size())));
}

void FieldReader::check(bool isGood, QLatin1StringView field, QLatin1StringView complaint)
{
    if (!isGood && !hasFailed())
        m_error = field + ": "_L1 + complaint;
}

QString FieldReader::text(const std::string &wire, QLatin1StringView field, qint64 mostBytes)
{
    check(qint64(wire.size()) <= mostBytes, field, "too long"_L1);
    return hasFailed() ? QString() : text(wire);
}

RoomId FieldReader::room(const std::string &wire, QLatin1StringView field)
{
    check(!wire.empty(), field, "missing"_L1);
    return RoomId(text(wire, field, m_limits.roomNameBytes));
}

RoomId FieldReader::roomAsGiven(const std::string &wire, QLatin1StringView field, Need need)
{
    check(need == Need::Optional || !wire.empty(), field, "missing"_L1);
    return RoomId(text(wire));
}

MessageId FieldReader::messageId(const std::string &wire, QLatin1StringView field, Need need)
{
    if (wire.empty() && need == Need::Optional)
        return {};
    const QByteArray rfc4122 = bytes(wire, field, uuidBytes);
    if (hasFailed())
        return {};
    const MessageId id(QUuid::fromRfc4122(rfc4122));
    check(need == Need::Optional || !id.isNull(), field, "missing"_L1);
    return id;
}

Epoch FieldReader::epoch(const std::string &wire, QLatin1StringView field, Need need)
{
    if (wire.empty() && need == Need::Optional)
        return {};
    return Epoch(bytes(wire, field, epochBytes));
}

QByteArray FieldReader::bytes(const std::string &wire, QLatin1StringView field, qsizetype size)
{
    check(!wire.empty(), field, "missing"_L1);
    check(qsizetype(wire.size()) == size, field, "of the wrong size"_L1);
    return hasFailed() ? QByteArray() : toByteArray(wire);
}

QByteArray FieldReader::bytesUpTo(const std::string &wire, QLatin1StringView field, qsizetype most)
{
    check(qsizetype(wire.size()) <= most, field, "too long"_L1);
    return hasFailed() ? QByteArray() : toByteArray(wire);
}

quint64 FieldReader::integer(quint64 wire, QLatin1StringView field)
{
    check(wire <= largestInteger, field, "out of range"_L1);
    return wire;
}

quint64 FieldReader::positive(quint64 wire, QLatin1StringView field)
{
    check(wire > 0, field, "missing"_L1);
    return integer(wire, field);
}

WallTime FieldReader::time(quint64 wire, QLatin1StringView field)
{
    return WallTime(std::chrono::milliseconds(qint64(integer(wire, field) & largestInteger)));
}

} // namespace lanline::protocol
