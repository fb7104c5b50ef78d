#include "server/session/pairingcodes.h"

#include "server/randombytes.h"

#include <algorithm>

namespace lanline::server {

namespace {

/// Crockford's base32: no I, L, O and U.
constexpr QByteArrayView digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr qsizetype codeDigits = 8;
constexpr qsizetype groupDigits = 4;
constexpr uint digitMask = 0x1f;

QByteArray newCode()
{
    QByteArray code = randomBytes(codeDigits);
    for (char &c : code)
        c = digits.at(uchar(c) & digitMask);
    return code;
}

/// As people type it: in any case, with spaces and dashes anywhere, and with letters for the digits they look like.
QByteArray asWritten(const QString &code)
{
    QByteArray plain;
    for (const QChar c : code) {
        const char16_t letter = c.toUpper().unicode();
        if (letter == u'-' || c.isSpace())
            continue;
        if (letter == u'O')
            plain += '0';
        else if (letter == u'I' || letter == u'L')
            plain += '1';
        else
            plain += QChar(letter).toLatin1();
        // No longer one is known.
        if (plain.size() > codeDigits)
            return {};
    }
    return plain;
}

} // namespace

std::optional<QString> PairingCodes::make(UserId user)
{
    forgetExpired();
    m_entries.removeIf([user](const auto &entry) { return entry->user == user && entry->usedBy.isEmpty(); });
    if (m_entries.size() >= mostOpen)
        return std::nullopt;
    QByteArray code = newCode();
    while (m_entries.contains(code))
        code = newCode();
    m_entries.insert(code, {user, m_time.now() + validFor, {}});
    return QString::fromLatin1(code.first(groupDigits) + '-' + code.sliced(groupDigits));
}

std::optional<UserId> PairingCodes::take(const QString &code, const QByteArray &publicKey)
{
    forgetExpired();
    const auto found = m_entries.find(asWritten(code));
    if (found == m_entries.end() || (!found->usedBy.isEmpty() && found->usedBy != publicKey))
        return std::nullopt;
    found->usedBy = publicKey;
    return found->user;
}

void PairingCodes::forgetExpired()
{
    m_entries.removeIf([now = m_time.now()](const auto &entry) { return now >= entry->expiresAt; });
}

} // namespace lanline::server
