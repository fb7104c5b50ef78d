#include "core/migrations.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"
#include "tests/support/storelife.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

/// What the store makes of the files it finds.
class tst_StoreFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionOneIsMigrated();
    void lostEventsAreCounted();
    void unusableDataIsLeftAlone_data();
    void unusableDataIsLeftAlone();
    void folderInUseIsRefused();
};

void tst_StoreFiles::versionOneIsMigrated()
{
    const QTemporaryDir dir;
    const Append message = testAppend(0, lobbyId, u"written by version 1"_s);
    const QByteArray epoch(16, 'e');
    {
        auto database = SqlDatabase::open(databasePath(dir.path()));
        QVERIFY(database);
        QVERIFY(migrate(*database, storeMigrations().first(1)));
        QVERIFY(database->execute(u"INSERT INTO meta VALUES ('epoch', ?)"_s, {epoch}));
        QVERIFY(database->execute(u"INSERT INTO rooms(name, title, head_seq) VALUES ('lobby', 'Lobby', 3)"_s));
        for (int seq = 1; seq <= 3; ++seq) {
            QVERIFY(database->execute(u"INSERT INTO events VALUES (1, ?, ?, 7, 'Ann', 0, 9, 1000, 'text')"_s,
                {seq, toBlob(message.messageId)}));
        }
    }
    StoreLife life(dir.path());
    QVERIFY2(life.open(), qUtf8Printable(life.listener.unusable));
    const Snapshot &snapshot = *life.listener.snapshot;
    QCOMPARE(snapshot.epoch.value(), epoch);
    QCOMPARE(snapshot.serverId.value().size(), 16);
    QCOMPARE(snapshot.totals.stored, 3ull);
    QCOMPARE(snapshot.lost, 0ull);
    QVERIFY(life.store.submit(message));
    LogIn login = testLogIn(DeviceKey::generate(), u"Ann"_s);
    login.epoch = snapshot.epoch;
    login.cursors = {{lobbyId, 1, message.messageId}};
    QVERIFY(life.store.submit(login));
    QVERIFY(life.waitForOutcomes(2));
    const auto cursors = life.listener.all<LoggedIn>().constFirst().cursors;
    QCOMPARE(cursors.constFirst().state, protocol::CursorState::Valid);
    QCOMPARE(cursors.constFirst().missedMessages, 3ull);
    QCOMPARE(life.listener.ever.stored, 4ull);
    const Page page = life.read({{}, lobbyId, PageRequest::Kind::Messages, 5, 4, 10, 1'000});
    QCOMPARE(page.events.size(), 4);
    QCOMPARE(page.events.constFirst().text, u"text"_s);
}

void tst_StoreFiles::lostEventsAreCounted()
{
    const QTemporaryDir dir;
    {
        StoreLife life(dir.path());
        QVERIFY(life.open());
        for (int i = 0; i < 5; ++i)
            QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
        QVERIFY(life.close());
    }
    {
        auto database = SqlDatabase::open(databasePath(dir.path()));
        QVERIFY(database);
        QVERIFY(database->execute(u"DELETE FROM events WHERE seq IN (2, 4)"_s));
    }
    StoreLife life(dir.path());
    QVERIFY(life.open());
    QCOMPARE(life.listener.snapshot->lost, 2ull);
    QCOMPARE(life.listener.snapshot->totals.stored, 5ull);
}

void tst_StoreFiles::unusableDataIsLeftAlone_data()
{
    QTest::addColumn<bool>("isNewer"); // or garbage
    QTest::addColumn<QString>("word");
    QTest::newRow("made by a newer version") << true << u"newer"_s;
    QTest::newRow("no database at all") << false << u"cannot be opened"_s;
}

void tst_StoreFiles::unusableDataIsLeftAlone()
{
    QFETCH(bool, isNewer);
    QFETCH(QString, word);
    const QTemporaryDir dir;
    const QString path = databasePath(dir.path());
    if (isNewer) {
        auto database = SqlDatabase::open(path);
        QVERIFY(database);
        QVERIFY(migrate(*database, storeMigrations()));
        QVERIFY(database->execute(u"PRAGMA user_version = 1000"_s));
    } else {
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray(10'000, 'g'));
    }
    QFile before(path);
    QVERIFY(before.open(QFile::ReadOnly));
    const QByteArray bytes = before.readAll();

    {
        StoreLife life(dir.path());
        QVERIFY(!life.open());
        QVERIFY2(life.listener.unusable.contains(word), qUtf8Printable(life.listener.unusable));
    }
    QFile after(path);
    QVERIFY(after.open(QFile::ReadOnly));
    QCOMPARE(after.readAll(), bytes);
}

void tst_StoreFiles::folderInUseIsRefused()
{
    const QTemporaryDir dir;
    StoreLife first(dir.path());
    QVERIFY(first.open());
    {
        StoreLife second(dir.path());
        QVERIFY(!second.open());
        QVERIFY2(second.listener.unusable.contains(u"Another server"_s), qUtf8Printable(second.listener.unusable));
    }
    QVERIFY(first.close());
    StoreLife third(dir.path());
    QVERIFY(third.open());
}

QTEST_GUILESS_MAIN(tst_StoreFiles)
#include "tst_storefiles.moc"
