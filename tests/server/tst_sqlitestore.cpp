#include "core/devicekey.h"
#include "core/eventloopwatch.h"
#include "core/migrations.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"
#include "tests/support/storelife.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;

class tst_SqliteStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesEpochAndLobby();
    void seqIsGaplessOverManyRoomsAndDevices();
    void outcomesComeInOrderAndInGroups();
    void duplicateKeepsItsSeqAfterARestart();
    void refusedCommandLeavesTheOthersAlone();
    void restartKeepsEverything();
    void pagesEndAtBytesAndCount();
    void refusesMoreThanItsQueue();
    void failedTransactionIsToldAndTheStoreRecovers();
    void eachLagOfTheWriterIsToldOnce();
};

namespace {

const RoomId ops{u"ops"_s};

} // namespace

void tst_SqliteStore::makesEpochAndLobby()
{
    const QTemporaryDir dir;
    StoreLife life(dir.filePath(u"deep/inside"_s));
    QVERIFY(life.open());
    QCOMPARE(life.listener.snapshot->epoch.value().size(), 16);
    QCOMPARE(life.listener.snapshot->rooms.size(), 1);
    QCOMPARE(life.listener.snapshot->rooms.constFirst().id, lobbyId);
    QVERIFY(life.close());
}

void tst_SqliteStore::seqIsGaplessOverManyRoomsAndDevices()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QVERIFY(life.open());
    QVERIFY(life.store.submit(CreateRoom{{1, 1}, UserId(), ops, u"Ops"_s}));
    QVERIFY(life.waitForOutcomes(1));
    QVERIFY(life.listener.all<RoomCreated>().isEmpty()); // no such user: foreign keys hold
    QCOMPARE(life.listener.all<CommandRefused>().constFirst().code, protocol::ErrorCode::ReadOnly);

    QVERIFY(life.store.submit(testLogIn(DeviceKey::generate(), u"Ann"_s)));
    QVERIFY(life.waitForOutcomes(2));
    const UserId ann = life.listener.all<LoggedIn>().constFirst().user.id;
    QVERIFY(life.store.submit(CreateRoom{{1, 1}, ann, ops, u"Ops"_s}));

    constexpr int messages = 1'200;
    for (int i = 0; i < messages; ++i) {
        QVERIFY(life.store.submit(testAppend(i % 5, i % 3 == 0 ? ops : lobbyId, QString::number(i))));
        // Several turns, so that many transactions see a part each.
        if (i % 50 == 0)
            QCoreApplication::processEvents();
    }
    QVERIFY(life.waitForOutcomes(3 + messages));
    QHash<RoomId, quint64> heads;
    for (const Appended &appended : life.listener.all<Appended>()) {
        QCOMPARE(appended.event.seq, ++heads[appended.room]);
        QVERIFY(!appended.isDuplicate);
    }
    QCOMPARE(heads.value(ops), 400ull);
    QCOMPARE(heads.value(lobbyId), 800ull);
    QVERIFY(life.close());
}

void tst_SqliteStore::outcomesComeInOrderAndInGroups()
{
    const QTemporaryDir dir;
    protocol::Limits limits;
    limits.commandsPerCommit = 100;
    StoreLife life(dir.path(), limits);
    QVERIFY(life.open());
    for (int i = 0; i < 250; ++i)
        QVERIFY(life.store.submit(testAppend(0, lobbyId, QString::number(i))));
    QVERIFY(life.waitForOutcomes(250));
    const auto appended = life.listener.all<Appended>();
    for (int i = 0; i < 250; ++i)
        QCOMPARE(appended.at(i).event.text, QString::number(i));
    QVERIFY2(life.listener.transactions.size() < 125, "commits are not grouped");
    for (const qsizetype size : std::as_const(life.listener.transactions))
        QVERIFY(size <= limits.commandsPerCommit);
    QVERIFY(life.close());
}

void tst_SqliteStore::duplicateKeepsItsSeqAfterARestart()
{
    const QTemporaryDir dir;
    const Append command = testAppend(0, lobbyId, u"once"_s);
    WallTime storedAt;
    {
        StoreLife life(dir.path());
        QVERIFY(life.open());
        QVERIFY(life.store.submit(testAppend(1, lobbyId, u"before"_s)));
        QVERIFY(life.store.submit(command));
        QVERIFY(life.store.submit(command));
        QVERIFY(life.waitForOutcomes(3));
        const auto told = life.listener.all<Appended>();
        storedAt = told.at(1).event.storedAt;
        QVERIFY(!told.at(1).isDuplicate);
        QVERIFY(told.at(2).isDuplicate);
        QVERIFY(life.close());
    }
    StoreLife life(dir.path());
    QVERIFY(life.open());
    QVERIFY(life.store.submit(command));
    QVERIFY(life.store.submit(testAppend(2, lobbyId, u"once"_s, command.messageId)));
    QVERIFY(life.waitForOutcomes(2));
    const auto told = life.listener.all<Appended>();
    QVERIFY(told.at(0).isDuplicate);
    QCOMPARE(told.at(0).event.seq, 2ull);
    QCOMPARE(told.at(0).event.storedAt, storedAt);
    QVERIFY(!told.at(1).isDuplicate); // another device's
    QCOMPARE(told.at(1).event.seq, 3ull);
}

void tst_SqliteStore::refusedCommandLeavesTheOthersAlone()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QVERIFY(life.open());
    const Append first = testAppend(0, lobbyId, u"1"_s);
    const DeviceKey key = DeviceKey::generate();
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"another body"_s, first.messageId)));
    QVERIFY(life.store.submit(testAppend(0, RoomId(u"nowhere"_s), u"x"_s)));
    QVERIFY(life.store.submit(testLogIn(key, u"Ann"_s)));
    QVERIFY(life.store.submit(testLogIn(DeviceKey::generate(), u"ANN"_s)));
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"2"_s)));
    QVERIFY(life.waitForOutcomes(6));
    QCOMPARE(life.listener.outcomes.size(), 6);
    QCOMPARE(std::get<Appended>(life.listener.outcomes.at(0)).event.seq, 1ull);
    QCOMPARE(std::get<AppendRefused>(life.listener.outcomes.at(1)).code, protocol::ErrorCode::MessageIdReused);
    QCOMPARE(std::get<AppendRefused>(life.listener.outcomes.at(2)).code, protocol::ErrorCode::UnknownRoom);
    QCOMPARE(std::get<LoggedIn>(life.listener.outcomes.at(3)).user.name, u"Ann"_s);
    QCOMPARE(std::get<LogInRefused>(life.listener.outcomes.at(4)).why, LogInRefused::Why::NameTaken);
    QCOMPARE(std::get<Appended>(life.listener.outcomes.at(5)).event.seq, 2ull);
}

void tst_SqliteStore::restartKeepsEverything()
{
    const QTemporaryDir dir;
    const DeviceKey key = DeviceKey::generate();
    Epoch epoch;
    protocol::User ann;
    {
        StoreLife life(dir.path());
        QVERIFY(life.open());
        epoch = life.listener.snapshot->epoch;
        QVERIFY(life.store.submit(testLogIn(key, u"Ann"_s)));
        QVERIFY(life.waitForOutcomes(1));
        ann = life.listener.all<LoggedIn>().constFirst().user;
        QVERIFY(life.store.submit(CreateRoom{{1, 1}, ann.id, ops, u"Operations"_s}));
        QVERIFY(life.store.submit(ChangeMembership{{1, 2}, ann.id, lobbyId, false}));
        QVERIFY(life.store.submit(testAppend(0, ops, u"x"_s)));
        // Closing drains: what was submitted is stored, whether or not it was waited for.
        QVERIFY(life.close());
        QCOMPARE(life.listener.outcomes.size(), 4);
        QVERIFY(!life.store.submit(testAppend(0, ops, u"too late"_s)));
    }
    StoreLife life(dir.path());
    QVERIFY(life.open());
    const Snapshot &snapshot = *life.listener.snapshot;
    QCOMPARE(snapshot.epoch, epoch);
    QCOMPARE(snapshot.users, QList{ann});
    QCOMPARE(snapshot.rooms.size(), 2);
    QVERIFY(snapshot.rooms.at(0).members.isEmpty());
    QCOMPARE(snapshot.rooms.at(1).id, ops);
    QCOMPARE(snapshot.rooms.at(1).title, u"Operations"_s);
    QCOMPARE(snapshot.rooms.at(1).headSeq, 1ull);
    QCOMPARE(snapshot.rooms.at(1).members, QList{ann.id});
    QVERIFY(life.store.submit(testAppend(0, ops, u"y"_s)));
    QVERIFY(life.waitForOutcomes(1));
    QCOMPARE(life.listener.all<Appended>().constFirst().event.seq, 2ull);
}

void tst_SqliteStore::pagesEndAtBytesAndCount()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QVERIFY(life.open());
    for (int i = 0; i < 10; ++i)
        QVERIFY(life.store.submit(testAppend(0, lobbyId, QString(100, u'x'))));
    QVERIFY(life.waitForOutcomes(10));
    const auto page = [&](PageRequest::Kind kind, quint64 from, quint64 head, int events, qint64 bytes) {
        const Page read = life.read({{3, 4}, lobbyId, kind, from, head, events, bytes});
        if (!read.isRead || read.origin.connection != 3 || read.origin.requestId != 4)
            return u"not read"_s;
        return read.events.isEmpty() ? u"none"_s : u"%1-%2"_s.arg(read.events.first().seq).arg(read.events.last().seq);
    };
    using Kind = PageRequest::Kind;
    QCOMPARE(page(Kind::Events, 0, 10, 4, 100'000), u"1-4"_s);
    QCOMPARE(page(Kind::Events, 8, 10, 4, 100'000), u"9-10"_s);
    QCOMPARE(page(Kind::Events, 0, 3, 8, 100'000), u"1-3"_s); // no further than the hub knows
    QCOMPARE(page(Kind::Events, 0, 10, 8, 250), u"1-2"_s);
    QCOMPARE(page(Kind::Events, 0, 10, 8, 1), u"1-1"_s);
    QCOMPARE(page(Kind::Events, 10, 10, 8, 1), u"none"_s);
    QCOMPARE(page(Kind::Messages, 11, 10, 4, 100'000), u"7-10"_s);
    QCOMPARE(page(Kind::Messages, 3, 10, 4, 100'000), u"1-2"_s);
    QCOMPARE(page(Kind::Messages, 11, 10, 4, 250), u"9-10"_s);

    page(Kind::Events, 0, 10, 1, 1);
    const protocol::Event event = life.listener.pages.constFirst().events.constFirst();
    const protocol::Event stored = life.listener.all<Appended>().constFirst().event;
    QCOMPARE(event, stored);
}

void tst_SqliteStore::refusesMoreThanItsQueue()
{
    const QTemporaryDir dir;
    protocol::Limits limits;
    limits.commitQueue = 10;
    StoreLife life(dir.path(), limits);
    QVERIFY(life.open());
    for (int i = 0; i < 10; ++i)
        QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
    QVERIFY(!life.store.submit(testAppend(0, lobbyId, u"too many"_s)));
    QVERIFY(life.waitForOutcomes(10));
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
    QVERIFY(life.waitForOutcomes(11));
}

void tst_SqliteStore::failedTransactionIsToldAndTheStoreRecovers()
{
    const QTemporaryDir dir;
    protocol::Limits limits;
    limits.commandsPerCommit = 1;
    StoreOptions options{dir.path(), limits};
    options.probeInterval = 10ms;
    StoreLife life(options);
    QVERIFY(life.open());
    // Another connection takes the table away: a fault in the middle of a transaction, and one that can be mended.
    auto other = SqlDatabase::open(databasePath(dir.path()));
    QVERIFY(other);
    QVERIFY(other->execute(u"ALTER TABLE accepted RENAME TO gone"_s));

    const Append first = testAppend(0, lobbyId, u"1"_s);
    const Append second = testAppend(0, lobbyId, u"2"_s);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(second));
    QVERIFY(life.waitForOutcomes(2));
    for (const AppendRefused &refused : life.listener.all<AppendRefused>())
        QCOMPARE(refused.code, protocol::ErrorCode::ReadOnly);
    QCOMPARE(life.listener.all<AppendRefused>().size(), 2);

    QVERIFY(other->execute(u"ALTER TABLE gone RENAME TO accepted"_s));
    QVERIFY(QTest::qWaitFor([&] { return life.listener.states.size() >= 2; }));
    QVERIFY(!life.listener.states.constFirst().isWritable);
    QVERIFY(life.listener.states.constLast().isWritable);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(second));
    QVERIFY(life.waitForOutcomes(4));
    QCOMPARE(life.listener.all<Appended>().size(), 2);
    QCOMPARE(life.listener.all<Appended>().at(1).event.seq, 2ull);
}

void tst_SqliteStore::eachLagOfTheWriterIsToldOnce()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(life.open());
    QList<Histogram> &told = life.listener.lags;
    QVERIFY(QTest::qWaitFor([&] { return told.size() >= 3; }, 30'000));
    quint64 count = 0;
    for (const Histogram &lags : std::as_const(told))
        count += lags.count();
    QVERIFY(count > 0);
    // The watch measures no more often than this: more of them would have been told twice.
    QVERIFY(count <= quint64(timer.elapsed() / EventLoopWatch::interval.count()));

    life.store.setFault({FaultKind::StallStorage, 400ms, 60s});
    QVERIFY(QTest::qWaitFor([&] { return told.constLast().max() >= 300ms; }, 30'000));
    QVERIFY(life.close());
}

QTEST_GUILESS_MAIN(tst_SqliteStore)
#include "tst_sqlitestore.moc"
