#include "server/session/userrooms.h"
#include "tests/support/fakestore.h"
#include "tests/support/faketime.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

class tst_UserRooms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithWhatTheStoreHas();
    void readMarkOnlyGoesForward();
    void oneWriteIsUnderWayPerRoom();
    void failedWriteIsMadeUpFor();
    void fullStoreLosesNothing();
    void forgetsARoom();
    void savesAllBeforeItEnds();
};

namespace {

const UserId ann{1};
const RoomId ops{u"ops"_s};

struct Bench
{
    FakeTime time;
    FakeStore store{time};
    UserRooms rooms{ann, {}};

    SaveMarks submitted(qsizetype at) const { return std::get<SaveMarks>(store.submitted.at(at)); }
    /// The store's word on the oldest write.
    void answer(bool isSaved)
    {
        const SaveMarks command = std::get<SaveMarks>(store.submitted.takeFirst());
        rooms.onSaved({command.user, command.room, isSaved}, store);
    }
};

} // namespace

void tst_UserRooms::beginsWithWhatTheStoreHas()
{
    FakeTime time;
    FakeStore store(time);
    UserRooms rooms(ann, {{lobbyId, 7, u"begun"_s}});
    QCOMPARE(rooms.readSeq(lobbyId), 7ull);
    QCOMPARE(rooms.draft(lobbyId), u"begun"_s);
    QCOMPARE(rooms.readSeq(ops), 0ull);
    QVERIFY(!rooms.markRead(lobbyId, 7, store));
    QVERIFY(!rooms.setDraft(lobbyId, u"begun"_s, store));
    QVERIFY(store.submitted.isEmpty());
}

void tst_UserRooms::readMarkOnlyGoesForward()
{
    Bench bench;
    QVERIFY(bench.rooms.markRead(lobbyId, 5, bench.store));
    QVERIFY(!bench.rooms.markRead(lobbyId, 4, bench.store));
    QVERIFY(!bench.rooms.markRead(lobbyId, 5, bench.store));
    QCOMPARE(bench.rooms.readSeq(lobbyId), 5ull);
    QCOMPARE(bench.store.submitted.size(), 1);
    QCOMPARE(bench.submitted(0).user, ann);
    QCOMPARE(bench.submitted(0).readSeq, 5ull);
    QVERIFY(!bench.submitted(0).draft);
}

void tst_UserRooms::oneWriteIsUnderWayPerRoom()
{
    Bench bench;
    for (int i = 1; i <= 100; ++i)
        bench.rooms.setDraft(lobbyId, QString::number(i), bench.store);
    bench.rooms.markRead(lobbyId, 3, bench.store);
    bench.rooms.markRead(ops, 9, bench.store);
    QCOMPARE(bench.store.submitted.size(), 2);
    QCOMPARE(bench.submitted(0).draft, u"1"_s);
    QCOMPARE(bench.submitted(1).room, ops);
    bench.answer(true);
    QCOMPARE(bench.store.submitted.size(), 2);
    QCOMPARE(bench.submitted(1).draft, u"100"_s);
    QCOMPARE(bench.submitted(1).readSeq, 3ull);
    bench.answer(true);
    bench.answer(true);
    QVERIFY(bench.store.submitted.isEmpty());
}

void tst_UserRooms::failedWriteIsMadeUpFor()
{
    Bench bench;
    bench.rooms.setDraft(lobbyId, u"a"_s, bench.store);
    bench.rooms.markRead(lobbyId, 2, bench.store);
    bench.answer(false);
    // Not again by itself: the store cannot write now.
    QVERIFY(bench.store.submitted.isEmpty());
    bench.rooms.saveAll(bench.store);
    QCOMPARE(bench.store.submitted.size(), 1);
    QCOMPARE(bench.submitted(0).draft, u"a"_s);
    QCOMPARE(bench.submitted(0).readSeq, 2ull);
}

void tst_UserRooms::fullStoreLosesNothing()
{
    Bench bench;
    bench.store.isFull = true;
    QVERIFY(bench.rooms.setDraft(lobbyId, u"a"_s, bench.store));
    bench.store.isFull = false;
    QVERIFY(bench.rooms.markRead(lobbyId, 1, bench.store));
    QCOMPARE(bench.submitted(0).draft, u"a"_s);
    QCOMPARE(bench.submitted(0).readSeq, 1ull);
}

void tst_UserRooms::forgetsARoom()
{
    Bench bench;
    bench.rooms.setDraft(lobbyId, u"a"_s, bench.store);
    bench.rooms.setDraft(lobbyId, u"b"_s, bench.store);
    bench.rooms.forget(lobbyId);
    bench.answer(true);
    QVERIFY(bench.store.submitted.isEmpty());
    QCOMPARE(bench.rooms.draft(lobbyId), QString());
}

void tst_UserRooms::savesAllBeforeItEnds()
{
    Bench bench;
    bench.rooms.setDraft(lobbyId, u"a"_s, bench.store);
    bench.rooms.setDraft(lobbyId, u"b"_s, bench.store);
    bench.rooms.markRead(ops, 4, bench.store);
    bench.rooms.saveAll(bench.store);
    QCOMPARE(bench.store.submitted.size(), 3);
    QCOMPARE(bench.submitted(2).draft, u"b"_s);
}

QTEST_GUILESS_MAIN(tst_UserRooms)
#include "tst_userrooms.moc"
