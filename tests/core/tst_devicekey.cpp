#include "core/devicekey.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using lanline::DeviceKey;

namespace {

constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool makeFile(const QString &path, const QByteArray &content, QFile::Permissions permissions = ownerOnly)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.setPermissions(permissions);
}

} // namespace

class TestDeviceKey final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(u"key"_s);
    }

    void signsWhatItsPublicKeyVerifies()
    {
        const DeviceKey key = DeviceKey::generate();
        QCOMPARE(key.publicKey().size(), 32);
        const QByteArray signature = key.sign("lanline-hello-1");
        QCOMPARE(signature.size(), 64);
        QVERIFY(DeviceKey::verify(key.publicKey(), "lanline-hello-1", signature));
        QVERIFY(DeviceKey::verify(key.publicKey(), {}, key.sign({})));
    }

    void refusesWhatWasNotSigned_data()
    {
        QTest::addColumn<QByteArray>("publicKey");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("signature");
        const DeviceKey key = DeviceKey::generate();
        const QByteArray message = "message"_ba;
        const QByteArray good = key.sign(message);
        QByteArray flipped = good;
        flipped[10] = char(flipped.at(10) ^ 1);
        QTest::newRow("another message") << key.publicKey() << "Message"_ba << good;
        QTest::newRow("another key") << DeviceKey::generate().publicKey() << message << good;
        QTest::newRow("a flipped bit") << key.publicKey() << message << flipped;
        QTest::newRow("a short signature") << key.publicKey() << message << good.chopped(1);
        QTest::newRow("a long signature") << key.publicKey() << message << good + '\0';
        QTest::newRow("no signature") << key.publicKey() << message << QByteArray();
        QTest::newRow("a short key") << key.publicKey().chopped(1) << message << good;
        QTest::newRow("no key") << QByteArray() << message << good;
    }
    void refusesWhatWasNotSigned()
    {
        QFETCH(QByteArray, publicKey);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, signature);
        QVERIFY(!DeviceKey::verify(publicKey, message, signature));
    }

    void agreesWithTheStandardsVector()
    {
        // RFC 8032, section 7.1, test 1.
        QVERIFY(
            makeFile(m_path, QByteArray::fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
        const auto key = DeviceKey::loadOrCreate(m_path);
        QVERIFY(key);
        QCOMPARE(key->publicKey().toHex(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"_ba);
        QCOMPARE(key->sign({}).toHex(),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"_ba);
    }

    void deviceIdIsTheHeadOfTheKeysHash()
    {
        const DeviceKey key = DeviceKey::generate();
        const QByteArray hash = QCryptographicHash::hash(key.publicKey(), QCryptographicHash::Sha256);
        QCOMPARE(key.deviceId().value(), hash.left(16));
        QCOMPARE(DeviceKey::deviceIdOf(key.publicKey()), key.deviceId());
        QVERIFY(DeviceKey::generate().deviceId() != key.deviceId());
    }

    void isMadeOnceAndFoundAgain()
    {
        const QString path = m_folder->filePath(u"a/new/folder/key"_s);
        const auto made = DeviceKey::loadOrCreate(path);
        QVERIFY(made);
        QCOMPARE(QFile(path).size(), 32);
        const auto shared = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(path) & shared));
        // Nothing else is left beside it.
        QCOMPARE(QDir(m_folder->filePath(u"a/new/folder"_s)).entryList(QDir::Files | QDir::Hidden), {u"key"_s});

        const auto found = DeviceKey::loadOrCreate(path);
        QVERIFY(found);
        QCOMPARE(found->publicKey(), made->publicKey());
        QCOMPARE(found->sign("x"), made->sign("x"));
    }

    void allWhoMakeItAtOnceGetTheSame()
    {
        std::array<QByteArray, 8> keys;
        std::vector<std::thread> makers;
        makers.reserve(keys.size());
        for (QByteArray &key : keys) {
            makers.emplace_back([&key, path = m_path] {
                if (const auto made = DeviceKey::loadOrCreate(path))
                    key = made->publicKey();
            });
        }
        for (std::thread &maker : makers)
            maker.join();
        QCOMPARE(keys.front().size(), 32);
        for (const QByteArray &key : keys)
            QCOMPARE(key, keys.front());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), {u"key"_s});
    }

    void copiesOutliveTheOriginal()
    {
        auto key = std::make_unique<DeviceKey>(DeviceKey::generate());
        const DeviceKey copy = *key;
        key.reset();
        QVERIFY(DeviceKey::verify(copy.publicKey(), "x", copy.sign("x")));
    }

    void neverTouchesAFileItCannotUse_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("permissions");
        QTest::addColumn<QString>("sentence");
        const QByteArray good(32, 'k');
        QTest::newRow("empty") << QByteArray() << int(ownerOnly) << u"damaged: it has 0 bytes"_s;
        QTest::newRow("a byte short") << good.chopped(1) << int(ownerOnly) << u"damaged: it has 31 bytes"_s;
        QTest::newRow("a byte long") << good + 'k' << int(ownerOnly) << u"damaged: it has 33 bytes"_s;
        QTest::newRow("open to the group") << good << int(ownerOnly | QFile::ReadGroup) << u"open to other users"_s;
        QTest::newRow("open to all") << good << int(ownerOnly | QFile::ReadOther) << u"open to other users"_s;
    }
    void neverTouchesAFileItCannotUse()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, permissions);
        QFETCH(QString, sentence);
        QVERIFY(makeFile(m_path, content, QFile::Permissions(permissions)));
        const auto before = QFile::permissions(m_path);

        const auto key = DeviceKey::loadOrCreate(m_path);
        QVERIFY(!key);
        QVERIFY2(key.error().contains(sentence), qPrintable(key.error()));
        QVERIFY(key.error().contains(m_path));
        QCOMPARE(contentOf(m_path), content);
        QCOMPARE(QFile::permissions(m_path), before);
    }

    void refusesAFolderInItsPlace()
    {
        const auto key = DeviceKey::loadOrCreate(m_folder->path());
        QVERIFY(!key);
        QVERIFY2(key.error().contains(u"not an ordinary file"_s), qPrintable(key.error()));
    }

    void saysWhyItCannotBeMade()
    {
        QVERIFY(makeFile(m_path, "a file where a folder should be"));
        const auto key = DeviceKey::loadOrCreate(m_path + u"/key"_s);
        QVERIFY(!key);
        QVERIFY2(key.error().contains(u"cannot be made"_s), qPrintable(key.error()));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestDeviceKey)
#include "tst_devicekey.moc"
