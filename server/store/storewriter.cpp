#include "server/store/storewriter.h"

#include "server/logging.h"
#include "server/store/refusedcommand.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"

#include <QDir>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

/// A transaction that has been inserting for this long is committed, so that its authors do not wait for more.
constexpr auto longestInserting = 5ms;

} // namespace

StoreWriter::StoreWriter(QString dataDir, const protocol::Limits &limits)
    : m_dataDir(std::move(dataDir))
    , m_limits(limits)
{ }

void StoreWriter::open()
{
    if (const auto snapshot = openFiles()) {
        m_epoch = snapshot->epoch;
        m_connection->runner.emplace(m_connection->database, m_epoch);
        Q_EMIT opened(*snapshot);
    } else {
        m_connection.reset();
        m_lock.reset();
        Q_EMIT unusable(snapshot.error());
    }
}

Result<Snapshot, QString> StoreWriter::openFiles()
{
    if (!QDir().mkpath(m_dataDir))
        return unexpected(u"The folder %1 cannot be made."_s.arg(m_dataDir));
    m_lock = std::make_unique<QLockFile>(lockPath(m_dataDir));
    m_lock->setStaleLockTime(0ms);
    if (!m_lock->tryLock()) {
        return unexpected(m_lock->error() == QLockFile::LockFailedError
                ? u"Another server is using the data in %1."_s.arg(m_dataDir)
                : u"The folder %1 cannot be written to."_s.arg(m_dataDir));
    }

    auto database = SqlDatabase::open(databasePath(m_dataDir));
    if (!database)
        return unexpected(u"The database in %1 cannot be opened: %2."_s.arg(m_dataDir, database.error().text));
    if (const auto version = migrate(*database, storeMigrations()); !version) {
        return unexpected(version.error().kind == MigrationError::Kind::Newer
                ? u"The database in %1 was made by a newer version of Lanline."_s.arg(m_dataDir)
                : u"The database in %1 cannot be used: %2"_s.arg(m_dataDir, version.error().text));
    }
    const auto snapshot = loadSnapshot(*database);
    if (!snapshot)
        return unexpected(u"The database in %1 cannot be read: %2."_s.arg(m_dataDir, snapshot.error().text));
    m_connection = std::make_unique<Connection>(*std::move(database));
    return *snapshot;
}

void StoreWriter::enqueue(const Crossing<QList<SentCommand>> &commands)
{
    m_waiting.insert(m_waiting.end(), commands->begin(), commands->end());
    scheduleCommit();
}

void StoreWriter::scheduleCommit()
{
    if (m_isCommitScheduled || m_waiting.empty())
        return;
    m_isCommitScheduled = true;
    // Behind whatever is in this thread's event queue by now: that is how a group gathers.
    QMetaObject::invokeMethod(this, &StoreWriter::commitNext, Qt::QueuedConnection);
}

void StoreWriter::commitNext()
{
    m_isCommitScheduled = false;
    const QList<SentCommand> batch = takeBatch();
    if (batch.isEmpty())
        return;
    std::optional<CommitReport> report;
    if (m_connection || reopen())
        report = commit(batch);
    if (!report) {
        ++m_failures;
        // What a failed COMMIT left on the disk is unknown to this connection: only a fresh one can tell.
        m_connection.reset();
        report.emplace();
        for (const SentCommand &sent : batch)
            report->outcomes.append(refusedForNow(sent.command));
    }
    report->failures = m_failures;
    Q_EMIT committed(*std::move(report));
    scheduleCommit();
}

QList<SentCommand> StoreWriter::takeBatch()
{
    const auto count = qMin(m_waiting.size(), size_t(m_limits.commandsPerCommit));
    QList<SentCommand> batch(m_waiting.begin(), m_waiting.begin() + qsizetype(count));
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + qsizetype(count));
    return batch;
}

std::optional<CommitReport> StoreWriter::commit(const QList<SentCommand> &batch)
{
    const auto fail = [](const SqlError &error) {
        qCWarning(
            lcStore, "a transaction failed: %ls (%ls)", qUtf16Printable(error.text), qUtf16Printable(error.nativeCode));
        return std::nullopt;
    };

    auto transaction = SqlTransaction::begin(m_connection->database);
    if (!transaction)
        return fail(transaction.error());
    const SteadyTime began = m_time.now();
    const WallTime storedAt = m_time.wallNow();
    CommitReport report;
    report.outcomes.reserve(batch.size());
    qsizetype done = 0;
    for (; done < batch.size() && m_time.now() - began < longestInserting; ++done) {
        const SentCommand &sent = batch.at(done);
        if (sent.failuresSeen != m_failures) {
            report.outcomes.append(refusedForNow(sent.command));
            continue;
        }
        auto outcome = m_connection->runner->run(sent.command, storedAt);
        if (!outcome) {
            m_connection->runner->abandon();
            return fail(outcome.error());
        }
        report.outcomes.append(*std::move(outcome));
    }
    const auto totals = m_connection->runner->finish();
    if (!totals)
        return fail(totals.error());
    report.totals = *totals;
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    m_waiting.insert(m_waiting.begin(), batch.begin() + done, batch.end());
    return report;
}

bool StoreWriter::reopen()
{
    auto database = SqlDatabase::open(databasePath(m_dataDir));
    if (!database) {
        qCWarning(lcStore, "the database cannot be opened again: %ls", qUtf16Printable(database.error().text));
        return false;
    }
    m_connection = std::make_unique<Connection>(*std::move(database));
    m_connection->runner.emplace(m_connection->database, m_epoch);
    return true;
}

void StoreWriter::close()
{
    while (!m_waiting.empty())
        commitNext();
    m_connection.reset();
    m_lock.reset();
    Q_EMIT closed();
}

} // namespace lanline::server
