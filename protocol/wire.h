#pragma once

#include "protocol/fieldreader.h"
#include "protocol/messages.h"

#include "protocol/chat.pb.h"

/// The one conversion between values and the schema's messages; both encodings go through it. Private to protocol/.
namespace lanline::protocol {

void toWire(const ClientCommand &command, v1::ClientFrame &frame);
void toWire(const ServerMessage &message, v1::ServerFrame &frame);

/// What is not of its form is told by `read`, which then has failed.
ClientCommand fromWire(const v1::ClientFrame &frame, FieldReader &read);
ServerMessage fromWire(const v1::ServerFrame &frame, FieldReader &read);

/// Makes of an empty frame one of a kind that no version knows.
inline void setUnknownKind(google::protobuf::Message &frame)
{
    constexpr int reservedNumber = 99;
    frame.GetReflection()->MutableUnknownFields(&frame)->AddVarint(reservedNumber, 1);
}

/// A guest's secret is at most this long.
inline constexpr qsizetype mostSecretBytes = 64;
inline constexpr qsizetype sessionIdBytes = 16;
inline constexpr qsizetype sessionTokenBytes = 32;

inline std::string toWire(const QString &text)
{
    return text.toStdString();
}
inline std::string toWire(const QByteArray &bytes)
{
    return bytes.toStdString();
}
inline std::string toWire(const MessageId &id)
{
    return id.isNull() ? std::string() : id.value().toRfc4122().toStdString();
}
inline quint64 toWire(WallTime time)
{
    return quint64(std::max(time.time_since_epoch().count(), WallTime::rep{0}));
}
inline quint32 toWire(std::chrono::milliseconds duration)
{
    return quint32(std::clamp<qint64>(duration.count(), 0, std::numeric_limits<quint32>::max()));
}

} // namespace lanline::protocol
