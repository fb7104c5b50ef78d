#include "protocol/codec.h"

#include "protocol/jsonmapping.h"
#include "protocol/wire.h"

#include <QHash>
#include <QJsonDocument>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

using Kind = DecodeError::Kind;

constexpr auto typeKey = "type"_L1;
constexpr auto unknownType = "UNKNOWN"_L1;
/// Ours are three messages deep; unknown groups could go deeper and are not followed.
constexpr int deepestNesting = 16;

/// "heartbeat_ack" is HEARTBEAT_ACK in JSON.
QString typeOf(const FieldDescriptor &kind)
{
    return QString::fromStdString(kind.name()).toUpper();
}

const FieldDescriptor *kindOf(const Message &frame)
{
    return frame.GetReflection()->GetOneofFieldDescriptor(frame, frame.GetDescriptor()->oneof_decl(0));
}

template <class Frame>
const FieldDescriptor *kindNamed(const QString &type)
{
    static const auto kinds = [] {
        QHash<QString, const FieldDescriptor *> byType;
        const auto &oneof = *Frame::descriptor()->oneof_decl(0);
        for (int i = 0; i < oneof.field_count(); ++i)
            byType.insert(typeOf(*oneof.field(i)), oneof.field(i));
        return byType;
    }();
    return kinds.value(type);
}

QByteArray serializeProtobuf(const Message &frame)
{
    QByteArray bytes(qsizetype(frame.ByteSizeLong()), Qt::Uninitialized);
    frame.SerializeWithCachedSizesToArray(reinterpret_cast<quint8 *>(bytes.data()));
    return bytes;
}

QByteArray serializeJson(const Message &frame)
{
    const FieldDescriptor *kind = kindOf(frame);
    const QJsonObject fields = kind ? toJson(frame.GetReflection()->GetMessage(frame, kind)) : QJsonObject();
    const QByteArray tail = QJsonDocument(fields).toJson(QJsonDocument::Compact).sliced(1); // all but the "{"
    // QJsonObject sorts its names; people who read frames want the type in front.
    return "{\"type\":\"" + (kind ? typeOf(*kind) : QString(unknownType)).toLatin1() + (fields.isEmpty() ? "\"" : "\",")
        + tail;
}

template <class Frame>
Result<void, DecodeError> parseProtobuf(QByteArrayView bytes, Frame &frame)
{
    // What a stranger sends is no reason to write to our log.
    [[maybe_unused]] static const auto silenced = google::protobuf::SetLogHandler(nullptr);

    google::protobuf::io::CodedInputStream stream(reinterpret_cast<const quint8 *>(bytes.data()), int(bytes.size()));
    stream.SetRecursionLimit(deepestNesting);
    if (!frame.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
        return unexpected(DecodeError{Kind::Malformed, u"not a Protobuf frame of this schema"_s});
    if (bytes.isEmpty())
        return unexpected(DecodeError{Kind::BadField, u"kind: missing"_s});
    return {};
}

/// Qt's parser drops a U+FEFF at the start of a string unless it is escaped. Behind a quote it is always in a string,
/// at its start or behind an escaped quote, or the frame is no JSON either way.
QByteArray withMarksEscaped(QByteArrayView json)
{
    constexpr QByteArrayView raw("\"\xef\xbb\xbf");
    if (!json.contains(raw))
        return QByteArray::fromRawData(json.data(), json.size());
    return json.toByteArray().replace(raw, "\"\\ufeff");
}

template <class Frame>
Result<void, DecodeError> parseJson(QByteArrayView bytes, Frame &frame)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(withMarksEscaped(bytes), &error);
    if (error.error != QJsonParseError::NoError)
        return unexpected(DecodeError{Kind::Malformed, u"not JSON: "_s + error.errorString()});
    if (!document.isObject())
        return unexpected(DecodeError{Kind::Malformed, u"not a JSON object"_s});

    const QJsonObject object = document.object();
    const QJsonValue type = object.value(typeKey);
    if (!type.isString())
        return unexpected(DecodeError{Kind::BadField, u"type: missing or not a string"_s});
    const FieldDescriptor *kind = kindNamed<Frame>(type.toString());
    if (!kind)
        return {};
    if (const auto done = fromJson(object, *frame.GetReflection()->MutableMessage(&frame, kind)); !done)
        return unexpected(DecodeError{Kind::BadField, typeOf(*kind) + u'.' + done.error()});
    return {};
}

template <class Frame, class Value>
QByteArray encodeAs(Encoding encoding, const Value &value)
{
    Frame frame;
    toWire(value, frame);
    return encoding == Encoding::Protobuf ? serializeProtobuf(frame) : serializeJson(frame);
}

template <class Frame, class Value>
Result<Value, DecodeError> decodeAs(Encoding encoding, QByteArrayView bytes, const Limits &limits)
{
    constexpr qint64 protobufsOwnLimit = std::numeric_limits<int>::max();
    if (bytes.size() > std::min(limits.messageBytes, protobufsOwnLimit))
        return unexpected(DecodeError{Kind::TooBig, u"over %1 bytes"_s.arg(limits.messageBytes)});

    Frame frame;
    const auto parsed = encoding == Encoding::Protobuf ? parseProtobuf(bytes, frame) : parseJson(bytes, frame);
    if (!parsed)
        return unexpected(parsed.error());
    FieldReader read(limits);
    Value value = fromWire(frame, read);
    if (read.hasFailed())
        return unexpected(DecodeError{Kind::BadField, typeOf(*kindOf(frame)) + u'.' + read.error()});
    return value;
}

} // namespace

QByteArray encode(Encoding encoding, const ClientCommand &command)
{
    return encodeAs<v1::ClientFrame>(encoding, command);
}

QByteArray encode(Encoding encoding, const ServerMessage &message)
{
    return encodeAs<v1::ServerFrame>(encoding, message);
}

Result<ClientCommand, DecodeError> decodeCommand(Encoding encoding, QByteArrayView frame, const Limits &limits)
{
    return decodeAs<v1::ClientFrame, ClientCommand>(encoding, frame, limits);
}

Result<ServerMessage, DecodeError> decodeMessage(Encoding encoding, QByteArrayView frame, const Limits &limits)
{
    return decodeAs<v1::ServerFrame, ServerMessage>(encoding, frame, limits);
}

} // namespace lanline::protocol
