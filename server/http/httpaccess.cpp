#include "server/http/httpaccess.h"

#include <QCryptographicHash>

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

namespace lanline::server {

namespace {

QByteArray hashOf(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

/// True of what a proxy on this computer passes on from another one.
bool isPassedOn(const RequestHead &head)
{
    constexpr std::array<QByteArrayView, 4> marks{"forwarded", "x-forwarded-for", "x-real-ip", "via"};
    return std::ranges::any_of(marks, [&head](QByteArrayView mark) { return !head.values(mark).isEmpty(); });
}

/// True of a request that a browser makes for a page of another site: it comes from this computer, too.
bool isOfAnotherPage(const RequestHead &head)
{
    const QByteArrayList sites = head.values("sec-fetch-site");
    const bool isCrossSite =
        std::ranges::any_of(sites, [](const QByteArray &site) { return site != "none" && site != "same-origin"; });
    const QByteArrayList origins = head.values("origin");
    const QByteArray host = head.values("host").value(0);
    const bool isForeign = std::ranges::any_of(origins,
        [&host](const QByteArray &origin) { return origin != "http://" + host && origin != "https://" + host; });
    return isCrossSite || isForeign;
}

} // namespace

HttpAccess::HttpAccess(const QByteArray &token)
    : m_tokenHash(token.isEmpty() ? QByteArray() : hashOf(token))
{ }

bool HttpAccess::isTheToken(const QByteArray &shown) const
{
    // Hashes are of one length, and compared in a time that tells nothing of them.
    const QByteArray hash = hashOf(shown);
    return !m_tokenHash.isEmpty()
        && CRYPTO_memcmp(hash.constData(), m_tokenHash.constData(), size_t(m_tokenHash.size())) == 0;
}

std::optional<HttpResponse> HttpAccess::refusalOf(const HttpRequest &request) const
{
    constexpr QByteArrayView scheme = "bearer ";
    const RequestHead &head = request.head;
    if (isOfAnotherPage(head))
        return HttpResponse::sentence(403, "Pages of other origins may not ask this.");
    const QByteArrayList authorizations = head.values("authorization");
    if (!authorizations.isEmpty()) {
        // Who shows a token wants to be judged by it, wherever it asks from.
        const QByteArray &shown = authorizations.first();
        if (authorizations.size() == 1 && shown.first(qMin(scheme.size(), shown.size())).toLower() == scheme
            && isTheToken(shown.sliced(scheme.size()).trimmed()))
            return std::nullopt;
        return HttpResponse::sentence(401, "That is not the admin token.", "WWW-Authenticate: Bearer\r\n");
    }
    if (request.peer.isLoopback() && !isPassedOn(head))
        return std::nullopt;
    return m_tokenHash.isEmpty()
        ? HttpResponse::sentence(403, "This is told to this computer alone: the server has no admin token.")
        : HttpResponse::sentence(
            401, "From another computer this needs the admin token.", "WWW-Authenticate: Bearer\r\n");
}

} // namespace lanline::server
