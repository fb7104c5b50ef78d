#pragma once

#include "core/crossing.h"
#include "core/eventloopwatch.h"
#include "core/timing.h"
#include "server/faults/storefaults.h"
#include "server/store/commandrunner.h"
#include "server/store/retention.h"
#include "server/store/storeoptions.h"
#include "server/store/storevalues.h"
#include "server/store/toldstate.h"

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
    qsizetype answered = 0; ///< commands; the outcomes may be more, see ToldState
    QList<StoreOutcome> outcomes;
    std::optional<StoreTotals> totals; ///< if it has changed them
    std::chrono::microseconds took{}; ///< COMMIT included; zero when nothing was written
};

/// How the writer's thread has fared in the last second.
struct WriterWatch
{
    LoopLoad load;
    Histogram lags; ///< of its event loop
    quint32 queued = 0; ///< commands that wait
    QList<std::pair<Stall, quint32>> stalls; ///< and how many commands each has held up
};

/// Writes. Lives in the store writer's thread, with its own connection.
class StoreWriter final : public QObject
{
    Q_OBJECT

public:
    explicit StoreWriter(StoreOptions options);

    void open();
    /// The next transaction takes what has gathered by the time the last one is done; no timer waits for more.
    void enqueue(const Crossing<QList<SentCommand>> &commands);
    void setFault(const Crossing<Fault> &fault);
    /// Writes all that waits, then closes.
    void close();

Q_SIGNALS:
    void opened(const Crossing<Snapshot> &snapshot);
    void unusable(const Crossing<StoreProblem> &problem);
    void expired(const Crossing<Expired> &expired);
    /// Ahead of the commands that are refused, or not any more, for it.
    void stateChanged(const Crossing<protocol::StoreState> &state);
    void committed(const Crossing<CommitReport> &report);
    /// Once a second while it is open.
    void watched(const Crossing<WriterWatch> &watch);
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

    Result<void, SqlError> reopen();
    void watch();
    void tellWatch();
    void scheduleCommit();
    void commitNext();
    Result<CommitReport, SqlError> commit(const QList<SentCommand> &batch);
    /// The answers to commands that are not done.
    CommitReport refuse(const QList<SentCommand> &batch);
    StoreOutcome answerWithoutWriting(const StoreCommand &command);
    void onFailure(const SqlError &error);
    /// Writes to the disk to learn whether that can be done again.
    void probe();
    void beginRetention();
    void scheduleRetention();
    void expireNext();
    /// Tells what a COMMIT of unknown outcome has done after all.
    Result<void, SqlError> tellUntold();
    void setState(const protocol::StoreState &state);
    QList<SentCommand> takeBatch();

    StoreOptions m_options;
    SystemTime m_time;
    std::optional<StoreFaults> m_faults; ///< none before the first
    std::unique_ptr<QLockFile> m_lock;
    Epoch m_epoch;
    std::unique_ptr<Connection> m_connection; ///< null after a failed transaction, until it is opened again
    std::deque<SentCommand> m_waiting;
    std::optional<EventLoopWatch> m_watch;
    std::unique_ptr<Timer> m_watchTimer;
    WriterWatch m_watched;
    qsizetype m_inHand = 0; ///< commands of the last transaction
    bool m_isCommitScheduled = false;
    quint64 m_failures = 0;
    protocol::StoreState m_state;
    ToldState m_told;
    std::unique_ptr<Timer> m_probeTimer;
    Retention m_retention;
    std::unique_ptr<Timer> m_retentionTimer;
};

} // namespace lanline::server
