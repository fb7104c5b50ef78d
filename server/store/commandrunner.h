#pragma once

#include "server/store/statements.h"
#include "server/store/storevalues.h"

namespace lanline::server {

/// Does commands inside the transaction that its caller has begun. A refused command has written nothing, so that it
/// never rolls back the others; an SqlError means that the transaction as a whole has failed.
class CommandRunner
{
public:
    using Outcome = Result<StoreOutcome, SqlError>;

    CommandRunner(const SqlDatabase &database, Epoch epoch)
        : m_statements(database)
        , m_epoch(std::move(epoch))
    { }

    Outcome run(const StoreCommand &command, WallTime now);
    /// To be called before the COMMIT.
    void finish() { m_statements.finish(); }

private:
    Outcome logIn(const LogIn &command);
    Outcome append(const Append &command, WallTime now);
    Outcome createRoom(const CreateRoom &command);
    Outcome changeMembership(const ChangeMembership &command);

    /// Who logs in, so far as the devices table knows.
    Result<LoggedIn, SqlError> findDevice(const LogIn &command);
    Outcome addUser(const LogIn &command, LoggedIn login);
    Outcome rename(const LogIn &command, LoggedIn login);
    Outcome withCursors(const LogIn &command, LoggedIn login);
    Result<bool, SqlError> isNameTaken(const QString &name, UserId except);

    Statements m_statements;
    Epoch m_epoch;
};

} // namespace lanline::server
