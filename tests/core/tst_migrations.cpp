#include "core/migrations.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lanline;

namespace {

const QList<Migration> twoSteps{
    {1, {u"CREATE TABLE room(id TEXT PRIMARY KEY)"_s, u"INSERT INTO room VALUES('lobby')"_s}},
    {2, {u"ALTER TABLE room ADD COLUMN title TEXT NOT NULL DEFAULT ''"_s}},
};

QVariant valueOf(const SqlDatabase &database, const QString &sql)
{
    auto query = database.query(sql);
    return query && query->next() ? query->value(0) : QVariant();
}

int versionOf(const SqlDatabase &database)
{
    return valueOf(database, u"PRAGMA user_version"_s).toInt();
}

/// The whole schema as text.
QString schemaOf(const SqlDatabase &database)
{
    return valueOf(database, u"SELECT group_concat(sql, ';') FROM sqlite_master"_s).toString();
}

} // namespace

class TestMigrations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        auto database = SqlDatabase::open(m_folder->filePath(u"test.db"_s));
        QVERIFY(database);
        m_database = std::make_unique<SqlDatabase>(std::move(*database));
    }

    void cleanup() { m_database.reset(); }

    void bringsAnEmptyDatabaseToTheLastVersion()
    {
        QCOMPARE(migrate(*m_database, twoSteps).value_or(-1), 2);
        QCOMPARE(versionOf(*m_database), 2);
        QCOMPARE(valueOf(*m_database, u"SELECT id || title FROM room"_s).toString(), u"lobby"_s);
    }

    void doesEachStepOnce()
    {
        QCOMPARE(migrate(*m_database, {twoSteps.first()}).value_or(-1), 1);
        QVERIFY(m_database->execute(u"INSERT INTO room VALUES('ops')"_s));
        QCOMPARE(migrate(*m_database, twoSteps).value_or(-1), 2);
        QCOMPARE(migrate(*m_database, twoSteps).value_or(-1), 2);
        QCOMPARE(valueOf(*m_database, u"SELECT count(*) FROM room WHERE title = ''"_s).toInt(), 2);
    }

    void needsNoSteps()
    {
        QCOMPARE(migrate(*m_database, {}).value_or(-1), 0);
        QCOMPARE(schemaOf(*m_database), QString());
    }

    void refusesANewerDatabaseAndLeavesIt()
    {
        QVERIFY(migrate(*m_database, twoSteps));
        const QString schema = schemaOf(*m_database);
        const auto result = migrate(*m_database, {twoSteps.first()});
        QVERIFY(!result);
        QCOMPARE(result.error().kind, MigrationError::Kind::Newer);
        QCOMPARE(result.error().version, 2);
        QVERIFY2(result.error().text.contains(u"version 2"_s) && result.error().text.contains(u"up to 1"_s),
            qPrintable(result.error().text));
        QCOMPARE(versionOf(*m_database), 2);
        QCOMPARE(schemaOf(*m_database), schema);
        QVERIFY(!migrate(*m_database, {}));
    }

    void rollsAFailingStepBackWhole()
    {
        const QList<Migration> failing{twoSteps.at(0),
            {2,
                {u"CREATE TABLE user(id INTEGER PRIMARY KEY)"_s, u"INSERT INTO room VALUES('ops')"_s,
                    u"INSERT INTO room VALUES('lobby')"_s}},
            {3, {u"CREATE TABLE never(id INTEGER)"_s}}};
        const auto result = migrate(*m_database, failing);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, MigrationError::Kind::Failed);
        QCOMPARE(result.error().version, 2);
        QVERIFY2(result.error().text.contains(u"UNIQUE"_s), qPrintable(result.error().text));
        // The step before it holds; of the failed one nothing is left, and the later one was not tried.
        QCOMPARE(versionOf(*m_database), 1);
        QCOMPARE(valueOf(*m_database, u"SELECT group_concat(id) FROM room"_s).toString(), u"lobby"_s);
        QVERIFY(!schemaOf(*m_database).contains(u"user"_s));
        QVERIFY(!schemaOf(*m_database).contains(u"never"_s));

        // Mended, it goes on from there.
        QCOMPARE(migrate(*m_database, twoSteps).value_or(-1), 2);
    }

    void refusesAListOutOfOrder_data()
    {
        QTest::addColumn<QList<int>>("versions");
        QTest::newRow("from zero") << QList<int>{0, 1};
        QTest::newRow("twice the same") << QList<int>{1, 1};
        QTest::newRow("descending") << QList<int>{2, 1};
        QTest::newRow("negative") << QList<int>{-1};
    }
    void refusesAListOutOfOrder()
    {
        QFETCH(QList<int>, versions);
        QList<Migration> list;
        for (const int version : versions)
            list.append({version, {u"CREATE TABLE t%1(id INTEGER)"_s.arg(list.size())}});
        const auto result = migrate(*m_database, list);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, MigrationError::Kind::BadList);
        QCOMPARE(schemaOf(*m_database), QString());
    }

    void saysThatItCannotWrite()
    {
        auto reader = SqlDatabase::open(m_folder->filePath(u"test.db"_s), SqlDatabase::Access::ReadOnly);
        QVERIFY(reader);
        const auto result = migrate(*reader, twoSteps);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, MigrationError::Kind::Failed);
        QCOMPARE(result.error().version, 1);
        QCOMPARE(versionOf(*m_database), 0);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqlDatabase> m_database;
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
