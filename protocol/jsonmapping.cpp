#include "protocol/jsonmapping.h"

#include "protocol/fieldreader.h"

#include "protocol/chat.pb.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QUuid>

#include <optional>

namespace lanline::protocol {

using namespace Qt::Literals::StringLiterals;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

namespace {

constexpr qsizetype uuidTextLength = 36; // without braces

QLatin1StringView nameOf(const FieldDescriptor &field)
{
    return QLatin1StringView(field.name());
}

bool isUuid(const FieldDescriptor &field)
{
    return field.options().GetExtension(v1::uuid);
}

QString bytesToText(const FieldDescriptor &field, const std::string &bytes)
{
    const QByteArray raw = QByteArray::fromStdString(bytes);
    return isUuid(field) ? QUuid::fromRfc4122(raw).toString(QUuid::WithoutBraces) : QString::fromLatin1(raw.toHex());
}

std::optional<std::string> uuidFromText(const QString &text)
{
    const QUuid uuid = text.size() == uuidTextLength ? QUuid::fromString(text) : QUuid();
    if (uuid.isNull())
        return std::nullopt;
    return uuid.toRfc4122().toStdString();
}

std::optional<std::string> hexFromText(const QString &text)
{
    const auto isHexDigit = [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    };
    if (text.size() % 2 != 0 || !std::all_of(text.cbegin(), text.cend(), isHexDigit))
        return std::nullopt;
    return QByteArray::fromHex(text.toLatin1()).toStdString();
}

std::optional<quint64> integerFrom(const QJsonValue &value, quint64 largest)
{
    constexpr qint64 notAnInteger = -1;
    const qint64 integer = value.toInteger(notAnInteger); // a number with a fraction gives the default
    if (integer < 0 || quint64(integer) > largest)
        return std::nullopt;
    return quint64(integer);
}

// The schema has lists of messages only, and single fields of the types below; a test holds it to that.

QJsonValue singleToJson(const Message &message, const FieldDescriptor &field)
{
    const Reflection &reflection = *message.GetReflection();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
        return toJson(reflection.GetMessage(message, &field));
    case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        const std::string &text = reflection.GetStringReference(message, &field, &scratch);
        return field.type() == FieldDescriptor::TYPE_BYTES ? bytesToText(field, text) : textFromUtf8(text);
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
        const auto *value = field.enum_type()->FindValueByNumber(reflection.GetEnumValue(message, &field));
        return value ? QJsonValue(QString::fromStdString(value->name())) : QJsonValue();
    }
    case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
        return qint64(reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
        return qint64(reflection.GetUInt64(message, &field));
    default:
        return {};
    }
}

using Complaint = QString; // empty: none

Complaint complain(const FieldDescriptor &field, QLatin1StringView what)
{
    return nameOf(field) + ": "_L1 + what;
}

Complaint nestedFromJson(const QJsonValue &value, const FieldDescriptor &field, Message &nested)
{
    if (!value.isObject())
        return complain(field, "not an object"_L1);
    const auto done = fromJson(value.toObject(), nested);
    return done ? Complaint() : nameOf(field) + u'.' + done.error();
}

Complaint listFromJson(const QJsonValue &value, const FieldDescriptor &field, Message &message)
{
    if (!value.isArray())
        return complain(field, "not a list"_L1);
    for (const QJsonValue entry : value.toArray()) {
        Complaint complaint = nestedFromJson(entry, field, *message.GetReflection()->AddMessage(&message, &field));
        if (!complaint.isEmpty())
            return complaint;
    }
    return {};
}

Complaint textFromJson(const QJsonValue &value, const FieldDescriptor &field, Message &message)
{
    if (!value.isString())
        return complain(field, "not a string"_L1);
    const QString text = value.toString();
    std::optional<std::string> wire;
    if (field.type() != FieldDescriptor::TYPE_BYTES) {
        if (!text.isValidUtf16())
            return complain(field, "half of a surrogate pair"_L1);
        wire = text.toStdString();
    } else {
        // An empty one is the default, whichever way it would be written.
        wire = !text.isEmpty() && isUuid(field) ? uuidFromText(text) : hexFromText(text);
        if (!wire)
            return complain(field, isUuid(field) ? "not a UUID"_L1 : "not hex"_L1);
    }
    message.GetReflection()->SetString(&message, &field, *std::move(wire));
    return {};
}

Complaint enumFromJson(const QJsonValue &value, const FieldDescriptor &field, Message &message)
{
    // A name that a later version added becomes a number that is not in the enum, as it does in a binary frame.
    constexpr int unknownValue = -1;
    if (!value.isString())
        return complain(field, "not a name"_L1);
    const auto *known = field.enum_type()->FindValueByName(value.toString().toStdString());
    message.GetReflection()->SetEnumValue(&message, &field, known ? known->number() : unknownValue);
    return {};
}

Complaint integerFromJson(const QJsonValue &value, const FieldDescriptor &field, Message &message)
{
    const bool isWide = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
    const auto integer = integerFrom(value, isWide ? largestInteger : std::numeric_limits<quint32>::max());
    if (!integer)
        return complain(field, "not an integer in range"_L1);
    if (isWide)
        message.GetReflection()->SetUInt64(&message, &field, *integer);
    else
        message.GetReflection()->SetUInt32(&message, &field, quint32(*integer));
    return {};
}

Complaint singleFromJson(const QJsonValue &value, const FieldDescriptor &field, Message &message)
{
    const Reflection &reflection = *message.GetReflection();
    const auto *choice = field.real_containing_oneof();
    if (choice && reflection.HasOneof(message, choice))
        return complain(field, "only one of several may be given"_L1);
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
        return nestedFromJson(value, field, *reflection.MutableMessage(&message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
        return textFromJson(value, field, message);
    case FieldDescriptor::CPPTYPE_ENUM:
        return enumFromJson(value, field, message);
    case FieldDescriptor::CPPTYPE_BOOL:
        if (!value.isBool())
            return complain(field, "neither true nor false"_L1);
        reflection.SetBool(&message, &field, value.toBool());
        return {};
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
        return integerFromJson(value, field, message);
    default:
        return complain(field, "of an unknown type"_L1);
    }
}

} // namespace

QJsonObject toJson(const Message &message)
{
    const Reflection &reflection = *message.GetReflection();
    std::vector<const FieldDescriptor *> present;
    reflection.ListFields(message, &present);

    QJsonObject object;
    for (const FieldDescriptor *field : present) {
        if (!field->is_repeated()) {
            object.insert(nameOf(*field), singleToJson(message, *field));
            continue;
        }
        QJsonArray list;
        for (int i = 0; i < reflection.FieldSize(message, field); ++i)
            list.append(toJson(reflection.GetRepeatedMessage(message, field, i)));
        object.insert(nameOf(*field), list);
    }
    return object;
}

Result<void, QString> fromJson(const QJsonObject &object, Message &message)
{
    const auto &descriptor = *message.GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) {
        const FieldDescriptor &field = *descriptor.field(i);
        const QJsonValue value = object.value(nameOf(field));
        if (value.isUndefined() || value.isNull())
            continue;
        const Complaint complaint =
            field.is_repeated() ? listFromJson(value, field, message) : singleFromJson(value, field, message);
        if (!complaint.isEmpty())
            return unexpected(complaint);
    }
    return {};
}

} // namespace lanline::protocol
