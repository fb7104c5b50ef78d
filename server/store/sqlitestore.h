#pragma once

#include "core/crossing.h"
#include "server/store/store.h"
#include "server/store/storeoptions.h"
#include "server/store/storewriter.h"
#include "server/workerthread.h"

#include <QObject>

namespace lanline::server {

class StoreReader;

/// The Store over one SQLite database, with a thread that writes and a thread that reads. Lives in the server thread
/// and never touches a disk itself. Commands of one turn of the event loop leave as one value.
class SqliteStore final : public QObject, public Store
{
    Q_OBJECT

public:
    /// `sink` outlives this object.
    SqliteStore(const StoreOptions &options, StoreSink &sink);
    /// Without a close() before, what is under way is finished, but no longer told.
    ~SqliteStore() override;

    void open() override;
    [[nodiscard]] bool submit(StoreCommand command) override;
    void readPage(const PageRequest &request) override;
    void close() override;
    /// Makes the writer slow on purpose: StallStorage, SlowDisk.
    void setFault(const Fault &fault);
    /// Of the commands that were submitted.
    int unanswered() const { return m_unanswered; }

Q_SIGNALS:
    void openRequested();
    void commandsGathered(const Crossing<QList<SentCommand>> &commands);
    void pageRequested(const Crossing<PageRequest> &request);
    void readerCloseRequested();
    void writerCloseRequested();
    void faultRequested(const Crossing<Fault> &fault);

private:
    void sendGathered();
    void onCommitted(const Crossing<CommitReport> &report);
    void onWatched(const Crossing<WriterWatch> &watch);

    StoreSink &m_sink;
    protocol::Limits m_limits;
    WorkerThread m_writerThread;
    WorkerThread m_readerThread;
    QList<SentCommand> m_gathered;
    int m_unanswered = 0; ///< commands submitted; the bound of every queue behind this one
    quint64 m_failuresSeen = 0;
    bool m_isClosing = false; ///< nothing is taken any more
};

} // namespace lanline::server
