#pragma once

#include "core/result.h"
#include "protocol/limits.h"
#include "protocol/messages.h"

#include <QByteArray>
#include <QString>

namespace lanline::protocol {

/// How values look on the wire: binary frames of Protobuf, or text frames of JSON. One schema, protocol/chat.proto.
enum class Encoding : quint8 { Protobuf, Json };

struct DecodeError
{
    enum class Kind : quint8 {
        TooBig, ///< over Limits::messageBytes
        Malformed, ///< not Protobuf, or not JSON
        BadField, ///< a field is missing, too long, or not of its form
    };
    Kind kind = Kind::Malformed;
    QString text; ///< English, for logs and close texts: what was wrong and where, never the content
};

QByteArray encode(Encoding encoding, const ClientCommand &command);
QByteArray encode(Encoding encoding, const ServerMessage &message);

/// Never throws, asserts, or sizes anything by a number from the wire. What this version does not know is Unknown.
[[nodiscard]] Result<ClientCommand, DecodeError> decodeCommand(
    Encoding encoding, QByteArrayView frame, const Limits &limits);
[[nodiscard]] Result<ServerMessage, DecodeError> decodeMessage(
    Encoding encoding, QByteArrayView frame, const Limits &limits);

} // namespace lanline::protocol
