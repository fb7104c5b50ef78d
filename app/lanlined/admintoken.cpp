#include "admintoken.h"

#include <QFile>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace lanline {

Result<QByteArray, QString> loadAdminToken(const QString &path)
{
    constexpr qint64 longest = 4096;
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unexpected(u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    if ((file.permissions() & others) != 0)
        return unexpected(u"%1 may be read or written by others: chmod 600 %1"_s.arg(path));
    const QByteArray token = file.read(longest + 1).trimmed();
    // What no HTTP header could carry is no token.
    const bool isSayable = std::ranges::all_of(token, [](char c) { return c > ' ' && c <= '~'; });
    if (token.size() < shortestAdminToken || token.size() > longest || !isSayable) {
        return unexpected(
            u"%1 needs one line of at least %2 letters, digits and signs: openssl rand -hex 32 > %1"_s.arg(path).arg(
                shortestAdminToken));
    }
    return token;
}

} // namespace lanline
