#pragma once

#include "server/http/httpmessage.h"

#include <optional>

namespace lanline::server {

/// Whom an endpoint is for.
enum class HttpAudience : quint8 {
    Everyone,
    Operator, ///< who asks from this computer, or shows the admin token
};

/// Decides about HttpAudience::Operator.
class HttpAccess
{
public:
    /// `token` empty: there is none, and only this computer is let in.
    explicit HttpAccess(const QByteArray &token);

    /// The answer to a request that may not be served.
    std::optional<HttpResponse> refusalOf(const HttpRequest &request) const;

private:
    bool isTheToken(const QByteArray &shown) const;

    QByteArray m_tokenHash; ///< empty: no token is the right one
};

} // namespace lanline::server
