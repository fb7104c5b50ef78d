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
    void isToldOnlyOnceItIsOnTheDisk();
    void oneWriteIsEnoughWhereItCanGoAtOnce();
    void whatWaitedIsMarkedBeforeItGoes();
    void aDiskThatTakesNothingClaimsNothing();
    void aMarkThatCannotBeWrittenIsTriedAgain();
    void whatAnEarlierRunLeftGoesFirst();
    void sendsInOrderWithinTheWindow();
    void storedIsToldOnceAndForgotten();
    void goesAgainInOrderOnANewLink();
    void temporaryRefusalGoesBackToThatMessage();
    void aNewLinkEndsTheHold();
    void aHoldIsBounded();
    void permanentRefusalLetsTheRestPass();
    void retryGoesBehindTheOthers();
    void anEditIsInPlaceBeforeTheFirstByte();
    void anEditIsACommandOfItsOwnAfterIt();
    void aDeletionIsInPlaceBeforeTheFirstByte();
    void aDeletionIsACommandOfItsOwnAfterIt();
    void anEditOfAFailedMessageTriesAgain();
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
        runDisk();
        return message;
    }
    OutboxItem amendment(const MessageId &target, protocol::EventKind kind, const QString &text = {})
    {
        OutboxItem item = composed(u"lobby"_s, text);
        item.kind = kind;
        item.targetId = target;
        return item;
    }
    /// The disk takes all, or nothing, until no more is asked of it.
    void runDisk(bool takesIt = true)
    {
        while (!m_tasks.isEmpty()) {
            const StoreTask task = m_tasks.takeFirst();
            m_written.append(task);
            if (const auto *added = std::get_if<AddItem>(&task))
                m_outbox->onWritten({{added->item.messageId}, takesIt});
            else if (const auto *changed = std::get_if<ChangeItem>(&task))
                m_outbox->onWritten({{changed->message}, takesIt});
            else if (const auto *requeued = std::get_if<RequeueItem>(&task))
                m_outbox->onWritten({{requeued->message}, takesIt});
            else if (const auto *marked = std::get_if<MarkLeft>(&task))
                m_outbox->onWritten({idsOf(marked->items), takesIt});
            else if (const auto *settled = std::get_if<SettleItem>(&task);
                     settled && settled->outcome == SendState::Discarded)
                m_outbox->onDiscarded(settled->message);
        }
    }
    static QList<MessageId> idsOf(const QList<OutboxItem> &items)
    {
        QList<MessageId> ids;
        for (const OutboxItem &item : items)
            ids.append(item.messageId);
        return ids;
    }
    template <class Task>
    int written() const
    {
        return int(std::count_if(m_written.begin(), m_written.end(),
            [](const StoreTask &task) { return std::holds_alternative<Task>(task); }));
    }
    void linkUp(const protocol::Limits &limits = {})
    {
        m_outbox->linkUp(limits);
        runDisk();
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
        runDisk();
    }
    void refused(const MessageId &message, protocol::ErrorCode code, std::chrono::milliseconds retryAfter = {})
    {
        m_outbox->onRefused({RoomId(u"lobby"_s), message, code, u"because"_s, retryAfter});
        runDisk();
    }

    std::unique_ptr<FakeTime> m_time;
    std::unique_ptr<Outbox> m_outbox;
    QList<protocol::Send> m_sent;
    QList<OutboxItem> m_told;
    QList<StoreTask> m_tasks; ///< asked of the disk, and not yet done
    QList<StoreTask> m_written;
};

void TestOutbox::init()
{
    m_outbox.reset();
    m_time = std::make_unique<FakeTime>();
    m_sent.clear();
    m_told.clear();
    m_tasks.clear();
    m_written.clear();
    m_outbox = std::make_unique<Outbox>(*m_time,
        Outbox::Sink{
            [this](const protocol::Send &send) { m_sent.append(send); },
            [this](const QList<OutboxItem> &items) { m_told += items; },
            [this](StoreTask task) { m_tasks.append(std::move(task)); },
        });
}

void TestOutbox::waitsForALink()
{
    add(u"one"_s);
    QVERIFY(m_sent.isEmpty());
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(m_told[0].state, SendState::Waiting);
    linkUp({});
    QCOMPARE(sentTexts(), QStringList{u"one"_s});
    QCOMPARE(m_told.last().state, SendState::Sending);
    QCOMPARE(m_outbox->waiting(), 1);
}

void TestOutbox::sendsInOrderWithinTheWindow()
{
    protocol::Limits limits;
    limits.outboxInFlight = 2;
    linkUp(limits);
    const MessageId a = add(u"a"_s);
    add(u"b"_s);
    add(u"c"_s);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s}));
    stored(a);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void TestOutbox::storedIsToldOnceAndForgotten()
{
    linkUp({});
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
    linkUp({});
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    stored(a);
    m_outbox->linkDown();
    QCOMPARE(m_told.last().messageId, b);
    QCOMPARE(m_told.last().state, SendState::Waiting);
    const MessageId c = add(u"c"_s);
    m_sent.clear();
    linkUp({});
    QCOMPARE(sentTexts(), (QStringList{u"b"_s, u"c"_s}));
    stored(b, 2, true);
    QVERIFY(m_told.last().wasRecovered);
    QVERIFY(m_told.last().isDuplicate);
    stored(c, 3);
    QVERIFY(!m_told.last().wasRecovered);
}

void TestOutbox::temporaryRefusalGoesBackToThatMessage()
{
    linkUp({});
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
    runDisk();
    QCOMPARE(sentTexts(), (QStringList{u"b"_s, u"c"_s, u"d"_s}));
}

void TestOutbox::aNewLinkEndsTheHold()
{
    linkUp({});
    const MessageId a = add(u"a"_s);
    refused(a, protocol::ErrorCode::ReadOnly, 1min);
    m_sent.clear();
    m_outbox->linkDown();
    linkUp({});
    QCOMPARE(sentTexts(), QStringList{u"a"_s});
}

void TestOutbox::aHoldIsBounded()
{
    linkUp({});
    const MessageId a = add(u"a"_s);
    m_sent.clear();
    refused(a, protocol::ErrorCode::Busy, 24h * 365);
    m_time->advance(5min);
    QCOMPARE(m_sent.size(), 1);
}

void TestOutbox::permanentRefusalLetsTheRestPass()
{
    linkUp({});
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
    linkUp(limits);
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    refused(a, protocol::ErrorCode::NotAMember);
    m_outbox->retry(a);
    runDisk();
    QCOMPARE(m_told.last().state, SendState::Waiting);
    QCOMPARE(m_told.last().code, protocol::ErrorCode::Unspecified);
    stored(b);
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s, u"a"_s}));
    QCOMPARE(m_sent[0].messageId, m_sent[2].messageId);
}

void TestOutbox::isToldOnlyOnceItIsOnTheDisk()
{
    linkUp();
    m_outbox->add(composed(u"lobby"_s, u"a"_s));
    QVERIFY(m_told.isEmpty());
    QVERIFY(m_sent.isEmpty());
    runDisk();
    QCOMPARE(m_told.first().state, SendState::Waiting);
    QCOMPARE(m_told.last().state, SendState::Sending);
    QCOMPARE(sentTexts(), QStringList{u"a"_s});
}

void TestOutbox::oneWriteIsEnoughWhereItCanGoAtOnce()
{
    linkUp();
    add(u"a"_s);
    QCOMPARE(m_written.size(), 1);
    QVERIFY(std::get<AddItem>(m_written[0]).item.hasLeft);
}

void TestOutbox::whatWaitedIsMarkedBeforeItGoes()
{
    for (const QString &text : {u"a"_s, u"b"_s, u"c"_s})
        add(text);
    QVERIFY(!m_told.last().hasLeft);
    protocol::Limits limits;
    limits.outboxInFlight = 2;
    m_outbox->linkUp(limits);
    QVERIFY(m_sent.isEmpty());
    // One write for the window, not one for each.
    QCOMPARE(m_tasks.size(), 1);
    QCOMPARE(std::get<MarkLeft>(m_tasks[0]).items.size(), 2);
    runDisk();
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"b"_s}));
    QVERIFY(m_told.last().hasLeft);
}

void TestOutbox::aDiskThatTakesNothingClaimsNothing()
{
    linkUp();
    const OutboxItem item = composed(u"lobby"_s, u"a"_s);
    m_outbox->add(item);
    runDisk(false);
    QVERIFY(m_sent.isEmpty());
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(m_told[0].state, SendState::Failed);
    QCOMPARE(m_told[0].text, u"a"_s);
    QVERIFY(!m_told[0].reason.isEmpty());
    QCOMPARE(m_outbox->waiting(), 0);
    m_outbox->retry(item.messageId);
    runDisk();
    QCOMPARE(sentTexts(), QStringList{u"a"_s});
    QCOMPARE(m_told.last().state, SendState::Sending);
}

void TestOutbox::aMarkThatCannotBeWrittenIsTriedAgain()
{
    add(u"a"_s);
    m_outbox->linkUp({});
    runDisk(false);
    QVERIFY(m_sent.isEmpty());
    QCOMPARE(m_outbox->waiting(), 1);
    m_time->advance(5s);
    runDisk();
    QCOMPARE(sentTexts(), QStringList{u"a"_s});
}

void TestOutbox::whatAnEarlierRunLeftGoesFirst()
{
    OutboxItem left = composed(u"lobby"_s, u"left"_s);
    left.hasLeft = true;
    OutboxItem failed = composed(u"lobby"_s, u"failed"_s);
    failed.state = SendState::Failed;
    const OutboxItem kept = composed(u"lobby"_s, u"kept"_s);
    m_outbox->restore({left, failed, kept});
    QCOMPARE(m_told.size(), 3);
    add(u"new"_s);
    linkUp();
    QCOMPARE(sentTexts(), (QStringList{u"left"_s, u"kept"_s, u"new"_s}));
    stored(left.messageId, 1, true);
    QVERIFY(m_told.last().wasRecovered);
    stored(kept.messageId, 2);
    QVERIFY(m_told.last().wasRecovered);
    m_outbox->retry(failed.messageId);
    runDisk();
    QCOMPARE(sentTexts().last(), u"failed"_s);
}

void TestOutbox::anEditIsInPlaceBeforeTheFirstByte()
{
    const MessageId a = add(u"a"_s);
    m_outbox->amend(amendment(a, protocol::EventKind::Edit, u"A"_s));
    runDisk();
    QCOMPARE(m_told.last().messageId, a);
    QCOMPARE(m_told.last().text, u"A"_s);
    linkUp();
    QCOMPARE(sentTexts(), QStringList{u"A"_s});
    QCOMPARE(m_sent[0].messageId, a);
}

void TestOutbox::anEditIsACommandOfItsOwnAfterIt()
{
    linkUp();
    const MessageId a = add(u"a"_s);
    m_outbox->linkDown();
    const OutboxItem edit = amendment(a, protocol::EventKind::Edit, u"A"_s);
    m_outbox->amend(edit);
    runDisk();
    m_sent.clear();
    linkUp();
    // The first one as it was: the server may have it.
    QCOMPARE(sentTexts(), (QStringList{u"a"_s, u"A"_s}));
    QCOMPARE(m_sent[1].messageId, edit.messageId);
    QCOMPARE(m_sent[1].kind, protocol::EventKind::Edit);
    QCOMPARE(m_sent[1].targetId, a);
    QCOMPARE(m_sent[1].targetSeq, quint64(0));
}

void TestOutbox::aDeletionIsInPlaceBeforeTheFirstByte()
{
    const MessageId a = add(u"a"_s);
    m_told.clear();
    m_outbox->amend(amendment(a, protocol::EventKind::Deletion));
    QVERIFY(m_told.isEmpty());
    runDisk();
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(m_told[0].messageId, a);
    QCOMPARE(m_told[0].state, SendState::Discarded);
    linkUp();
    QVERIFY(m_sent.isEmpty());
}

void TestOutbox::aDeletionIsACommandOfItsOwnAfterIt()
{
    linkUp();
    OutboxItem deletion = amendment(makeMessageId(1), protocol::EventKind::Deletion);
    deletion.targetSeq = 17;
    m_outbox->amend(deletion);
    runDisk();
    QCOMPARE(m_sent.size(), 1);
    QCOMPARE(m_sent[0].kind, protocol::EventKind::Deletion);
    QCOMPARE(m_sent[0].targetSeq, quint64(17));
    QVERIFY(m_sent[0].targetId.isNull());
    stored(deletion.messageId, 18);
    QCOMPARE(m_told.last().kind, protocol::EventKind::Deletion);
    QCOMPARE(m_told.last().state, SendState::Stored);
}

void TestOutbox::anEditOfAFailedMessageTriesAgain()
{
    linkUp();
    const MessageId a = add(u" "_s);
    QCOMPARE(m_told.last().state, SendState::Failed);
    m_outbox->amend(amendment(a, protocol::EventKind::Edit, u"A"_s));
    runDisk();
    QCOMPARE(sentTexts(), QStringList{u"A"_s});
    QCOMPARE(m_sent[0].messageId, a);
    QCOMPARE(m_sent[0].kind, protocol::EventKind::Message);
}

void TestOutbox::discardOnlyBeforeTheFirstByte()
{
    const MessageId a = add(u"a"_s);
    const MessageId b = add(u"b"_s);
    m_outbox->discard(a);
    runDisk();
    QCOMPARE(m_told.last().state, SendState::Discarded);
    linkUp();
    QCOMPARE(sentTexts(), QStringList{u"b"_s});
    m_outbox->discard(b);
    runDisk();
    QCOMPARE(m_outbox->waiting(), 1);
    refused(b, protocol::ErrorCode::NotAMember);
    m_outbox->discard(b);
    runDisk();
    QCOMPARE(m_told.last().state, SendState::Discarded);
    m_sent.clear();
    m_outbox->retry(b);
    runDisk();
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
    linkUp({});
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
    linkUp(limits);
    QCOMPARE(sentTexts(), QStringList{u"ok"_s});
    QCOMPARE(m_outbox->waiting(), 1);
}

void TestOutbox::aStrangersAnswerIsIgnored()
{
    linkUp({});
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
