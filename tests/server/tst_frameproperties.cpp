#include "server/net/utf8.h"
#include "tests/support/frames.h"

#include <QRandomGenerator>
#include <QStringDecoder>
#include <QTest>

#include <rapidcheck.h>

#include <array>

using namespace lanline::server;

class TestFrameProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAClientWritesIsRead();
    void anyStreamGivesTheSameEventsHoweverItIsSplit();
    void anyBytesGiveTheSameEventsHoweverTheyAreSplit();
    void utf8IsWhatTheStandardSays();
    void utf8IsTheSameHoweverItIsSplit();
};

namespace {

constexpr FrameLimits limits{70'000, 90'000};

/// For what is not worth shrinking: RapidCheck remembers each value that it made, and slows down by thousands of them.
QRandomGenerator anySource()
{
    return QRandomGenerator(*rc::gen::arbitrary<quint32>());
}

QByteArray anyBytes(int most)
{
    QByteArray bytes(*rc::gen::inRange(0, most + 1), Qt::Uninitialized);
    QRandomGenerator source = anySource();
    for (char &byte : bytes)
        byte = char(source.bounded(256));
    return bytes;
}

/// Code points from the borders of what UTF-8 can say, and from within.
QByteArray anyText(int most)
{
    QString text;
    constexpr std::array<char32_t, 13> points{
        0, U'a', 0x7F, 0x80, 0x7FF, 0x800, 0x4F60, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
    QRandomGenerator source = anySource();
    for (int left = *rc::gen::inRange(0, most + 1); left > 0; --left)
        text += QString::fromUcs4(&points.at(source.bounded(int(points.size()))), 1);
    return text.toUtf8();
}

QByteArray anyPayload(Opcode opcode)
{
    const bool isText = opcode == Opcode::Text || opcode == Opcode::Continuation;
    QByteArray payload = isText ? anyText(20) : anyBytes(40);
    // Lengths around the forms of a header, without a million random bytes.
    if (*rc::gen::inRange(0, 8) == 0)
        payload = QByteArray(*rc::gen::element(125, 126, 127, 65535, 65536), 'x');
    return payload;
}

/// A frame that is nearly always right, in its place too.
QByteArray anyFrame(bool &isInMessage)
{
    const int data = isInMessage ? 1 : 60;
    const int continuation = isInMessage ? 60 : 1;
    ClientFrame frame;
    frame.opcode = *rc::gen::weightedElement<Opcode>(
        {{data, Opcode::Text}, {data, Opcode::Binary}, {continuation, Opcode::Continuation}, {20, Opcode::Ping},
            {20, Opcode::Pong}, {3, Opcode::Close}, {1, Opcode(11)}});
    const bool isControl = quint8(frame.opcode) >= 8;
    frame.isFinal = *rc::gen::weightedElement<bool>({{isControl ? 80 : 1, true}, {1, false}});
    if (!isControl)
        isInMessage = !frame.isFinal;
    frame.key = *rc::gen::arbitrary<quint32>();
    frame.payload = anyPayload(frame.opcode);
    if (isControl && *rc::gen::inRange(0, 30) > 0)
        frame.payload.truncate(125);
    if (frame.opcode == Opcode::Close && *rc::gen::inRange(0, 3) > 0)
        frame.payload = QByteArray("\x03\xe8", 2) + anyText(20);
    switch (*rc::gen::inRange(0, 100)) {
    case 0:
        frame.reservedBits = quint8(*rc::gen::inRange(1, 8));
        break;
    case 1:
        frame.isMasked = false;
        break;
    case 2:
        frame.length = *rc::gen::element(ClientFrame::Length::In16Bits, ClientFrame::Length::In64Bits);
        break;
    case 3:
        frame.declaredBytes = *rc::gen::arbitrary<quint64>();
        break;
    case 4:
    case 5:
        frame.payload += anyBytes(5);
        break;
    default:
        break;
    }
    return frame.bytes();
}

QByteArrayList splitAnywhere(const QByteArray &bytes)
{
    constexpr std::array most{1, 2, 7, 200, 100'000};
    QRandomGenerator source = anySource();
    QByteArrayList pieces;
    for (qsizetype at = 0; at < bytes.size(); at += pieces.last().size())
        pieces.append(bytes.mid(at, source.bounded(most.at(source.bounded(int(most.size()))) + 1)));
    return pieces;
}

QByteArrayList told(const QByteArrayList &pieces)
{
    FrameDecoder decoder;
    return eventsOf(decoder, pieces, limits);
}

void requireSameEvents(const QByteArray &stream)
{
    const QByteArrayList events = told({stream});
    RC_ASSERT(told(splitAnywhere(stream)) == events);
    RC_ASSERT(told(splitIntoBytes(stream)) == events);
    if (!events.isEmpty())
        RC_TAG(events.last().split(' ').first().toStdString());
}

/// The standard's table (RFC 3629, 4), written down once more.
bool isOneCodePoint(QByteArrayView bytes)
{
    const auto within = [bytes](qsizetype i, int low, int high) {
        return i < bytes.size() && uchar(bytes[i]) >= low && uchar(bytes[i]) <= high;
    };
    const auto isTail = [within](qsizetype i) { return within(i, 0x80, 0xBF); };
    switch (bytes.size()) {
    case 1:
        return within(0, 0x00, 0x7F);
    case 2:
        return within(0, 0xC2, 0xDF) && isTail(1);
    case 3:
        return isTail(2)
            && ((within(0, 0xE0, 0xE0) && within(1, 0xA0, 0xBF)) || (within(0, 0xE1, 0xEC) && isTail(1))
                || (within(0, 0xED, 0xED) && within(1, 0x80, 0x9F)) || (within(0, 0xEE, 0xEF) && isTail(1)));
    case 4:
        return isTail(2) && isTail(3)
            && ((within(0, 0xF0, 0xF0) && within(1, 0x90, 0xBF)) || (within(0, 0xF1, 0xF3) && isTail(1))
                || (within(0, 0xF4, 0xF4) && within(1, 0x80, 0x8F)));
    default:
        return false;
    }
}

} // namespace

void TestFrameProperties::whatAClientWritesIsRead()
{
    QVERIFY(rc::check("what a client writes is read", [] {
        const bool isText = *rc::gen::arbitrary<bool>();
        QByteArray stream;
        QByteArrayList events;
        const int messages = *rc::gen::inRange(1, 4);
        for (int i = 0; i < messages; ++i) {
            const QByteArray message = anyPayload(isText ? Opcode::Text : Opcode::Binary);
            Opcode opcode = isText ? Opcode::Text : Opcode::Binary;
            QByteArray rest = message;
            for (bool isFinal = false; !isFinal;) {
                isFinal = *rc::gen::inRange(0, 3) == 0;
                ClientFrame frame;
                frame.opcode = opcode;
                frame.isFinal = isFinal;
                frame.key = *rc::gen::arbitrary<quint32>();
                frame.payload = isFinal ? rest : rest.first(*rc::gen::inRange<qsizetype>(0, rest.size() + 1));
                rest.remove(0, frame.payload.size());
                stream += frame.bytes();
                opcode = Opcode::Continuation;
                if (!isFinal && *rc::gen::arbitrary<bool>()) {
                    const QByteArray ping = anyBytes(125);
                    stream += clientFrame(Opcode::Ping, ping);
                    events.append("ping " + ping);
                }
            }
            events.append((isText ? "text " : "binary ") + message);
        }
        RC_ASSERT(told(splitAnywhere(stream)) == events);
    }));
}

void TestFrameProperties::anyStreamGivesTheSameEventsHoweverItIsSplit()
{
    QVERIFY(rc::check("a stream of frames, right and wrong", [] {
        QByteArray stream;
        const int frames = *rc::gen::inRange(1, 20);
        bool isInMessage = false;
        for (int i = 0; i < frames; ++i)
            stream += anyFrame(isInMessage);
        requireSameEvents(stream);
    }));
}

void TestFrameProperties::anyBytesGiveTheSameEventsHoweverTheyAreSplit()
{
    QVERIFY(rc::check("random bytes behind a right frame",
        [] { requireSameEvents(clientFrame(Opcode::Text, anyText(5), *rc::gen::arbitrary<bool>()) + anyBytes(40)); }));
}

// All code points' encodings, and everything of two to four bytes that begins like one, against the standard's table.
void TestFrameProperties::utf8IsWhatTheStandardSays()
{
    const auto check = [](const QByteArray &bytes) {
        Utf8Validator whole;
        const bool isValid = whole.feed(bytes) && whole.isComplete();
        if (isValid == isOneCodePoint(bytes))
            return true;
        qWarning() << bytes.toHex() << isValid;
        return false;
    };
    // A byte from each class that the table tells apart, and both ends of the class.
    const QByteArray tails = QByteArray::fromHex("007f808f909fa0bfc0ff");
    for (int first = 0; first < 256; ++first) {
        const QByteArray one(1, char(first));
        QVERIFY(check(one));
        for (int second = 0; second < 256; ++second) {
            const QByteArray two = one + char(second);
            if (first >= 0x80)
                QVERIFY(check(two));
            for (const char third : tails) {
                if (first >= 0xE0)
                    QVERIFY(check(two + third));
                for (const char fourth : tails) {
                    if (first >= 0xF0)
                        QVERIFY(check(two + third + fourth));
                }
            }
        }
    }
}

void TestFrameProperties::utf8IsTheSameHoweverItIsSplit()
{
    QVERIFY(rc::check("UTF-8, split", [] {
        const QByteArray bytes = anyText(12) + (*rc::gen::arbitrary<bool>() ? anyBytes(3) : QByteArray()) + anyText(12);
        Utf8Validator whole;
        const bool isValid = whole.feed(bytes);
        Utf8Validator split;
        bool isSplitValid = true;
        const QByteArrayList pieces = splitAnywhere(bytes);
        for (const QByteArray &piece : pieces)
            isSplitValid = isSplitValid && split.feed(piece);
        RC_ASSERT(isSplitValid == isValid);
        RC_ASSERT(!isValid || split.isComplete() == whole.isComplete());
        // Qt's own decoder as the judge of the whole.
        QStringDecoder qt(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString decoded = qt(bytes);
        RC_ASSERT((isValid && whole.isComplete()) == !(qt.hasError() || decoded.contains(QChar::ReplacementCharacter)));
    }));
}

QTEST_GUILESS_MAIN(TestFrameProperties)
#include "tst_frameproperties.moc"
