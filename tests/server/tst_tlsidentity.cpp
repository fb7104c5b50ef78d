#include "server/net/tlsidentity.h"
#include "server/net/tlslayer.h"

#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>
#include <vector>

using namespace lanline::server;
using namespace Qt::Literals::StringLiterals;

class tst_TlsIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void makesACertificateOfThisMachine();
    void anyNameOfAMachineWillDo_data();
    void anyNameOfAMachineWillDo();
    void keepsWhatItHasMade();
    void ofSeveralAtOnceAllGetTheSame();
    void certifiesAKeyThatIsThere();
    void saysWhatIsBroken_data();
    void saysWhatIsBroken();
    void saysThatAFolderCannotBeUsed();
    void loadsAChain();

private:
    QString path(const QString &name) const { return m_dir->filePath(name); }
    QByteArray content(const QString &name) const;
    void put(const QString &name, const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

namespace {

constexpr auto certificateName = "tls-certificate.pem"_L1;
constexpr auto keyName = "tls-key.pem"_L1;

QSslCertificate parsed(const TlsIdentity &identity)
{
    return QSslCertificate::fromData(identity.certificate).value(0);
}

} // namespace

void tst_TlsIdentity::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

QByteArray tst_TlsIdentity::content(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void tst_TlsIdentity::put(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void tst_TlsIdentity::makesACertificateOfThisMachine()
{
    const TlsIdentity identity = makeTlsIdentity(u"Desk-7"_s);
    const QSslCertificate certificate = parsed(identity);
    QVERIFY(certificate.isSelfSigned());
    const QMultiMap names = certificate.subjectAlternativeNames();
    QStringList dns = names.values(QSsl::DnsEntry);
    dns.sort();
    QCOMPARE(dns, QStringList({u"desk-7"_s, u"desk-7.local"_s, u"localhost"_s}));
    QStringList addresses = names.values(QSsl::IpAddressEntry);
    addresses.sort();
    QCOMPARE(addresses, QStringList({u"127.0.0.1"_s, u"::1"_s}));

    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(certificate.effectiveDate() < now.addSecs(-3600));
    QVERIFY(certificate.expiryDate() > now.addYears(9));
    QVERIFY(certificate.expiryDate() < now.addYears(11));
    QCOMPARE(certificate.publicKey().algorithm(), QSsl::Ec);
    QCOMPARE(certificate.publicKey().length(), 256);
    QCOMPARE(certificateSha256(identity), certificate.digest(QCryptographicHash::Sha256));

    const TlsIdentity other = makeTlsIdentity(u"Desk-7"_s);
    QVERIFY(other.key != identity.key);
    QVERIFY(parsed(other).serialNumber() != certificate.serialNumber());
    QVERIFY(certificateSha256(TlsIdentity{"nonsense", {}}).isEmpty());
}

void tst_TlsIdentity::anyNameOfAMachineWillDo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("dns");
    QTest::newRow("none") << QString() << QStringList{u"localhost"_s};
    QTest::newRow("localhost") << u"localhost"_s << QStringList{u"localhost"_s};
    QTest::newRow("with a domain") << u"a.example.org"_s << QStringList{u"a.example.org"_s, u"localhost"_s};
    QTest::newRow("beyond ASCII") << u"büro"_s << QStringList{u"localhost"_s};
    QTest::newRow("spaces and more") << u"Anna's Mac, IP:1.2.3.4"_s << QStringList{u"localhost"_s};
    QTest::newRow("long") << QString(64, u'x') << QStringList{u"localhost"_s};
}

void tst_TlsIdentity::anyNameOfAMachineWillDo()
{
    QFETCH(QString, name);
    QFETCH(QStringList, dns);
    const TlsIdentity identity = makeTlsIdentity(name);
    QVERIFY(TlsContext::make(identity));
    QStringList names = parsed(identity).subjectAlternativeNames().values(QSsl::DnsEntry);
    names.sort();
    QCOMPARE(names, dns);
}

void tst_TlsIdentity::keepsWhatItHasMade()
{
    const QString folder = path(u"new/folder"_s);
    const auto made = keptTlsIdentity(folder);
    QVERIFY2(made, qPrintable(made ? QString() : made.error()));
    QCOMPARE(keptTlsIdentity(folder), made);
    QVERIFY(TlsContext::make(*made));
    QCOMPARE(content(u"new/folder/"_s + certificateName), made->certificate);
    QCOMPARE(content(u"new/folder/"_s + keyName), made->key);
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(folder + u'/' + keyName) & others));
    QVERIFY(!(QFile::permissions(folder + u'/' + certificateName) & others));
    const QString ownName = QSysInfo::machineHostName().toLower();
    QVERIFY(parsed(*made).subjectAlternativeNames().contains(QSsl::DnsEntry, u"localhost"_s));
    if (ownName.toLatin1() == ownName.toUtf8())
        QVERIFY(parsed(*made).subjectAlternativeNames().contains(QSsl::DnsEntry, ownName));
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 2);
}

void tst_TlsIdentity::ofSeveralAtOnceAllGetTheSame()
{
    constexpr int count = 8;
    std::vector<QByteArray> certificates(count);
    std::vector<std::unique_ptr<QThread>> threads;
    for (QByteArray &certificate : certificates) {
        threads.emplace_back(QThread::create([&certificate, folder = m_dir->path()] {
            if (const auto identity = keptTlsIdentity(folder))
                certificate = identity->certificate;
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QVERIFY(!certificates.front().isEmpty());
    for (const QByteArray &certificate : certificates)
        QCOMPARE(certificate, certificates.front());
}

void tst_TlsIdentity::certifiesAKeyThatIsThere()
{
    const TlsIdentity own = makeTlsIdentity(u"host"_s);
    put(keyName, own.key);
    const auto kept = keptTlsIdentity(m_dir->path());
    QVERIFY(kept);
    QCOMPARE(kept->key, own.key);
    QCOMPARE(content(keyName), own.key);
    QCOMPARE(keptTlsIdentity(m_dir->path()), kept);
}

void tst_TlsIdentity::saysWhatIsBroken_data()
{
    QTest::addColumn<QByteArray>("certificate"); // null: none
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("word");
    const TlsIdentity good = makeTlsIdentity(u"host"_s);
    const QByteArray locked = QSslKey(good.key, QSsl::Ec).toPem("secret");
    QVERIFY(locked.contains("ENCRYPTED"));
    QTest::newRow("empty certificate") << QByteArray("") << good.key << u"certificate"_s;
    QTest::newRow("no certificate in it") << QByteArray("hello\n") << good.key << u"certificate"_s;
    QTest::newRow("cut certificate") << good.certificate.first(300) << good.key << u"certificate"_s;
    QTest::newRow("broken second certificate")
        << good.certificate + good.certificate.first(300) << good.key << u"certificate"_s;
    QTest::newRow("empty key") << good.certificate << QByteArray("") << u"key"_s;
    QTest::newRow("cut key") << good.certificate << good.key.first(100) << u"key"_s;
    QTest::newRow("key with a password") << good.certificate << locked << u"password"_s;
    QTest::newRow("key of another") << good.certificate << makeTlsIdentity(u"host"_s).key << u"belong together"_s;
    QTest::newRow("no key") << good.certificate << QByteArray() << u"missing"_s;
    QTest::newRow("key alone, broken") << QByteArray() << QByteArray("hello") << u"private key"_s;
}

void tst_TlsIdentity::saysWhatIsBroken()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(QString, word);
    if (!certificate.isNull())
        put(certificateName, certificate);
    if (!key.isNull())
        put(keyName, key);
    const QByteArray certificateBefore = content(certificateName);
    const QByteArray keyBefore = content(keyName);

    const auto identity = keptTlsIdentity(m_dir->path());
    QVERIFY(!identity);
    QVERIFY2(identity.error().contains(word), qPrintable(identity.error()));
    QVERIFY2(identity.error().contains(m_dir->path()), qPrintable(identity.error()));
    QVERIFY2(identity.error().endsWith(u'.'), qPrintable(identity.error()));
    QCOMPARE(content(certificateName), certificateBefore);
    QCOMPARE(content(keyName), keyBefore);
}

void tst_TlsIdentity::saysThatAFolderCannotBeUsed()
{
    put(u"file"_s, "not a folder");
    const auto identity = keptTlsIdentity(path(u"file/below"_s));
    QVERIFY(!identity);
    QVERIFY2(identity.error().contains(u"file/below"), qPrintable(identity.error()));

    const auto absent = loadTlsIdentity(path(u"absent.pem"_s), path(u"key.pem"_s));
    QVERIFY(!absent);
    QVERIFY2(absent.error().contains(u"absent.pem"), qPrintable(absent.error()));
}

void tst_TlsIdentity::loadsAChain()
{
    const TlsIdentity leaf = makeTlsIdentity(u"leaf"_s);
    const TlsIdentity above = makeTlsIdentity(u"above"_s);
    put(u"chain.pem"_s, leaf.certificate + above.certificate);
    put(u"key.pem"_s, leaf.key);
    const auto identity = loadTlsIdentity(path(u"chain.pem"_s), path(u"key.pem"_s));
    QVERIFY2(identity, qPrintable(identity ? QString() : identity.error()));
    QCOMPARE(certificateSha256(*identity), certificateSha256(leaf));
}

QTEST_GUILESS_MAIN(tst_TlsIdentity)
#include "tst_tlsidentity.moc"
