#include "protocol/codec.h"
#include "protocol/trace.h"

#include <QTest>

using namespace lanline;
using namespace lanline::protocol;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// The time that traces tell, and what it costs on the wire.
class TestTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void clock_data();
    void clock();
    void clockComesAgain();
    void pointOfTheClock_data();
    void pointOfTheClock();
    void costsSixteenBytes_data();
    void costsSixteenBytes();
};

namespace {

/// After which clockTicks() begins anew.
constexpr auto turn = 2'097'151 * 10us;

constexpr SteadyTime at(std::chrono::nanoseconds sinceZero)
{
    return SteadyTime(sinceZero);
}

} // namespace

void TestTrace::durations_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("duration");
    QTest::addColumn<quint32>("ticks");
    const auto row = [](const char *name, std::chrono::nanoseconds duration, quint32 ticks) {
        QTest::newRow(name) << duration << ticks;
    };
    row("none is still known", 0ns, 1);
    row("backwards, by another thread's clock", -5ms, 1);
    row("under half a tick", 4'900ns, 1);
    row("one", 10us, 1);
    row("rounded down", 24'900ns, 2);
    row("rounded up", 25'100ns, 3);
    row("a millisecond", 1ms, 100);
    row("the longest", 20'971'510us, 2'097'151);
    row("longer", 20'971'520us, 2'097'151);
    row("an hour", 1h, 2'097'151);
    row("more than 32 bits of ticks", 24h * 365, 2'097'151);
}

void TestTrace::durations()
{
    QFETCH(const std::chrono::nanoseconds, duration);
    QFETCH(const quint32, ticks);
    QCOMPARE(ticksOf(duration).count(), ticks);
}

void TestTrace::clock_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("time");
    QTest::addColumn<quint32>("ticks");
    const auto row = [](const char *name, std::chrono::nanoseconds time, quint32 ticks) {
        QTest::newRow(name) << time << ticks;
    };
    row("the clock's zero", 0ns, 1);
    row("just before the first tick", 9'999ns, 1);
    row("the first tick", 10us, 2);
    row("the last of a turn", turn - 1ns, 2'097'151);
    row("the next turn", turn, 1);
    row("a year", 1'000 * turn + 50us, 6);
    row("before the clock's zero", -10us, 2'097'151);
    row("a turn before it", -turn, 1);
}

void TestTrace::clock()
{
    QFETCH(const std::chrono::nanoseconds, time);
    QFETCH(const quint32, ticks);
    QCOMPARE(clockTicks(at(time)).count(), ticks);
}

void TestTrace::clockComesAgain()
{
    const SteadyTime time = at(123'456'780us);
    QCOMPARE(clockTicks(time + turn), clockTicks(time));
    QCOMPARE(clockTicks(time + turn + 10us), clockTicks(time + 10us));
    QVERIFY(clockTicks(time + turn / 2) != clockTicks(time));
}

void TestTrace::pointOfTheClock_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("time");
    QTest::addColumn<std::chrono::nanoseconds>("near");
    const auto row = [](const char *name, std::chrono::nanoseconds time, std::chrono::nanoseconds near) {
        QTest::newRow(name) << time << near;
    };
    row("the same", 5s, 5s);
    row("before", 5s, 7s);
    row("behind", 7s, 5s);
    row("before, over the turn's end", turn - 1ms, turn + 1ms);
    row("behind, over the turn's end", turn + 1ms, turn - 1ms);
    row("ten seconds before, over the turn's end", 7 * turn - 9s, 7 * turn + 1s);
    row("ten seconds behind, over the turn's end", 7 * turn + 9s, 7 * turn - 1s);
    row("as far as can be told", 20s, 20s + turn / 2 - 10us);
    row("the clock's zero", 0s, 1ms);
    row("before the clock's zero", -1ms, 1ms);
}

void TestTrace::pointOfTheClock()
{
    QFETCH(const std::chrono::nanoseconds, time);
    QFETCH(const std::chrono::nanoseconds, near);
    const SteadyTime told = timeOf(clockTicks(at(time)), at(near));
    const auto error = told - at(time);
    QVERIFY2(error <= 10us && error >= -10us, qPrintable(QString::number(error.count()) + u" ns"_s));
}

void TestTrace::costsSixteenBytes_data()
{
    QTest::addColumn<int>("textBytes");
    // A sub-message of 128 bytes and more tells its length in two: three of these lengths lie around that.
    for (const int bytes : {0, 1, 40, 60, 62, 64, 80, 100, 8'000})
        QTest::addRow("%d bytes of text", bytes) << bytes;
}

void TestTrace::costsSixteenBytes()
{
    QFETCH(const int, textBytes);
    const QString text(textBytes, u'x');
    const auto cost = [](const auto &without, const auto &with) {
        return encode(Encoding::Protobuf, with).size() - encode(Encoding::Protobuf, without).size();
    };
    // A length that takes one more byte than before, twice: of the event, and of what it is in.
    constexpr qsizetype longerLengths = 2;
    constexpr qsizetype most = 16;

    Event event;
    event.seq = 17;
    event.text = text;
    Events live;
    live.room = RoomId(u"lobby"_s);
    live.events = {event};
    Events traced = live;
    traced.sentAt = longestTicks;
    traced.events.first().trace = {longestTicks, longestTicks, longestTicks};
    const qsizetype perEvent = cost(live, traced);
    QVERIFY2(perEvent >= most && perEvent <= most + longerLengths, qPrintable(QString::number(perEvent)));
    if (textBytes < 40 || textBytes > 120)
        QCOMPARE(perEvent, most);

    Send send;
    send.room = RoomId(u"lobby"_s);
    send.text = text;
    Send tracedSend = send;
    tracedSend.trace = {longestTicks, longestTicks, longestTicks, longestTicks};
    const qsizetype perSend = cost(send, tracedSend);
    QVERIFY2(perSend >= most && perSend <= most + 1, qPrintable(QString::number(perSend)));

    Stored stored;
    stored.room = RoomId(u"lobby"_s);
    stored.seq = 17;
    Stored tracedStored = stored;
    tracedStored.store = longestTicks;
    tracedStored.told = longestTicks;
    QCOMPARE(cost(stored, tracedStored), 8);
}

QTEST_GUILESS_MAIN(TestTrace)
#include "tst_trace.moc"
