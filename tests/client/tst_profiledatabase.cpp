#include "client/store/profiledatabase.h"
#include "client/store/threadedclientstore.h"
#include "core/sqldatabase.h"
#include "tests/support/clientbench.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace lanline;
using namespace lanline::client;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Less than the log has already: SQLite can neither add to it nor write over what it left there.
constexpr rlim_t smallest = 4096;

} // namespace

/// The profile's database on real files: what it holds through, and what it says where it cannot.
class TestProfileDatabase final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatWasAnsweredOutlivesACrash();
    void theOrderOfTheOutboxOutlivesIt();
    void aTemporaryOneLeavesNothingBehind();
    void aDamagedFileIsKeptAside_data();
    void aDamagedFileIsKeptAside();
    void remembersWhoThisIsToTheServer();
    void aTornFileGivesUpItsOutbox();
    void aNewerFileIsKeptAsideWithItsOutboxTakenOver();
    void aFolderThatCannotBeUsedIsTold();
    void aFullDiskIsToldAndEndsWell();
    void aFullDiskKeepsWhatIsSettled();
    void aSecondAnswerCountsForNothing();
    void theThreadedStoreDoesAllBeforeItEnds();
    void theThreadedStoreAnswersInOrder();

private:
    QString path(const QString &name = u"profile.sqlite"_s) const { return m_dir->filePath(name); }
    ServerSnapshot open(ProfileDatabase &database, QList<StoreReply> *others = nullptr)
    {
        ServerSnapshot snapshot;
        for (const StoreReply &reply : database.run({{0, OpenServer{QUrl(u"ws://server:47100/"_s)}}})) {
            if (const auto *opened = std::get_if<ServerOpened>(&reply.what))
                snapshot = opened->snapshot;
            else if (others)
                others->append(reply);
        }
        m_key = snapshot.key;
        return snapshot;
    }
    StoreRequest request(StoreTask task) const { return {m_key, std::move(task)}; }
    StoreRequest adding(const QString &text) const { return request(AddItem{composed(u"lobby"_s, text)}); }
    static QStringList texts(const ServerSnapshot &snapshot)
    {
        QStringList texts;
        for (const OutboxItem &item : snapshot.outbox)
            texts.append(item.text);
        return texts;
    }
    template <class Answer>
    static QList<Answer> answers(const QList<StoreReply> &replies)
    {
        QList<Answer> found;
        for (const StoreReply &reply : replies) {
            if (const auto *answer = std::get_if<Answer>(&reply.what))
                found.append(*answer);
        }
        return found;
    }
    /// What a power cut at this moment would leave, as far as this process has told the system.
    QString copyAsOfNow() const
    {
        for (const QString &suffix : {u""_s, u"-wal"_s})
            QFile::copy(path() + suffix, path(u"copy.sqlite"_s) + suffix);
        return path(u"copy.sqlite"_s);
    }
    QStringList asides() const { return QDir(m_dir->path()).entryList({u"profile-*.sqlite"_s}); }
    /// No file of this process may grow beyond `bytes`; SQLite sees a failed write.
    static void limitFiles(rlim_t bytes)
    {
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = std::min(bytes, limit.rlim_max);
        setrlimit(RLIMIT_FSIZE, &limit);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    qint64 m_key = 0;
};

void TestProfileDatabase::init()
{
    (void)std::signal(SIGXFSZ, SIG_IGN);
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestProfileDatabase::cleanup()
{
    limitFiles(RLIM_INFINITY);
}

void TestProfileDatabase::whatWasAnsweredOutlivesACrash()
{
    ProfileDatabase database(path());
    open(database);
    const OutboxItem item = composed(u"lobby"_s, u"会议 👋"_s);
    OutboxItem sent = composed(u"ops"_s, u"sent"_s);
    sent.hasLeft = true;
    sent.kind = protocol::EventKind::Edit;
    sent.targetId = item.messageId;
    sent.composedAt = WallTime(1'700'000'000'123ms);
    QCOMPARE(answers<ItemsWritten>(database.run({request(AddItem{item}), request(AddItem{sent})})).size(), 2);
    database.run({request(MarkLeft{{item}})});

    ProfileDatabase afterwards(copyAsOfNow());
    const ServerSnapshot snapshot = open(afterwards);
    QVERIFY(afterwards.problem().isEmpty());
    QCOMPARE(snapshot.outbox.size(), 2);
    QCOMPARE(snapshot.outbox[0].messageId, item.messageId);
    QCOMPARE(snapshot.outbox[0].text, item.text);
    QVERIFY(snapshot.outbox[0].hasLeft);
    QCOMPARE(snapshot.outbox[1].room, sent.room);
    QCOMPARE(snapshot.outbox[1].kind, sent.kind);
    QCOMPARE(snapshot.outbox[1].targetId, sent.targetId);
    QCOMPARE(snapshot.outbox[1].composedAt, sent.composedAt);
    QCOMPARE(snapshot.ledger.sent, quint64(2));
    QCOMPARE(snapshot.ledger.waiting, quint64(2));
}

void TestProfileDatabase::theOrderOfTheOutboxOutlivesIt()
{
    {
        ProfileDatabase database(path());
        open(database);
        const OutboxItem first = composed(u"lobby"_s, u"first"_s);
        database.run({request(AddItem{first}), adding(u"second"_s)});
        database.run({request(FailItem{first.messageId, protocol::ErrorCode::NotAMember, u"not in there"_s})});
        const ServerSnapshot snapshot = open(database);
        QCOMPARE(snapshot.outbox[0].state, SendState::Failed);
        QCOMPARE(snapshot.outbox[0].code, protocol::ErrorCode::NotAMember);
        QCOMPARE(snapshot.outbox[0].reason, u"not in there"_s);
        QCOMPARE(snapshot.ledger.refused, quint64(1));
        database.run({request(RequeueItem{first.messageId, u"first again"_s})});
    }
    ProfileDatabase database(path());
    open(database);
    database.run({adding(u"third"_s)});
    const ServerSnapshot snapshot = open(database);
    QCOMPARE(texts(snapshot), (QStringList{u"second"_s, u"first again"_s, u"third"_s}));
    QCOMPARE(snapshot.ledger.sent, quint64(3));
    QCOMPARE(snapshot.ledger.refused, quint64(0));
    QCOMPARE(snapshot.ledger.waiting, quint64(3));
}

void TestProfileDatabase::aTemporaryOneLeavesNothingBehind()
{
    const auto folders = [] { return QDir::temp().entryList({u"tst_profiledatabase-*"_s}, QDir::Dirs); };
    const QStringList before = folders();
    {
        ProfileDatabase database({});
        open(database);
        QCOMPARE(answers<ItemsWritten>(database.run({adding(u"a"_s)}))[0].areWritten, true);
        QCOMPARE(folders().size(), before.size() + 1);
    }
    QCOMPARE(folders(), before);
}

void TestProfileDatabase::aDamagedFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no database at all") << QByteArray(10'000, 'x');
    QTest::newRow("a database's name, and garbage") << QByteArray("SQLite format 3\0", 16) + QByteArray(10'000, 'x');
}

void TestProfileDatabase::aDamagedFileIsKeptAside()
{
    QFETCH(QByteArray, content);
    {
        QFile file(path());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(content);
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"damaged"_s));
    ProfileDatabase database(path());
    QList<StoreReply> told;
    open(database, &told);
    const auto problems = answers<StoreProblem>(told);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(asides().size(), 1);
    QVERIFY2(problems[0].text.contains(asides()[0]), qPrintable(problems[0].text));
    QFile aside(path(asides()[0]));
    QVERIFY(aside.open(QFile::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    QCOMPARE(answers<ItemsWritten>(database.run({adding(u"a"_s)}))[0].areWritten, true);
    // It is said for as long as this runs, and is over with the next start.
    QVERIFY(!database.problem().isEmpty());
    QVERIFY(ProfileDatabase(path()).problem().isEmpty());
}

void TestProfileDatabase::remembersWhoThisIsToTheServer()
{
    const protocol::User alice{UserId(7), u"Alice"_s, false, 200};
    {
        ProfileDatabase database(path());
        QVERIFY(open(database).self.id.isNull());
        database.run({request(SaveSelf{alice})});
    }
    ProfileDatabase database(path());
    QCOMPARE(open(database).self, alice);
}

void TestProfileDatabase::aTornFileGivesUpItsOutbox()
{
    {
        ProfileDatabase database(path());
        open(database);
        database.run({adding(u"kept"_s)});
        // A history that makes the file long, so that tearing off its end leaves the outbox.
        QList<protocol::Event> events = eventsFrom(1, 5000);
        database.run({request(SaveRooms{{roomState(u"lobby"_s, 5000)}, true}),
            request(SavePage{RoomId(u"lobby"_s), 1, 1, 5000, events, true})});
    }
    QFile file(path());
    const qint64 size = file.size();
    QVERIFY(size > 200'000);
    QVERIFY(file.resize(size / 2));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"damaged"_s));
    ProfileDatabase database(path());
    const ServerSnapshot snapshot = open(database);
    QCOMPARE(texts(snapshot), QStringList{u"kept"_s});
    QVERIFY2(database.problem().contains(u"1 unsent"_s), qPrintable(database.problem()));
    QCOMPARE(asides().size(), 1);
    QVERIFY(snapshot.rooms.isEmpty());
}

void TestProfileDatabase::aNewerFileIsKeptAsideWithItsOutboxTakenOver()
{
    {
        ProfileDatabase database(path());
        open(database);
        database.run({adding(u"one"_s), adding(u"two"_s)});
    }
    {
        const auto raw = SqlDatabase::open(path());
        QVERIFY(raw.has_value());
        QVERIFY(raw->execute(u"ALTER TABLE outbox ADD COLUMN priority INTEGER"_s).has_value());
        QVERIFY(raw->execute(u"PRAGMA user_version=99"_s).has_value());
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"newer"_s));
    ProfileDatabase database(path());
    QCOMPARE(texts(open(database)), (QStringList{u"one"_s, u"two"_s}));
    QVERIFY(database.problem().contains(u"newer"_s));
    QCOMPARE(asides().size(), 1);
    const auto aside = SqlDatabase::open(path(asides()[0]), SqlDatabase::Access::ReadOnly);
    QVERIFY(aside.has_value());
    auto version = aside->query(u"PRAGMA user_version"_s);
    QVERIFY(version->next());
    QCOMPARE(version->value(0).toInt(), 99);
}

void TestProfileDatabase::aFolderThatCannotBeUsedIsTold()
{
    QFile file(path(u"taken"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    ProfileDatabase database(path(u"taken/profile.sqlite"_s));
    QList<StoreReply> told;
    open(database, &told);
    QCOMPARE(answers<StoreProblem>(told).size(), 1);
    QVERIFY(!answers<StoreProblem>(told)[0].text.isEmpty());
    // As good as a guest's.
    QCOMPARE(answers<ItemsWritten>(database.run({adding(u"a"_s)}))[0].areWritten, true);
}

void TestProfileDatabase::aFullDiskIsToldAndEndsWell()
{
    ProfileDatabase database(path());
    open(database);
    database.run({adding(u"before"_s)});
    limitFiles(smallest);
    const QList<StoreReply> full = database.run({adding(u"lost"_s)});
    QCOMPARE(answers<ItemsWritten>(full).size(), 1);
    QVERIFY(!answers<ItemsWritten>(full)[0].areWritten);
    QCOMPARE(answers<StoreProblem>(full).size(), 1);
    QVERIFY(database.wantsRetry());
    QVERIFY(database.run({}).isEmpty());
    QVERIFY(database.wantsRetry());
    // What is there can be read all the same.
    const auto page = answers<PageLoaded>(database.run({request(LoadPage{RoomId(u"lobby"_s)})}));
    QCOMPARE(page.size(), 1);

    limitFiles(RLIM_INFINITY);
    const QList<StoreReply> room = database.run({});
    QCOMPARE(answers<StoreProblem>(room).size(), 1);
    QVERIFY(answers<StoreProblem>(room)[0].text.isEmpty());
    QVERIFY(!database.wantsRetry());
    database.run({adding(u"after"_s)});
    const ServerSnapshot snapshot = open(database);
    QCOMPARE(texts(snapshot), (QStringList{u"before"_s, u"after"_s}));
    QCOMPARE(snapshot.ledger.sent, quint64(2));
    QCOMPARE(snapshot.ledger.lost(), quint64(0));
}

void TestProfileDatabase::aFullDiskKeepsWhatIsSettled()
{
    ProfileDatabase database(path());
    open(database);
    const OutboxItem item = composed(u"lobby"_s, u"a"_s);
    database.run({request(AddItem{item})});
    limitFiles(smallest);
    database.run({request(SettleItem{item.messageId, SendState::Stored, true})});
    QVERIFY(database.wantsRetry());
    limitFiles(RLIM_INFINITY);
    const auto counted = answers<LedgerCounted>(database.run({}));
    QCOMPARE(counted.size(), 1);
    QCOMPARE(counted[0].ledger.stored, quint64(1));
    QCOMPARE(counted[0].ledger.deduplicated, quint64(1));
    QVERIFY(open(database).outbox.isEmpty());
}

void TestProfileDatabase::aSecondAnswerCountsForNothing()
{
    ProfileDatabase database(path());
    open(database);
    const OutboxItem item = composed(u"lobby"_s, u"a"_s);
    database.run({request(AddItem{item})});
    database.run({request(SettleItem{item.messageId}), request(SettleItem{item.messageId})});
    const Ledger ledger = open(database).ledger;
    QCOMPARE(ledger.sent, quint64(1));
    QCOMPARE(ledger.stored, quint64(1));
    QCOMPARE(ledger.waiting, quint64(0));
}

void TestProfileDatabase::theThreadedStoreDoesAllBeforeItEnds()
{
    {
        ProfileDatabase database(path());
        open(database);
    }
    {
        ThreadedClientStore store(path());
        store.listen([](const StoreReply &) {});
        for (int i = 0; i < 100; ++i)
            store.ask(adding(QString::number(i)));
    }
    ProfileDatabase database(path());
    const ServerSnapshot snapshot = open(database);
    QCOMPARE(snapshot.outbox.size(), 100);
    QCOMPARE(snapshot.outbox.last().text, u"99"_s);
}

void TestProfileDatabase::theThreadedStoreAnswersInOrder()
{
    QList<MessageId> asked;
    QList<MessageId> answered;
    ThreadedClientStore store(path());
    store.listen([&](const StoreReply &reply) {
        if (const auto *opened = std::get_if<ServerOpened>(&reply.what)) {
            m_key = opened->snapshot.key;
            for (int i = 0; i < 100; ++i) {
                const OutboxItem item = composed(u"lobby"_s, QString::number(i));
                asked.append(item.messageId);
                store.ask(request(AddItem{item}));
            }
        } else if (const auto *written = std::get_if<ItemsWritten>(&reply.what)) {
            answered += written->messages;
        }
    });
    store.ask({0, OpenServer{QUrl(u"ws://server:47100/"_s)}});
    QTRY_COMPARE(answered.size(), 100);
    QCOMPARE(answered, asked);
}

QTEST_GUILESS_MAIN(TestProfileDatabase)
#include "tst_profiledatabase.moc"
