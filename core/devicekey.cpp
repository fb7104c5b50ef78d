#include "core/devicekey.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <sodium.h>
#include <unistd.h>

#include <array>
#include <filesystem>

namespace lanline {

using namespace Qt::StringLiterals;

namespace {

constexpr auto privateToOwner = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions openToOthers =
    QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

/// Every way to a key leads through here, because libsodium must be made ready once before its first use.
void readySodium()
{
    static const int status = sodium_init();
    if (status < 0)
        qFatal("libsodium cannot be used on this machine");
}

const uchar *bytes(QByteArrayView view)
{
    return reinterpret_cast<const uchar *>(view.data());
}

} // namespace

struct DeviceKey::Secret
{
    Secret() = default;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret()
    {
        sodium_memzero(seed.data(), seed.size());
        sodium_memzero(key.data(), key.size());
    }

    /// Fills `key` from `seed`.
    QByteArray expand()
    {
        QByteArray publicKey(crypto_sign_PUBLICKEYBYTES, Qt::Uninitialized);
        crypto_sign_seed_keypair(reinterpret_cast<uchar *>(publicKey.data()), key.data(), seed.data());
        return publicKey;
    }

    std::array<uchar, crypto_sign_SEEDBYTES> seed{};
    std::array<uchar, crypto_sign_SECRETKEYBYTES> key{};
};

DeviceKey::DeviceKey(QByteArray publicKey, std::shared_ptr<const Secret> secret)
    : m_publicKey(std::move(publicKey))
    , m_secret(std::move(secret))
{ }

DeviceKey DeviceKey::generate()
{
    readySodium();
    auto secret = std::make_shared<Secret>();
    randombytes_buf(secret->seed.data(), secret->seed.size());
    QByteArray publicKey = secret->expand();
    return DeviceKey(std::move(publicKey), std::move(secret));
}

Result<DeviceKey, QString> DeviceKey::loadOrCreate(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink()) {
        if (const auto created = create(path); !created)
            return unexpected(created.error());
    }
    return load(path);
}

QByteArray DeviceKey::sign(QByteArrayView message) const
{
    QByteArray signature(crypto_sign_BYTES, Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<uchar *>(signature.data()), nullptr, bytes(message),
        static_cast<unsigned long long>(message.size()), m_secret->key.data());
    return signature;
}

DeviceId DeviceKey::deviceIdOf(QByteArrayView publicKey)
{
    readySodium();
    std::array<char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(
        reinterpret_cast<uchar *>(hash.data()), bytes(publicKey), static_cast<unsigned long long>(publicKey.size()));
    return DeviceId(QByteArray(hash.data(), 16));
}

bool DeviceKey::verify(QByteArrayView publicKey, QByteArrayView message, QByteArrayView signature)
{
    readySodium();
    return publicKey.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES
        && crypto_sign_verify_detached(
               bytes(signature), bytes(message), static_cast<unsigned long long>(message.size()), bytes(publicKey))
        == 0;
}

Result<DeviceKey, QString> DeviceKey::load(const QString &path)
{
    const QString name = QDir::toNativeSeparators(path);
    if (!QFileInfo(path).isFile())
        return unexpected(u"The key file %1 is not an ordinary file."_s.arg(name));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unexpected(u"The key file %1 cannot be read: %2."_s.arg(name, file.errorString()));
    if (file.permissions() & openToOthers) {
        return unexpected(u"The key file %1 is open to other users of this computer. Make it private "
                          "(chmod 600), or move it away to start with a new key."_s.arg(name));
    }

    readySodium();
    auto secret = std::make_shared<Secret>();
    const auto expected = qint64(secret->seed.size());
    if (file.size() != expected || file.read(reinterpret_cast<char *>(secret->seed.data()), expected) != expected) {
        return unexpected(u"The key file %1 is damaged: it has %2 bytes in place of %3. Put back a copy of it, or move "
                          "it away to start with a new key."_s.arg(name)
                              .arg(file.size())
                              .arg(expected));
    }
    QByteArray publicKey = secret->expand();
    return DeviceKey(std::move(publicKey), std::move(secret));
}

Result<void, QString> DeviceKey::create(const QString &path)
{
    const QString name = QDir::toNativeSeparators(path);
    const auto failed = [&name](const QString &why) {
        return unexpected(u"The key file %1 cannot be made: %2."_s.arg(name, why));
    };
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return failed(u"the folder %1 cannot be made"_s.arg(QDir::toNativeSeparators(folder)));

    // The whole key goes to the disk under another name first; the link then gives it its own name at once, or fails
    // because another process was faster. So there is never half a key, nor one key over another.
    const DeviceKey key = generate();
    const auto &seed = key.m_secret->seed;
    QTemporaryFile file(path + u".XXXXXX"_s);
    if (!file.open() || !file.setPermissions(privateToOwner)
        || file.write(reinterpret_cast<const char *>(seed.data()), qint64(seed.size())) != qint64(seed.size())
        || !file.flush() || ::fsync(file.handle()) != 0)
        return failed(file.errorString());

    std::error_code error;
    std::filesystem::create_hard_link(
        QFileInfo(file.fileName()).filesystemFilePath(), QFileInfo(path).filesystemFilePath(), error);
    if (error && error != std::errc::file_exists)
        return failed(QString::fromStdString(error.message()));
    return {};
}

} // namespace lanline
