#include "core/devicekey.h"
#include "server/store/storefiles.h"
#include "tests/power/watchedvfs.h"
#include "tests/support/storelife.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace lanline;
using namespace lanline::server;
using namespace lanline::test;

/// A disk that is full, or fails, while the store is at work.
class tst_DiskFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldAndRecovers_data();
    void isToldAndRecovers();
    void knownDevicesGetIn();
    void commitThatFailedButHappenedIsTold();
};

namespace {

StoreOptions options(const QTemporaryDir &dir)
{
    StoreOptions options;
    options.dataDir = dir.path();
    options.probeInterval = 20ms;
    return options;
}

} // namespace

void tst_DiskFaults::isToldAndRecovers_data()
{
    QTest::addColumn<int>("writeCode");
    QTest::addColumn<int>("syncCode");
    QTest::addColumn<QString>("word");
    QTest::newRow("disk full") << SQLITE_FULL << SQLITE_OK << u"full"_s;
    QTest::newRow("write error") << SQLITE_IOERR_WRITE << SQLITE_OK << u"errors"_s;
    QTest::newRow("failing fsync") << SQLITE_OK << SQLITE_IOERR_FSYNC << u"errors"_s;
}

void tst_DiskFaults::isToldAndRecovers()
{
    QFETCH(int, writeCode);
    QFETCH(int, syncCode);
    QFETCH(QString, word);
    WatchedVfs vfs;
    const QTemporaryDir dir;
    StoreLife life(options(dir));
    QVERIFY(life.open());
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"before"_s)));
    QVERIFY(life.waitForOutcomes(1));

    vfs.failWritesWith(writeCode);
    vfs.failSyncsWith(syncCode);
    const Append first = testAppend(0, lobbyId, u"1"_s);
    const Append second = testAppend(0, lobbyId, u"2"_s);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(second));
    QVERIFY(life.waitForOutcomes(3));
    QCOMPARE(life.listener.all<AppendRefused>().size(), 2);
    for (const AppendRefused &refused : life.listener.all<AppendRefused>())
        QCOMPARE(refused.code, protocol::ErrorCode::ReadOnly);
    QCOMPARE(life.listener.states.size(), 1);
    QVERIFY(!life.listener.states.constFirst().isWritable);
    QVERIFY2(
        life.listener.states.constFirst().text.contains(word), qUtf8Printable(life.listener.states.constFirst().text));

    // It goes on trying, and says nothing new as long as nothing is.
    const int failures = vfs.failures();
    QVERIFY(QTest::qWaitFor([&] { return vfs.failures() >= failures + 3; }));
    QCOMPARE(life.listener.states.size(), 1);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.waitForOutcomes(4));
    QCOMPARE(life.listener.all<AppendRefused>().size(), 3);

    vfs.failWritesWith(SQLITE_OK);
    vfs.failSyncsWith(SQLITE_OK);
    QVERIFY(QTest::qWaitFor([&] { return life.listener.states.size() == 2; }));
    QVERIFY(life.listener.states.constLast().isWritable);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(second));
    QVERIFY(life.waitForOutcomes(6));
    // What the failed transaction left behind is unknown: stored then or now, but once, and in order.
    const auto stored = life.listener.all<Appended>();
    QCOMPARE(stored.size(), 3);
    QCOMPARE(stored.at(1).event.seq, 2ull);
    QCOMPARE(stored.at(2).event.seq, 3ull);
    QVERIFY(life.close());

    const auto database = SqlDatabase::open(databasePath(dir.path()));
    QVERIFY(database);
    auto check = database->query(u"PRAGMA integrity_check"_s);
    QVERIFY(check && check->next());
    QCOMPARE(check->value(0).toString(), u"ok"_s);
    auto rows = database->query(u"SELECT group_concat(text) FROM (SELECT text FROM events ORDER BY seq)"_s);
    QVERIFY(rows && rows->next());
    QCOMPARE(rows->value(0).toString(), u"before,1,2"_s);
    auto probes = database->query(u"SELECT COUNT(*) FROM meta WHERE key = 'probe'"_s);
    QVERIFY(probes && probes->next());
    QCOMPARE(probes->value(0).toInt(), 0);
}

void tst_DiskFaults::knownDevicesGetIn()
{
    WatchedVfs vfs;
    const QTemporaryDir dir;
    StoreLife life(options(dir));
    QVERIFY(life.open());
    const DeviceKey ann = DeviceKey::generate();
    QVERIFY(life.store.submit(testLogIn(ann, u"Ann"_s)));
    QVERIFY(life.waitForOutcomes(1));

    vfs.failWritesWith(SQLITE_FULL);
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
    QVERIFY(life.waitForOutcomes(2));
    QVERIFY(life.store.submit(testLogIn(ann, u"Anna"_s)));
    QVERIFY(life.store.submit(testLogIn(DeviceKey::generate(), u"Bob"_s)));
    QVERIFY(life.waitForOutcomes(4));
    const auto logins = life.listener.all<LoggedIn>();
    QCOMPARE(logins.size(), 2);
    QCOMPARE(logins.constLast().user.name, u"Ann"_s); // a new name would have to be written
    QCOMPARE(life.listener.all<LogInRefused>().constFirst().why, LogInRefused::Why::StoreFailed);
    vfs.failWritesWith(SQLITE_OK);
}

/// The order of a room had a hole in memory: what such a transaction had stored was never told.
void tst_DiskFaults::commitThatFailedButHappenedIsTold()
{
    WatchedVfs vfs;
    const QTemporaryDir dir;
    StoreLife life(options(dir));
    QVERIFY(life.open());
    const DeviceKey ann = DeviceKey::generate();
    QVERIFY(life.store.submit(testLogIn(ann, u"Ann"_s)));
    QVERIFY(life.waitForOutcomes(1));
    const protocol::User annUser = life.listener.all<LoggedIn>().constFirst().user;

    // The log has the whole transaction when its sync fails, and the next connection finds it there.
    vfs.failSyncsWith(SQLITE_IOERR_FSYNC);
    const RoomId ops(u"ops"_s);
    const Append message = testAppend(0, ops, u"in doubt"_s);
    QVERIFY(life.store.submit(testLogIn(DeviceKey::generate(), u"Bob"_s)));
    QVERIFY(life.store.submit(CreateRoom{{1, 1}, annUser.id, ops, u"Ops"_s}));
    QVERIFY(life.store.submit(message));
    QVERIFY(life.store.submit(ChangeMembership{{1, 2}, annUser.id, lobbyId, false}));
    QVERIFY(life.waitForOutcomes(5));
    QVERIFY(life.listener.all<Appended>().isEmpty());
    QVERIFY(life.listener.all<RoomCreated>().isEmpty());

    vfs.failSyncsWith(SQLITE_OK);
    QVERIFY(QTest::qWaitFor([&] { return life.listener.states.size() == 2; }));
    // Ahead of the news that it can write again, so that nothing can be stored behind a hole.
    QCOMPARE(life.listener.all<RoomCreated>().size(), 1);
    QCOMPARE(life.listener.all<RoomCreated>().constFirst().user, annUser.id);
    QCOMPARE(life.listener.all<LoggedIn>().size(), 2);
    QCOMPARE(life.listener.all<LoggedIn>().constLast().user.name, u"Bob"_s);
    QVERIFY(life.listener.all<LoggedIn>().constLast().isNew);
    QVERIFY(!life.listener.all<MembershipChanged>().constFirst().isMember);
    auto appended = life.listener.all<Appended>();
    QCOMPARE(appended.size(), 1);
    QCOMPARE(appended.constFirst().event.messageId, message.messageId);
    QCOMPARE(appended.constFirst().event.text, message.text);
    QVERIFY(!appended.constFirst().isDuplicate);
    QCOMPARE(life.listener.ever.stored, 1ull);

    const auto before = life.listener.outcomes.size();
    QVERIFY(life.store.submit(message));
    QVERIFY(life.store.submit(testAppend(0, ops, u"next"_s)));
    QVERIFY(life.waitForOutcomes(before + 2));
    appended = life.listener.all<Appended>();
    QVERIFY(appended.at(1).isDuplicate);
    QCOMPARE(appended.at(2).event.seq, 2ull);
}

QTEST_GUILESS_MAIN(tst_DiskFaults)
#include "tst_diskfaults.moc"
