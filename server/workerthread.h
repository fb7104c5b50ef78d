#pragma once

#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>

namespace lanline::server {

/// A thread for one worker at a time. The worker is deleted by the thread's last act, and after wait() the caller sees
/// all that the thread did (Qt orders the two as well, but out of TSan's sight). Lives in the thread that made it.
class WorkerThread final
{
public:
    explicit WorkerThread(const QString &name);
    /// Ends the thread.
    ~WorkerThread();
    Q_DISABLE_COPY_MOVE(WorkerThread)

    /// Takes the worker, which has no parent, and starts. Connect it before; the thread must not be running.
    void start(QObject *worker);
    void quit() { m_thread.quit(); }
    void wait();
    bool isRunning() const { return m_thread.isRunning(); }

    /// For its started() and finished().
    const QThread &signalSource() const { return m_thread; }

private:
    QThread m_thread;
    std::atomic<bool> m_hasEnded{false};
};

} // namespace lanline::server
