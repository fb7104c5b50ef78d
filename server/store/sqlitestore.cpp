#include "server/store/sqlitestore.h"

#include "server/store/storereader.h"
#include "server/threadrecord.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

void stampRouted(QList<SentCommand> &commands)
{
    SteadyTime now{};
    for (SentCommand &sent : commands) {
        auto *append = std::get_if<Append>(&sent.command);
        if (!append || !append->stamps.isTraced())
            continue;
        if (now == SteadyTime{})
            now = SystemTime().now();
        append->stamps.routed = now;
    }
}

} // namespace

SqliteStore::SqliteStore(const StoreOptions &options, StoreSink &sink)
    : m_sink(sink)
    , m_limits(options.limits)
    , m_writerThread(u"store writer"_s)
    , m_readerThread(u"store reader"_s)
{
    auto *writer = new StoreWriter(options);
    connect(this, &SqliteStore::openRequested, writer, &StoreWriter::open);
    connect(this, &SqliteStore::commandsGathered, writer, &StoreWriter::enqueue);
    connect(this, &SqliteStore::writerCloseRequested, writer, &StoreWriter::close);
    connect(this, &SqliteStore::faultRequested, writer, &StoreWriter::setFault);
    connect(writer, &StoreWriter::opened, this, [this](const Crossing<Snapshot> &s) { m_sink.onStoreOpened(*s); });
    connect(
        writer, &StoreWriter::unusable, this, [this](const Crossing<StoreProblem> &p) { m_sink.onStoreUnusable(*p); });
    connect(writer, &StoreWriter::expired, this, [this](const Crossing<Expired> &e) { m_sink.onExpired(*e); });
    connect(writer, &StoreWriter::stateChanged, this,
        [this](const Crossing<protocol::StoreState> &state) { m_sink.onStoreState(*state); });
    connect(writer, &StoreWriter::committed, this, &SqliteStore::onCommitted);
    connect(writer, &StoreWriter::watched, this, &SqliteStore::onWatched);
    connect(writer, &StoreWriter::closed, this, [this] { m_sink.onStoreClosed(); });

    auto *reader = new StoreReader(options.dataDir);
    connect(this, &SqliteStore::pageRequested, reader, &StoreReader::read);
    connect(this, &SqliteStore::readerCloseRequested, reader, &StoreReader::close);
    connect(reader, &StoreReader::pageRead, this, [this](const Crossing<Page> &page) { m_sink.onPage(*page); });
    // Last of all the one that writes: only it can put the log into the database and take it away, and a log that is
    // left means at the next start that something went wrong.
    connect(reader, &StoreReader::closed, this, &SqliteStore::writerCloseRequested);

    m_writerThread.start(writer);
    m_readerThread.start(reader);
}

SqliteStore::~SqliteStore()
{
    m_readerThread.quit();
    m_readerThread.wait();
    m_writerThread.quit();
    m_writerThread.wait();
}

void SqliteStore::open()
{
    Q_EMIT openRequested();
}

bool SqliteStore::submit(StoreCommand command)
{
    if (m_isClosing || m_unanswered >= m_limits.commitQueue)
        return false;
    ++m_unanswered;
    if (m_gathered.isEmpty())
        QMetaObject::invokeMethod(this, &SqliteStore::sendGathered, Qt::QueuedConnection);
    m_gathered.append({m_failuresSeen, std::move(command)});
    return true;
}

void SqliteStore::sendGathered()
{
    if (m_gathered.isEmpty())
        return;
    stampRouted(m_gathered);
    Q_EMIT commandsGathered(std::exchange(m_gathered, {}));
}

void SqliteStore::onCommitted(const Crossing<CommitReport> &report)
{
    m_failuresSeen = report->failures;
    m_unanswered -= int(report->answered);
    if (report->totals)
        m_sink.onStoreTotals(*report->totals);
    m_sink.onStoreOutcomes(report->outcomes);
    if (report->took.count() > 0)
        m_sink.onCommit(report->took, report->answered);
}

void SqliteStore::onWatched(const Crossing<WriterWatch> &watch)
{
    QList<protocol::ThreadStall> stalls;
    for (const auto &[stall, heldUp] : watch->stalls)
        stalls.append(told(ThreadKind::Storage, stall, heldUp));
    m_sink.onWriterWatched(
        {ThreadKind::Storage, watch->load.longestLag, watch->load.busyPermille, watch->queued}, stalls, watch->lags);
}

void SqliteStore::readPage(const PageRequest &request)
{
    if (!m_isClosing)
        Q_EMIT pageRequested(request);
}

void SqliteStore::setFault(const Fault &fault)
{
    Q_EMIT faultRequested(fault);
}

void SqliteStore::close()
{
    sendGathered();
    m_isClosing = true;
    Q_EMIT readerCloseRequested();
}

} // namespace lanline::server
