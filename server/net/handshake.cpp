#include "server/net/handshake.h"

#include "protocol/messages.h"
#include "server/http/httpmessage.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QList>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr auto upgradeHeaders = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";

QByteArray answer(int status, QByteArrayView text, const QByteArray &headers = {})
{
    return HttpResponse::sentence(status, text, headers).bytes();
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

Result<RequestHead, QByteArray> readRequest(QByteArrayView requestHead, const HttpRules &rules)
{
    std::optional<RequestHead> head = RequestHead::parse(requestHead);
    if (!head || head->version != "HTTP/1.1")
        return unexpected(answer(400, "This is not an HTTP/1.1 request."));
    const QByteArrayList hosts = head->values("host");
    const QUrl authority = authorityOf(hosts.value(0));
    if (hosts.size() != 1 || !authority.isValid())
        return unexpected(answer(400, "Exactly one Host is needed."));
    if (!isOurName(authority.host().toLower(), rules))
        return unexpected(answer(403, "This server does not go by that name."));
    return *std::move(head);
}

std::optional<QByteArray> refusalOf(QByteArrayView requestHead, const HttpRules &rules)
{
    const auto head = readRequest(requestHead, rules);
    return head ? refusalOf(*head, rules) : head.error();
}

std::optional<QByteArray> refusalOf(const RequestHead &head, const HttpRules &rules)
{
    if (!isPath(head.path, rules))
        return answer(404, "There is nothing here. Lanline's WebSocket is at /.");

    if (head.method != "GET" || !head.hasItem("upgrade", "websocket") || !head.hasItem("connection", "upgrade"))
        return answer(426, "This is a Lanline chat server. It speaks WebSocket.", upgradeHeaders);
    if (head.values("sec-websocket-version") != QByteArrayList{"13"})
        return answer(426, "Only version 13 of WebSocket is spoken here.", upgradeHeaders);
    const QByteArrayList keys = head.values("sec-websocket-key");
    const auto key = QByteArray::fromBase64Encoding(keys.value(0), QByteArray::AbortOnBase64DecodingErrors);
    if (keys.size() != 1 || !key || key.decoded.size() != 16)
        return answer(400, "Exactly one Sec-WebSocket-Key is needed, of 16 bytes.");
    const QByteArrayList origins = head.values("origin");
    const QString own = authorityOf(head.values("host").value(0)).authority();
    const bool isForeign = !origins.isEmpty() && QUrl(QString::fromLatin1(origins.first())).authority() != own;
    if (origins.size() > 1 || isForeign)
        return answer(403, "Pages of other origins may not connect.");

    const QByteArrayList offered = head.items("sec-websocket-protocol");
    if (head.path == chatPath && !offered.isEmpty() && !offered.contains(protocol::subprotocolProtobuf)
        && !offered.contains(protocol::subprotocolJson))
        return answer(400, "None of the subprotocols is known: lanline.v1.protobuf or lanline.v1.json.");
    return std::nullopt;
}

QByteArray refusalOfLongHead()
{
    return answer(431, "The request is too long.");
}

QByteArray refusalOfHandshake()
{
    return answer(400, "This is not an opening handshake as RFC 6455 has it.");
}

QByteArray refusalOfTooMany()
{
    return answer(503, "Too many are connected.", "Retry-After: 5\r\n");
}

} // namespace lanline::server
