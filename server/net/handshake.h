#pragma once

#include <QByteArray>

#include <optional>

namespace lanline::server {

/// An HTTP request's head is never longer than this.
inline constexpr qsizetype maxRequestHeadBytes = 8 * 1024;

/// The whole HTTP answer to a request head that is not an upgrade to our protocol; nothing for one that is.
/// QWebSocketServer is lenient where this is strict: the path, several Host headers, subprotocols that are all unknown,
/// and pages of other origins (which only browsers name, and always do).
std::optional<QByteArray> refusalOf(QByteArrayView requestHead);

/// The same for a request whose head is longer than it may be.
QByteArray refusalOfLongHead();

} // namespace lanline::server
