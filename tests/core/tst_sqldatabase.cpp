#include "core/sqldatabase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lanline;
using Access = SqlDatabase::Access;

namespace {

QVariant valueOf(const SqlDatabase &database, const QString &sql)
{
    auto query = database.query(sql);
    return query && query->next() ? query->value(0) : QVariant();
}

} // namespace

class TestSqlDatabase final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(u"test.db"_s);
    }

    void cleanup()
    {
        // No test leaves a connection behind.
        QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
    }

    void opensDurably()
    {
        const auto database = SqlDatabase::open(m_path);
        QVERIFY(database);
        QCOMPARE(valueOf(*database, u"PRAGMA journal_mode"_s).toString(), u"wal"_s);
        QCOMPARE(valueOf(*database, u"PRAGMA synchronous"_s).toInt(), 2); // FULL
        QCOMPARE(valueOf(*database, u"PRAGMA foreign_keys"_s).toInt(), 1);
        QCOMPARE(valueOf(*database, u"PRAGMA busy_timeout"_s).toInt(), 5000);
    }

    void keepsWhatWasCommitted()
    {
        {
            const auto database = SqlDatabase::open(m_path);
            QVERIFY(database);
            QVERIFY(database->execute(u"CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL)"_s));
            auto insert = database->prepare(u"INSERT INTO note(id, text) VALUES(?, ?)"_s);
            QVERIFY(insert);
            auto transaction = SqlTransaction::begin(*database);
            QVERIFY(transaction);
            QVERIFY(SqlDatabase::run(*insert, {1, u"one"_s}));
            QVERIFY(SqlDatabase::run(*insert, {2, u"会议 😀"_s}));
            QVERIFY(transaction->commit());
        }
        const auto again = SqlDatabase::open(m_path, Access::ReadOnly);
        QVERIFY(again);
        auto rows = again->query(u"SELECT text FROM note WHERE id >= ? ORDER BY id"_s, {1});
        QVERIFY(rows);
        QVERIFY(rows->next());
        QCOMPARE(rows->value(0).toString(), u"one"_s);
        QVERIFY(rows->next());
        QCOMPARE(rows->value(0).toString(), u"会议 😀"_s);
        QVERIFY(!rows->next());
    }

    void rollsBackWhatWasNot()
    {
        const auto database = SqlDatabase::open(m_path);
        QVERIFY(database);
        QVERIFY(database->execute(u"CREATE TABLE note(id INTEGER PRIMARY KEY)"_s));
        {
            auto transaction = SqlTransaction::begin(*database);
            QVERIFY(transaction);
            QVERIFY(database->execute(u"INSERT INTO note VALUES(1)"_s));
            // A transaction may change hands.
            const SqlTransaction moved = std::move(*transaction);
            QCOMPARE(valueOf(*database, u"SELECT count(*) FROM note"_s).toInt(), 1);
        }
        QCOMPARE(valueOf(*database, u"SELECT count(*) FROM note"_s).toInt(), 0);
        QVERIFY(SqlTransaction::begin(*database));
    }

    void errorsAreResults()
    {
        const auto database = SqlDatabase::open(m_path);
        QVERIFY(database);
        const auto syntax = database->execute(u"SELEC 1"_s);
        QVERIFY(!syntax);
        QVERIFY2(syntax.error().text.contains(u"SELEC"_s), qPrintable(syntax.error().text));
        QVERIFY(!syntax.error().isBusy() && !syntax.error().isConstraint());
        QVERIFY(!database->prepare(u"SELECT * FROM nothing"_s));

        QVERIFY(database->execute(u"CREATE TABLE note(id INTEGER PRIMARY KEY)"_s));
        QVERIFY(database->execute(u"INSERT INTO note VALUES(?)"_s, {1}));
        const auto twice = database->execute(u"INSERT INTO note VALUES(?)"_s, {1});
        QVERIFY(!twice);
        QVERIFY(twice.error().isConstraint());
        QVERIFY(!twice.error().isBusy());
        QVERIFY(!database->execute(u"INSERT INTO note VALUES(?)"_s, {1, 2}));
    }

    void aLockHeldElsewhereIsBusy()
    {
        const auto first = SqlDatabase::open(m_path);
        const auto second = SqlDatabase::open(m_path);
        QVERIFY(first && second);
        QVERIFY(second->execute(u"PRAGMA busy_timeout=0"_s));
        const auto held = SqlTransaction::begin(*first);
        QVERIFY(held);
        const auto refused = SqlTransaction::begin(*second);
        QVERIFY(!refused);
        QVERIFY(refused.error().isBusy());
    }

    void readOnlyDoesNotWrite()
    {
        QVERIFY(!SqlDatabase::open(m_path, Access::ReadOnly));
        QVERIFY(!QFile::exists(m_path));
        const auto writer = SqlDatabase::open(m_path);
        QVERIFY(writer);
        const auto reader = SqlDatabase::open(m_path, Access::ReadOnly);
        QVERIFY(reader);
        QVERIFY(!reader->execute(u"CREATE TABLE note(id INTEGER)"_s));
        // It sees what the writer commits later.
        QVERIFY(writer->execute(u"CREATE TABLE note(id INTEGER)"_s));
        QCOMPARE(valueOf(*reader, u"SELECT count(*) FROM note"_s).toInt(), 0);
    }

    void refusesWhatIsNoDatabase_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("another file") << u"text"_s;
        QTest::newRow("a folder that is not there") << u"no/such/folder.db"_s;
        QTest::newRow("a folder") << u"."_s;
    }
    void refusesWhatIsNoDatabase()
    {
        QFETCH(QString, name);
        const QByteArray text = "This is a letter, and no database at all.\n"_ba.repeated(100);
        QFile file(m_folder->filePath(u"text"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write(text), text.size());
        QVERIFY(file.flush());

        const auto database = SqlDatabase::open(m_folder->filePath(name));
        QVERIFY(!database);
        QVERIFY(!database.error().text.isEmpty());
        QVERIFY(file.seek(0));
        QCOMPARE(file.readAll(), text);
    }

    void movesWithItsConnection()
    {
        auto opened = SqlDatabase::open(u":memory:"_s);
        QVERIFY(opened);
        QVERIFY(opened->execute(u"CREATE TABLE note(id INTEGER)"_s));
        SqlDatabase moved = std::move(*opened);
        QCOMPARE(valueOf(moved, u"SELECT count(*) FROM note"_s).toInt(), 0);
        auto other = SqlDatabase::open(u":memory:"_s);
        QVERIFY(other);
        QCOMPARE(QSqlDatabase::connectionNames().size(), 2);
        moved = std::move(*other);
        QCOMPARE(QSqlDatabase::connectionNames().size(), 1);
        QVERIFY(!moved.query(u"SELECT * FROM note"_s));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestSqlDatabase)
#include "tst_sqldatabase.moc"
