#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace lanline {

/// An Ed25519 key pair: who a device is. The secret half never leaves the file it was made in.
class DeviceKey
{
public:
    /// A fresh key pair, in memory only.
    static DeviceKey generate();
    /// The key in `path`; makes the file (mode 0600) where there is none. The error is a sentence for a person.
    static Result<DeviceKey, QString> loadOrCreate(const QString &path);

    /// 32 bytes.
    QByteArray publicKey() const { return m_publicKey; }
    DeviceId deviceId() const { return deviceIdOf(m_publicKey); }
    /// 64 bytes, detached.
    QByteArray sign(QByteArrayView message) const;

    static DeviceId deviceIdOf(QByteArrayView publicKey);
    /// False as well for a key or a signature of the wrong length.
    static bool verify(QByteArrayView publicKey, QByteArrayView message, QByteArrayView signature);

private:
    DeviceKey(QByteArray publicKey, QByteArray secretKey)
        : m_publicKey(std::move(publicKey))
        , m_secretKey(std::move(secretKey))
    { }

    QByteArray m_publicKey;
    QByteArray m_secretKey;
};

} // namespace lanline
