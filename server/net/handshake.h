#pragma once

#include "core/result.h"
#include "server/net/listenoptions.h"
#include "server/net/requesthead.h"

#include <QByteArray>

#include <optional>

namespace lanline::server {

/// An HTTP request's head is never longer than this.
inline constexpr qsizetype maxRequestHeadBytes = 8 * 1024;

/// Where a WebSocket may lead.
inline constexpr QByteArrayView chatPath = "/";
inline constexpr QByteArrayView benchEchoPath = "/bench/echo";
inline constexpr QByteArrayView benchBroadcastPath = "/bench/broadcast";

/// A request that calls this server by one of its names, whatever it wants; else the whole HTTP answer to it.
Result<RequestHead, QByteArray> readRequest(QByteArrayView requestHead, const HttpRules &rules = {});
/// The whole HTTP answer to such a request that is not an upgrade to our protocol; nothing for one that is.
/// QWebSocketServer is lenient where this is strict: the path, several Host headers, subprotocols that are all unknown,
/// and pages of other origins (which only browsers name, and always do).
std::optional<QByteArray> refusalOf(const RequestHead &head, const HttpRules &rules = {});
/// Both.
std::optional<QByteArray> refusalOf(QByteArrayView requestHead, const HttpRules &rules = {});

/// The same for a request whose head is longer than it may be.
QByteArray refusalOfLongHead();
/// The same for a request that is an upgrade, but that QWebSocketServer does not take for one.
QByteArray refusalOfHandshake();
/// The same for a server that has no room for one more.
QByteArray refusalOfTooMany();

} // namespace lanline::server
