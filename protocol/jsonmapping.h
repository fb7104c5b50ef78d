#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>

namespace google::protobuf {
class Message;
}

/// Any schema message as JSON and back, by reflection: snake_case names, integers as numbers, enums by name, UUID text
/// for bytes marked so in the schema and hex for others, defaults left out. Private to protocol/.
namespace lanline::protocol {

QJsonObject toJson(const google::protobuf::Message &message);

/// Sets in `message` what `object` has. Names that the schema does not know are passed over, null counts as absent.
/// The error says which field is not of its form.
[[nodiscard]] Result<void, QString> fromJson(const QJsonObject &object, google::protobuf::Message &message);

} // namespace lanline::protocol
