#include "server/workerthread.h"

#include <QCoreApplication>

namespace lanline::server {

WorkerThread::WorkerThread(const QString &name)
{
    m_thread.setObjectName(name);
}

WorkerThread::~WorkerThread()
{
    quit();
    wait();
}

void WorkerThread::start(QObject *worker)
{
    m_hasEnded.store(false, std::memory_order_relaxed);
    worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, worker, [this, worker] {
        delete worker;
        // What the worker's members left to be deleted goes now, not behind our back.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_hasEnded.store(true, std::memory_order_release);
    });
    m_thread.start();
}

void WorkerThread::wait()
{
    m_thread.wait();
    (void)m_hasEnded.load(std::memory_order_acquire);
}

} // namespace lanline::server
