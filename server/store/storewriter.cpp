#include "server/store/storewriter.h"

#include "server/logging.h"
#include "server/store/refusedcommand.h"
#include "server/store/schema.h"
#include "server/store/storefiles.h"
#include "server/store/storeopening.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

/// A transaction that has been inserting for this long is committed, so that its authors do not wait for more.
constexpr auto longestInserting = 5ms;
constexpr auto watchInterval = 1s;

/// One transaction's messages.
void stamp(QList<StoreOutcome> &outcomes, SteadyTime begun, SteadyTime committed)
{
    for (StoreOutcome &outcome : outcomes) {
        if (auto *appended = std::get_if<Appended>(&outcome)) {
            appended->stamps.begun = begun;
            appended->stamps.committed = committed;
        }
    }
}

QString sentenceFor(const SqlError &error)
{
    if (error.isDiskFull())
        return u"The server's disk is full."_s;
    if (error.isBusy())
        return u"Another program has locked the server's database."_s;
    return u"The server's disk reports errors."_s;
}

} // namespace

StoreWriter::StoreWriter(StoreOptions options)
    : m_options(std::move(options))
    , m_retention(m_options.retention)
{ }

void StoreWriter::open()
{
    auto opened = openStore(m_options);
    if (!opened) {
        Q_EMIT unusable(opened.error());
        return;
    }
    m_lock = std::move(opened->lock);
    m_epoch = opened->snapshot.epoch;
    m_told.learn(opened->snapshot);
    m_connection = std::make_unique<Connection>(std::move(opened->database));
    m_connection->runner.emplace(m_connection->database, m_epoch);
    m_probeTimer = m_time.makeTimer([this] { probe(); });
    Q_EMIT this->opened(opened->snapshot);
    watch();
    if (m_retention.hasRules()) {
        m_retentionTimer = m_time.makeTimer([this] { beginRetention(); });
        beginRetention();
    }
}

void StoreWriter::watch()
{
    m_watch.emplace(m_time);
    connect(&*m_watch, &EventLoopWatch::stalled, this, [this](const Crossing<Stall> &stall) {
        m_watched.stalls.append({*stall, quint32(m_inHand + qsizetype(m_waiting.size()))});
    });
    m_watch->start();
    m_watchTimer = m_time.makeTimer([this] { tellWatch(); });
    m_watchTimer->start(watchInterval);
}

void StoreWriter::tellWatch()
{
    m_watchTimer->start(watchInterval);
    m_watched.load = m_watch->takeLoad();
    m_watched.lags = m_watch->lags();
    m_watch->clearLags();
    m_watched.queued = quint32(m_waiting.size());
    Q_EMIT watched(std::exchange(m_watched, {}));
}

void StoreWriter::enqueue(const Crossing<QList<SentCommand>> &commands)
{
    m_waiting.insert(m_waiting.end(), commands->begin(), commands->end());
    scheduleCommit();
}

void StoreWriter::setFault(const Crossing<Fault> &fault)
{
    if (!m_faults)
        m_faults.emplace(m_time);
    m_faults->set(*fault);
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
    CommitReport report;
    const SteadyTime began = m_time.now();
    if (!m_state.isWritable) {
        report = refuse(batch);
    } else if (auto done = commit(batch)) {
        m_inHand = batch.size();
        report = *std::move(done);
        const SteadyTime ended = m_time.now();
        report.took = std::chrono::duration_cast<std::chrono::microseconds>(ended - began);
        stamp(report.outcomes, began, ended);
        m_told.learn(report.outcomes);
    } else {
        for (const SentCommand &sent : batch)
            m_told.doubt(sent.command);
        onFailure(done.error());
        report = refuse(batch);
    }
    report.answered = report.outcomes.size();
    report.failures = m_failures;
    Q_EMIT committed(std::move(report));
    scheduleCommit();
}

QList<SentCommand> StoreWriter::takeBatch()
{
    const auto count = qMin(m_waiting.size(), size_t(m_options.limits.commandsPerCommit));
    QList<SentCommand> batch(m_waiting.begin(), m_waiting.begin() + qsizetype(count));
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + qsizetype(count));
    return batch;
}

Result<CommitReport, SqlError> StoreWriter::commit(const QList<SentCommand> &batch)
{
    const WorkScope scope("Waiting for the disk to confirm a write");
    if (!m_connection) {
        if (const auto opened = reopen(); !opened)
            return unexpected(opened.error());
    }
    auto transaction = SqlTransaction::begin(m_connection->database);
    if (!transaction)
        return unexpected(transaction.error());
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
            return unexpected(outcome.error());
        }
        report.outcomes.append(*std::move(outcome));
    }
    const auto totals = m_connection->runner->finish();
    if (!totals)
        return unexpected(totals.error());
    report.totals = *totals;
    if (m_faults)
        m_faults->onCommit();
    if (const auto committed = transaction->commit(); !committed)
        return unexpected(committed.error());
    m_waiting.insert(m_waiting.begin(), batch.begin() + done, batch.end());
    return report;
}

Result<void, SqlError> StoreWriter::reopen()
{
    auto database = SqlDatabase::open(databasePath(m_options.dataDir));
    if (!database)
        return unexpected(database.error());
    m_connection = std::make_unique<Connection>(*std::move(database));
    m_connection->runner.emplace(m_connection->database, m_epoch);
    return {};
}

// ---- retention ----------------------------------------------------------------------------------------------------

void StoreWriter::beginRetention()
{
    m_retentionTimer->start(m_options.retentionInterval);
    if (!m_connection)
        return;
    if (const auto begun = m_retention.begin(m_connection->database); !begun)
        onFailure(begun.error());
    else if (!m_retention.isDone())
        scheduleRetention();
}

void StoreWriter::scheduleRetention()
{
    // Behind what waits to be stored.
    QMetaObject::invokeMethod(this, &StoreWriter::expireNext, Qt::QueuedConnection);
}

void StoreWriter::expireNext()
{
    // A store that cannot write goes on with it at the next interval.
    if (!m_connection || !m_state.isWritable || m_retention.isDone())
        return;
    const auto gone = m_retention.step(m_connection->database, m_time.wallNow());
    if (!gone) {
        onFailure(gone.error());
        return;
    }
    if (*gone)
        Q_EMIT expired(**gone);
    if (!m_retention.isDone())
        scheduleRetention();
}

// ---- when it cannot write -----------------------------------------------------------------------------------------

void StoreWriter::onFailure(const SqlError &error)
{
    qCWarning(
        lcStore, "a transaction failed: %ls (%ls)", qUtf16Printable(error.text), qUtf16Printable(error.nativeCode));
    // What a failed COMMIT left on the disk is unknown to this connection: only a fresh one can tell.
    m_connection.reset();
    // A broken rule of the schema is a fault of a command, not of the disk.
    if (!error.isConstraint())
        setState({false, sentenceFor(error)});
}

CommitReport StoreWriter::refuse(const QList<SentCommand> &batch)
{
    ++m_failures;
    CommitReport report;
    report.outcomes.reserve(batch.size());
    for (const SentCommand &sent : batch)
        report.outcomes.append(answerWithoutWriting(sent.command));
    return report;
}

StoreOutcome StoreWriter::answerWithoutWriting(const StoreCommand &command)
{
    // Who is known can read on.
    if (const auto *logIn = std::get_if<LogIn>(&command); logIn && (m_connection || reopen())) {
        auto outcome = m_connection->runner->logInWithoutWriting(*logIn);
        if (!outcome) {
            m_connection.reset();
            return refusedForNow(command);
        }
        const auto *login = std::get_if<LoggedIn>(&*outcome);
        if (!login || m_told.knows(login->user.id))
            return *std::move(outcome);
    }
    return refusedForNow(command);
}

void StoreWriter::probe()
{
    const auto write = [this]() -> Result<void, SqlError> {
        if (!m_connection) {
            if (auto opened = reopen(); !opened)
                return opened;
        }
        // As much as many messages: a disk with room for one row is as good as full.
        const SqlDatabase &database = m_connection->database;
        auto done = database.execute(u"INSERT OR REPLACE INTO meta(key, value) VALUES ('probe', randomblob(262144))"_s);
        if (done)
            done = database.execute(u"DELETE FROM meta WHERE key = 'probe'"_s);
        // Only now: what was written before the probe is on the disk with it.
        if (done)
            done = tellUntold();
        return done;
    };
    if (const auto written = write()) {
        setState({true, u"The server can write again."_s});
    } else {
        m_connection.reset();
        setState({false, sentenceFor(written.error())});
        m_probeTimer->start(m_options.probeInterval);
    }
}

Result<void, SqlError> StoreWriter::tellUntold()
{
    auto untold = m_told.takeUntold(m_connection->database);
    if (!untold)
        return unexpected(untold.error());
    if (untold->isEmpty())
        return {};
    auto totals = readTotals(m_connection->database);
    if (!totals)
        return unexpected(totals.error());
    qCWarning(lcStore, "a transaction that had failed is there: %lld outcomes are told now", qint64(untold->size()));
    Q_EMIT committed(CommitReport{m_failures, 0, *std::move(untold), *totals});
    return {};
}

void StoreWriter::setState(const protocol::StoreState &state)
{
    if (m_state == state)
        return;
    const bool hasBroken = m_state.isWritable && !state.isWritable;
    m_state = state;
    qCWarning(lcStore, "%ls", qUtf16Printable(state.text));
    Q_EMIT stateChanged(state);
    if (hasBroken)
        m_probeTimer->start(m_options.probeInterval);
}

void StoreWriter::close()
{
    while (!m_waiting.empty())
        commitNext();
    m_faults.reset();
    m_watchTimer.reset();
    m_watch.reset();
    m_probeTimer.reset();
    m_retentionTimer.reset();
    m_connection.reset();
    m_lock.reset();
    Q_EMIT closed();
}

} // namespace lanline::server
