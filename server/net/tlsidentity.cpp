#include "server/net/tlsidentity.h"

#include "server/net/openssl.h"
#include "server/net/tlslayer.h"

#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>
#include <QTemporaryFile>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr auto privateToOwner = QFile::ReadOwner | QFile::WriteOwner;
constexpr int serialBits = 159; ///< the most that RFC 5280 allows
constexpr int validDays = 3652;
constexpr long secondsPerDay = 24L * 60 * 60;

using Names = std::unique_ptr<GENERAL_NAMES, openssl::Free<&GENERAL_NAMES_free>>;

// ---- making -------------------------------------------------------------------------------------------------------

openssl::Key readKey(const QByteArray &pem)
{
    const openssl::Bio bio = openssl::reader(pem);
    return openssl::Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, &openssl::noPassword, nullptr));
}

openssl::Certificate readLeaf(const QByteArray &pem)
{
    const openssl::Bio bio = openssl::reader(pem);
    return openssl::Certificate(PEM_read_bio_X509(bio.get(), nullptr, &openssl::noPassword, nullptr));
}

QByteArray written(const openssl::Bio &bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, qsizetype(size)};
}

void addName(GENERAL_NAMES *names, int type, QByteArrayView value)
{
    ASN1_STRING *text = ASN1_STRING_type_new(type == GEN_DNS ? V_ASN1_IA5STRING : V_ASN1_OCTET_STRING);
    ASN1_STRING_set(text, value.data(), int(value.size()));
    GENERAL_NAME *name = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(name, type, text);
    sk_GENERAL_NAME_push(names, name);
}

void addExtension(X509 *certificate, int kind, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// As a certificate can name it; empty for a name that no certificate can.
QByteArray certifiable(const QString &machineName)
{
    const QByteArray name = machineName.toLower().toLatin1();
    const bool isClean = std::ranges::all_of(
        name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
    constexpr qsizetype mostBytes = 63; // of one label, and of a common name nearly
    return isClean && name.size() <= mostBytes ? name : QByteArray();
}

QByteArray selfSigned(EVP_PKEY *key, const QString &machineName)
{
    const openssl::Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    BIGNUM *serial = BN_new();
    BN_rand(serial, serialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
    BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate.get()));
    BN_free(serial);
    // Clocks of a network differ.
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -secondsPerDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), secondsPerDay * validDays);
    X509_set_pubkey(certificate.get(), key);

    const QByteArray name = certifiable(machineName);
    const QByteArray commonName = name.isEmpty() ? QByteArray("lanline") : name;
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_ASC,
        reinterpret_cast<const uchar *>(commonName.constData()), int(commonName.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), subject);

    const Names names(GENERAL_NAMES_new());
    addName(names.get(), GEN_DNS, "localhost");
    if (!name.isEmpty() && name != "localhost") {
        addName(names.get(), GEN_DNS, name);
        if (!name.contains('.'))
            addName(names.get(), GEN_DNS, name + ".local");
    }
    constexpr std::array<char, 4> ipv4{127, 0, 0, 1};
    constexpr std::array<char, 16> ipv6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    addName(names.get(), GEN_IPADD, ipv4);
    addName(names.get(), GEN_IPADD, ipv6);
    X509_add1_ext_i2d(certificate.get(), NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT);
    // No key usage: clients tell what is self-signed, and may be trusted so, by there being none without "signs
    // certificates".
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate.get(), NID_ext_key_usage, "serverAuth");

    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0 || PEM_write_bio_X509(bio.get(), certificate.get()) != 1)
        qFatal("OpenSSL cannot make a certificate");
    return written(bio);
}

QByteArray freshKey()
{
    const openssl::Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")); // EVP_EC_gen() casts const away
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (!key || PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        qFatal("OpenSSL cannot make a key");
    return written(bio);
}

// ---- files --------------------------------------------------------------------------------------------------------

Result<QByteArray, QString> readFile(const QString &path)
{
    // Many times what any chain takes; a folder or a device does not pass for a file.
    constexpr qint64 mostBytes = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unexpected(u"The file %1 cannot be read: %2."_s.arg(path, file.errorString()));
    return file.read(mostBytes);
}

/// Never half a file, nor one over another: it is written whole under another name, and then linked under its own,
/// where another process may have been faster.
Result<void, QString> makeFile(const QString &path, const QByteArray &bytes)
{
    const auto failed = [&path](const QString &why) {
        return unexpected(u"The file %1 cannot be made: %2."_s.arg(path, why));
    };
    QTemporaryFile file(path + u".XXXXXX"_s);
    if (!file.open() || !file.setPermissions(privateToOwner) || file.write(bytes) != bytes.size() || !file.flush()
        || ::fsync(file.handle()) != 0)
        return failed(file.errorString());
    std::error_code error;
    std::filesystem::create_hard_link(
        QFileInfo(file.fileName()).filesystemFilePath(), QFileInfo(path).filesystemFilePath(), error);
    if (error && error != std::errc::file_exists)
        return failed(QString::fromStdString(error.message()));
    return {};
}

/// Makes what of the two files is missing.
Result<void, QString> complete(const QString &certificateFile, const QString &keyFile)
{
    // The certificate comes last, so one without a key is nothing that we have left.
    const bool hasCertificate = QFile::exists(certificateFile);
    if (!QFile::exists(keyFile)) {
        if (hasCertificate)
            return unexpected(u"There is the certificate %1, but its key %2 is missing. Put it back, or move the"
                              " certificate away to get a new one."_s.arg(certificateFile, keyFile));
        if (auto made = makeFile(keyFile, freshKey()); !made)
            return made;
    }
    if (hasCertificate)
        return {};
    const auto pem = readFile(keyFile);
    if (!pem)
        return unexpected(pem.error());
    const openssl::Key key = readKey(*pem);
    if (!key)
        return unexpected(u"The file %1 is not a PEM private key without a password."_s.arg(keyFile));
    return makeFile(certificateFile, selfSigned(key.get(), QSysInfo::machineHostName()));
}

} // namespace

Result<TlsIdentity, QString> loadTlsIdentity(const QString &certificateFile, const QString &keyFile)
{
    auto certificate = readFile(certificateFile);
    if (!certificate)
        return unexpected(certificate.error());
    auto key = readFile(keyFile);
    if (!key)
        return unexpected(key.error());
    TlsIdentity identity{*std::move(certificate), *std::move(key)};
    if (const auto context = TlsContext::make(identity); !context)
        return unexpected(u"%1 and %2 cannot be used: %3."_s.arg(certificateFile, keyFile, context.error()));
    return identity;
}

Result<TlsIdentity, QString> keptTlsIdentity(const QString &folder)
{
    const QDir dir(folder);
    const QString certificateFile = dir.filePath(u"tls-certificate.pem"_s);
    const QString keyFile = dir.filePath(u"tls-key.pem"_s);
    if (!QDir().mkpath(folder))
        return unexpected(u"The folder %1 cannot be made."_s.arg(folder));
    if (const auto whole = complete(certificateFile, keyFile); !whole)
        return unexpected(whole.error());
    return loadTlsIdentity(certificateFile, keyFile);
}

TlsIdentity makeTlsIdentity(const QString &machineName)
{
    const QByteArray key = freshKey();
    return {selfSigned(readKey(key).get(), machineName), key};
}

QByteArray certificateSha256(const TlsIdentity &identity)
{
    const openssl::Certificate leaf = readLeaf(identity.certificate);
    std::array<uchar, EVP_MAX_MD_SIZE> hash{};
    uint size = 0;
    if (!leaf || X509_digest(leaf.get(), EVP_sha256(), hash.data(), &size) != 1)
        return {};
    return {reinterpret_cast<const char *>(hash.data()), qsizetype(size)};
}

} // namespace lanline::server
