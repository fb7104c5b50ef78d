#pragma once

#include "client/store/clientstore.h"
#include "core/crossing.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace lanline::client {

class ProfileDatabase;

/// Runs the requests. Lives in the thread "client store".
class ProfileWorker final : public QObject
{
    Q_OBJECT

public:
    explicit ProfileWorker(QString path);
    ~ProfileWorker() override;

    /// The next transaction takes what has gathered by the time the last one is done; no timer waits for more.
    void enqueue(const lanline::Crossing<QList<lanline::client::StoreRequest>> &requests);
    /// Runs all that waits; then closes the database.
    void close();

Q_SIGNALS:
    void ran(const lanline::Crossing<QList<lanline::client::StoreReply>> &replies);

private:
    void runNext();
    ProfileDatabase &database();

    Crossing<QString> m_path;
    std::unique_ptr<ProfileDatabase> m_database; ///< opened with the first request
    QList<StoreRequest> m_waiting;
    bool m_isScheduled = false;
    bool m_isRetryScheduled = false;
};

/// The store in a thread of its own, where it may wait for the disk. Its destructor waits until all that was asked for
/// is done.
class ThreadedClientStore final : public QObject, public ClientStore
{
    Q_OBJECT

public:
    /// `path`: as for ProfileDatabase.
    explicit ThreadedClientStore(const QString &path);
    ~ThreadedClientStore() override;

    void ask(StoreRequest request) override;

Q_SIGNALS:
    void gathered(const lanline::Crossing<QList<lanline::client::StoreRequest>> &requests);

private:
    void sendGathered();
    void onRan(const Crossing<QList<StoreReply>> &replies) { tell(*replies); }

    QThread m_thread;
    ProfileWorker *m_worker; ///< lives in the thread, and ends with it
    QList<StoreRequest> m_gathered; ///< in this turn of the event loop
};

} // namespace lanline::client
