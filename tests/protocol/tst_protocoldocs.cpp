#include "protocol/closereasons.h"
#include "protocol/codec.h"

#include "protocol/chat.pb.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace lanline;
using namespace lanline::protocol;
using namespace Qt::Literals::StringLiterals;
using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

/// docs/protocol.md is all that the author of another client has: whatever it lists is compared with the code.
class TestProtocolDocs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void limitsTable();
    void closeReasonsTable();
    void closeReasonsFitWebSocket();
    void errorCodesTable();
    void enumNames_data();
    void enumNames();
    void valuesHaveTheNumbersOfTheSchema();
    void fieldsOfEveryMessage_data();
    void fieldsOfEveryMessage();
    void examplesDecode_data();
    void examplesDecode();
    void jsonMapsEveryTypeOfTheSchema();

private:
    using Row = QStringList;
    /// From a heading of any level to the next heading.
    QString section(const QString &heading) const;
    /// The cells of the last table in `text`, without head and rule.
    static QList<Row> tableIn(const QString &text);

    QString m_docs;
};

namespace {

QString nameOf(const FieldDescriptor &field)
{
    return QString::fromStdString(field.name());
}

QString unquoted(QString cell)
{
    return cell.remove(u'`');
}

/// As the tables of the page call it.
QString typeOf(const FieldDescriptor &field)
{
    QString type;
    switch (field.type()) {
    case FieldDescriptor::TYPE_MESSAGE:
        type = QString::fromStdString(field.message_type()->name());
        break;
    case FieldDescriptor::TYPE_ENUM:
        type = QString::fromStdString(field.enum_type()->name());
        break;
    case FieldDescriptor::TYPE_BYTES:
        type = field.options().GetExtension(v1::uuid) ? u"UUID"_s : u"bytes"_s;
        break;
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_UINT64:
        type = u"integer"_s;
        break;
    default:
        type = QString::fromLatin1(field.type_name());
        break;
    }
    return field.is_repeated() ? u"list of "_s + type : type;
}

/// By the heading its table has: kinds are called as in JSON, parts as in the schema.
QMap<QString, const Descriptor *> documentedMessages()
{
    QMap<QString, const Descriptor *> messages;
    std::set<const Descriptor *> kinds{v1::ClientFrame::descriptor(), v1::ServerFrame::descriptor()};
    for (const Descriptor *frame : {v1::ClientFrame::descriptor(), v1::ServerFrame::descriptor()}) {
        for (int i = 0; i < frame->field_count(); ++i) {
            messages[nameOf(*frame->field(i)).toUpper()] = frame->field(i)->message_type();
            kinds.insert(frame->field(i)->message_type());
        }
    }
    const auto &file = *v1::ClientFrame::descriptor()->file();
    for (int i = 0; i < file.message_type_count(); ++i) {
        const Descriptor *message = file.message_type(i);
        // The limits have a section of their own.
        if (!kinds.contains(message) && message != v1::Limits::descriptor())
            messages[QString::fromStdString(message->name())] = message;
    }
    return messages;
}

QStringList namesOf(const EnumDescriptor &values)
{
    QStringList names;
    for (int i = 0; i < values.value_count(); ++i)
        names.append(QString::fromStdString(values.value(i)->name()));
    return names;
}

} // namespace

void TestProtocolDocs::initTestCase()
{
    QFile file(QStringLiteral(LANLINE_SOURCE_DIR "/docs/protocol.md"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    m_docs = QString::fromUtf8(file.readAll());
}

QString TestProtocolDocs::section(const QString &heading) const
{
    static const QRegularExpression anyHeading(u"^#+ "_s, QRegularExpression::MultilineOption);
    const QRegularExpression start(
        u"^#+ `?"_s + QRegularExpression::escape(heading) + u"`?$"_s, QRegularExpression::MultilineOption);
    const auto match = start.match(m_docs);
    if (!match.hasMatch())
        return {};
    const qsizetype end = m_docs.indexOf(anyHeading, match.capturedEnd());
    return m_docs.sliced(match.capturedEnd(), (end < 0 ? m_docs.size() : end) - match.capturedEnd());
}

QList<TestProtocolDocs::Row> TestProtocolDocs::tableIn(const QString &text)
{
    QList<Row> rows;
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(u"| ---"_s)) {
            rows.clear();
            continue;
        }
        if (!line.startsWith(u'|'))
            continue;
        Row cells;
        for (const QString &cell : line.split(u'|').mid(1))
            cells.append(cell.trimmed());
        rows.append(cells);
    }
    return rows;
}

void TestProtocolDocs::limitsTable()
{
    const QByteArray ready = encode(Encoding::Json, Ready{});
    const QJsonObject told = QJsonDocument::fromJson(ready).object().value(u"limits"_s).toObject();
    QJsonObject documented;
    for (const Row &row : tableIn(section(u"Limits"_s)))
        documented[unquoted(row[0])] = row[1].toLongLong();
    QCOMPARE(documented, told);
    QCOMPARE(told.size(), v1::Limits::descriptor()->field_count());
}

void TestProtocolDocs::closeReasonsTable()
{
    const QList<Row> rows = tableIn(section(u"How a connection ends"_s));
    QCOMPARE(std::size_t(rows.size()), close::All.size());
    for (std::size_t i = 0; i < close::All.size(); ++i) {
        const CloseReason &reason = close::All[i];
        const Row &row = rows[qsizetype(i)];
        QCOMPARE(row[0], QString::number(reason.code));
        QCOMPARE(row[1], QString(reason.text));
        QCOMPARE(row[2], reason.reconnect == Reconnect::Never ? u"never"_s : u"after a while"_s);
        QCOMPARE(reconnectAfter(reason.code), reason.reconnect);
    }
    QCOMPARE(reconnectAfter(4999), Reconnect::AfterBackoff);
}

void TestProtocolDocs::closeReasonsFitWebSocket()
{
    constexpr qsizetype mostTextBytes = 123; // RFC 6455, 5.5
    std::set<quint16> codes;
    for (const CloseReason &reason : close::All) {
        QVERIFY(codes.insert(reason.code).second);
        QVERIFY((reason.code >= 4000 && reason.code <= 4999) || reason.code < 1016);
        QVERIFY(!reason.text.isEmpty() && reason.text.size() <= mostTextBytes);
    }
}

void TestProtocolDocs::errorCodesTable()
{
    QStringList documented;
    for (const Row &row : tableIn(section(u"Errors"_s)))
        documented.append(unquoted(row[0]));
    QCOMPARE(documented, namesOf(*v1::ErrorCode_descriptor()));
}

void TestProtocolDocs::enumNames_data()
{
    QTest::addColumn<QString>("documented");
    QTest::addColumn<QStringList>("names");
    const QStringList lines = section(u"Names"_s).split(u'\n');
    for (const EnumDescriptor *values : {v1::Presence_descriptor(), v1::CursorState_descriptor(),
             v1::CompressionMethod_descriptor(), v1::EventKind_descriptor(), v1::LinkRole_descriptor(),
             v1::ThreadKind_descriptor(), v1::FaultKind_descriptor()}) {
        const QString start = u"- `%1`: "_s.arg(QString::fromStdString(values->name()));
        QTest::newRow(values->name().c_str()) << lines.filter(start).join(u'\n').mid(start.size()) << namesOf(*values);
    }
}

void TestProtocolDocs::enumNames()
{
    QFETCH(const QString, documented);
    QFETCH(const QStringList, names);
    QCOMPARE(unquoted(documented), names.join(u", "_s));
}

void TestProtocolDocs::valuesHaveTheNumbersOfTheSchema()
{
    QCOMPARE(int(Presence::Away), int(v1::AWAY));
    QCOMPARE(int(Presence::Away) + 1, v1::Presence_ARRAYSIZE);
    QCOMPARE(int(Presence::Online), int(v1::ONLINE));
    QCOMPARE(int(CursorState::Valid), int(v1::VALID));
    QCOMPARE(int(CursorState::Unknown), int(v1::UNKNOWN));
    QCOMPARE(int(CursorState::Unknown) + 1, v1::CursorState_ARRAYSIZE);
    QCOMPARE(int(CompressionMethod::None), int(v1::UNCOMPRESSED));
    QCOMPARE(int(CompressionMethod::Gzip), int(v1::GZIP));
    QCOMPARE(int(CompressionMethod::Zstd), int(v1::ZSTD));
    QCOMPARE(int(CompressionMethod::Zstd) + 1, v1::CompressionMethod_ARRAYSIZE);
    QCOMPARE(int(LinkRole::Primary), int(v1::PRIMARY));
    QCOMPARE(int(LinkRole::Standby), int(v1::STANDBY));
    QCOMPARE(int(LinkRole::Standby) + 1, v1::LinkRole_ARRAYSIZE);
    QCOMPARE(int(ErrorCode::BadRequest), int(v1::BAD_REQUEST));
    QCOMPARE(int(ErrorCode::UnknownRoom), int(v1::UNKNOWN_ROOM));
    QCOMPARE(int(ErrorCode::RoomExists), int(v1::ROOM_EXISTS));
    QCOMPARE(int(ErrorCode::NotAMember), int(v1::NOT_A_MEMBER));
    QCOMPARE(int(ErrorCode::TextEmpty), int(v1::TEXT_EMPTY));
    QCOMPARE(int(ErrorCode::TextTooLong), int(v1::TEXT_TOO_LONG));
    QCOMPARE(int(ErrorCode::BadRoomName), int(v1::BAD_ROOM_NAME));
    QCOMPARE(int(ErrorCode::TooManyRooms), int(v1::TOO_MANY_ROOMS));
    QCOMPARE(int(ErrorCode::MessageIdReused), int(v1::MESSAGE_ID_REUSED));
    QCOMPARE(int(ErrorCode::Busy), int(v1::BUSY));
    QCOMPARE(int(ErrorCode::ReadOnly), int(v1::READ_ONLY));
    QCOMPARE(int(ErrorCode::NotYours), int(v1::NOT_YOURS));
    QCOMPARE(int(ErrorCode::UnknownMessage), int(v1::UNKNOWN_MESSAGE));
    QCOMPARE(int(ErrorCode::HistoryExpired), int(v1::HISTORY_EXPIRED));
    QCOMPARE(int(EventKind::Message), int(v1::MESSAGE));
    QCOMPARE(int(EventKind::Edit), int(v1::EDIT));
    QCOMPARE(int(EventKind::Deletion), int(v1::DELETION));
    QCOMPARE(int(EventKind::Other), int(v1::OTHER));
    QCOMPARE(int(EventKind::Other) + 1, v1::EventKind_ARRAYSIZE);
    QCOMPARE(int(ErrorCode::NotAllowed), int(v1::NOT_ALLOWED));
    QCOMPARE(int(ErrorCode::NotAllowed) + 1, v1::ErrorCode_ARRAYSIZE);
}

void TestProtocolDocs::fieldsOfEveryMessage_data()
{
    QTest::addColumn<const Descriptor *>("message");
    const auto messages = documentedMessages();
    for (auto it = messages.begin(); it != messages.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.value();
}

void TestProtocolDocs::fieldsOfEveryMessage()
{
    QFETCH(const Descriptor *, message);
    const QString text = section(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY2(!text.isEmpty(), "no such heading");
    const QList<Row> rows = tableIn(text);
    QCOMPARE(int(rows.size()), message->field_count());
    for (int i = 0; i < message->field_count(); ++i) {
        const FieldDescriptor &field = *message->field(i);
        QCOMPARE(unquoted(rows[i][0]), nameOf(field));
        QCOMPARE(rows[i][1], QString::number(field.number()));
        QCOMPARE(rows[i][2], typeOf(field));
    }
}

void TestProtocolDocs::examplesDecode_data()
{
    QTest::addColumn<bool>("isCommand");
    QTest::addColumn<QByteArray>("frame");
    static const QRegularExpression example(u"^([<>]) (\\{.*\\})$"_s, QRegularExpression::MultilineOption);
    int count = 0;
    for (const auto &match : example.globalMatch(m_docs)) {
        QTest::addRow("example %d", ++count) << (match.captured(1) == u">"_s) << match.captured(2).toUtf8();
    }
    QVERIFY(count > 10);
}

void TestProtocolDocs::examplesDecode()
{
    QFETCH(const bool, isCommand);
    QFETCH(const QByteArray, frame);
    // What comes back must be the same: no field that is unknown, or at its default, and a type that is known.
    QByteArray again;
    if (isCommand) {
        const auto command = decodeCommand(Encoding::Json, frame, Limits{});
        QVERIFY2(command.has_value(), command ? "" : qPrintable(command.error().text));
        again = encode(Encoding::Json, *command);
    } else {
        const auto message = decodeMessage(Encoding::Json, frame, Limits{});
        QVERIFY2(message.has_value(), message ? "" : qPrintable(message.error().text));
        again = encode(Encoding::Json, *message);
    }
    QCOMPARE(QJsonDocument::fromJson(again).object(), QJsonDocument::fromJson(frame).object());
}

void TestProtocolDocs::jsonMapsEveryTypeOfTheSchema()
{
    static const std::set<FieldDescriptor::CppType> mapped{FieldDescriptor::CPPTYPE_MESSAGE,
        FieldDescriptor::CPPTYPE_STRING, FieldDescriptor::CPPTYPE_ENUM, FieldDescriptor::CPPTYPE_BOOL,
        FieldDescriptor::CPPTYPE_UINT32, FieldDescriptor::CPPTYPE_UINT64};
    const auto &file = *v1::ClientFrame::descriptor()->file();
    for (int i = 0; i < file.message_type_count(); ++i) {
        const Descriptor &message = *file.message_type(i);
        for (int j = 0; j < message.field_count(); ++j) {
            const FieldDescriptor &field = *message.field(j);
            QVERIFY2(mapped.contains(field.cpp_type()), field.full_name().c_str());
            QVERIFY2(!field.is_repeated() || field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE,
                field.full_name().c_str());
            QVERIFY2(field.name() != "type", "JSON has the kind of message there");
        }
    }
}

QTEST_GUILESS_MAIN(TestProtocolDocs)
#include "tst_protocoldocs.moc"
