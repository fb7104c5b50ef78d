#pragma once

#include "server/store/eventappender.h"
#include "server/store/marktable.h"
#include "server/store/statements.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// Does commands inside the transaction that its caller has begun. A refused command has written nothing, so that it
/// never rolls back the others; an SqlError means that the transaction as a whole has failed.
class CommandRunner
{
public:
    Q_DISABLE_COPY_MOVE(CommandRunner)
    using Outcome = Result<StoreOutcome, SqlError>;

    CommandRunner(const SqlDatabase &database, Epoch epoch)
        : m_statements(database)
        , m_appender(m_statements)
        , m_marks(m_statements)
        , m_epoch(std::move(epoch))
    { }

    Outcome run(const StoreCommand &command, WallTime now);
    /// Needs no transaction, and does as much of a login as can be read: a known device gets in, under the name that is
    /// stored.
    Outcome logInWithoutWriting(const LogIn &command);
    /// To be called before the COMMIT. The totals, if they have changed.
    Result<std::optional<StoreTotals>, SqlError> finish();
    /// To be called before the ROLLBACK of a transaction that has failed; the runner has then done its last.
    void abandon() { m_statements.finish(); }

private:
    Outcome logIn(const LogIn &command);
    Outcome createRoom(const CreateRoom &command);
    Outcome changeMembership(const ChangeMembership &command);

    /// Who logs in, so far as the devices table knows.
    struct KnownDevice
    {
        LoggedIn login;
        QString askedName; ///< at its last login
    };
    Result<KnownDevice, SqlError> findDevice(const LogIn &command);
    Outcome addUser(const LogIn &command, LoggedIn login);
    /// Makes the device, which is unknown, one of `user`'s.
    Outcome addDevice(const LogIn &command, UserId user, LoggedIn login);
    Outcome rename(const LogIn &command, LoggedIn login);
    /// What a login tells beside who it is: the state of its cursors, and its user's marks.
    Outcome completed(const LogIn &command, LoggedIn login);
    Result<QList<CursorAnswer>, SqlError> judgeCursors(const LogIn &command);
    Result<void, SqlError> insertDevice(
        const LoggedIn &login, const QVariant &publicKey, const QVariant &secretHash, const QString &askedName);
    Result<bool, SqlError> isNameTaken(const QString &name, UserId except);

    Statements m_statements;
    EventAppender m_appender;
    MarkTable m_marks;
    Epoch m_epoch;
};

} // namespace lanline::server
