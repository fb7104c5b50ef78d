#pragma once

#include "client/commands.h"
#include "client/store/storevalues.h"

#include <functional>

namespace lanline::client {

/// Which server of the profile's database the client is talking to. Nothing is said to a server, and nothing is written
/// for it, before the database knows which it is.
class ServerRecord
{
public:
    using Ask = std::function<void(StoreRequest)>;

    explicit ServerRecord(Ask ask)
        : m_ask(std::move(ask))
    { }

    void open(const QUrl &url);
    /// True: this is the server whose record is open. Else the database is asked, and this is to be called again behind
    /// its answer.
    bool meet(const protocol::Ready &ready);
    /// False: a later question is still unanswered, and this answer is of no use.
    bool onOpened(const ServerOpened &opened);

    /// True: the command is for the outbox, and kept until it is known whose. Should that be another server than the
    /// one it was given for, it is written for that one, and waits there.
    bool hold(const Command &command);
    QList<Command> takeHeld() { return std::exchange(m_held, {}); }

    qint64 key() const { return m_key; }
    ServerId serverId() const { return m_serverId; }

private:
    void writeHeldFor(qint64 key);

    Ask m_ask;
    QUrl m_url;
    int m_asked = 0; ///< questions without an answer
    bool m_isOpen = false;
    qint64 m_key = 0;
    ServerId m_serverId;
    Epoch m_epoch;
    QList<Command> m_held;
};

} // namespace lanline::client
