#include "server/session/hellocheck.h"

#include "core/devicekey.h"
#include "core/text.h"
#include "protocol/hellosignature.h"

namespace lanline::server {

namespace reason = protocol::close;

Result<LogIn, protocol::CloseReason> checkHello(
    const protocol::Hello &hello, const protocol::Ready &ready, const QByteArray &certificateSha256, quint64 connection)
{
    if (hello.versionMajor != ready.versionMajor)
        return unexpected(reason::VersionMismatch);
    const QString name = normalizedName(hello.name);
    if (!isCleanName(name) || utf8Size(name) > ready.limits.nameBytes)
        return unexpected(reason::BadName);
    if (const auto *device = std::get_if<protocol::DeviceAuth>(&hello.auth)) {
        const QByteArray signedBytes = protocol::helloSignatureInput(ready.nonce, ready.epoch, certificateSha256);
        if (!DeviceKey::verify(device->publicKey, signedBytes, device->signature))
            return unexpected(reason::AuthRefused);
    }
    return LogIn{{connection, 0}, hello.auth, name, hello.epoch, hello.cursors};
}

} // namespace lanline::server
