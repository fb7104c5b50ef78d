#include "core/sqlstatement.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using lanline::SqlDatabase;
using lanline::SqlStatement;

/// Statements on SQLite itself, beside QtSql on the same connection.
class tst_SqlStatement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsBound_data();
    void keepsWhatIsBound();
    void stepsThroughRowsAndRunsAgain();
    void tellsWhatIsWrong();
    void letsGoOfItsReads();

private:
    static SqlStatement prepared(const SqlDatabase &database, const QString &sql)
    {
        auto statement = SqlStatement::prepare(database, sql);
        if (!statement)
            qFatal("%ls", qUtf16Printable(statement.error().text));
        return *std::move(statement);
    }

    SqlDatabase m_database = *SqlDatabase::open(u":memory:"_s);
};

void tst_SqlStatement::keepsWhatIsBound_data()
{
    QTest::addColumn<QVariant>("bound");
    QTest::addColumn<QVariant>("read");
    QTest::addColumn<QString>("type");

    QTest::newRow("null") << QVariant() << QVariant() << u"null"_s;
    QTest::newRow("null string") << QVariant(QString()) << QVariant() << u"null"_s;
    QTest::newRow("empty string") << QVariant(u""_s) << QVariant(u""_s) << u"text"_s;
    QTest::newRow("text of two planes") << QVariant(u"Grüße, 电话 ☎ 👍"_s) << QVariant(u"Grüße, 电话 ☎ 👍"_s)
                                        << u"text"_s;
    QTest::newRow("text with a zero in it") << QVariant(u"a\0b"_s) << QVariant(u"a\0b"_s) << u"text"_s;
    QTest::newRow("null bytes") << QVariant(QByteArray()) << QVariant() << u"null"_s;
    QTest::newRow("no bytes") << QVariant(QByteArray("")) << QVariant(QByteArray("")) << u"blob"_s;
    QTest::newRow("bytes") << QVariant(QByteArray("\0\xff", 2)) << QVariant(QByteArray("\0\xff", 2)) << u"blob"_s;
    QTest::newRow("largest") << QVariant(std::numeric_limits<qint64>::max())
                             << QVariant(std::numeric_limits<qint64>::max()) << u"integer"_s;
    QTest::newRow("smallest") << QVariant(std::numeric_limits<qint64>::min())
                              << QVariant(std::numeric_limits<qint64>::min()) << u"integer"_s;
    QTest::newRow("bool") << QVariant(true) << QVariant(qint64(1)) << u"integer"_s;
    QTest::newRow("quint8") << QVariant::fromValue(quint8(200)) << QVariant(qint64(200)) << u"integer"_s;
    QTest::newRow("double") << QVariant(0.25) << QVariant(0.25) << u"real"_s;
}

void tst_SqlStatement::keepsWhatIsBound()
{
    QFETCH(const QVariant, bound);
    QFETCH(const QVariant, read);
    QFETCH(const QString, type);

    auto statement = prepared(m_database, u"SELECT ?1, typeof(?1)"_s);
    QVERIFY(statement.run({bound}));
    QVERIFY(!statement.isValid());
    QVERIFY(statement.next());
    QVERIFY(statement.isValid());
    QCOMPARE(statement.value(0), read);
    QCOMPARE(statement.value(0).typeId(), read.typeId());
    QCOMPARE(statement.value(1).toString(), type);
    QVERIFY(!statement.next());
    QVERIFY(!statement.error());
}

void tst_SqlStatement::stepsThroughRowsAndRunsAgain()
{
    auto statement = prepared(m_database, u"VALUES (?), (?), (3)"_s);
    for (int run = 0; run < 2; ++run) {
        QVERIFY(statement.run({run, 2}));
        QList<int> rows;
        while (statement.next())
            rows.append(statement.value(0).toInt());
        QCOMPARE(rows, (QList{run, 2, 3}));
        QVERIFY(!statement.isValid());
        QCOMPARE(statement.value(0), QVariant());
        QVERIFY(!statement.next());
    }
    // In the middle of its rows, too.
    QVERIFY(statement.run({7, 8}));
    QVERIFY(statement.next());
    QVERIFY(statement.run({9, 9}));
    QVERIFY(!statement.isValid());
    QVERIFY(statement.next());
    QCOMPARE(statement.value(0).toInt(), 9);
}

void tst_SqlStatement::tellsWhatIsWrong()
{
    QVERIFY(!SqlStatement::prepare(m_database, u"SELECT nonsense"_s));

    QVERIFY(m_database.execute(u"CREATE TABLE once(x INTEGER UNIQUE)"_s));
    auto insert = prepared(m_database, u"INSERT INTO once VALUES (?)"_s);
    QVERIFY(insert.run({1}));
    const auto again = insert.run({1});
    QVERIFY(!again);
    QVERIFY(again.error().isConstraint());
    QVERIFY(!again.error().text.isEmpty());
    QVERIFY(insert.run({2}));
    QVERIFY2(!insert.run({}), "a value is missing");
    QVERIFY2(!insert.run({3, 4}), "one value too many");

    // An error that comes only with the second row.
    auto rows = prepared(m_database, u"SELECT abs(x) FROM (SELECT 1 AS x UNION ALL SELECT ?)"_s);
    QVERIFY(rows.run({std::numeric_limits<qint64>::min()}));
    QVERIFY(rows.next());
    QVERIFY(!rows.error());
    QVERIFY(!rows.next());
    QVERIFY(rows.error());
    QVERIFY(rows.run({1}));
    QVERIFY(!rows.error());
}

void tst_SqlStatement::letsGoOfItsReads()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"test.sqlite"_s);
    auto writer = *SqlDatabase::open(path);
    QVERIFY(writer.execute(u"CREATE TABLE rows(x)"_s));
    QVERIFY(writer.execute(u"INSERT INTO rows VALUES (1), (2)"_s));
    const auto reader = *SqlDatabase::open(path, SqlDatabase::Access::ReadOnly);
    auto read = prepared(reader, u"SELECT x FROM rows"_s);
    const auto isCheckpointBusy = [&] {
        auto row = writer.query(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
        return !row || !row->next() || row->value(0).toInt() != 0;
    };
    QVERIFY(writer.execute(u"PRAGMA busy_timeout=0"_s));

    QVERIFY(read.run({}));
    QVERIFY(read.next());
    QVERIFY(isCheckpointBusy());
    read.finish();
    QVERIFY(!isCheckpointBusy());
}

QTEST_GUILESS_MAIN(tst_SqlStatement)
#include "tst_sqlstatement.moc"
