#include "core/devicekey.h"
#include "core/migrations.h"
#include "server/store/schema.h"
#include "server/store/sqlitestore.h"
#include "server/store/storefiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
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
    void unusableDataIsLeftAlone_data();
    void unusableDataIsLeftAlone();
    void folderInUseIsRefused();
};

namespace {

const RoomId ops{u"ops"_s};

/// Remembers all that a store says.
class Listener final : public StoreSink
{
public:
    void onStoreOpened(const Snapshot &opened) override { snapshot = opened; }
    void onStoreUnusable(const QString &detail) override { unusable = detail; }
    void onStoreOutcomes(const QList<StoreOutcome> &told) override
    {
        transactions.append(told.size());
        outcomes.append(told);
    }
    void onPage(const Page &page) override { pages.append(page); }
    void onStoreClosed() override { isClosed = true; }

    template <class Outcome>
    QList<Outcome> all() const
    {
        QList<Outcome> found;
        for (const StoreOutcome &outcome : outcomes) {
            if (const auto *wanted = std::get_if<Outcome>(&outcome))
                found.append(*wanted);
        }
        return found;
    }

    std::optional<Snapshot> snapshot;
    QString unusable;
    QList<StoreOutcome> outcomes;
    QList<qsizetype> transactions; ///< their sizes
    QList<Page> pages;
    bool isClosed = false;
};

/// One life of a store.
struct Life
{
    explicit Life(const QString &dir, const protocol::Limits &limits = {})
        : store(dir, limits, listener)
    { }

    bool open()
    {
        store.open();
        return QTest::qWaitFor([this] { return listener.snapshot || !listener.unusable.isEmpty(); })
            && listener.snapshot;
    }
    bool waitForOutcomes(qsizetype count)
    {
        return QTest::qWaitFor([&] { return listener.outcomes.size() >= count; }, 30'000);
    }
    bool close()
    {
        store.close();
        return QTest::qWaitFor([this] { return listener.isClosed; });
    }

    Listener listener;
    SqliteStore store;
};

DeviceId device(int number)
{
    return DeviceId(QByteArray(16, char('a' + number)));
}

Append append(int deviceNumber, const RoomId &room, const QString &text, MessageId id = {})
{
    static qint64 time = 0;
    if (id.isNull())
        id = makeMessageId(++time);
    return {{quint64(deviceNumber), 0}, device(deviceNumber), {UserId(7), u"Ann"_s, false, 9}, room, id, text};
}

LogIn logIn(const DeviceKey &key, const QString &name)
{
    return {{1, 0}, protocol::DeviceAuth{key.publicKey(), {}}, name, {}, {}};
}

} // namespace

void tst_SqliteStore::makesEpochAndLobby()
{
    const QTemporaryDir dir;
    Life life(dir.filePath(u"deep/inside"_s));
    QVERIFY(life.open());
    QCOMPARE(life.listener.snapshot->epoch.value().size(), 16);
    QCOMPARE(life.listener.snapshot->rooms.size(), 1);
    QCOMPARE(life.listener.snapshot->rooms.constFirst().id, lobbyId);
    QVERIFY(life.close());
}

void tst_SqliteStore::seqIsGaplessOverManyRoomsAndDevices()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    QVERIFY(life.store.submit(CreateRoom{{1, 1}, UserId(), ops, u"Ops"_s}));
    QVERIFY(life.waitForOutcomes(1));
    QVERIFY(life.listener.all<RoomCreated>().isEmpty()); // no such user: foreign keys hold
    QCOMPARE(life.listener.all<CommandRefused>().constFirst().code, protocol::ErrorCode::ReadOnly);

    QVERIFY(life.store.submit(logIn(DeviceKey::generate(), u"Ann"_s)));
    QVERIFY(life.waitForOutcomes(2));
    const UserId ann = life.listener.all<LoggedIn>().constFirst().user.id;
    QVERIFY(life.store.submit(CreateRoom{{1, 1}, ann, ops, u"Ops"_s}));

    constexpr int messages = 1'200;
    for (int i = 0; i < messages; ++i) {
        QVERIFY(life.store.submit(append(i % 5, i % 3 == 0 ? ops : lobbyId, QString::number(i))));
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
    Life life(dir.path(), limits);
    QVERIFY(life.open());
    for (int i = 0; i < 250; ++i)
        QVERIFY(life.store.submit(append(0, lobbyId, QString::number(i))));
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
    const Append command = append(0, lobbyId, u"once"_s);
    WallTime storedAt;
    {
        Life life(dir.path());
        QVERIFY(life.open());
        QVERIFY(life.store.submit(append(1, lobbyId, u"before"_s)));
        QVERIFY(life.store.submit(command));
        QVERIFY(life.store.submit(command));
        QVERIFY(life.waitForOutcomes(3));
        const auto told = life.listener.all<Appended>();
        storedAt = told.at(1).event.storedAt;
        QVERIFY(!told.at(1).isDuplicate);
        QVERIFY(told.at(2).isDuplicate);
        QVERIFY(life.close());
    }
    Life life(dir.path());
    QVERIFY(life.open());
    QVERIFY(life.store.submit(command));
    QVERIFY(life.store.submit(append(2, lobbyId, u"once"_s, command.messageId)));
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
    Life life(dir.path());
    QVERIFY(life.open());
    const Append first = append(0, lobbyId, u"1"_s);
    const DeviceKey key = DeviceKey::generate();
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(append(0, lobbyId, u"another body"_s, first.messageId)));
    QVERIFY(life.store.submit(append(0, RoomId(u"nowhere"_s), u"x"_s)));
    QVERIFY(life.store.submit(logIn(key, u"Ann"_s)));
    QVERIFY(life.store.submit(logIn(DeviceKey::generate(), u"ANN"_s)));
    QVERIFY(life.store.submit(append(0, lobbyId, u"2"_s)));
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
        Life life(dir.path());
        QVERIFY(life.open());
        epoch = life.listener.snapshot->epoch;
        QVERIFY(life.store.submit(logIn(key, u"Ann"_s)));
        QVERIFY(life.waitForOutcomes(1));
        ann = life.listener.all<LoggedIn>().constFirst().user;
        QVERIFY(life.store.submit(CreateRoom{{1, 1}, ann.id, ops, u"Operations"_s}));
        QVERIFY(life.store.submit(ChangeMembership{{1, 2}, ann.id, lobbyId, false}));
        QVERIFY(life.store.submit(append(0, ops, u"x"_s)));
        // Closing drains: what was submitted is stored, whether or not it was waited for.
        QVERIFY(life.close());
        QCOMPARE(life.listener.outcomes.size(), 4);
        QVERIFY(!life.store.submit(append(0, ops, u"too late"_s)));
    }
    Life life(dir.path());
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
    QVERIFY(life.store.submit(append(0, ops, u"y"_s)));
    QVERIFY(life.waitForOutcomes(1));
    QCOMPARE(life.listener.all<Appended>().constFirst().event.seq, 2ull);
}

void tst_SqliteStore::pagesEndAtBytesAndCount()
{
    const QTemporaryDir dir;
    Life life(dir.path());
    QVERIFY(life.open());
    for (int i = 0; i < 10; ++i)
        QVERIFY(life.store.submit(append(0, lobbyId, QString(100, u'x'))));
    QVERIFY(life.waitForOutcomes(10));
    const auto page = [&](PageRequest::Direction direction, quint64 from, quint64 head, int events, qint64 bytes) {
        life.listener.pages.clear();
        life.store.readPage({{3, 4}, lobbyId, direction, from, head, events, bytes});
        if (!QTest::qWaitFor([&] { return !life.listener.pages.isEmpty(); }))
            return u"no answer"_s;
        const Page &read = life.listener.pages.constFirst();
        if (!read.isRead || read.origin.connection != 3 || read.origin.requestId != 4)
            return u"not read"_s;
        return read.events.isEmpty() ? u"none"_s : u"%1-%2"_s.arg(read.events.first().seq).arg(read.events.last().seq);
    };
    using Direction = PageRequest::Direction;
    QCOMPARE(page(Direction::After, 0, 10, 4, 100'000), u"1-4"_s);
    QCOMPARE(page(Direction::After, 8, 10, 4, 100'000), u"9-10"_s);
    QCOMPARE(page(Direction::After, 0, 3, 8, 100'000), u"1-3"_s); // no further than the hub knows
    QCOMPARE(page(Direction::After, 0, 10, 8, 250), u"1-2"_s);
    QCOMPARE(page(Direction::After, 0, 10, 8, 1), u"1-1"_s);
    QCOMPARE(page(Direction::After, 10, 10, 8, 1), u"none"_s);
    QCOMPARE(page(Direction::Before, 11, 10, 4, 100'000), u"7-10"_s);
    QCOMPARE(page(Direction::Before, 3, 10, 4, 100'000), u"1-2"_s);
    QCOMPARE(page(Direction::Before, 11, 10, 4, 250), u"9-10"_s);

    page(Direction::After, 0, 10, 1, 1);
    const protocol::Event event = life.listener.pages.constFirst().events.constFirst();
    const protocol::Event stored = life.listener.all<Appended>().constFirst().event;
    QCOMPARE(event, stored);
}

void tst_SqliteStore::refusesMoreThanItsQueue()
{
    const QTemporaryDir dir;
    protocol::Limits limits;
    limits.commitQueue = 10;
    Life life(dir.path(), limits);
    QVERIFY(life.open());
    for (int i = 0; i < 10; ++i)
        QVERIFY(life.store.submit(append(0, lobbyId, u"x"_s)));
    QVERIFY(!life.store.submit(append(0, lobbyId, u"too many"_s)));
    QVERIFY(life.waitForOutcomes(10));
    QVERIFY(life.store.submit(append(0, lobbyId, u"x"_s)));
    QVERIFY(life.waitForOutcomes(11));
}

void tst_SqliteStore::failedTransactionIsToldAndTheStoreRecovers()
{
    const QTemporaryDir dir;
    protocol::Limits limits;
    limits.commandsPerCommit = 1;
    Life life(dir.path(), limits);
    QVERIFY(life.open());
    // Another connection takes the table away: a fault in the middle of a transaction, and one that can be mended.
    auto other = SqlDatabase::open(databasePath(dir.path()));
    QVERIFY(other);
    QVERIFY(other->execute(u"ALTER TABLE accepted RENAME TO gone"_s));

    const Append first = append(0, lobbyId, u"1"_s);
    const Append second = append(0, lobbyId, u"2"_s);
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(second));
    QVERIFY(life.waitForOutcomes(2));
    for (const AppendRefused &refused : life.listener.all<AppendRefused>())
        QCOMPARE(refused.code, protocol::ErrorCode::ReadOnly);
    QCOMPARE(life.listener.all<AppendRefused>().size(), 2);

    QVERIFY(other->execute(u"ALTER TABLE gone RENAME TO accepted"_s));
    QVERIFY(life.store.submit(first));
    QVERIFY(life.store.submit(second));
    QVERIFY(life.waitForOutcomes(4));
    QCOMPARE(life.listener.all<Appended>().size(), 2);
    QCOMPARE(life.listener.all<Appended>().at(1).event.seq, 2ull);
}

void tst_SqliteStore::unusableDataIsLeftAlone_data()
{
    QTest::addColumn<bool>("isNewer"); // or garbage
    QTest::addColumn<QString>("word");
    QTest::newRow("made by a newer version") << true << u"newer"_s;
    QTest::newRow("no database at all") << false << u"cannot be opened"_s;
}

void tst_SqliteStore::unusableDataIsLeftAlone()
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
        Life life(dir.path());
        QVERIFY(!life.open());
        QVERIFY2(life.listener.unusable.contains(word), qUtf8Printable(life.listener.unusable));
    }
    QFile after(path);
    QVERIFY(after.open(QFile::ReadOnly));
    QCOMPARE(after.readAll(), bytes);
}

void tst_SqliteStore::folderInUseIsRefused()
{
    const QTemporaryDir dir;
    Life first(dir.path());
    QVERIFY(first.open());
    {
        Life second(dir.path());
        QVERIFY(!second.open());
        QVERIFY2(second.listener.unusable.contains(u"Another server"_s), qUtf8Printable(second.listener.unusable));
    }
    QVERIFY(first.close());
    Life third(dir.path());
    QVERIFY(third.open());
}

QTEST_GUILESS_MAIN(tst_SqliteStore)
#include "tst_sqlitestore.moc"
