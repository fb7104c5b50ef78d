#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

#include <optional>

namespace lanline::server {

/// The head of an HTTP request, read as strictly as RFC 9112 allows: what two readers could understand differently is
/// no request.
struct RequestHead
{
    QByteArray method;
    QByteArray path; ///< without the query
    QByteArray query; ///< without the question mark
    QByteArray version;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case

    /// `text`: with or without the empty line at its end.
    static std::optional<RequestHead> parse(QByteArrayView text);

    QByteArrayList values(QByteArrayView name) const;
    /// The items of a comma-separated header.
    QByteArrayList items(QByteArrayView name) const;
    /// Without regard to case.
    bool hasItem(QByteArrayView name, QByteArrayView wanted) const;
};

} // namespace lanline::server
