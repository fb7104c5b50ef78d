#include "server/net/handshake.h"

#include "protocol/messages.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QList>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

struct RequestHead
{
    QByteArray method;
    QByteArray path;
    QByteArray version;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case

    QByteArrayList values(QByteArrayView name) const
    {
        QByteArrayList found;
        for (const auto &[key, value] : headers) {
            if (key == name)
                found.append(value);
        }
        return found;
    }

    /// The items of a comma-separated header.
    QByteArrayList items(QByteArrayView name) const
    {
        QByteArrayList found;
        for (const QByteArray &item : values(name).join(',').split(',')) {
            if (const QByteArray trimmed = item.trimmed(); !trimmed.isEmpty())
                found.append(trimmed);
        }
        return found;
    }

    bool hasItem(QByteArrayView name, const char *wanted) const
    {
        const QByteArrayList all = items(name);
        return std::any_of(all.begin(), all.end(),
            [wanted](const QByteArray &item) { return item.compare(wanted, Qt::CaseInsensitive) == 0; });
    }
};

std::optional<RequestHead> parse(QByteArrayView text)
{
    const QByteArrayList lines = text.toByteArray().split('\n');
    const QByteArrayList request = lines.first().trimmed().split(' ');
    if (request.size() != 3)
        return std::nullopt;
    RequestHead head{request[0], request[1], request[2], {}};
    for (const QByteArray &line : lines.mid(1)) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.isEmpty())
            continue;
        const qsizetype colon = trimmed.indexOf(':');
        if (colon <= 0)
            return std::nullopt;
        head.headers.append({trimmed.first(colon).toLower(), trimmed.sliced(colon + 1).trimmed()});
    }
    return head;
}

QByteArray answer(const char *status, const char *text, const char *header = "")
{
    const QByteArray body = QByteArray(text) + '\n';
    return QByteArray("HTTP/1.1 ") + status + "\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n" + header + "\r\n" + body;
}

/// A name that no foreign DNS server can point at this machine.
bool isLocalName(const QString &host)
{
    return !QHostAddress(host).isNull() || host == "localhost"_L1 || host.endsWith(".local"_L1)
        || host == QHostInfo::localHostName().toLower();
}

bool isAllowedOrigin(const QByteArray &origin, const QByteArray &host)
{
    const QUrl authority(u"ws://"_s + QString::fromLatin1(host));
    return QUrl(QString::fromLatin1(origin)).authority() == authority.authority()
        && isLocalName(authority.host().toLower());
}

} // namespace

std::optional<QByteArray> refusalOf(QByteArrayView requestHead)
{
    const std::optional<RequestHead> head = parse(requestHead);
    if (!head || head->version != "HTTP/1.1")
        return answer("400 Bad Request", "This is not an HTTP/1.1 request.");
    if (head->path != "/" && !head->path.startsWith("/?"))
        return answer("404 Not Found", "There is nothing here. Lanline's WebSocket is at /.");
    if (head->method != "GET" || !head->hasItem("upgrade", "websocket") || !head->hasItem("connection", "upgrade"))
        return answer("426 Upgrade Required", "This is a Lanline chat server. It speaks WebSocket.",
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    if (head->values("sec-websocket-version") != QByteArrayList{"13"})
        return answer("426 Upgrade Required", "Only version 13 of WebSocket is spoken here.",
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");

    const QByteArrayList hosts = head->values("host");
    const QByteArrayList keys = head->values("sec-websocket-key");
    if (hosts.size() != 1 || keys.size() != 1 || QByteArray::fromBase64(keys.first()).size() != 16)
        return answer("400 Bad Request", "Exactly one Host and one Sec-WebSocket-Key are needed.");
    const QByteArrayList origins = head->values("origin");
    if (origins.size() > 1 || (origins.size() == 1 && !isAllowedOrigin(origins.first(), hosts.first())))
        return answer("403 Forbidden", "Pages of other origins may not connect.");

    const QByteArrayList offered = head->items("sec-websocket-protocol");
    if (!offered.isEmpty() && !offered.contains(protocol::subprotocolProtobuf)
        && !offered.contains(protocol::subprotocolJson))
        return answer("400 Bad Request", "None of the subprotocols is known: lanline.v1.protobuf or lanline.v1.json.");
    return std::nullopt;
}

QByteArray refusalOfLongHead()
{
    return answer("431 Request Header Fields Too Large", "The request is too long.");
}

} // namespace lanline::server
