#include "client/tracer.h"
#include "tests/support/clientbench.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using protocol::Ticks;
using std::chrono::duration_cast;
using std::chrono::microseconds;

/// The points in time that the network thread notes, on a whole client.
class TestTracing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void onesOwnWay();
    void sendTellsWhatItKnows();
    void withoutAnOffsetTheTimeIsNotTold();
    void theOffsetsErrorAges();
    void whatWaitedForALinkIsNotTraced();
    void whatGoesAgainOverAnotherLinkIsNotTraced();
    void aDuplicateIsNotTraced();
    void whatTheServerHoldsUpIsHeld();
    void theMarkOfOneThatWaitedCountsForTheDisk();
    void anEditIsTracedWhereItIsACommand();
    void whatIsTakenBackIsForgotten();
    void anothersWay();
    void whatWaitedHereIsHeld();
    void onesOwnEventIsAnEcho();
    void pagesAndRepetitionsAreNotTraced();
    void withoutTheSendersPartThereIsNoTrace();
    void theServersAccountIsAskedFor();
    void itsMemoryIsBounded();

private:
    MessageId submit(const QString &text = u"hello"_s);
    /// The server's clock is `offset` ahead, and a round trip takes this long.
    void beat(microseconds offset, std::chrono::milliseconds roundTrip = 4ms);
    void store(const MessageId &message, quint64 seq);
    QList<protocol::Send> sent() { return m_bench->link().received<protocol::Send>(); }
    protocol::Events live(quint64 seq, SteadyTime sentAt, const MessageId &message = makeMessageId(1));
    QList<TracePoints> points() const;
    SteadyTime now() { return m_bench->time().now(); }

    std::unique_ptr<ClientBench> m_bench;
    const RoomId m_lobby{u"lobby"_s};
};

namespace {

Ticks ticks(microseconds duration)
{
    return protocol::ticksOf(duration);
}

quint64 asUs(SteadyTime time)
{
    return quint64(duration_cast<microseconds>(time.time_since_epoch()).count());
}

} // namespace

/// Online, in an empty room that is live, and the first beat not answered yet.
void TestTracing::init()
{
    m_bench = std::make_unique<ClientBench>();
    m_bench->openServer();
    m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, 0)}));
    const auto asked = m_bench->link().received<protocol::EventsGet>();
    QCOMPARE(asked.size(), 1);
    m_bench->deliver(protocol::Events{asked.last().requestId, m_lobby, {}, true, 0});
    QCOMPARE(m_bench->state().phase, Phase::Online);
    m_bench->forgetTold();
}

MessageId TestTracing::submit(const QString &text)
{
    OutboxItem item = composed(u"lobby"_s, text);
    item.tracedFrom = now();
    m_bench->time().stall(1ms);
    m_bench->execute(Submit{item});
    return item.messageId;
}

void TestTracing::beat(microseconds offset, std::chrono::milliseconds roundTrip)
{
    const auto beats = m_bench->link().received<protocol::Heartbeat>();
    const SteadyTime sentAt{microseconds(qint64(beats.last().sentUs))};
    m_bench->time().stall(duration_cast<std::chrono::milliseconds>(sentAt + roundTrip - now()));
    const quint64 there = asUs(sentAt + roundTrip / 2 + offset);
    m_bench->deliver(protocol::HeartbeatAck{beats.last().sentUs, there, there});
}

void TestTracing::store(const MessageId &message, quint64 seq)
{
    protocol::Stored stored{m_lobby, message, seq, false, {}, ticks(3ms), ticks(1ms)};
    m_bench->deliver(stored);
}

protocol::Events TestTracing::live(quint64 seq, SteadyTime sentAt, const MessageId &message)
{
    QList<protocol::Event> events = eventsFrom(seq, seq);
    events[0].messageId = message;
    events[0].trace = {ticks(5ms), ticks(3ms), ticks(1ms)};
    return {0, m_lobby, events, false, 0, protocol::clockTicks(sentAt)};
}

QList<TracePoints> TestTracing::points() const
{
    QList<TracePoints> points;
    for (const QList<TracePoints> &some : m_bench->told<QList<TracePoints>>())
        points += some;
    return points;
}

void TestTracing::onesOwnWay()
{
    beat(7s);
    const SteadyTime composedAt = now();
    m_bench->store().setHeld(true);
    const MessageId message = submit();
    m_bench->time().stall(6ms);
    m_bench->store().setHeld(false);
    m_bench->settle();
    QCOMPARE(sent().size(), 1);
    m_bench->time().stall(20ms);
    QVERIFY(points().isEmpty());
    store(message, 1);
    const QList<TracePoints> told = points();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0].messageId, message);
    QCOMPARE(told[0].seq, quint64(1));
    QCOMPARE(told[0].room, m_lobby);
    QCOMPARE(told[0].author, UserId(3));
    QVERIFY(told[0].own.has_value());
    QCOMPARE(told[0].own->composed, composedAt);
    QCOMPARE(told[0].own->accepted, composedAt + 1ms);
    QCOMPARE(told[0].own->kept, composedAt + 7ms);
    QCOMPARE(told[0].own->left, composedAt + 7ms);
    QCOMPARE(told[0].own->written, composedAt + 7ms);
    QCOMPARE(told[0].arrived, composedAt + 27ms);
    QCOMPARE(told[0].taken, composedAt + 27ms);
    QCOMPARE(told[0].passedOn, composedAt + 27ms);
    QCOMPARE(told[0].store, ticks(3ms));
    QCOMPARE(told[0].told, ticks(1ms));
    QCOMPARE(told[0].clock->offset, 7s);
    QCOMPARE(told[0].roundTrip, 4ms);
}

void TestTracing::sendTellsWhatItKnows()
{
    beat(7s);
    m_bench->store().setHeld(true);
    submit();
    m_bench->time().stall(6ms);
    m_bench->store().setHeld(false);
    m_bench->settle();
    const protocol::SendTrace trace = sent().constLast().trace;
    QCOMPARE(trace.total, ticks(7ms));
    QCOMPARE(trace.disk, ticks(6ms));
    QCOMPARE(trace.sentAt, protocol::clockTicks(now() + 7s));
}

void TestTracing::withoutAnOffsetTheTimeIsNotTold()
{
    submit();
    const protocol::SendTrace trace = sent().constLast().trace;
    QCOMPARE(trace.total, ticks(1ms));
    QCOMPARE(trace.sentAt, Ticks());
}

void TestTracing::theOffsetsErrorAges()
{
    beat(7s);
    m_bench->time().stall(10s);
    store(submit(), 1);
    const auto told = points();
    QCOMPARE(told.size(), 1);
    // Half of 4 ms, and 50 millionths of 10 s.
    QCOMPARE(told[0].clock->error, 2500us);
}

void TestTracing::whatWaitedForALinkIsNotTraced()
{
    m_bench->cutLink();
    const MessageId message = submit();
    m_bench->advance(2s);
    m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, 0)}));
    QCOMPARE(sent().size(), 1);
    QCOMPARE(sent().constLast().trace, protocol::SendTrace());
    store(message, 1);
    QVERIFY(points().isEmpty());
}

void TestTracing::whatGoesAgainOverAnotherLinkIsNotTraced()
{
    beat(7s);
    const MessageId message = submit();
    QVERIFY(sent().constLast().trace != protocol::SendTrace());
    m_bench->cutLink();
    m_bench->advance(2s);
    m_bench->reachWelcome(ClientBench::welcome({roomState(u"lobby"_s, 0)}));
    QCOMPARE(sent().size(), 1);
    QCOMPARE(sent().constLast().trace, protocol::SendTrace());
    store(message, 1);
    QVERIFY(points().isEmpty());
    // The next one is.
    store(submit(), 2);
    QCOMPARE(points().size(), 1);
}

void TestTracing::aDuplicateIsNotTraced()
{
    const MessageId message = submit();
    m_bench->deliver(protocol::Stored{m_lobby, message, 1, true, {}, {}, {}});
    QVERIFY(points().isEmpty());
}

void TestTracing::whatTheServerHoldsUpIsHeld()
{
    const MessageId message = submit();
    m_bench->deliver(protocol::Refused{m_lobby, message, protocol::ErrorCode::Busy, u"slowly"_s, 300ms});
    m_bench->advance(300ms);
    QCOMPARE(sent().size(), 2);
    QCOMPARE(sent().constLast().trace.held, ticks(300ms));
    store(message, 1);
    const auto told = points();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0].own->left - told[0].own->kept, 300ms);
}

void TestTracing::theMarkOfOneThatWaitedCountsForTheDisk()
{
    const int window = protocol::Limits{}.outboxInFlight;
    QList<MessageId> messages;
    for (int i = 0; i <= window; ++i)
        messages += submit();
    QCOMPARE(sent().size(), window);
    // The first is answered, so the last may go: it is marked on the disk before.
    m_bench->store().setHeld(true);
    store(messages[0], 1);
    m_bench->time().stall(9ms);
    m_bench->store().setHeld(false);
    m_bench->settle();
    QCOMPARE(sent().size(), window + 1);
    store(messages.constLast(), 2);
    QCOMPARE(points().constLast().own->marked, 9ms);
}

void TestTracing::anEditIsTracedWhereItIsACommand()
{
    OutboxItem edit = composed(u"lobby"_s, u"better"_s);
    edit.kind = protocol::EventKind::Edit;
    edit.targetId = makeMessageId(1);
    edit.targetSeq = 1;
    edit.tracedFrom = now();
    m_bench->execute(Amend{edit});
    QCOMPARE(sent().size(), 1);
    store(edit.messageId, 2);
    QCOMPARE(points().size(), 1);
}

void TestTracing::whatIsTakenBackIsForgotten()
{
    m_bench->deliver(protocol::Refused{m_lobby, submit(), protocol::ErrorCode::TextTooLong, u"no"_s, {}});
    const QList<OutboxItem> items = m_bench->toldItems();
    QCOMPARE(items.constLast().state, SendState::Failed);
    m_bench->execute(Resubmit{items.constLast().messageId});
    QCOMPARE(sent().size(), 2);
    QCOMPARE(sent().constLast().trace, protocol::SendTrace());
}

void TestTracing::anothersWay()
{
    beat(7s);
    const SteadyTime sentAt = now();
    m_bench->time().stall(8ms);
    m_bench->deliver(live(1, sentAt + 7s));
    const auto told = points();
    QCOMPARE(told.size(), 1);
    QVERIFY(!told[0].own && !told[0].isEcho);
    QCOMPARE(told[0].seq, quint64(1));
    QCOMPARE(told[0].author, UserId(7));
    QCOMPARE(told[0].sender, ticks(5ms));
    QCOMPARE(told[0].store, ticks(3ms));
    QCOMPARE(told[0].told, ticks(1ms));
    QCOMPARE(told[0].sentAt, protocol::clockTicks(sentAt + 7s));
    QCOMPARE(told[0].arrived, sentAt + 8ms);
    QCOMPARE(told[0].clock->offset, 7s);
}

void TestTracing::whatWaitedHereIsHeld()
{
    m_bench->link().arriveAt(now());
    m_bench->time().stall(40ms);
    m_bench->deliver(live(1, now() + 7s));
    const auto told = points();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0].taken - told[0].arrived, 40ms);
    QCOMPARE(told[0].passedOn, told[0].taken);
}

void TestTracing::onesOwnEventIsAnEcho()
{
    const MessageId message = submit();
    store(message, 1);
    protocol::Events events = live(1, now(), message);
    events.events[0].author.id = UserId(3);
    m_bench->deliver(events);
    const auto told = points();
    QCOMPARE(told.size(), 2);
    QVERIFY(told[0].own.has_value());
    QVERIFY(told[1].isEcho);
    QCOMPARE(told[1].seq, quint64(1));
}

void TestTracing::pagesAndRepetitionsAreNotTraced()
{
    m_bench->deliver(live(1, now()));
    QCOMPARE(points().size(), 1);
    m_bench->deliver(live(1, now()));
    QCOMPARE(points().size(), 1);
    // A hole: these are not shown yet, and come again in a page.
    m_bench->deliver(live(3, now()));
    QCOMPARE(points().size(), 1);
    m_bench->advance(1s);
    const auto asked = m_bench->link().received<protocol::EventsGet>();
    m_bench->deliver(protocol::Events{asked.last().requestId, m_lobby, eventsFrom(2, 3), true, 3});
    QCOMPARE(points().size(), 1);
    m_bench->deliver(live(4, now()));
    QCOMPARE(points().size(), 2);
}

void TestTracing::withoutTheSendersPartThereIsNoTrace()
{
    protocol::Events events = live(1, now());
    events.events[0].trace.sender = {};
    m_bench->deliver(events);
    QVERIFY(points().isEmpty());
}

void TestTracing::theServersAccountIsAskedFor()
{
    m_bench->execute(protocol::TraceGet{0, m_lobby, 5});
    const auto asked = m_bench->link().received<protocol::TraceGet>();
    QCOMPARE(asked.size(), 1);
    QVERIFY(asked[0].requestId > 0);
    QCOMPARE(asked[0].seq, quint64(5));
    protocol::Trace account;
    account.requestId = asked[0].requestId;
    account.room = m_lobby;
    account.seq = 5;
    account.readUs = 17;
    m_bench->deliver(account);
    const auto told = m_bench->told<protocol::Trace>();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0].readUs, quint64(17));
}

void TestTracing::itsMemoryIsBounded()
{
    FakeTime time;
    Tracer tracer(time);
    OutboxItem item = composed(u"lobby"_s, u"never answered"_s);
    item.tracedFrom = time.now();
    for (qsizetype i = 0; i < 3 * Tracer::mostOnTheWay; ++i) {
        item.messageId = makeMessageId(i);
        tracer.onAccepted(item);
        QVERIFY(tracer.onTheWay() <= Tracer::mostOnTheWay);
    }
    // The newest are followed.
    tracer.onKept({item.messageId});
    QVERIFY(tracer.onLeaving(item.messageId) != protocol::SendTrace());
}

QTEST_GUILESS_MAIN(TestTracing)
#include "tst_tracing.moc"
