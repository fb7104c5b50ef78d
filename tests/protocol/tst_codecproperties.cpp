#include "tests/protocol/arbitrary.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace lanline;
using namespace lanline::protocol;
using namespace Qt::Literals::StringLiterals;

namespace {

// One set of names for both directions.
auto decode(const ClientCommand &, Encoding encoding, QByteArrayView frame)
{
    return decodeCommand(encoding, frame, Limits{});
}
auto decode(const ServerMessage &, Encoding encoding, QByteArrayView frame)
{
    return decodeMessage(encoding, frame, Limits{});
}

/// Whatever came in, what was made of it is a value like any other.
template <class Value>
void requireResultOrError(Encoding encoding, const QByteArray &frame)
{
    const auto result = decode(Value{}, encoding, frame);
    if (!result) {
        RC_ASSERT(!result.error().text.isEmpty());
        return;
    }
    const auto again = decode(Value{}, encoding, encode(encoding, *result));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *result);
}

QByteArray randomBytes(int most)
{
    return QByteArray::fromStdString(*rc::gen::resize(most, rc::gen::arbitrary<std::string>()));
}

QByteArray mutated(QByteArray frame, const QByteArray &other)
{
    const int steps = *rc::gen::inRange(1, 4);
    for (int i = 0; i < steps && !frame.isEmpty(); ++i) {
        const auto at = *rc::gen::inRange<qsizetype>(0, frame.size());
        switch (*rc::gen::inRange(0, 5)) {
        case 0:
            frame[at] = char(frame[at] ^ (1 << *rc::gen::inRange(0, 8)));
            break;
        case 1:
            frame.truncate(at);
            break;
        case 2:
            frame.insert(at, randomBytes(16));
            break;
        case 3:
            frame.remove(at, *rc::gen::inRange(1, 9));
            break;
        default:
            frame = frame.first(at) + other.sliced(*rc::gen::inRange<qsizetype>(0, other.size()));
            break;
        }
    }
    return frame;
}

QJsonValue randomJson(int depth = 0)
{
    switch (*rc::gen::inRange(0, depth < 3 ? 9 : 7)) {
    case 0:
        return QJsonValue::Null;
    case 1:
        return *rc::gen::arbitrary<bool>();
    case 2:
        return *rc::gen::element(-1.0, 1.5, 1e300, 9007199254740992.0, 4294967296.0, -0.0);
    case 3:
        return qint64(*rc::gen::arbitrary<qint64>());
    case 4:
        return QString::fromStdString(*rc::gen::arbitrary<std::string>());
    case 5:
        return QString(QChar(0xd800));
    case 6:
        return u"00112233"_s;
    case 7:
        return QJsonArray{randomJson(depth + 1), randomJson(depth + 1)};
    default:
        return QJsonObject{{u"room"_s, randomJson(depth + 1)}, {u"guest"_s, randomJson(depth + 1)}};
    }
}

/// Puts something else into one field, at the top or further in.
QJsonObject withSomethingElse(QJsonObject object)
{
    if (object.isEmpty())
        return object;
    const QStringList keys = object.keys();
    const QString key = keys.at(*rc::gen::inRange<qsizetype>(0, keys.size()));
    const QJsonValue value = object.value(key);
    const bool goesIn = *rc::gen::arbitrary<bool>();
    if (goesIn && value.isObject()) {
        object[key] = withSomethingElse(value.toObject());
    } else if (goesIn && value.isArray() && value.toArray().first().isObject()) {
        object[key] = QJsonArray{withSomethingElse(value.toArray().first().toObject())};
    } else {
        object[key] = randomJson();
    }
    return object;
}

} // namespace

class TestCodecProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasAGenerator();
    void decodedIsEncoded_data();
    void decodedIsEncoded();
    void anyBytesGiveResultOrError_data() { addEncodings(); }
    void anyBytesGiveResultOrError();
    void mutatedFramesGiveResultOrError_data() { addEncodings(); }
    void mutatedFramesGiveResultOrError();
    void anyJsonValueInAnyFieldGivesResultOrError();

private:
    static void addEncodings();
};

void TestCodecProperties::addEncodings()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::newRow("protobuf") << Encoding::Protobuf;
    QTest::newRow("json") << Encoding::Json;
}

void TestCodecProperties::everyKindHasAGenerator()
{
    QCOMPARE(std::size_t(commandKinds().size()), std::variant_size_v<ClientCommand>);
    QCOMPARE(std::size_t(messageKinds().size()), std::variant_size_v<ServerMessage>);
    QVERIFY(rc::check("a generator's values are of the kind it stands for", [] {
        const auto command = *rc::gen::inRange<qsizetype>(0, commandKinds().size());
        RC_ASSERT((*commandKinds()[command].values).index() == std::size_t(command));
        const auto message = *rc::gen::inRange<qsizetype>(0, messageKinds().size());
        RC_ASSERT((*messageKinds()[message].values).index() == std::size_t(message));
    }));
}

void TestCodecProperties::decodedIsEncoded_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<bool>("isCommand");
    QTest::addColumn<int>("kind");
    const auto add = [](const auto &kinds, bool isCommand) {
        for (int i = 0; i < kinds.size(); ++i) {
            QTest::addRow("%s, protobuf", kinds[i].type) << Encoding::Protobuf << isCommand << i;
            QTest::addRow("%s, json", kinds[i].type) << Encoding::Json << isCommand << i;
        }
    };
    add(commandKinds(), true);
    add(messageKinds(), false);
}

void TestCodecProperties::decodedIsEncoded()
{
    QFETCH(const Encoding, encoding);
    QFETCH(const bool, isCommand);
    QFETCH(const int, kind);
    const auto holds = [encoding](const auto &generator) {
        return rc::check([&] {
            const auto value = *generator.values;
            const QByteArray frame = encode(encoding, value);
            if (encoding == Encoding::Json)
                RC_ASSERT(frame.startsWith("{\"type\":\"" + QByteArray(generator.type) + '"'));
            const auto result = decode(value, encoding, frame);
            RC_ASSERT(result.has_value());
            RC_ASSERT(*result == value);
        });
    };
    QVERIFY(isCommand ? holds(commandKinds()[kind]) : holds(messageKinds()[kind]));
}

void TestCodecProperties::anyBytesGiveResultOrError()
{
    QFETCH(const Encoding, encoding);
    QVERIFY(rc::check([encoding] {
        const QByteArray frame = randomBytes(300);
        requireResultOrError<ClientCommand>(encoding, frame);
        requireResultOrError<ServerMessage>(encoding, frame);
    }));
}

void TestCodecProperties::mutatedFramesGiveResultOrError()
{
    QFETCH(const Encoding, encoding);
    QVERIFY(rc::check([encoding] {
        const QByteArray command = encode(encoding, *anyCommand());
        const QByteArray message = encode(encoding, *anyMessage());
        requireResultOrError<ClientCommand>(encoding, mutated(command, message));
        requireResultOrError<ServerMessage>(encoding, mutated(message, command));
    }));
}

void TestCodecProperties::anyJsonValueInAnyFieldGivesResultOrError()
{
    QVERIFY(rc::check([] {
        const auto spoil = [](const QByteArray &frame) {
            const QJsonObject object = QJsonDocument::fromJson(frame).object();
            return QJsonDocument(withSomethingElse(object)).toJson(QJsonDocument::Compact);
        };
        requireResultOrError<ClientCommand>(Encoding::Json, spoil(encode(Encoding::Json, *anyCommand())));
        requireResultOrError<ServerMessage>(Encoding::Json, spoil(encode(Encoding::Json, *anyMessage())));
    }));
}

QTEST_GUILESS_MAIN(TestCodecProperties)
#include "tst_codecproperties.moc"
