#pragma once

#include "client/store/storevalues.h"
#include "core/sqldatabase.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace lanline::client {

/// The profile's database: outbox and cached history of every server. Blocks; made, used and destroyed in one thread.
///
/// A file that is damaged, or of a newer version, is kept aside under a name with the time and a fresh one is begun,
/// with what can still be read of the outbox. Where no file can be had, or none is asked for, the database is a
/// temporary one and ends with this object.
class ProfileDatabase
{
public:
    /// `path`: empty for a temporary one, which is not synced to the disk either.
    explicit ProfileDatabase(QString path);
    ~ProfileDatabase();

    /// All of it in one transaction; the replies hold once this returns. Where the transaction fails, each request is
    /// tried in one of its own. Without requests: tries again what the disk has not taken, if anything.
    QList<StoreReply> run(const QList<StoreRequest> &requests);
    /// English, why messages are not kept, or not all of them; empty: they are.
    QString problem() const;
    /// Something waits for the disk: call run() again after a while.
    bool wantsRetry() const { return !m_writeProblem.isEmpty(); }

private:
    struct Connection;

    void open();
    Result<void, QString> openFile(const QString &path, bool isTemporary);
    void openTemporary();
    /// Moves the file aside, begins a fresh one, and takes over what can be read of the outbox.
    void beginAnew(const QString &why);
    Result<QList<StoreReply>, SqlError> transact(const QList<StoreRequest> &requests);
    QList<StoreReply> runOneByOne(const QList<StoreRequest> &requests);

    QString m_path;
    std::unique_ptr<QTemporaryDir> m_temporary;
    std::unique_ptr<Connection> m_connection; ///< null where not even a temporary one could be had
    QString m_openProblem;
    QString m_writeProblem;
    QString m_toldProblem;
    QList<StoreRequest> m_unfinished; ///< those that are never given up
};

} // namespace lanline::client
