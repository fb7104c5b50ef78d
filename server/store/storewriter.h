#pragma once

#include "core/crossing.h"
#include "core/timing.h"
#include "protocol/limits.h"
#include "server/store/commandrunner.h"
#include "server/store/storevalues.h"

#include <QLockFile>
#include <QObject>

#include <deque>
#include <memory>
#include <optional>

namespace lanline::server {

/// A command on its way to the writer. `failuresSeen`: the transactions its sender knew to have failed; what was sent
/// in ignorance of a failure is refused, or it would overtake what the failure took with it.
struct SentCommand
{
    quint64 failuresSeen = 0;
    StoreCommand command;
};

/// One transaction's outcomes. `failures`: how many have failed so far.
struct CommitReport
{
    quint64 failures = 0;
    QList<StoreOutcome> outcomes;
    std::optional<StoreTotals> totals; ///< if it has changed them
};

/// Writes. Lives in the store writer's thread, with its own connection.
class StoreWriter final : public QObject
{
    Q_OBJECT

public:
    StoreWriter(QString dataDir, const protocol::Limits &limits);

    void open();
    /// The next transaction takes what has gathered by the time the last one is done; no timer waits for more.
    void enqueue(const Crossing<QList<SentCommand>> &commands);
    /// Writes all that waits, then closes.
    void close();

Q_SIGNALS:
    void opened(const Crossing<Snapshot> &snapshot);
    /// An English sentence; the files are as they were.
    void unusable(const Crossing<QString> &detail);
    void committed(const Crossing<CommitReport> &report);
    void closed();

private:
    struct Connection
    {
        explicit Connection(SqlDatabase opened)
            : database(std::move(opened))
        { }
        SqlDatabase database;
        std::optional<CommandRunner> runner; ///< after the database, for its statements go first
    };

    Result<Snapshot, QString> openFiles();
    bool reopen();
    void scheduleCommit();
    void commitNext();
    /// Nothing when the transaction failed.
    std::optional<CommitReport> commit(const QList<SentCommand> &batch);
    QList<SentCommand> takeBatch();

    QString m_dataDir;
    protocol::Limits m_limits;
    SystemTime m_time;
    std::unique_ptr<QLockFile> m_lock;
    Epoch m_epoch;
    std::unique_ptr<Connection> m_connection; ///< null after a failed transaction, until it is opened again
    std::deque<SentCommand> m_waiting;
    bool m_isCommitScheduled = false;
    quint64 m_failures = 0;
};

} // namespace lanline::server
