#include "server/store/storefiles.h"
#include "server/store/storewriter.h"
#include "tests/power/diskimage.h"
#include "tests/power/watchedvfs.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::server;
using namespace lanline::test;

/// Whatever was acknowledged survives a power cut at any moment. The store is the real one, over SQLite's real files;
/// the power is cut in a model of the disk, which is rebuilt from what SQLite wrote and synced.
class tst_PowerCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void acknowledgedRowsSurvive();
    void withoutSyncTheyDoNot();

private:
    struct Tally
    {
        qsizetype operations = 0;
        qsizetype syncs = 0;
        qsizetype acknowledged = 0;
        int cuts = 0;
        int cutsWithLoss = 0;
        qsizetype rowsLost = 0;
        int unusable = 0;
        int damaged = 0;
        int gaps = 0;
        QString detail; ///< of the first that was unusable or damaged
    };
    Tally run(FixedSynchronous::Level level);
    void judgeCut(const QString &folder, const QList<protocol::Event> &acknowledged, Tally &tally) const;
    static QString describe(const Tally &tally);

    quint32 m_seed = 0;
};

namespace {

constexpr int cutCount = 300;
constexpr int batches = 700;
constexpr int mostPerBatch = 16;
constexpr int longestText = 600;
const QByteArray deviceId(16, 'd');

/// A store writer without a thread of its own, so that the log's order is what happened.
class Writer
{
public:
    explicit Writer(const QString &folder)
        : m_writer(StoreOptions{folder, {}})
    {
        QObject::connect(&m_writer, &StoreWriter::opened, &m_writer, [this](const auto &) { isOpen = true; });
        QObject::connect(&m_writer, &StoreWriter::unusable, &m_writer,
            [this](const Crossing<StoreProblem> &told) { problem = told->sentence; });
        QObject::connect(&m_writer, &StoreWriter::committed, &m_writer, [this](const Crossing<CommitReport> &report) {
            for (const StoreOutcome &outcome : report->outcomes) {
                if (const auto *appended = std::get_if<Appended>(&outcome))
                    stored.append(appended->event);
                ++answered;
            }
        });
        m_writer.open();
    }
    ~Writer() { m_writer.close(); }
    Q_DISABLE_COPY_MOVE(Writer)

    void write(const QList<SentCommand> &commands)
    {
        const qsizetype expected = answered + commands.size();
        m_writer.enqueue(commands);
        while (answered < expected)
            QCoreApplication::processEvents();
    }

    bool isOpen = false;
    QString problem;
    qsizetype answered = 0;
    QList<protocol::Event> stored; ///< acknowledged

private:
    StoreWriter m_writer;
};

/// Messages, and now and then an edit or a deletion of an earlier one.
Append randomCommand(QRandomGenerator &random, quint64 messagesSoFar)
{
    static qint64 time = 0;
    Append command{{1, 0}, DeviceId(deviceId), {UserId(7), u"Ann"_s, false, 9}, lobbyId, makeMessageId(++time),
        QString(qsizetype(random.bounded(longestText) + 1), u'x')};
    if (messagesSoFar > 0 && random.bounded(10) == 0) {
        const bool isDeletion = random.bounded(4) == 0;
        command.kind = isDeletion ? protocol::EventKind::Deletion : protocol::EventKind::Edit;
        command.targetSeq = 1 + quint64(random.bounded(quint32(messagesSoFar)));
        if (isDeletion)
            command.text.clear();
    }
    return command;
}

} // namespace

void tst_PowerCut::initTestCase()
{
    m_seed = qEnvironmentVariableIsSet("LANLINE_SEED") ? quint32(qEnvironmentVariableIntValue("LANLINE_SEED"))
                                                       : QRandomGenerator::system()->generate() >> 1;
    qInfo("seed %u (LANLINE_SEED repeats it)", m_seed);
}

tst_PowerCut::Tally tst_PowerCut::run(FixedSynchronous::Level level)
{
    QRandomGenerator random(m_seed);
    const QTemporaryDir folder;
    WatchedVfs vfs;
    const FixedSynchronous fixed(level);

    QList<protocol::Event> acknowledged;
    auto writer = std::make_unique<Writer>(folder.path());
    if (!writer->isOpen) {
        QTest::qFail(qUtf8Printable(writer->problem), __FILE__, __LINE__);
        return {};
    }
    DiskImage disk(folder.path(), QFileInfo(databasePath(folder.path())).fileName());
    vfs.startLog();
    for (int batch = 0; batch < batches; ++batch) {
        QList<SentCommand> commands;
        for (int i = 0, count = 1 + int(random.bounded(mostPerBatch)); i < count; ++i)
            commands.append({0, randomCommand(random, quint64(acknowledged.size()))});
        writer->write(commands);
        acknowledged.append(std::exchange(writer->stored, {}));
        vfs.mark(acknowledged.size());
        // Once in the middle the server is stopped and started again.
        if (batch == batches / 2) {
            writer.reset();
            writer = std::make_unique<Writer>(folder.path());
        }
    }
    writer.reset();
    const QList<DiskOperation> log = vfs.takeLog();

    Tally tally;
    tally.operations = log.size();
    tally.acknowledged = acknowledged.size();
    QList<qsizetype> cuts;
    for (int i = 0; i < cutCount; ++i)
        cuts.append(qsizetype(random.bounded(quint64(log.size()))));
    std::sort(cuts.begin(), cuts.end());
    qsizetype at = 0;
    qint64 told = 0;
    for (const qsizetype cut : std::as_const(cuts)) {
        for (; at < cut; ++at) {
            disk.apply(log.at(at));
            tally.syncs += log.at(at).kind == DiskOperation::Kind::Sync;
            if (log.at(at).kind == DiskOperation::Kind::Mark)
                told = log.at(at).offset;
        }
        const QTemporaryDir after;
        if (!disk.cutPower(after.path(), random)) {
            QTest::qFail("the files of a cut cannot be written", __FILE__, __LINE__);
            return tally;
        }
        judgeCut(after.path(), acknowledged.first(told), tally);
    }
    return tally;
}

void tst_PowerCut::judgeCut(const QString &folder, const QList<protocol::Event> &acknowledged, Tally &tally) const
{
    ++tally.cuts;
    {
        const Writer writer(folder);
        if (!writer.isOpen) {
            ++tally.unusable;
            if (tally.detail.isEmpty())
                tally.detail = writer.problem;
            return;
        }
    }
    const auto database = SqlDatabase::open(databasePath(folder));
    auto check = database->query(u"PRAGMA integrity_check"_s);
    if (!check || !check->next() || check->value(0).toString() != u"ok") {
        ++tally.damaged;
        if (tally.detail.isEmpty())
            tally.detail = check ? check->value(0).toString() : check.error().text;
        return;
    }
    auto rows = database->query(u"SELECT e.seq, e.message_id, a.seq FROM events e LEFT JOIN accepted a"
                                " ON a.device_id = ? AND a.message_id = e.message_id ORDER BY e.seq"_s,
        {deviceId});
    QHash<quint64, QUuid> kept;
    quint64 last = 0;
    while (rows && rows->next()) {
        const quint64 seq = rows->value(0).toULongLong();
        if (seq != ++last || rows->value(2).toULongLong() != seq)
            ++tally.gaps;
        kept.insert(seq, QUuid::fromRfc4122(rows->value(1).toByteArray()));
    }
    const auto lost = std::count_if(acknowledged.begin(), acknowledged.end(),
        [&](const protocol::Event &event) { return kept.value(event.seq) != event.messageId.value(); });
    tally.rowsLost += lost;
    tally.cutsWithLoss += int(lost > 0);
}

QString tst_PowerCut::describe(const Tally &tally)
{
    return u"%1 cuts in %2 operations with %3 syncs, %4 rows acknowledged: rows lost at %5 cuts (%6 in all),"
           " unusable %7, damaged %8, gaps %9 %10"_s.arg(tally.cuts)
               .arg(tally.operations)
               .arg(tally.syncs)
               .arg(tally.acknowledged)
               .arg(tally.cutsWithLoss)
               .arg(tally.rowsLost)
               .arg(tally.unusable)
               .arg(tally.damaged)
               .arg(tally.gaps)
               .arg(tally.detail);
}

void tst_PowerCut::acknowledgedRowsSurvive()
{
    QElapsedTimer timer;
    timer.start();
    const Tally tally = run(FixedSynchronous::Level::Full);
    qInfo("synchronous=FULL: %s (%lld ms)", qUtf8Printable(describe(tally)), timer.elapsed());
    QCOMPARE(tally.cuts, cutCount);
    QVERIFY(tally.acknowledged > batches);
    QCOMPARE(tally.unusable, 0);
    QCOMPARE(tally.damaged, 0);
    QCOMPARE(tally.gaps, 0);
    QCOMPARE(tally.rowsLost, 0);
}

/// Without this, the test above would prove nothing.
void tst_PowerCut::withoutSyncTheyDoNot()
{
    const Tally tally = run(FixedSynchronous::Level::Normal);
    qInfo("synchronous=NORMAL: %s", qUtf8Printable(describe(tally)));
    QCOMPARE(tally.cuts, cutCount);
    QVERIFY2(tally.cutsWithLoss > 0, "the model of the disk loses nothing: the other test is void");
    QCOMPARE(tally.damaged, 0);
    QCOMPARE(tally.gaps, 0);
}

QTEST_GUILESS_MAIN(tst_PowerCut)
#include "tst_powercut.moc"
