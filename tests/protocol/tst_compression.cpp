#include "protocol/compression.h"
#include "protocol/dictionary/dictionaries.h"
#include "tests/protocol/arbitrary.h"

#include <QRandomGenerator>
#include <QTest>

#include <rapidcheck.h>
#include <zdict.h>
#include <zlib.h>
#include <zstd.h>

using namespace lanline;
using namespace lanline::protocol;
using namespace Qt::Literals::StringLiterals;

namespace {

using Kind = DecodeError::Kind;

constexpr qint64 mostBytes = 1024 * 1024;
constexpr qsizetype magicBytes = 4;

Compression zstd()
{
    return supportedCompressions().constFirst();
}

constexpr Compression gzip{CompressionMethod::Gzip, 0};

/// Something like a chat message, `size` bytes.
QByteArray talk(qsizetype size)
{
    return QByteArray("I think we should talk about the meeting tomorrow. 我们明天再讨论。")
        .repeated(size / 40 + 1)
        .left(size);
}

QByteArray noise(qsizetype size)
{
    QRandomGenerator random(1);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

/// As another program would do it, any size.
QByteArray foreignGzip(const QByteArray &bytes)
{
    QByteArray packed(qsizetype(compressBound(uLong(bytes.size()))) + 32, Qt::Uninitialized);
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    QByteArray input = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = uInt(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return '\1' + packed;
}

/// As another program would do it. `tellsSize`: in its header.
QByteArray foreignZstd(const QByteArray &bytes, QByteArrayView dictionary, bool tellsSize = true)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(size_t(bytes.size()))), Qt::Uninitialized);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, tellsSize ? 1 : 0);
    ZSTD_CCtx_loadDictionary(context, dictionary.data(), size_t(dictionary.size()));
    packed.truncate(
        qsizetype(ZSTD_compress2(context, packed.data(), size_t(packed.size()), bytes.data(), size_t(bytes.size()))));
    ZSTD_freeCCtx(context);
    return '\2' + packed.sliced(magicBytes);
}

QByteArrayView ownDictionary()
{
    return shippedDictionaries().front();
}

} // namespace

class TestCompression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dictionaryIdsAreThoseOfTheirHeaders();
    void serversChoice_data();
    void serversChoice();
    void everyMessageComesBack_data();
    void everyMessageComesBack();
    void whatIsSmallOrGainsNothingStays_data();
    void whatIsSmallOrGainsNothingStays();
    void readsWhatOthersPack_data();
    void readsWhatOthersPack();
    void damage_data();
    void damage();
    void aCutAtAnyByteIsAnError_data();
    void aCutAtAnyByteIsAnError();
    void anyBytesAreAnErrorOrAFrame_data();
    void anyBytesAreAnErrorOrAFrame();
    void aDictionaryThatIsNotOursIsAnError();
    void neverMoreThanTheLimit_data();
    void neverMoreThanTheLimit();
    void errorsDoNotSpoilWhatFollows_data();
    void errorsDoNotSpoilWhatFollows();

private:
    static void addMethods();
};

void TestCompression::addMethods()
{
    QTest::addColumn<quint8>("method");
    QTest::newRow("gzip") << quint8(CompressionMethod::Gzip);
    QTest::newRow("zstd") << quint8(CompressionMethod::Zstd);
}

static Compression fetched(quint8 method)
{
    return method == quint8(CompressionMethod::Zstd) ? zstd() : gzip;
}

void TestCompression::dictionaryIdsAreThoseOfTheirHeaders()
{
    QList<Compression> expected;
    for (const QByteArrayView dictionary : shippedDictionaries()) {
        const quint32 id = ZDICT_getDictID(dictionary.data(), size_t(dictionary.size()));
        QVERIFY(id > 0);
        QVERIFY(!expected.contains(Compression{CompressionMethod::Zstd, id}));
        expected.append({CompressionMethod::Zstd, id});
    }
    QVERIFY(!expected.isEmpty());
    expected.append(gzip);
    QCOMPARE(supportedCompressions(), expected);
}

void TestCompression::serversChoice_data()
{
    QTest::addColumn<QList<Compression>>("offered");
    QTest::addColumn<Compression>("chosen");
    const Compression unknownDictionary{CompressionMethod::Zstd, 4'000'000'000};
    const Compression noDictionary{CompressionMethod::Zstd, 0};
    QTest::newRow("nothing") << QList<Compression>{} << Compression{};
    QTest::newRow("none") << QList<Compression>{{}} << Compression{};
    QTest::newRow("gzip") << QList{gzip} << gzip;
    QTest::newRow("zstd") << QList{zstd()} << zstd();
    QTest::newRow("zstd before gzip, whatever comes first") << QList{gzip, zstd()} << zstd();
    QTest::newRow("another dictionary") << QList{unknownDictionary} << Compression{};
    QTest::newRow("no dictionary") << QList{noDictionary} << Compression{};
    QTest::newRow("another dictionary, and gzip") << QList{unknownDictionary, gzip} << gzip;
    QTest::newRow("another dictionary, and ours") << QList{unknownDictionary, zstd()} << zstd();
    QTest::newRow("gzip with a dictionary") << QList{Compression{CompressionMethod::Gzip, 7}} << gzip;
}

void TestCompression::serversChoice()
{
    QFETCH(const QList<Compression>, offered);
    QFETCH(const Compression, chosen);
    QCOMPARE(chooseCompression(offered), chosen);
}

void TestCompression::everyMessageComesBack_data()
{
    addMethods();
}

void TestCompression::everyMessageComesBack()
{
    QFETCH(const quint8, method);
    const Compression as = fetched(method);
    Compressor compressor;
    Decompressor decompressor;
    const bool holds = rc::check([&] {
        const QByteArray frame = encode(Encoding::Protobuf, *anyMessage());
        const QByteArray packed = compressor.pack(as, frame);
        RC_ASSERT(packed.size() <= frame.size() + 1);
        const auto back = decompressor.unpack(as, packed, mostBytes);
        RC_ASSERT(back.has_value());
        RC_ASSERT(*back == frame);
    });
    QVERIFY(holds);
    const QByteArray large = talk(mostBytes);
    const auto back = decompressor.unpack(as, compressor.pack(as, large), mostBytes);
    QVERIFY(back);
    QVERIFY(*back == large);
}

void TestCompression::whatIsSmallOrGainsNothingStays_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<bool>("isPacked");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("63 bytes") << QByteArray(63, 'a') << false;
    QTest::newRow("64 bytes") << QByteArray(64, 'a') << true;
    QTest::newRow("64 bytes of noise") << noise(64) << false;
    QTest::newRow("100,000 bytes of noise") << noise(100'000) << false;
}

void TestCompression::whatIsSmallOrGainsNothingStays()
{
    QFETCH(const QByteArray, frame);
    QFETCH(const bool, isPacked);
    for (const Compression &as : supportedCompressions()) {
        const QByteArray packed = Compressor().pack(as, frame);
        QCOMPARE(packed.front(), isPacked ? char(as.method) : '\0');
        if (isPacked)
            QVERIFY(packed.size() < frame.size() + 1);
        else
            QCOMPARE(packed.sliced(1), frame);
        Decompressor decompressor;
        const auto back = decompressor.unpack(as, packed, mostBytes);
        QVERIFY(back);
        QVERIFY(*back == frame);
    }
}

void TestCompression::readsWhatOthersPack_data()
{
    QTest::addColumn<Compression>("agreed");
    QTest::addColumn<QByteArray>("packed");
    const QByteArray text = talk(300);
    QTest::newRow("not compressed, gzip") << gzip << QByteArray('\0' + text);
    QTest::newRow("not compressed, zstd") << zstd() << QByteArray('\0' + text);
    QTest::newRow("gzip") << gzip << foreignGzip(text);
    QTest::newRow("zstd") << zstd() << foreignZstd(text, ownDictionary());
    QTest::newRow("zstd that does not tell the size") << zstd() << foreignZstd(text, ownDictionary(), false);
    QTest::newRow("zstd without a dictionary") << zstd() << foreignZstd(text, {});
}

void TestCompression::readsWhatOthersPack()
{
    QFETCH(const Compression, agreed);
    QFETCH(const QByteArray, packed);
    Decompressor decompressor;
    const auto frame = decompressor.unpack(agreed, packed, mostBytes);
    QVERIFY2(frame, frame ? "" : qPrintable(frame.error().text));
    QVERIFY(*frame == talk(300));
}

void TestCompression::damage_data()
{
    QTest::addColumn<Compression>("agreed");
    QTest::addColumn<QByteArray>("packed");
    const QByteArray gzipped = Compressor().pack(gzip, talk(300));
    const QByteArray zstandard = Compressor().pack(zstd(), talk(300));
    QTest::newRow("empty") << gzip << QByteArray();
    QTest::newRow("gzip: only the byte") << gzip << QByteArray("\1");
    QTest::newRow("zstd: only the byte") << zstd() << QByteArray("\2");
    QTest::newRow("unknown byte") << zstd() << QByteArray("\3abc");
    QTest::newRow("zstd where gzip was agreed") << gzip << zstandard;
    QTest::newRow("gzip where zstd was agreed") << zstd() << gzipped;
    QTest::newRow("gzip: something behind it") << gzip << gzipped + 'x';
    QTest::newRow("zstd: something behind it") << zstd() << zstandard + 'x';
    QTest::newRow("gzip: twice") << gzip << gzipped + gzipped.sliced(1);
    QTest::newRow("zstd: twice") << zstd() << zstandard + QByteArray("\x28\xb5\x2f\xfd") + zstandard.sliced(1);
    QTest::newRow("zstd: with its magic") << zstd() << QByteArray("\2\x28\xb5\x2f\xfd") + zstandard.sliced(1);
    QTest::newRow("a frame without the byte") << zstd() << encode(Encoding::Protobuf, ClientCommand(Heartbeat{}));
}

void TestCompression::damage()
{
    QFETCH(const Compression, agreed);
    QFETCH(const QByteArray, packed);
    Decompressor decompressor;
    const auto frame = decompressor.unpack(agreed, packed, mostBytes);
    QVERIFY(!frame);
    QCOMPARE(frame.error().kind, Kind::Malformed);
    QVERIFY(!frame.error().text.isEmpty());
}

void TestCompression::aCutAtAnyByteIsAnError_data()
{
    addMethods();
}

void TestCompression::aCutAtAnyByteIsAnError()
{
    QFETCH(const quint8, method);
    const Compression agreed = fetched(method);
    const QByteArray packed = Compressor().pack(agreed, talk(2000));
    QCOMPARE(packed.front(), char(agreed.method));
    Decompressor decompressor;
    for (qsizetype size = 0; size < packed.size(); ++size)
        QVERIFY2(!decompressor.unpack(agreed, packed.first(size), mostBytes), qPrintable(QString::number(size)));
    QVERIFY(decompressor.unpack(agreed, packed, mostBytes));
}

void TestCompression::anyBytesAreAnErrorOrAFrame_data()
{
    addMethods();
}

void TestCompression::anyBytesAreAnErrorOrAFrame()
{
    QFETCH(const quint8, method);
    const Compression agreed = fetched(method);
    constexpr qint64 most = 4096;
    const QByteArray good = Compressor().pack(agreed, talk(1000));
    Decompressor decompressor;
    const bool holds = rc::check([&] {
        QByteArray packed = good;
        for (const auto &[place, byte] : *rc::gen::nonEmpty<std::vector<std::pair<quint16, char>>>())
            packed[1 + place % (packed.size() - 1)] = byte;
        const auto frame = decompressor.unpack(agreed, packed, most);
        RC_ASSERT(!frame || frame->size() <= most);
    });
    QVERIFY(holds);
}

void TestCompression::aDictionaryThatIsNotOursIsAnError()
{
    QByteArray other = ownDictionary().toByteArray();
    other[4] = char(other[4] + 100); // its id
    Decompressor decompressor;
    const auto packedWithIt = decompressor.unpack(zstd(), foreignZstd(talk(300), other), mostBytes);
    QVERIFY(!packedWithIt);
    QCOMPARE(packedWithIt.error().kind, Kind::Malformed);
    const auto agreedOnIt =
        decompressor.unpack({CompressionMethod::Zstd, 4'000'000'000}, Compressor().pack(zstd(), talk(300)), mostBytes);
    QVERIFY(!agreedOnIt);
}

void TestCompression::neverMoreThanTheLimit_data()
{
    QTest::addColumn<Compression>("agreed");
    QTest::addColumn<QByteArray>("fits");
    QTest::addColumn<QByteArray>("bomb");
    const QByteArray limit(mostBytes, '\0');
    const QByteArray over(mostBytes + 1, '\0');
    const QByteArray bomb(256 * mostBytes, '\0');
    const auto dictionary = ownDictionary();
    QTest::newRow("none") << gzip << '\0' + limit << '\0' + over;
    QTest::newRow("gzip, one byte") << gzip << foreignGzip(limit) << foreignGzip(over);
    QTest::newRow("gzip, 256 MiB") << gzip << foreignGzip(limit) << foreignGzip(bomb);
    QTest::newRow("zstd, one byte") << zstd() << foreignZstd(limit, dictionary) << foreignZstd(over, dictionary);
    QTest::newRow("zstd, 256 MiB") << zstd() << foreignZstd(limit, dictionary) << foreignZstd(bomb, dictionary);
    QTest::newRow("zstd, 256 MiB untold")
        << zstd() << foreignZstd(limit, dictionary, false) << foreignZstd(bomb, dictionary, false);
}

void TestCompression::neverMoreThanTheLimit()
{
    QFETCH(const Compression, agreed);
    QFETCH(const QByteArray, fits);
    QFETCH(const QByteArray, bomb);
    Decompressor decompressor;
    const auto whole = decompressor.unpack(agreed, fits, mostBytes);
    QVERIFY(whole);
    QCOMPARE(whole->size(), mostBytes);
    const auto refused = decompressor.unpack(agreed, bomb, mostBytes);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::TooBig);
}

void TestCompression::errorsDoNotSpoilWhatFollows_data()
{
    addMethods();
}

void TestCompression::errorsDoNotSpoilWhatFollows()
{
    QFETCH(const quint8, method);
    const Compression agreed = fetched(method);
    const QByteArray good = Compressor().pack(agreed, talk(500));
    Decompressor decompressor;
    for (qsizetype cut = 1; cut < good.size(); cut += 7) {
        QVERIFY(!decompressor.unpack(agreed, good.first(cut), mostBytes));
        const auto frame = decompressor.unpack(agreed, good, mostBytes);
        QVERIFY(frame);
        QVERIFY(*frame == talk(500));
    }
}

QTEST_GUILESS_MAIN(TestCompression)
#include "tst_compression.moc"
