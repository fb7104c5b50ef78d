#pragma once

#include "ui/models/recordcontent.h"

#include <QJsonObject>

#include <optional>

namespace lanline::ui {

/// Times as microseconds before RecordContent::now, durations as microseconds, kinds as their numbers.
QJsonObject toJson(const RecordContent &content);
/// Nothing, if any of it cannot be. `now` is the file's last moment on a clock of its own.
std::optional<RecordContent> recordFromJson(const QJsonObject &json, SteadyTime now);

} // namespace lanline::ui
