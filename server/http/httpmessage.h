#pragma once

#include "server/net/requesthead.h"

#include <QByteArray>
#include <QHostAddress>

namespace lanline::server {

/// A plain HTTP request whose Host has been checked.
struct HttpRequest
{
    RequestHead head;
    QByteArray body;
    QHostAddress peer;

    /// The value of `name` in the query, as it stands there; empty without one.
    QByteArray queryValue(QByteArrayView name) const;
};

/// An HTTP answer. The connection ends behind it.
struct HttpResponse
{
    int status = 200;
    QByteArray body;
    QByteArray contentType = "text/plain; charset=utf-8";
    QByteArray headers{}; ///< further ones, each with its end of line

    /// What is read by a person who asked with curl: the sentence, and an end of line.
    static HttpResponse sentence(int status, QByteArrayView text, const QByteArray &headers = {});

    /// All but the body, with the empty line.
    QByteArray head() const;
    QByteArray bytes() const { return head() + body; }
};

} // namespace lanline::server
