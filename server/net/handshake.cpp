#include "server/net/handshake.h"

#include "protocol/messages.h"
#include "server/net/requesthead.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QList>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr auto upgradeHeaders = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";

QByteArray answer(const char *status, const char *text, const char *headers = "",
    const char *contentType = "text/plain; charset=utf-8")
{
    const QByteArray body = QByteArray(text) + '\n';
    return QByteArray("HTTP/1.1 ") + status + "\r\nConnection: close\r\nContent-Type: " + contentType
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
}

QByteArray answerAboutHealth(const RequestHead &head)
{
    if (head.method != "GET" && head.method != "HEAD")
        return answer("405 Method Not Allowed", "GET it.", "Allow: GET, HEAD\r\n");
    const QByteArray whole = answer("200 OK", R"({"status":"ok"})", "Cache-Control: no-store\r\n", "application/json");
    return head.method == "GET" ? whole : whole.first(whole.indexOf("\r\n\r\n") + 4);
}

QUrl authorityOf(const QByteArray &host)
{
    return QUrl(u"ws://"_s + QString::fromLatin1(host), QUrl::StrictMode);
}

/// A name that no foreign DNS server can point at this machine, or one that its owner has told us.
bool isOurName(const QString &host, const HttpRules &rules)
{
    return !QHostAddress(host).isNull() || host == "localhost"_L1 || host.endsWith(".local"_L1)
        || host == QHostInfo::localHostName().toLower() || rules.hostNames.contains(host);
}

bool isPath(const QByteArray &path, const HttpRules &rules)
{
    return path == chatPath || (rules.hasBenchEndpoints && (path == benchEchoPath || path == benchBroadcastPath));
}

} // namespace

std::optional<QByteArray> refusalOf(QByteArrayView requestHead, const HttpRules &rules)
{
    const std::optional<RequestHead> head = RequestHead::parse(requestHead);
    if (!head || head->version != "HTTP/1.1")
        return answer("400 Bad Request", "This is not an HTTP/1.1 request.");
    const QByteArrayList hosts = head->values("host");
    const QUrl authority = authorityOf(hosts.value(0));
    if (hosts.size() != 1 || !authority.isValid())
        return answer("400 Bad Request", "Exactly one Host is needed.");
    if (!isOurName(authority.host().toLower(), rules))
        return answer("403 Forbidden", "This server does not go by that name.");
    if (head->path == healthPath)
        return answerAboutHealth(*head);
    if (!isPath(head->path, rules))
        return answer("404 Not Found", "There is nothing here. Lanline's WebSocket is at /.");

    if (head->method != "GET" || !head->hasItem("upgrade", "websocket") || !head->hasItem("connection", "upgrade"))
        return answer("426 Upgrade Required", "This is a Lanline chat server. It speaks WebSocket.", upgradeHeaders);
    if (head->values("sec-websocket-version") != QByteArrayList{"13"})
        return answer("426 Upgrade Required", "Only version 13 of WebSocket is spoken here.", upgradeHeaders);
    const QByteArrayList keys = head->values("sec-websocket-key");
    const auto key = QByteArray::fromBase64Encoding(keys.value(0), QByteArray::AbortOnBase64DecodingErrors);
    if (keys.size() != 1 || !key || key.decoded.size() != 16)
        return answer("400 Bad Request", "Exactly one Sec-WebSocket-Key is needed, of 16 bytes.");
    const QByteArrayList origins = head->values("origin");
    const bool isForeign =
        !origins.isEmpty() && QUrl(QString::fromLatin1(origins.first())).authority() != authority.authority();
    if (origins.size() > 1 || isForeign)
        return answer("403 Forbidden", "Pages of other origins may not connect.");

    const QByteArrayList offered = head->items("sec-websocket-protocol");
    if (head->path == chatPath && !offered.isEmpty() && !offered.contains(protocol::subprotocolProtobuf)
        && !offered.contains(protocol::subprotocolJson))
        return answer("400 Bad Request", "None of the subprotocols is known: lanline.v1.protobuf or lanline.v1.json.");
    return std::nullopt;
}

QByteArray refusalOfLongHead()
{
    return answer("431 Request Header Fields Too Large", "The request is too long.");
}

QByteArray refusalOfHandshake()
{
    return answer("400 Bad Request", "This is not an opening handshake as RFC 6455 has it.");
}

QByteArray refusalOfTooMany()
{
    return answer("503 Service Unavailable", "Too many are connected.", "Retry-After: 5\r\n");
}

} // namespace lanline::server
