#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace lanline {

/// An Ed25519 key pair: who a device is. Copies share one secret, which is wiped from memory with the last of them.
class DeviceKey
{
public:
    /// A fresh key pair, in memory only.
    static DeviceKey generate();
    /// The key in `path`: a file of 32 bytes (the secret seed) that its owner alone may use. Makes it, and the folder,
    /// where there is none; of two processes that make it at once, both get the same key. A file that is there is never
    /// changed. The error is an English sentence for a person.
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
    struct Secret;

    DeviceKey(QByteArray publicKey, std::shared_ptr<const Secret> secret);
    static Result<DeviceKey, QString> load(const QString &path);
    static Result<void, QString> create(const QString &path);

    QByteArray m_publicKey;
    std::shared_ptr<const Secret> m_secret;
};

} // namespace lanline
