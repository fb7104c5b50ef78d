#include "server/trace/tracering.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

class tst_TraceRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyOneKnowsNothing();
    void roomsDoNotMix();
    void aNewRecordIsEmpty();
    void theOldestMakesRoom();
    void knowsTheNewestOfManyRooms_data();
    void knowsTheNewestOfManyRooms();
    void changesTheNewest();
    void countsThoseThatWereInside();
};

namespace {

const RoomId lobby(u"lobby"_s);
const RoomId ops(u"ops"_s);

SteadyTime at(quint64 ms)
{
    return SteadyTime(std::chrono::milliseconds(qint64(ms)));
}

} // namespace

void tst_TraceRing::anEmptyOneKnowsNothing()
{
    const TraceRing ring(4);
    QVERIFY(!ring.find(lobby, 1));
}

void tst_TraceRing::roomsDoNotMix()
{
    TraceRing ring(4);
    ring.add(lobby, 1).told = at(1);
    ring.add(ops, 1).told = at(2);
    QCOMPARE(ring.find(lobby, 1)->told, at(1));
    QCOMPARE(ring.find(ops, 1)->told, at(2));
    QVERIFY(!ring.find(lobby, 2));
    QVERIFY(!ring.find(RoomId(u"dev"_s), 1));
}

void tst_TraceRing::aNewRecordIsEmpty()
{
    TraceRing ring(1);
    TraceRecord &first = ring.add(lobby, 1);
    first.written = at(1);
    first.stamps.read = at(1);
    first.stamps.sender.total = protocol::Ticks(5);
    const TraceRecord &second = ring.add(lobby, 2);
    QCOMPARE(second.seq, 2ull);
    QCOMPARE(second.written, SteadyTime{});
    QVERIFY(!second.stamps.isTraced());
    QVERIFY(second.stamps.sender == protocol::SendTrace{});
}

void tst_TraceRing::theOldestMakesRoom()
{
    TraceRing ring(4);
    for (quint64 seq = 1; seq <= 6; ++seq)
        ring.add(lobby, seq);
    for (const quint64 gone : {1, 2})
        QVERIFY(!ring.find(lobby, gone));
    for (const quint64 kept : {3, 4, 5, 6})
        QCOMPARE(ring.find(lobby, kept)->seq, kept);
}

void tst_TraceRing::knowsTheNewestOfManyRooms_data()
{
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("rooms");
    QTest::newRow("one room") << 8 << 1;
    QTest::newRow("a number that is no power of two") << 100 << 7;
    QTest::newRow("more rooms than records") << 16 << 40;
    QTest::newRow("many") << 512 << 300;
}

void tst_TraceRing::knowsTheNewestOfManyRooms()
{
    QFETCH(const int, capacity);
    QFETCH(const int, rooms);
    TraceRing ring{size_t(capacity)};
    std::vector<std::pair<RoomId, quint64>> added;
    std::vector<quint64> heads(size_t(rooms), 0);
    // By a generator of its own, so that a failure comes again.
    quint64 dice = 1;
    for (int i = 0; i < capacity * 5; ++i) {
        dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
        const size_t room = size_t(dice >> 33U) % size_t(rooms);
        const RoomId id(QString::number(room));
        ring.add(id, ++heads[room]).told = at(quint64(i));
        added.emplace_back(id, heads[room]);
        for (size_t back = 0; back < std::min<size_t>(added.size(), size_t(capacity) + 3); back += 3) {
            const size_t number = added.size() - 1 - back;
            const TraceRecord *found = ring.find(added[number].first, added[number].second);
            QCOMPARE(found != nullptr, back < size_t(capacity));
            if (found)
                QCOMPARE(found->told, at(number));
        }
    }
}

void tst_TraceRing::changesTheNewest()
{
    TraceRing ring(4);
    for (quint64 seq = 1; seq <= 6; ++seq)
        ring.add(lobby, seq);
    // Around the ring's end.
    ring.changeNewest(3, [](TraceRecord &record) { record.written = at(record.seq); });
    QCOMPARE(ring.find(lobby, 3)->written, SteadyTime{});
    for (const quint64 seq : {4, 5, 6})
        QCOMPARE(ring.find(lobby, seq)->written, at(seq));
    int changed = 0;
    ring.changeNewest(100, [&](TraceRecord &) { ++changed; });
    QCOMPARE(changed, 4);
    ring.changeNewest(0, [&](TraceRecord &) { ++changed; });
    QCOMPARE(changed, 4);
}

void tst_TraceRing::countsThoseThatWereInside()
{
    TraceRing ring(3);
    QCOMPARE(ring.countSince(at(0)), 0U);
    ring.add(lobby, 1).written = at(1);
    ring.add(lobby, 2).written = at(5);
    QCOMPARE(ring.countSince(at(6)), 0U);
    QCOMPARE(ring.countSince(at(5)), 1U);
    QCOMPARE(ring.countSince(at(1)), 2U);
    ring.add(ops, 1); // not written yet
    QCOMPARE(ring.countSince(at(6)), 1U);
    ring.add(ops, 2);
    QCOMPARE(ring.countSince(at(0)), 3U); // more are not kept
}

QTEST_GUILESS_MAIN(tst_TraceRing)
#include "tst_tracering.moc"
