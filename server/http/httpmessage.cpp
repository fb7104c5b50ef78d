#include "server/http/httpmessage.h"

namespace lanline::server {

namespace {

QByteArray reasonFor(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 426:
        return "Upgrade Required";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    default:
        return "Answer";
    }
}

} // namespace

QByteArray HttpRequest::queryValue(QByteArrayView name) const
{
    for (const QByteArray &pair : head.query.split('&')) {
        const qsizetype sign = pair.indexOf('=');
        if (sign >= 0 && QByteArrayView(pair).first(sign) == name)
            return pair.sliced(sign + 1);
    }
    return {};
}

HttpResponse HttpResponse::sentence(int status, QByteArrayView text, const QByteArray &headers)
{
    HttpResponse response;
    response.status = status;
    response.body = text.toByteArray() + '\n';
    response.headers = headers;
    return response;
}

QByteArray HttpResponse::head() const
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonFor(status)
        + "\r\nConnection: close\r\nContent-Type: " + contentType
        + "\r\nX-Content-Type-Options: nosniff\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers
        + "\r\n";
}

} // namespace lanline::server
