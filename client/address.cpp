#include "client/address.h"

#include <QHostAddress>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

Result<QUrl, AddressError> parseServerAddress(const QString &text)
{
    QString authority = text.trimmed();
    if (authority.isEmpty())
        return unexpected(AddressError::Empty);

    QString scheme = u"ws"_s;
    if (const qsizetype colon = authority.indexOf("://"_L1); colon >= 0) {
        const QString named = authority.left(colon).toLower();
        if (named == "wss"_L1)
            scheme = named;
        else if (named != "ws"_L1 && named != "lanline"_L1)
            return unexpected(AddressError::UnknownScheme);
        authority.remove(0, colon + 3);
    }
    if (const qsizetype end = authority.indexOf(u'/'); end >= 0)
        authority.truncate(end);
    // Without brackets an IPv6 address is all host: its last group is no port.
    if (QHostAddress address; address.setAddress(authority) && address.protocol() == QAbstractSocket::IPv6Protocol)
        authority = u'[' + authority + u']';
    if (authority.isEmpty() || authority.contains(u'@'))
        return unexpected(AddressError::BadHost);

    qsizetype portAt = authority.lastIndexOf(u':');
    if (portAt < authority.lastIndexOf(u']'))
        portAt = -1;
    uint port = defaultPort;
    if (portAt >= 0) {
        bool isNumber = false;
        port = QStringView(authority).sliced(portAt + 1).toUInt(&isNumber);
        if (!isNumber || port == 0 || port > 0xffff)
            return unexpected(AddressError::BadPort);
        authority.truncate(portAt);
    }

    QUrl url;
    url.setScheme(scheme);
    url.setHost(authority, QUrl::StrictMode);
    url.setPort(int(port));
    url.setPath(u"/"_s);
    if (url.host().isEmpty() || !url.isValid())
        return unexpected(AddressError::BadHost);
    return url;
}

} // namespace lanline::client
