#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QString>
#include <QUrl>

namespace lanline::bench {

/// Makes a profile's database in `path` as a client leaves it that has all `messages` of `room` of the server at `url`:
/// several people, days, lengths and scripts, the same every time. The error is a sentence.
Result<void, QString> writeLongHistory(const QString &path, const QUrl &url, const RoomId &room, quint64 messages);

} // namespace lanline::bench
