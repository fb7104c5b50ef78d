#include "client/tracebook.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::microseconds;

class TestTraceBook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ownIsToldInABatch();
    void anothersWaitsToBePainted();
    void whatNobodySeesIsToldWithout();
    void paintedTooLateChangesNothing();
    void theEchoComesBeforeItIsTold();
    void theEchoOfAnUnknownOneIsNoMessage();
    void anAccountTellsItOnceMore();
    void anAccountOfAForgottenOneIsNothing();
    void aStallThatComesLaterTellsItOnceMore();
    void aStallElsewhereTellsNothing();
    void anOldOneIsNotAmended();
    void aStallThatIsKnownCountsAtOnce();
    void itsMemoryIsBounded();

private:
    TracePoints own(quint64 seq);
    TracePoints others(quint64 seq);
    /// All that was told since the last call.
    QList<MessageTrace> told() { return std::exchange(m_told, {}); }

    std::unique_ptr<FakeTime> m_time;
    std::unique_ptr<TraceBook> m_book;
    QList<MessageTrace> m_told;
    int m_batches = 0;
    const RoomId m_lobby{u"lobby"_s};
};

namespace {

microseconds stalledIn(const MessageTrace &trace)
{
    microseconds sum{};
    for (const Leg &leg : trace.legs)
        sum += leg.stalled;
    return sum;
}

bool hasPainted(const MessageTrace &trace)
{
    return !trace.legs.isEmpty() && trace.legs.last().hop == Hop::Painted;
}

} // namespace

void TestTraceBook::init()
{
    m_book.reset();
    m_told.clear();
    m_batches = 0;
    m_time = std::make_unique<FakeTime>();
    m_book = std::make_unique<TraceBook>(*m_time, [this](const QList<MessageTrace> &traces) {
        m_told += traces;
        ++m_batches;
    });
}

/// Composed 20 ms ago, back a moment ago.
TracePoints TestTraceBook::own(quint64 seq)
{
    const SteadyTime now = m_time->now();
    TracePoints points;
    points.room = m_lobby;
    points.seq = seq;
    points.messageId = makeMessageId(qint64(seq));
    points.own = SentPoints{now - 20ms, now - 19ms, now - 18ms, now - 18ms, now - 17ms, {}};
    points.store = protocol::ticksOf(5ms);
    points.told = protocol::ticksOf(1ms);
    points.arrived = points.taken = now - 2ms;
    points.passedOn = now - 1ms;
    points.clock = ServerClock{0us, 1ms};
    return points;
}

TracePoints TestTraceBook::others(quint64 seq)
{
    TracePoints points = own(seq);
    points.own.reset();
    points.sender = protocol::ticksOf(3ms);
    points.sentAt = protocol::clockTicks(m_time->now() - 4ms);
    return points;
}

void TestTraceBook::ownIsToldInABatch()
{
    m_book->onShown({own(1), own(2)});
    m_book->onShown({own(3)});
    QVERIFY(m_told.isEmpty());
    const WallTime wallAt = m_time->wallNow();
    const SteadyTime shown = m_time->now();
    m_time->advance(100ms);
    QCOMPARE(m_batches, 1);
    QCOMPARE(m_told.size(), 3);
    QCOMPARE(m_told[0].endedAt, shown);
    QCOMPARE(m_told[0].wallAt, wallAt);
    QCOMPARE(m_told[0].total(), 20ms);
    QVERIFY(m_told[0].isOwn);
    m_time->advance(10s);
    QCOMPARE(m_batches, 1);
}

void TestTraceBook::anothersWaitsToBePainted()
{
    m_book->onShown({others(1)});
    const SteadyTime shown = m_time->now();
    m_time->advance(30ms);
    m_book->onPainted(m_lobby, {1});
    m_book->onPainted(m_lobby, {1, 99});
    m_time->advance(70ms);
    QCOMPARE(m_told.size(), 1);
    QVERIFY(hasPainted(m_told[0]));
    QCOMPARE(m_told[0].legs.last().duration, 30ms);
    QCOMPARE(m_told[0].endedAt, shown + 30ms);
    m_time->advance(1s);
    QCOMPARE(m_batches, 1);
}

void TestTraceBook::whatNobodySeesIsToldWithout()
{
    m_book->onShown({others(1)});
    m_time->advance(249ms);
    QVERIFY(m_told.isEmpty());
    m_time->advance(100ms);
    QCOMPARE(m_told.size(), 1);
    QVERIFY(!hasPainted(m_told[0]));
}

void TestTraceBook::paintedTooLateChangesNothing()
{
    m_book->onShown({others(1)});
    m_time->advance(400ms);
    QCOMPARE(told().size(), 1);
    m_book->onPainted(m_lobby, {1});
    m_time->advance(400ms);
    QVERIFY(m_told.isEmpty());
}

void TestTraceBook::theEchoComesBeforeItIsTold()
{
    m_book->onShown({own(1)});
    TracePoints echo = others(1);
    echo.isEcho = true;
    // Read 4 ms after it was written: committed 5 ms later, and left at once.
    echo.sentAt = protocol::clockTicks(m_time->now() - 17ms + 4ms + 5ms);
    echo.store = protocol::ticksOf(5ms);
    echo.told = protocol::ticksOf(10us);
    m_book->onShown({echo});
    m_time->advance(100ms);
    QCOMPARE(m_told.size(), 1);
    QVERIFY(m_told[0].isOwn);
    QCOMPARE(m_told[0].total(), 20ms);
    const Leg up = m_told[0].legs.at(4);
    QCOMPARE(up.hop, Hop::Uplink);
    QVERIFY(std::chrono::abs(up.duration - 4ms) <= 30us);
    QCOMPARE(up.error, 1ms);
}

void TestTraceBook::theEchoOfAnUnknownOneIsNoMessage()
{
    TracePoints echo = others(1);
    echo.isEcho = true;
    m_book->onShown({echo});
    m_time->advance(1s);
    QVERIFY(m_told.isEmpty());
}

void TestTraceBook::anAccountTellsItOnceMore()
{
    m_book->onShown({own(1)});
    m_time->advance(1s);
    const MessageTrace before = told().constFirst();
    protocol::Trace account;
    account.room = m_lobby;
    account.seq = 1;
    account.readUs = 1'000'000;
    account.routedUs = 1'001'000;
    account.begunUs = 1'003'000;
    account.committedUs = 1'005'000;
    m_book->onAccount(account);
    m_time->advance(100ms);
    QCOMPARE(m_told.size(), 1);
    QVERIFY(m_told[0].isDetailed);
    QCOMPARE(m_told[0].total(), before.total());
    QCOMPARE(m_told[0].wallAt, before.wallAt);
    QVERIFY(m_told[0].legs.size() > before.legs.size());
}

void TestTraceBook::anAccountOfAForgottenOneIsNothing()
{
    protocol::Trace account;
    account.room = m_lobby;
    account.seq = 1;
    m_book->onAccount(account);
    m_time->advance(1s);
    QVERIFY(m_told.isEmpty());
}

void TestTraceBook::aStallThatComesLaterTellsItOnceMore()
{
    m_book->onShown({own(1)});
    const SteadyTime shown = m_time->now();
    m_time->advance(1s);
    QCOMPARE(stalledIn(told().constFirst()), 0us);
    m_book->onStalls({{ThreadKind::Gui, shown - 500us, 100ms, u"paint"_s, 0}});
    m_time->advance(100ms);
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(stalledIn(m_told[0]), 500us);
    QCOMPARE(told().constFirst().total(), 20ms);
    // The same news changes nothing.
    m_book->onStalls({{ThreadKind::Gui, shown - 500us, 100ms, u"paint"_s, 0}});
    m_time->advance(1s);
    QVERIFY(m_told.isEmpty());
}

void TestTraceBook::aStallElsewhereTellsNothing()
{
    m_book->onShown({own(1)});
    m_time->advance(100ms);
    told();
    m_book->onStalls({{ThreadKind::Gui, m_time->now(), 100ms, {}, 0}});
    m_book->onStalls({{ThreadKind::Storage, m_time->now() - 1s, 1s, {}, 0}});
    m_time->advance(1s);
    QVERIFY(m_told.isEmpty());
}

void TestTraceBook::anOldOneIsNotAmended()
{
    m_book->onShown({own(1)});
    const SteadyTime shown = m_time->now();
    m_time->advance(TraceBook::stallsAmendFor + 1s);
    told();
    m_book->onStalls({{ThreadKind::Gui, shown - 1ms, 100ms, {}, 0}});
    m_time->advance(1s);
    QVERIFY(m_told.isEmpty());
}

void TestTraceBook::aStallThatIsKnownCountsAtOnce()
{
    m_book->onStalls({{ThreadKind::Gui, m_time->now() - 1ms, 1ms, {}, 0}});
    m_book->onShown({own(1)});
    m_time->advance(100ms);
    QCOMPARE(stalledIn(told().constFirst()), 1ms);
}

void TestTraceBook::itsMemoryIsBounded()
{
    const quint64 many = 2 * TraceBook::kept;
    for (quint64 seq = 1; seq <= many; ++seq) {
        m_book->onShown({own(seq)});
        if (seq % 100 == 0)
            m_time->advance(100ms);
    }
    m_time->advance(100ms);
    QCOMPARE(quint64(told().size()), many);
    const auto accountOf = [this](quint64 seq) {
        protocol::Trace account;
        account.room = m_lobby;
        account.seq = seq;
        account.readUs = account.routedUs = account.begunUs = account.committedUs = 1;
        return account;
    };
    m_book->onAccount(accountOf(many - TraceBook::kept));
    m_time->advance(100ms);
    QVERIFY(m_told.isEmpty());
    m_book->onAccount(accountOf(many - TraceBook::kept + 1));
    m_time->advance(100ms);
    QCOMPARE(m_told.size(), 1);
}

QTEST_GUILESS_MAIN(TestTraceBook)
#include "tst_tracebook.moc"
