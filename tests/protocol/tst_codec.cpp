#include "protocol/codec.h"
#include "protocol/hellosignature.h"
#include "tests/protocol/examples.h"

#include <QTest>

#include <set>

using namespace lanline;
using namespace lanline::protocol;

namespace {

template <class Value>
void addRows(const QList<Example<Value>> &examples)
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("protobufHex");
    for (const auto &example : examples)
        QTest::newRow(example.name) << example.value << example.json << example.protobufHex;
}

/// Every alternative of the variant has an example.
template <class Value>
bool coversAllKinds(const QList<Example<Value>> &examples)
{
    std::set<std::size_t> kinds;
    for (const auto &example : examples)
        kinds.insert(example.value.index());
    return kinds.size() == std::variant_size_v<Value>;
}

} // namespace

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commands_data() { addRows(commandExamples()); }
    void commands();
    void messages_data() { addRows(messageExamples()); }
    void messages();
    void everyKindHasAnExample();
    void signatureInputIsNinetyFiveBytes();
};

void TestCodec::commands()
{
    QFETCH(const ClientCommand, value);
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, protobufHex);
    QCOMPARE(encode(Encoding::Json, value), json);
    QCOMPARE(decodeCommand(Encoding::Json, json, {}).value(), value);
    if (!protobufHex.isEmpty())
        QCOMPARE(encode(Encoding::Protobuf, value).toHex(), protobufHex);
    QCOMPARE(decodeCommand(Encoding::Protobuf, encode(Encoding::Protobuf, value), {}).value(), value);
}

void TestCodec::messages()
{
    QFETCH(const ServerMessage, value);
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, protobufHex);
    QCOMPARE(encode(Encoding::Json, value), json);
    QCOMPARE(decodeMessage(Encoding::Json, json, {}).value(), value);
    if (!protobufHex.isEmpty())
        QCOMPARE(encode(Encoding::Protobuf, value).toHex(), protobufHex);
    QCOMPARE(decodeMessage(Encoding::Protobuf, encode(Encoding::Protobuf, value), {}).value(), value);
}

void TestCodec::everyKindHasAnExample()
{
    QVERIFY(coversAllKinds(commandExamples()));
    QVERIFY(coversAllKinds(messageExamples()));
}

void TestCodec::signatureInputIsNinetyFiveBytes()
{
    const QByteArray nonce(32, '\x05');
    const Epoch epoch(QByteArray(16, '\x0e'));
    const QByteArray start = "lanline-hello-1" + nonce + epoch.value();
    QCOMPARE(helloSignatureInput(nonce, epoch), start + QByteArray(32, '\0'));
    QCOMPARE(helloSignatureInput(nonce, epoch, QByteArray(32, '\x09')), start + QByteArray(32, '\x09'));
    QCOMPARE(helloSignatureInput(nonce, epoch).size(), 95);
}

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
