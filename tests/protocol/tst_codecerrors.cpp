#include "protocol/codec.h"

#include <QTest>

#include <unistd.h>

using namespace lanline;
using namespace lanline::protocol;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(lanline::protocol::DecodeError::Kind)

namespace {

using Kind = DecodeError::Kind;

const QByteArray messageIdText = "01900000-0000-7000-8000-0000000000ff";

QByteArray send(const QByteArray &messageIdJson)
{
    return R"({"type":"SEND","room":"lobby","text":"hi","message_id":)" + messageIdJson + "}";
}

QByteArray heartbeat(const QByteArray &nextMsJson)
{
    return R"({"type":"HEARTBEAT","client_id":"c_1","next_ms":)" + nextMsJson + "}";
}

QByteArray helloWith(const QByteArray &fields)
{
    return R"({"type":"HELLO","name":"Bob",)" + fields + "}";
}

/// As a script writes it: without a version.
Hello guestHello(const QString &name, const QByteArray &secret)
{
    Hello hello;
    hello.versionMajor = 0;
    hello.versionMinor = 0;
    hello.name = name;
    hello.auth = GuestAuth{secret};
    return hello;
}

QByteArray fromHex(const char *hex)
{
    return QByteArray::fromHex(hex);
}

} // namespace

class TestCodecErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badCommand_data();
    void badCommand();
    void badMessage_data();
    void badMessage();
    void accepted_data();
    void accepted();
    void textOverTheLimitIsLeftToTheServer_data();
    void textOverTheLimitIsLeftToTheServer();
    void unknownEnumValuesAreReadAsTheSafeOne();
    void limitsThatAreNotToldStayAsTheyAre();
    void badProtobufWritesNothingToTheLog();
};

void TestCodecErrors::badCommand_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");

    const auto json = [](const char *name, const QByteArray &frame, Kind kind, const QString &text) {
        QTest::addRow("json: %s", name) << Encoding::Json << frame << kind << text;
    };
    json("empty", "", Kind::Malformed, u"not JSON"_s);
    json("cut off", R"({"type":"BYE")", Kind::Malformed, u"not JSON"_s);
    json("something behind", R"({"type":"BYE"} x)", Kind::Malformed, u"not JSON"_s);
    json("bytes that are not UTF-8", "{\"type\":\"SEND\",\"text\":\"\xff\xfe\"}", Kind::Malformed, u"not JSON"_s);
    json("a number no double holds", heartbeat("1e999"), Kind::Malformed, u"not JSON"_s);
    json("nested 100,000 deep", QByteArray(100'000, '['), Kind::Malformed, u"too deeply nested"_s);
    json("nested objects", R"({"type":"BYE","x":)" + QByteArray(R"({"x":)").repeated(5000), Kind::Malformed,
        u"too deeply nested"_s);
    json("a list", "[]", Kind::Malformed, u"not a JSON object"_s);
    json("a string", R"("BYE")", Kind::Malformed, u"not JSON"_s);
    json("no type", "{}", Kind::BadField, u"type: "_s);
    json("type is a number", R"({"type":7})", Kind::BadField, u"type: "_s);
    json("over the size limit", R"({"type":"BYE"})" + QByteArray(Limits{}.messageBytes, ' '), Kind::TooBig, u"over"_s);
    json("no message id", R"({"type":"SEND","room":"lobby"})", Kind::BadField, u"SEND.message_id: missing"_s);
    json("null message id", send("null"), Kind::BadField, u"SEND.message_id: missing"_s);
    json("null UUID", send(R"("00000000-0000-0000-0000-000000000000")"), Kind::BadField,
        u"SEND.message_id: not a UUID"_s);
    json("UUID in braces", send(R"("{)" + messageIdText + R"(}")"), Kind::BadField, u"SEND.message_id: not a UUID"_s);
    json(
        "UUID as hex", send(R"("01900000000070008000000000000000")"), Kind::BadField, u"SEND.message_id: not a UUID"_s);
    json("message id is a number", send("5"), Kind::BadField, u"SEND.message_id: not a string"_s);
    json("no room", R"({"type":"JOIN"})", Kind::BadField, u"JOIN.room: missing"_s);
    json("room is a list", R"({"type":"JOIN","room":["lobby"]})", Kind::BadField, u"JOIN.room: not a string"_s);
    json("half a surrogate pair", R"({"type":"JOIN","room":"\ud83d"})", Kind::BadField, u"JOIN.room: half"_s);
    json("a fraction", heartbeat("15000.5"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("a string for a number", heartbeat(R"("15000")"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("true for a number", heartbeat("true"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("a negative number", heartbeat("-1"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("the least number", heartbeat("-9223372036854775808"), Kind::BadField, u"HEARTBEAT.next_ms: not an"_s);
    json("a huge number", heartbeat("1e300"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("2^32", heartbeat("4294967296"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("2^64", heartbeat("18446744073709551616"), Kind::BadField, u"HEARTBEAT.next_ms: not an integer"_s);
    json("2^53", R"({"type":"EVENTS_GET","room":"lobby","after_seq":9007199254740992})", Kind::BadField,
        u"EVENTS_GET.after_seq: not an integer"_s);
    json("interval missing", R"({"type":"HEARTBEAT"})", Kind::BadField, u"HEARTBEAT.next_ms: out of range"_s);
    json("interval too short", heartbeat("999"), Kind::BadField, u"HEARTBEAT.next_ms: out of range"_s);
    json("interval too long", heartbeat("60001"), Kind::BadField, u"HEARTBEAT.next_ms: out of range"_s);
    json("no auth", R"({"type":"HELLO","name":"Bob"})", Kind::BadField, u"HELLO.auth: missing"_s);
    json("empty auth", helloWith(R"("auth":{})"), Kind::BadField, u"HELLO.auth: missing"_s);
    json("auth is a string", helloWith(R"("auth":"guest")"), Kind::BadField, u"HELLO.auth: not an object"_s);
    json("two ways of auth", helloWith(R"("auth":{"guest":{},"device":{}})"), Kind::BadField,
        u"HELLO.auth.guest: only"_s);
    json("key is too short", helloWith(R"("auth":{"device":{"key":"00","signature":"00"}})"), Kind::BadField,
        u"HELLO.auth.device.key: of the wrong size"_s);
    json("no signature", helloWith(R"("auth":{"device":{"key":")" + QByteArray("00").repeated(32) + R"("}})"),
        Kind::BadField, u"HELLO.auth.device.signature: missing"_s);
    json("secret is not hex", helloWith(R"("auth":{"guest":{"secret":"xy"}})"), Kind::BadField,
        u"HELLO.auth.guest.secret: not hex"_s);
    json("secret of half a byte", helloWith(R"("auth":{"guest":{"secret":"abc"}})"), Kind::BadField,
        u"HELLO.auth.guest.secret: not hex"_s);
    json("secret too long", helloWith(R"("auth":{"guest":{"secret":")" + QByteArray("00").repeated(65) + R"("}})"),
        Kind::BadField, u"HELLO.auth.guest.secret: too long"_s);
    json("epoch is too long", helloWith(R"("auth":{"guest":{}},"epoch":")" + QByteArray("00").repeated(17) + '"'),
        Kind::BadField, u"HELLO.epoch: of the wrong size"_s);
    json("cursors are no list", helloWith(R"("auth":{"guest":{}},"cursors":{})"), Kind::BadField,
        u"HELLO.cursors: not a list"_s);
    json("a cursor is no object", helloWith(R"("auth":{"guest":{}},"cursors":[1])"), Kind::BadField,
        u"HELLO.cursors: not an object"_s);
    json("a cursor without room", helloWith(R"("auth":{"guest":{}},"cursors":[{"seq":1}])"), Kind::BadField,
        u"HELLO.cursors.room: missing"_s);
    json("too many cursors",
        helloWith(
            R"("auth":{"guest":{}},"cursors":[{"room":"a"})" + QByteArray(R"(,{"room":"a"})").repeated(256) + "]"),
        Kind::BadField, u"HELLO.cursors: too many"_s);
    json("session id of 15 bytes",
        helloWith(R"("auth":{"guest":{}},"resume":{"session_id":")" + QByteArray("00").repeated(15) + R"("})"),
        Kind::BadField, u"HELLO.resume.session_id: of the wrong size"_s);
    json("no token",
        helloWith(R"("auth":{"guest":{}},"resume":{"session_id":")" + QByteArray("00").repeated(16) + R"("})"),
        Kind::BadField, u"HELLO.resume.token: missing"_s);
    json("an empty resume", helloWith(R"("auth":{"guest":{}},"resume":{})"), Kind::BadField,
        u"HELLO.resume.session_id: missing"_s);
    json("pairing code is too long", helloWith(R"("auth":{"guest":{}},"pairing_code":")" + QByteArray(65, 'a') + '"'),
        Kind::BadField, u"HELLO.pairing_code: too long"_s);
    json("promotion without generation", R"({"type":"PROMOTE"})", Kind::BadField, u"PROMOTE.generation: missing"_s);
    json("a mark in no room", R"({"type":"MARK_READ","seq":3})", Kind::BadField, u"MARK_READ.room: missing"_s);
    json("app is too long", helloWith(R"("auth":{"guest":{}},"app":")" + QByteArray(65, 'a') + '"'), Kind::BadField,
        u"HELLO.app: too long"_s);

    const auto protobuf = [](const char *name, const QByteArray &frame, Kind kind, const QString &text) {
        QTest::addRow("protobuf: %s", name) << Encoding::Protobuf << frame << kind << text;
    };
    protobuf("empty", "", Kind::BadField, u"kind: missing"_s);
    protobuf("cut off", fromHex("2209080312"), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("JSON", R"({"type":"BYE"})", Kind::Malformed, u"not a Protobuf"_s);
    protobuf("a length beyond the end", fromHex("22ffffffff07"), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("an endless varint", QByteArray(20, '\xff'), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("groups that open and open", QByteArray(100'000, '\x9b'), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("groups 1,000 deep", fromHex("9b06").repeated(1000) + fromHex("9c06").repeated(1000), Kind::Malformed,
        u"not a Protobuf"_s);
    protobuf("a group that closes only", fromHex("9c06"), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("text that is not UTF-8", fromHex("22041202fffe"), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("a surrogate as UTF-8", fromHex("22051203eda080"), Kind::Malformed, u"not a Protobuf"_s);
    protobuf("over the size limit", QByteArray(Limits{}.messageBytes + 1, '\0'), Kind::TooBig, u"over"_s);
    protobuf("message id of 15 bytes",
        fromHex("1a140a01611"
                "20f000000000000000000000000000001"),
        Kind::BadField, u"SEND.message_id: of the wrong size"_s);
    protobuf("null UUID",
        fromHex("1a150a01611"
                "21000000000000000000000000000000000"),
        Kind::BadField, u"SEND.message_id: missing"_s);
    protobuf("2^53",
        fromHex("420c1201611880808080808080"
                "10"),
        Kind::BadField, u"EVENTS_GET.after_seq: out of range"_s);
}

void TestCodecErrors::badCommand()
{
    QFETCH(const Encoding, encoding);
    QFETCH(const QByteArray, frame);
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);
    const auto result = decodeCommand(encoding, frame, Limits{});
    QVERIFY(!result);
    QVERIFY2(result.error().text.contains(text), qPrintable(result.error().text));
    QCOMPARE(result.error().kind, kind);
}

void TestCodecErrors::badMessage_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("text");

    const QByteArray user = R"({"id":7,"name":"Alice"})";
    const auto event = [&user](const QByteArray &fields) {
        return R"({"type":"EVENTS","room":"lobby","events":[{"author":)" + user + "," + fields + "}]}";
    };
    const QByteArray id = R"("message_id":")" + messageIdText + '"';
    QTest::newRow("READY without nonce") << QByteArray(R"({"type":"READY","epoch":")" + QByteArray("00").repeated(16)
        + R"("})") << u"READY.nonce: "_s;
    QTest::newRow("READY without epoch") << QByteArray(R"({"type":"READY"})") << u"READY.epoch: missing"_s;
    QTest::newRow("a limit over 2^31") << QByteArray(R"({"type":"READY","limits":{"text_bytes":2147483648},"epoch":")"
        + QByteArray("00").repeated(16) + R"(","nonce":")" + QByteArray("00").repeated(32) + R"("})")
                                       << u"READY.limits: out of range"_s;
    QTest::newRow("WELCOME without self") << QByteArray(R"({"type":"WELCOME"})") << u"WELCOME.user.id: missing"_s;
    QTest::newRow("event without seq") << event(id) << u"EVENTS.events.seq: missing"_s;
    QTest::newRow("event without id") << event(R"("seq":1)") << u"EVENTS.events.message_id: missing"_s;
    QTest::newRow("hue over 255") << QByteArray(R"({"type":"MEMBER","room":"a","member":{"user":{"id":1,"hue":256}}})")
                                  << u"MEMBER.user.hue: out of range"_s;
    QTest::newRow("a name over the limit") << QByteArray(
        R"({"type":"MEMBER","room":"a","member":{"user":{"id":1,"name":")" + QByteArray(65, 'n') + R"("}}})")
                                           << u"MEMBER.user.name: too long"_s;
    QTest::newRow("a room over the limit")
        << QByteArray(R"({"type":"LEFT","room":")" + QByteArray(65, 'r') + R"("})") << u"LEFT.room: too long"_s;
    QTest::newRow("bool as number") << QByteArray(R"({"type":"EVENTS","room":"a","live":1})")
                                    << u"EVENTS.live: neither"_s;
    QTest::newRow("enum as number") << QByteArray(R"({"type":"PRESENCE","user_id":1,"presence":1})")
                                    << u"PRESENCE.presence: not a name"_s;
    QTest::newRow("a session without token") << QByteArray(R"({"type":"WELCOME","self":{"id":1},"device_id":")"
        + QByteArray("00").repeated(16) + R"(","session":{"id":")" + QByteArray("00").repeated(16) + R"("}})")
                                             << u"WELCOME.session.token: missing"_s;
    QTest::newRow("an address over the limit") << QByteArray(R"({"type":"WELCOME","self":{"id":1},"device_id":")"
        + QByteArray("00").repeated(16) + R"(","addresses":[{"address":")" + QByteArray(257, 'a') + R"("}]})")
                                               << u"WELCOME.addresses: too long"_s;
    QTest::newRow("STORED without seq") << QByteArray(R"({"type":"STORED","room":"a",)" + id + "}")
                                        << u"STORED.seq: missing"_s;
}

void TestCodecErrors::badMessage()
{
    QFETCH(const QByteArray, frame);
    QFETCH(const QString, text);
    const auto result = decodeMessage(Encoding::Json, frame, Limits{});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::BadField);
    QVERIFY2(result.error().text.contains(text), qPrintable(result.error().text));
}

void TestCodecErrors::accepted_data()
{
    QTest::addColumn<Encoding>("encoding");
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<ClientCommand>("command");

    const ClientCommand join = Join{3, RoomId(u"lobby"_s)};
    const auto json = [](const char *name, const QByteArray &frame, const ClientCommand &command) {
        QTest::newRow(name) << Encoding::Json << frame << command;
    };
    json("white space", " {\n\t\"type\" : \"JOIN\", \"request_id\":3, \"room\":\"lobby\" }\r\n", join);
    json("unknown fields", R"({"type":"JOIN","request_id":3,"room":"lobby","later":{"x":[1]},"t":null})", join);
    json("null is absent", R"({"type":"JOIN","request_id":null,"room":"lobby"})", Join{0, RoomId(u"lobby"_s)});
    json("of a key given twice the last counts", R"({"type":"JOIN","request_id":2,"request_id":3,"room":"lobby"})",
        join);
    json("3.0 is an integer", R"({"type":"JOIN","request_id":3.0,"room":"lobby"})", join);
    json("0.3e1 is an integer", R"({"type":"JOIN","request_id":0.3e1,"room":"lobby"})", join);
    json("unknown type", R"({"type":"TELEPORT","room":5})", Unknown{});
    json("types are upper case", R"({"type":"join","room":5})", Unknown{});
    json("a server's type is none of a client's", R"({"type":"WELCOME"})", Unknown{});
    json("upper-case UUID", send('"' + messageIdText.toUpper() + '"'),
        Send{RoomId(u"lobby"_s), MessageId(QUuid::fromString(QLatin1StringView(messageIdText))), u"hi"_s});
    json("upper-case hex", helloWith(R"("auth":{"guest":{"secret":"ABcd"}})"), guestHello(u"Bob"_s, "\xab\xcd"));

    QTest::newRow("protobuf: unknown kind") << Encoding::Protobuf << fromHex("a20601ff") << ClientCommand(Unknown{});
    QTest::newRow("protobuf: unknown field") << Encoding::Protobuf << fromHex("220c080312056c6f626279f83f01") << join;
    QTest::newRow("protobuf: of two kinds the last counts")
        << Encoding::Protobuf << fromHex("5a002209080312056c6f626279") << join;
}

void TestCodecErrors::accepted()
{
    QFETCH(const Encoding, encoding);
    QFETCH(const QByteArray, frame);
    QFETCH(const ClientCommand, command);
    const auto result = decodeCommand(encoding, frame, Limits{});
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().text));
    QCOMPARE(*result, command);
}

void TestCodecErrors::textOverTheLimitIsLeftToTheServer_data()
{
    QTest::addColumn<ClientCommand>("command");
    const QString endless(20'000, u'x');
    const RoomId endlessRoom(endless);
    const MessageId id = makeMessageId(1);
    QTest::newRow("SEND.text") << ClientCommand(Send{RoomId(u"lobby"_s), id, endless});
    QTest::newRow("SET_DRAFT.text") << ClientCommand(SetDraft{RoomId(u"lobby"_s), endless});
    QTest::newRow("SEND.room") << ClientCommand(Send{endlessRoom, id, u"hi"_s});
    QTest::newRow("JOIN.room") << ClientCommand(Join{1, endlessRoom});
    QTest::newRow("CREATE_ROOM") << ClientCommand(CreateRoom{1, endlessRoom, endless});
    QTest::newRow("HELLO.name") << ClientCommand(guestHello(endless, {}));
    QTest::newRow("HISTORY_GET.count") << ClientCommand(HistoryGet{1, RoomId(u"lobby"_s), 0, 100'000});
}

void TestCodecErrors::textOverTheLimitIsLeftToTheServer()
{
    QFETCH(const ClientCommand, command);
    for (const Encoding encoding : {Encoding::Protobuf, Encoding::Json})
        QCOMPARE(decodeCommand(encoding, encode(encoding, command), Limits{}).value(), command);
}

void TestCodecErrors::unknownEnumValuesAreReadAsTheSafeOne()
{
    const auto readJson = [](const char *frame) { return decodeMessage(Encoding::Json, frame, Limits{}).value(); };
    const auto presence = readJson(R"({"type":"PRESENCE","user_id":1,"presence":"DO_NOT_DISTURB"})");
    QCOMPARE(std::get<PresenceChanged>(presence).presence, Presence::Offline);
    const auto error = readJson(R"({"type":"ERROR","code":"OUT_OF_PAPER"})");
    QCOMPARE(std::get<Error>(error).code, ErrorCode::Unspecified);
    const auto joined = readJson(R"({"type":"JOINED","room":{"info":{"room":"a"},"cursor":"MAYBE"}})");
    QCOMPARE(std::get<Joined>(joined).room.cursor, CursorState::Unknown);

    const QByteArray ofRole = R"({"type":"WELCOME","self":{"id":1},"device_id":")" + QByteArray("00").repeated(16)
        + R"(","session":{"role":"OBSERVER","id":")" + QByteArray("00").repeated(16) + R"(","token":")"
        + QByteArray("00").repeated(32) + R"("}})";
    QCOMPARE(std::get<Welcome>(readJson(ofRole.constData())).session.value().role, LinkRole::Primary);

    const auto binary = decodeMessage(Encoding::Protobuf, fromHex("620408011063"), Limits{}).value();
    QCOMPARE(std::get<PresenceChanged>(binary).presence, Presence::Offline);
}

void TestCodecErrors::limitsThatAreNotToldStayAsTheyAre()
{
    const QByteArray frame = R"({"type":"READY","limits":{"text_bytes":100},"epoch":")" + QByteArray("00").repeated(16)
        + R"(","nonce":")" + QByteArray("00").repeated(32) + R"("})";
    Limits expected;
    expected.textBytes = 100;
    QCOMPARE(std::get<Ready>(decodeMessage(Encoding::Json, frame, Limits{}).value()).limits, expected);
}

void TestCodecErrors::badProtobufWritesNothingToTheLog()
{
    // Protobuf writes to the process's stderr itself; so look at what arrives there.
    std::array<int, 2> ends{};
    QCOMPARE(pipe(ends.data()), 0);
    const int realStderr = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    const auto result = decodeCommand(Encoding::Protobuf, fromHex("22041202fffe"), Limits{});
    dup2(realStderr, STDERR_FILENO);
    ::close(realStderr);
    ::close(ends[1]);
    std::array<char, 64> written{};
    const auto size = read(ends[0], written.data(), written.size());
    ::close(ends[0]);
    QVERIFY(!result);
    QCOMPARE(size, 0);
}

QTEST_GUILESS_MAIN(TestCodecErrors)
#include "tst_codecerrors.moc"
