#include "core/migrations.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"
#include "tests/support/storelife.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

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
    void beginAnewLeavesSoundDataAlone();
    void logIsGoneAfterAClose();
    void movedDataRenewsItsEpoch_data();
    void movedDataRenewsItsEpoch();
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

using Damage = std::function<void(const QString &path)>;

void tst_StoreFiles::unusableDataIsLeftAlone_data()
{
    QTest::addColumn<bool>("isClosed"); // in order, before the damage
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<QString>("word");
    const auto truncateTo = [](double part) {
        return Damage(
            [part](const QString &path) { QFile::resize(path, qint64(double(QFileInfo(path).size()) * part)); });
    };
    const auto overwriteAt = [](double part) {
        return Damage([part](const QString &path) {
            QFile file(path);
            if (!file.open(QFile::ReadWrite) || !file.seek(qint64(double(file.size()) * part)))
                qFatal("the file cannot be damaged");
            file.write(QByteArray(5'000, 'g'));
        });
    };
    const Damage makeNewer = [](const QString &path) {
        const auto database = SqlDatabase::open(path);
        if (!database || !database->execute(u"PRAGMA user_version = 999"_s))
            qFatal("the version cannot be changed");
    };
    QTest::newRow("truncated to nothing") << true << truncateTo(0) << u"truncated"_s;
    QTest::newRow("truncated to less than a header") << true << truncateTo(0.0001) << u"beginning"_s;
    QTest::newRow("truncated to a half") << true << truncateTo(0.5) << u"truncated"_s;
    QTest::newRow("truncated by a little") << true << truncateTo(0.99) << u"truncated"_s;
    QTest::newRow("torn at the beginning") << true << overwriteAt(0) << u"not a database"_s;
    QTest::newRow("torn in the middle") << true << overwriteAt(0.5) << u"damaged"_s;
    QTest::newRow("made by a newer version") << true << makeNewer << u"newer"_s;
    QTest::newRow("truncated while a log is there") << false << truncateTo(0.5) << u"damaged"_s;
    QTest::newRow("torn while a log is there") << false << overwriteAt(0.5) << u"damaged"_s;
    QTest::newRow("newer, in a log") << false << makeNewer << u"newer"_s;
    QTest::newRow("gone, but its log is there")
        << false << Damage([](const QString &path) { QFile::remove(path); }) << u"missing"_s;
}

void tst_StoreFiles::unusableDataIsLeftAlone()
{
    QFETCH(bool, isClosed);
    QFETCH(Damage, damage);
    QFETCH(QString, word);
    const QTemporaryDir dir;
    const QString path = databasePath(dir.path());
    {
        const QTemporaryDir work;
        StoreLife life(work.path());
        QVERIFY(life.open());
        for (int i = 0; i < 400; ++i)
            QVERIFY(life.store.submit(testAppend(0, lobbyId, QString(500, u'x'))));
        QVERIFY(life.waitForOutcomes(400));
        QVERIFY(life.close());
        QVERIFY(QFile::copy(databasePath(work.path()), path));
    }
    // A connection that never closes: its log stays, with something in it that the database does not have yet.
    std::optional<SqlDatabase> lingering;
    if (!isClosed) {
        lingering.emplace(*SqlDatabase::open(path));
        QVERIFY(lingering->execute(u"UPDATE rooms SET title = 'Hall'"_s));
    }
    damage(path);
    const QString copy = dir.filePath(u"copy"_s);
    QVERIFY(QDir().mkpath(copy));
    for (const QString &name : QDir(dir.path()).entryList({u"lanline.db*"_s}, QDir::Files)) {
        if (!name.endsWith(u"-shm"))
            QVERIFY(QFile::copy(dir.filePath(name), copy + u'/' + name));
    }
    const auto bytes = [&] {
        QList<QByteArray> all;
        for (const QString &name : {u"lanline.db"_s, u"lanline.db-wal"_s}) {
            QFile file(copy + u'/' + name);
            all.append(file.open(QFile::ReadOnly) ? file.readAll() : QByteArray());
        }
        return all;
    };
    const auto before = bytes();
    QCOMPARE(before.at(1).isEmpty(), isClosed);

    StoreLife life(copy);
    QVERIFY(!life.open());
    QVERIFY2(life.listener.unusable.contains(word), qUtf8Printable(life.listener.unusable));
    QVERIFY2(life.listener.unusable.contains(databasePath(copy)), qUtf8Printable(life.listener.unusable));
    QVERIFY(bytes() == before);

    // Only when it is told to, it begins anew, and keeps every file of the old one.
    StoreOptions options{copy, {}};
    options.beginAnew = true;
    StoreLife anew(options);
    QVERIFY2(anew.open(), qUtf8Printable(anew.listener.unusable));
    QCOMPARE(anew.listener.snapshot->rooms.constFirst().headSeq, 0ull);
    QVERIFY(anew.close());
    const QStringList kept = QDir(copy).entryList({u"lanline.db.damaged-*"_s}, QDir::Files, QDir::Name);
    QVERIFY(!kept.isEmpty());
    for (const QString &name : kept) {
        QFile file(copy + u'/' + name);
        QVERIFY(file.open(QFile::ReadOnly));
        if (!name.endsWith(u"-shm"))
            QVERIFY(file.readAll() == before.at(name.endsWith(u"-wal") ? 1 : 0));
    }
}

void tst_StoreFiles::beginAnewLeavesSoundDataAlone()
{
    const QTemporaryDir dir;
    StoreOptions options{dir.path(), {}};
    options.beginAnew = true;
    {
        StoreLife life(options);
        QVERIFY(life.open());
        QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
        QVERIFY(life.close());
    }
    StoreLife life(options);
    QVERIFY(life.open());
    QCOMPARE(life.listener.snapshot->rooms.constFirst().headSeq, 1ull);
    QCOMPARE(QDir(dir.path()).entryList({u"*damaged*"_s}).size(), 0);
}

void tst_StoreFiles::logIsGoneAfterAClose()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QVERIFY(life.open());
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"x"_s)));
    QVERIFY(life.waitForOutcomes(1));
    QVERIFY(life.read({{}, lobbyId, PageRequest::Kind::Events, 0, 1, 1, 1}).isRead); // the reader has its connection
    QVERIFY(QFile::exists(databasePath(dir.path()) + u"-wal"_s));
    QVERIFY(life.close());
    QVERIFY(!QFile::exists(databasePath(dir.path()) + u"-wal"_s));
}

void tst_StoreFiles::movedDataRenewsItsEpoch_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("started again") << u"again"_s;
    QTest::newRow("folder renamed") << u"renamed"_s;
    QTest::newRow("folder copied") << u"copied"_s;
    QTest::newRow("file replaced by its copy") << u"replaced"_s;
}

void tst_StoreFiles::movedDataRenewsItsEpoch()
{
    QFETCH(QString, how);
    const QTemporaryDir dir;
    QString data = dir.filePath(u"data"_s);
    const Append message = testAppend(0, lobbyId, u"x"_s);
    Snapshot before;
    {
        StoreLife life(data);
        QVERIFY(life.open());
        before = *life.listener.snapshot;
        QVERIFY(life.store.submit(message));
        QVERIFY(life.close());
    }
    const QString other = dir.filePath(u"other"_s);
    if (how == u"renamed") {
        QVERIFY(QDir().rename(data, other));
        data = other;
    } else if (how == u"copied") {
        QVERIFY(QDir().mkpath(other));
        QVERIFY(QFile::copy(databasePath(data), databasePath(other)));
        data = other;
    } else if (how == u"replaced") {
        QVERIFY(QFile::copy(databasePath(data), other));
        QVERIFY(QFile::remove(databasePath(data)));
        QVERIFY(QFile::rename(other, databasePath(data)));
    }
    for (int start = 0; start < 2; ++start) {
        StoreLife life(data);
        QVERIFY(life.open());
        const Snapshot &after = *life.listener.snapshot;
        QCOMPARE(after.epoch == before.epoch, how == u"again" || start > 0);
        before.epoch = after.epoch; // renewed once, not at every start
        QCOMPARE(after.serverId, before.serverId);
        QCOMPARE(after.rooms.constFirst().headSeq, 1ull);
        QVERIFY(life.store.submit(message));
        QVERIFY(life.waitForOutcomes(1));
        QVERIFY(life.listener.all<Appended>().constFirst().isDuplicate);
        QVERIFY(life.close());
    }
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
