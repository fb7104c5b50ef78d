#include "server/store/storecopies.h"
#include "server/store/storefiles.h"
#include "tests/support/storelife.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;

/// Export and backup, while a server runs on the data.
class tst_StoreCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exportsARunningRoom();
    void exportTellsWhatIsMissing();
    void exportEndsWhenItCannotBeWritten();
    void backupIsWholeAndRenewsItsEpoch();
    void backupLeavesOtherFilesAlone();
};

namespace {

QList<QJsonObject> linesOf(const QString &dir)
{
    QList<QJsonObject> lines;
    const auto done = exportRoom(dir, lobbyId, [&](const QByteArray &line) {
        lines.append(QJsonDocument::fromJson(line).object());
        return line.endsWith('\n') && line.count('\n') == 1;
    });
    if (!done)
        qWarning("%s", qUtf8Printable(done.error()));
    return lines;
}

} // namespace

void tst_StoreCopies::exportsARunningRoom()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QVERIFY(life.open());
    const Append first = testAppend(0, lobbyId, u"grüß dich\n你好"_s);
    Append edit = testAppend(0, lobbyId, u"mended"_s);
    edit.kind = protocol::EventKind::Edit;
    edit.targetSeq = 2;
    Append deletion = testAppend(0, lobbyId, {});
    deletion.kind = protocol::EventKind::Deletion;
    deletion.targetSeq = 3;
    for (const Append &command :
        {first, testAppend(0, lobbyId, u"2"_s), testAppend(0, lobbyId, u"3"_s), edit, deletion})
        QVERIFY(life.store.submit(command));
    QVERIFY(life.waitForOutcomes(5));

    const auto lines = linesOf(dir.path());
    QCOMPARE(lines.size(), 5);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(lines.at(i).value(u"seq"_s).toInt(), i + 1);
    QCOMPARE(lines.at(0).value(u"text"_s).toString(), first.text);
    QCOMPARE(lines.at(0).value(u"message_id"_s).toString(), first.messageId.value().toString(QUuid::WithoutBraces));
    QCOMPARE(lines.at(0).value(u"author"_s).toObject().value(u"name"_s).toString(), u"Ann"_s);
    QVERIFY(lines.at(0).value(u"stored_ms"_s).toDouble() > 1e12);
    QVERIFY(!lines.at(0).contains(u"kind"_s));
    QCOMPARE(lines.at(1).value(u"text"_s).toString(), u"mended"_s);
    QCOMPARE(lines.at(1).value(u"changed_seq"_s).toInt(), 4);
    QVERIFY(lines.at(2).value(u"deleted"_s).toBool());
    QVERIFY(!lines.at(2).contains(u"text"_s));
    QCOMPARE(lines.at(3).value(u"kind"_s).toString(), u"EDIT"_s);
    QCOMPARE(lines.at(4).value(u"kind"_s).toString(), u"DELETION"_s);
    QCOMPARE(lines.at(4).value(u"target_seq"_s).toInt(), 3);

    // The server has noticed nothing, and after it the same can be read.
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"6"_s)));
    QVERIFY(life.close());
    QCOMPARE(linesOf(dir.path()).size(), 6);
}

void tst_StoreCopies::exportTellsWhatIsMissing()
{
    const QTemporaryDir dir;
    const auto nothing = [](const QByteArray &) { return true; };
    auto done = exportRoom(dir.path(), lobbyId, nothing);
    QVERIFY(!done);
    QVERIFY2(done.error().contains(dir.path()), qUtf8Printable(done.error()));
    QVERIFY(QDir(dir.path()).isEmpty());

    StoreLife life(dir.path());
    QVERIFY(life.open());
    done = exportRoom(dir.path(), RoomId(u"nowhere"_s), nothing);
    QVERIFY(!done);
    QVERIFY2(done.error().contains(u"nowhere"_s), qUtf8Printable(done.error()));
    QVERIFY(exportRoom(dir.path(), lobbyId, nothing)); // empty
}

void tst_StoreCopies::exportEndsWhenItCannotBeWritten()
{
    const QTemporaryDir dir;
    StoreLife life(dir.path());
    QVERIFY(life.open());
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"1"_s)));
    QVERIFY(life.store.submit(testAppend(0, lobbyId, u"2"_s)));
    QVERIFY(life.waitForOutcomes(2));
    int lines = 0;
    QVERIFY(!exportRoom(dir.path(), lobbyId, [&](const QByteArray &) {
        ++lines;
        return false;
    }));
    QCOMPARE(lines, 1);
}

void tst_StoreCopies::backupIsWholeAndRenewsItsEpoch()
{
    const QTemporaryDir dir;
    const QString data = dir.filePath(u"data"_s);
    const QString backup = dir.filePath(u"backup.db"_s);
    const DeviceKey key = DeviceKey::generate();
    const Append message = testAppend(0, lobbyId, u"x"_s);
    Snapshot before;
    protocol::User ann;
    {
        StoreLife life(data);
        QVERIFY(life.open());
        before = *life.listener.snapshot;
        QVERIFY(life.store.submit(testLogIn(key, u"Ann"_s)));
        QVERIFY(life.store.submit(message));
        QVERIFY(life.waitForOutcomes(2));
        ann = life.listener.all<LoggedIn>().constFirst().user;
        const auto done = backUp(data, backup);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error()));
        // It was made at that moment; the server goes on.
        QVERIFY(life.store.submit(testAppend(0, lobbyId, u"later"_s)));
        QVERIFY(life.waitForOutcomes(3));
        QVERIFY(life.close());
    }
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{u"backup.db"_s});

    // Copied over the file that is there, in the place where that was.
    QFile source(backup);
    QFile target(databasePath(data));
    QVERIFY(source.open(QFile::ReadOnly) && target.open(QFile::WriteOnly));
    target.write(source.readAll());
    target.close();
    StoreLife life(data);
    QVERIFY2(life.open(), qUtf8Printable(life.listener.unusable));
    const Snapshot &after = *life.listener.snapshot;
    QVERIFY(after.epoch != before.epoch);
    QCOMPARE(after.epoch.value().size(), 16);
    QCOMPARE(after.serverId, before.serverId);
    QCOMPARE(after.users, QList{ann});
    QCOMPARE(after.rooms.constFirst().headSeq, 1ull);
    QCOMPARE(after.lost, 0ull);
    QVERIFY(life.store.submit(message));
    QVERIFY(life.waitForOutcomes(1));
    QVERIFY(life.listener.all<Appended>().constFirst().isDuplicate);
}

void tst_StoreCopies::backupLeavesOtherFilesAlone()
{
    const QTemporaryDir dir;
    StoreLife life(dir.filePath(u"data"_s));
    QVERIFY(life.open());
    const QString path = dir.filePath(u"precious"_s);
    QFile precious(path);
    QVERIFY(precious.open(QFile::WriteOnly));
    precious.write("gold");
    precious.close();
    const auto done = backUp(dir.filePath(u"data"_s), path);
    QVERIFY(!done);
    QVERIFY2(done.error().contains(u"exists"_s), qUtf8Printable(done.error()));
    QVERIFY(precious.open(QFile::ReadOnly));
    QCOMPARE(precious.readAll(), QByteArray("gold"));
    QVERIFY(!backUp(dir.filePath(u"data"_s), dir.filePath(u"no/such/folder"_s)));
}

QTEST_GUILESS_MAIN(tst_StoreCopies)
#include "tst_storecopies.moc"
