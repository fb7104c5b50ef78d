#pragma once

#include "client/values.h"
#include "protocol/messages.h"

#include <QDateTime>
#include <QString>

#include <chrono>

/// Codes turned into sentences for people, in the interface's language. The parts below `ui` know only codes.
namespace lanline::ui {

/// A whole sentence; empty for Problem::None. Uses the state's address, its person's name and `problemDetail`.
QString problemSentence(const client::ConnectionState &state);
/// A whole sentence. `room` and `limits` serve the codes that speak of them.
QString errorSentence(protocol::ErrorCode code, const RoomId &room = {}, const protocol::Limits &limits = {});
/// A few words without a full stop, for the side of a message that was not sent.
QString refusalWords(protocol::ErrorCode code, const protocol::Limits &limits = {});
QString presenceWord(protocol::Presence presence);
QString sendStateWords(client::SendState state);

/// "0.58 ms", "3.8 ms", "42 ms", "1.2 s", joined by a no-break space.
QString durationText(std::chrono::microseconds duration);
/// "4 s"
QString secondsText(qint64 seconds);
/// "312 bytes", "8 KiB", "1 MiB".
QString bytesText(qint64 bytes);
/// host:port of a URL, as people say it.
QString addressText(const QUrl &url);
/// "# ops"
QString roomText(const RoomId &room);

QDateTime localTime(WallTime time);
/// "14:02", "14:02:11"
QString timeText(WallTime time);
QString timeWithSeconds(WallTime time);
/// "Today, 21 November", "Yesterday, 20 November", "Monday, 3 February 2025".
QString dayText(QDate day, QDate today);

} // namespace lanline::ui
