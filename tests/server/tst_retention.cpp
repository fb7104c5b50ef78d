#include "server/store/storefiles.h"
#include "server/store/storewriter.h"
#include "tests/support/serverbench.h"
#include "tests/support/storelife.h"

#include <QTemporaryDir>
#include <QTest>

#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
using protocol::ErrorCode;

/// What rooms do not keep any more, in the store and for those who ask for it.
class tst_Retention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNewest();
    void keepsTheYoung();
    void ownRuleGoesBeforeTheGeneralOne();
    void idsAreRememberedForEver();
    void messagesGoFirst();
    void expiredHistoryIsToldAsSuch();
    void editOfAnExpiredMessageIsRefused();
};

namespace {

const RoomId ops{u"ops"_s};

StoreOptions optionsFor(const QTemporaryDir &dir, const QList<RetentionRule> &rules)
{
    StoreOptions options{dir.path(), {}};
    options.retention = rules;
    return options;
}

/// A store with `count` events in the lobby and as many in another room.
void fill(const QTemporaryDir &dir, int count)
{
    StoreLife life(dir.path());
    const bool isOpen = life.open();
    if (!isOpen || !life.store.submit(testLogIn(DeviceKey::generate(), u"Ann"_s)) || !life.waitForOutcomes(1))
        qFatal("no store");
    const UserId ann = life.listener.all<LoggedIn>().constFirst().user.id;
    bool isTaken = life.store.submit(CreateRoom{{1, 1}, ann, ops, u"Ops"_s});
    for (int i = 0; i < count; ++i) {
        isTaken = isTaken && life.store.submit(testAppend(0, lobbyId, QString::number(i)));
        isTaken = isTaken && life.store.submit(testAppend(0, ops, QString::number(i)));
    }
    if (!isTaken || !life.waitForOutcomes(2 + 2 * count) || !life.close())
        qFatal("the store cannot be filled");
}

std::pair<quint64, quint64> keptIn(StoreLife &life, const RoomId &room, quint64 head)
{
    const Page page = life.read({{}, room, PageRequest::Kind::Messages, head + 1, head, 5'000, 1'000'000});
    return page.events.isEmpty() ? std::pair<quint64, quint64>{0, 0}
                                 : std::pair{page.events.constFirst().seq, page.events.constLast().seq};
}

/// Of its last start.
quint64 firstSeqOf(const StoreLife &life, const RoomId &room)
{
    for (const RoomRecord &record : life.listener.snapshot->rooms) {
        if (record.id == room)
            return record.firstSeq;
    }
    return 0;
}

} // namespace

void tst_Retention::keepsTheNewest()
{
    const QTemporaryDir dir;
    fill(dir, 1'000);
    {
        StoreLife life(optionsFor(dir, {{lobbyId, {}, 30}}));
        QVERIFY(life.open());
        QVERIFY(QTest::qWaitFor(
            [&] { return !life.listener.expired.isEmpty() && life.listener.expired.constLast().firstSeq == 971; }));
        QVERIFY2(life.listener.expired.size() > 2, "it took one long transaction");
        QCOMPARE(keptIn(life, lobbyId, 1'000), (std::pair<quint64, quint64>{971, 1'000}));
        QCOMPARE(keptIn(life, ops, 1'000), (std::pair<quint64, quint64>{1, 1'000}));
        // The order goes on.
        QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
        QVERIFY(life.waitForOutcomes(1));
        QCOMPARE(life.listener.all<Appended>().constFirst().event.seq, 1'001ull);
        QVERIFY(life.close());
    }
    StoreLife life(dir.path());
    QVERIFY(life.open());
    QCOMPARE(firstSeqOf(life, lobbyId), 971ull);
    QCOMPARE(life.listener.snapshot->lost, 0ull);
}

void tst_Retention::keepsTheYoung()
{
    const QTemporaryDir dir;
    fill(dir, 300);
    {
        const auto database = SqlDatabase::open(databasePath(dir.path()));
        QVERIFY(database);
        QVERIFY(database->execute(u"UPDATE events SET stored_ms = stored_ms - 7200000 WHERE seq <= 250"_s));
        // A clock that was wrong for a moment takes nothing with it.
        QVERIFY(database->execute(u"UPDATE events SET stored_ms = 0 WHERE seq = 260"_s));
    }
    StoreOptions options = optionsFor(dir, {{lobbyId, 1h, {}}});
    options.retentionInterval = 10ms;
    StoreLife life(options);
    QVERIFY(life.open());
    QVERIFY(QTest::qWaitFor(
        [&] { return !life.listener.expired.isEmpty() && life.listener.expired.constLast().firstSeq == 251; }));
    QCOMPARE(keptIn(life, lobbyId, 300), (std::pair<quint64, quint64>{251, 300}));

    // It comes back by itself.
    const auto other = SqlDatabase::open(databasePath(dir.path()));
    QVERIFY(other);
    QVERIFY(other->execute(u"UPDATE events SET stored_ms = stored_ms - 7200000"_s));
    QVERIFY(QTest::qWaitFor([&] { return life.listener.expired.constLast().firstSeq == 301; }));
    QCOMPARE(keptIn(life, lobbyId, 300), (std::pair<quint64, quint64>{0, 0}));
}

void tst_Retention::ownRuleGoesBeforeTheGeneralOne()
{
    const QTemporaryDir dir;
    fill(dir, 50);
    StoreLife life(optionsFor(dir, {{{}, {}, 10}, {ops, {}, 20}}));
    QVERIFY(life.open());
    QVERIFY(QTest::qWaitFor([&] { return life.listener.expired.size() == 2; }));
    QCOMPARE(keptIn(life, lobbyId, 50), (std::pair<quint64, quint64>{41, 50}));
    QCOMPARE(keptIn(life, ops, 50), (std::pair<quint64, quint64>{31, 50}));
}

void tst_Retention::idsAreRememberedForEver()
{
    const QTemporaryDir dir;
    StoreOptions options = optionsFor(dir, {{lobbyId, {}, 1}});
    options.retentionInterval = 10ms;
    StoreLife life(options);
    QVERIFY(life.open());
    const Append first = testAppend(0, lobbyId, u"once"_s);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"2"_s)));
    QVERIFY(QTest::qWaitFor([&] { return !life.listener.expired.isEmpty(); }));
    QVERIFY(life.store.submit(first));
    QVERIFY(life.waitForOutcomes(3));
    QVERIFY(life.listener.all<Appended>().constLast().isDuplicate);
    QCOMPARE(life.listener.all<Appended>().constLast().event.seq, 1ull);
}

void tst_Retention::messagesGoFirst()
{
    const QTemporaryDir dir;
    fill(dir, 2'000);
    // In this thread, so that what comes before what is no accident.
    StoreWriter writer(optionsFor(dir, {{{}, {}, 1}}));
    int steps = 0;
    int stepsBefore = -1;
    connect(&writer, &StoreWriter::expired, this, [&] { ++steps; });
    connect(&writer, &StoreWriter::committed, this, [&] { stepsBefore = steps; });
    writer.open();
    writer.enqueue(QList<SentCommand>{{0, testAppend(0, ops, u"x"_s)}});
    QVERIFY(QTest::qWaitFor([&] { return stepsBefore >= 0; }));
    QVERIFY2(stepsBefore <= 1, qPrintable(u"the message waited for %1 steps"_s.arg(stepsBefore)));
    QVERIFY(QTest::qWaitFor([&] { return steps == 20; }));
    writer.close();
}

void tst_Retention::expiredHistoryIsToldAsSuch()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    for (int i = 1; i <= 9; ++i)
        ann.send(protocol::Send{lobbyId, makeMessageId(i), QString::number(i)});
    bench.commit();
    bench.store.expire(lobbyId, 6);

    const auto ask = [&](quint64 after, quint64 targetsUntil = 0) {
        const auto errors = ann.all<protocol::Error>().size();
        ann.send(protocol::EventsGet{3, lobbyId, after, targetsUntil});
        bench.readPages();
        return ann.all<protocol::Error>().size() > errors ? ann.all<protocol::Error>().constLast().code
                                                          : ErrorCode::Unspecified;
    };
    QCOMPARE(ask(3), ErrorCode::HistoryExpired);
    QCOMPARE(ask(4), ErrorCode::HistoryExpired);
    QCOMPARE(ask(4, 4), ErrorCode::HistoryExpired);
    QCOMPARE(ask(5), ErrorCode::Unspecified);
    QCOMPARE(ann.all<protocol::Events>().constLast().events.constFirst().seq, 6ull);
    // 0 stands for all that is kept.
    QCOMPARE(ask(0), ErrorCode::Unspecified);
    QCOMPARE(ann.all<protocol::Events>().constLast().events.size(), 4);
    QVERIFY(ann.all<protocol::Events>().constLast().live);

    ann.send(protocol::HistoryGet{4, lobbyId, 0, 0});
    const auto history = ann.all<protocol::History>().constLast();
    QCOMPARE(history.firstSeq, 6ull);
    QCOMPARE(history.fromSeq, 6ull);
    QCOMPARE(history.events.size(), 4);

    // The row of this cursor is gone.
    FakePeer bob;
    bench.accept(bob);
    auto hello = bench.hello(bob, DeviceKey::generate(), u"Bob"_s);
    hello.epoch = bench.store.snapshot().epoch;
    hello.cursors = {{lobbyId, 5, makeMessageId(5)}};
    bob.send(hello);
    bench.commit();
    const auto state = bob.all<protocol::Welcome>().constFirst().rooms.constFirst();
    QCOMPARE(state.cursor, protocol::CursorState::Unknown);
    QCOMPARE(state.firstSeq, 6ull);
}

void tst_Retention::editOfAnExpiredMessageIsRefused()
{
    ServerBench bench;
    FakePeer ann;
    bench.logIn(ann, DeviceKey::generate(), u"Ann"_s);
    const MessageId first = makeMessageId(1);
    ann.send(protocol::Send{lobbyId, first, u"1"_s});
    ann.send(protocol::Send{lobbyId, makeMessageId(2), u"2"_s});
    bench.commit();
    bench.store.expire(lobbyId, 2);
    ann.send(protocol::Send{lobbyId, makeMessageId(3), u"x"_s, protocol::EventKind::Edit, 0, first});
    ann.send(protocol::Send{lobbyId, makeMessageId(4), u"x"_s, protocol::EventKind::Edit, 1});
    bench.commit();
    const auto refused = ann.all<protocol::Refused>();
    QCOMPARE(refused.size(), 2);
    for (const auto &refusal : refused)
        QCOMPARE(refusal.code, ErrorCode::UnknownMessage);
}

QTEST_GUILESS_MAIN(tst_Retention)
#include "tst_retention.moc"
