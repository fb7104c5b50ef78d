#include "client/store/threadedclientstore.h"

#include "client/store/profiledatabase.h"

#include <QTimer>

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto retryAfter = 5s;

} // namespace

ProfileWorker::ProfileWorker(QString path)
    : m_path(std::move(path))
{ }

ProfileWorker::~ProfileWorker() = default;

void ProfileWorker::enqueue(const Crossing<QList<StoreRequest>> &requests)
{
    m_waiting += *requests;
    if (std::exchange(m_isScheduled, true))
        return;
    // Behind what is queued to this thread already: that goes into the same transaction.
    QMetaObject::invokeMethod(this, &ProfileWorker::runNext, Qt::QueuedConnection);
}

void ProfileWorker::runNext()
{
    m_isScheduled = false;
    const QList<StoreReply> replies = database().run(std::exchange(m_waiting, {}));
    if (!replies.isEmpty())
        Q_EMIT ran(replies);
    if (database().wantsRetry() && !std::exchange(m_isRetryScheduled, true)) {
        QTimer::singleShot(retryAfter, this, [this] {
            m_isRetryScheduled = false;
            if (m_database)
                runNext();
        });
    }
}

void ProfileWorker::close()
{
    if (!m_waiting.isEmpty())
        (void)database().run(std::exchange(m_waiting, {}));
    m_database.reset();
}

ProfileDatabase &ProfileWorker::database()
{
    if (!m_database)
        m_database = std::make_unique<ProfileDatabase>(*m_path);
    return *m_database;
}

ThreadedClientStore::ThreadedClientStore(const QString &path)
    : m_worker(new ProfileWorker(path))
{
    m_worker->moveToThread(&m_thread);
    connect(this, &ThreadedClientStore::gathered, m_worker, &ProfileWorker::enqueue);
    connect(m_worker, &ProfileWorker::ran, this, &ThreadedClientStore::onRan);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(u"client store"_s);
    m_thread.start();
}

ThreadedClientStore::~ThreadedClientStore()
{
    sendGathered();
    // The thread's end drops what is still queued to it.
    QMetaObject::invokeMethod(m_worker, &ProfileWorker::close, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void ThreadedClientStore::ask(StoreRequest request)
{
    if (m_gathered.isEmpty())
        QMetaObject::invokeMethod(this, &ThreadedClientStore::sendGathered, Qt::QueuedConnection);
    m_gathered.append(std::move(request));
}

void ThreadedClientStore::sendGathered()
{
    if (!m_gathered.isEmpty())
        Q_EMIT gathered(std::exchange(m_gathered, {}));
}

} // namespace lanline::client
