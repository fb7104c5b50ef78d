#include "client/outbox.h"
#include "tests/support/clientbench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestOutbox final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void waitsForALink();
    void sendsInOrderWithinTheWindow();
    void storedIsToldOnceAndForgotten();
    void goesAgainInOrderOnANewLink();
    void temporaryRefusalGoesBackToThatMessage();
    void aNewLinkEndsTheHold();
    void aHoldIsBounded();
    void permanentRefusalLetsTheRestPass();
    void retryGoesBehindTheOthers();
    void editOnlyBeforeTheFirstByte();
    void discardOnlyBeforeTheFirstByte();
    void textsThatCannotBeSentFailHere_data();
    void textsThatCannotBeSentFailHere();
    void aServersTighterLimitIsMet();
    void aStrangersAnswerIsIgnored();

private:
    MessageId add(const QString &text)
    {
        OutboxItem item = composed(u"lobby"_s, text);
        const MessageId message = item.messageId;
        m_outbox->add(std::move(item));
        return message;
    }
    QStringList sentTexts() const
    {
        QStringList texts;
        for (const protocol::Send &send : m_sent)
            texts.append(send.text);
        return texts;
    }
    void stored(const MessageId &message, quint64 seq = 1, bool isDuplicate = false)
    {
        m_outbox->onStored({RoomId(u"lobby"_s), message, seq, isDuplicate, m_time->wallNow()});
    }
    void refused(const MessageId &message, protocol::ErrorCode code, std::chrono::milliseconds retryAfter = {})
    {
        m_outbox->onRefused({RoomId(u"lobby"_s), message, code, u"because"_s, retryAfter});
    }

    std::unique_ptr<FakeTime> m_time;
    std::unique_ptr<Outbox> m_outbox;
    QList<protocol::Send> m_sent;
    QList<OutboxItem> m_told;
};

void TestOutbox::init()
{
    m_outbox.reset();
    m_time = std::make_unique<FakeTime>();
    m_sent.clear();
    m_told.clear();
    m_outbox = std::make_unique<Outbox>(*m_time,
        Outbox::Sink{
            [this](const protocol::Send &send) { m_sent.append(send); },
            [this](const QList<OutboxItem> &items) { m_told += items; },
        });
}

void TestOutbox::waitsForALink()
{
    add(u"one"_s);
    QVERIFY(m_sent.isEmpty());
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(m_told[0].state, SendState::Waiting);
    m_outbox->linkUp({});
    QCOMPARE(sentTexts(), QStringList{u"one"_s});
    QCOMPARE(m_told.last().state, SendState::Sending);
    QCOMPARE(m_outbox->waiting(), 1);
}

void TestOutbox::sendsInOrderWithinTheWindow()
{
    protocol::Limits limits;
    limits.outboxInFlight = 2;
    m_outbox->linkUp(limits);
    const MessageId a = add(u"a"_s);
    add(u"b"_s);
    add(u"c"_s);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s}));
    stored(a);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void TestOutbox::storedIsToldOnceAndForgotten()
{
    m_outbox->linkUp({});
    const MessageId a = add(u"a"_s);
    m_time->advance(30ms);
    m_told.clear();
    stored(a, 17);
    stored(a, 17);
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(m_told[0].state, SendState::Stored);
    QCOMPARE(m_told[0].seq, quint64(17));
    QCOMPARE(m_told[0].ackTime, 30ms);
    QVERIFY(!m_told[0].wasRecovered);
    QVERIFY(!m_told[0].isDuplicate);
    QCOMPARE(m_outbox->waiting(), 0);
}

void TestOutbox::goesAgainInOrderOnANewLink()
{
    m_outbox->linkUp({});
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    stored(a);
    m_outbox->linkDown();
    QCOMPARE(m_told.last().messageId, b);
    QCOMPARE(m_told.last().state, SendState::Waiting);
    const MessageId c = add(u"c"_s);
    m_sent.clear();
    m_outbox->linkUp({});
    QCOMPARE(sentTexts(), (QStringList{u"b"_s, u"c"_s}));
    stored(b, 2, true);
    QVERIFY(m_told.last().wasRecovered);
    QVERIFY(m_told.last().isDuplicate);
    stored(c, 3);
    QVERIFY(!m_told.last().wasRecovered);
}

void TestOutbox::temporaryRefusalGoesBackToThatMessage()
{
    m_outbox->linkUp({});
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    add(u"c"_s);
    m_sent.clear();
    stored(a);
    refused(b, protocol::ErrorCode::Busy, 200ms);
    add(u"d"_s);
    m_time->advance(199ms);
    QVERIFY(m_sent.isEmpty());
    m_time->advance(1ms);
    QCOMPARE(sentTexts(), (QStringList{u"b"_s, u"c"_s, u"d"_s}));
}

void TestOutbox::aNewLinkEndsTheHold()
{
    m_outbox->linkUp({});
    const MessageId a = add(u"a"_s);
    refused(a, protocol::ErrorCode::ReadOnly, 1min);
    m_sent.clear();
    m_outbox->linkDown();
    m_outbox->linkUp({});
    QCOMPARE(sentTexts(), QStringList{u"a"_s});
}

void TestOutbox::aHoldIsBounded()
{
    m_outbox->linkUp({});
    const MessageId a = add(u"a"_s);
    m_sent.clear();
    refused(a, protocol::ErrorCode::Busy, 24h * 365);
    m_time->advance(5min);
    QCOMPARE(m_sent.size(), 1);
}

void TestOutbox::permanentRefusalLetsTheRestPass()
{
    m_outbox->linkUp({});
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    refused(a, protocol::ErrorCode::UnknownRoom);
    QCOMPARE(m_told.last().messageId, a);
    QCOMPARE(m_told.last().state, SendState::Failed);
    QCOMPARE(m_told.last().code, protocol::ErrorCode::UnknownRoom);
    QCOMPARE(m_told.last().reason, u"because"_s);
    stored(b);
    QCOMPARE(m_told.last().state, SendState::Stored);
    QCOMPARE(m_sent.size(), 2);
    QCOMPARE(m_outbox->waiting(), 0);
}

void TestOutbox::retryGoesBehindTheOthers()
{
    protocol::Limits limits;
    limits.outboxInFlight = 1;
    m_outbox->linkUp(limits);
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    refused(a, protocol::ErrorCode::NotAMember);
    m_outbox->retry(a);
    QCOMPARE(m_told.last().state, SendState::Waiting);
    QCOMPARE(m_told.last().code, protocol::ErrorCode::Unspecified);
    stored(b);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s, u"a"_s}));
    QCOMPARE(m_sent[0].messageId, m_sent[2].messageId);
}

void TestOutbox::editOnlyBeforeTheFirstByte()
{
    const MessageId a = add(u"a"_s);
    QVERIFY(m_outbox->edit(a, u"A"_s));
    QCOMPARE(m_told.last().text, u"A"_s);
    m_outbox->linkUp({});
    QCOMPARE(sentTexts(), QStringList{u"A"_s});
    QVERIFY(!m_outbox->edit(a, u"too late"_s));
    m_outbox->linkDown();
    QVERIFY(!m_outbox->edit(a, u"still too late"_s));
}

void TestOutbox::discardOnlyBeforeTheFirstByte()
{
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    QVERIFY(m_outbox->discard(a));
    m_outbox->linkUp({});
    QCOMPARE(sentTexts(), QStringList{u"b"_s});
    QVERIFY(!m_outbox->discard(b));
    refused(b, protocol::ErrorCode::NotAMember);
    QVERIFY(m_outbox->discard(b));
    m_sent.clear();
    m_outbox->retry(b);
    QVERIFY(m_sent.isEmpty());
}

void TestOutbox::textsThatCannotBeSentFailHere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<protocol::ErrorCode>("code");
    QTest::newRow("empty") << QString() << protocol::ErrorCode::TextEmpty;
    QTest::newRow("blanks") << u" \n\t"_s << protocol::ErrorCode::TextEmpty;
    QTest::newRow("one byte too long") << QString(8193, u'x') << protocol::ErrorCode::TextTooLong;
    QTest::newRow("too long as UTF-8 only") << QString(2731, u'会') << protocol::ErrorCode::TextTooLong;
}

void TestOutbox::textsThatCannotBeSentFailHere()
{
    QFETCH(QString, text);
    QFETCH(protocol::ErrorCode, code);
    m_outbox->linkUp({});
    add(text);
    add(u"fine"_s);
    QCOMPARE(sentTexts(), QStringList{u"fine"_s});
    QCOMPARE(m_told[0].state, SendState::Failed);
    QCOMPARE(m_told[0].code, code);
    QVERIFY(!m_told[0].reason.isEmpty());
}

void TestOutbox::aServersTighterLimitIsMet()
{
    add(u"longer"_s);
    add(u"ok"_s);
    protocol::Limits limits;
    limits.textBytes = 4;
    m_outbox->linkUp(limits);
    QCOMPARE(sentTexts(), QStringList{u"ok"_s});
    QCOMPARE(m_outbox->waiting(), 1);
}

void TestOutbox::aStrangersAnswerIsIgnored()
{
    m_outbox->linkUp({});
    add(u"a"_s);
    m_told.clear();
    stored(makeMessageId(1));
    refused(makeMessageId(1), protocol::ErrorCode::Busy, 1min);
    QVERIFY(m_told.isEmpty());
    add(u"b"_s);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s}));
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
