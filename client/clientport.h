#pragma once

#include "client/chatclient.h"
#include "core/crossing.h"

#include <memory>

namespace lanline::client {

/// The way into the network thread and out of it: made in one thread, moved into the other, and told apart from the
/// client by that alone. It makes the client with the first command, so that all that belongs to it is made where it
/// lives.
class ClientPort final : public QObject
{
    Q_OBJECT

public:
    ClientPort(Persona persona, ClientParts parts);

    void execute(const lanline::Crossing<lanline::client::Command> &command);
    /// Lets go of the link at once. A farewell that is already written still arrives.
    void finish();

Q_SIGNALS:
    void noticed(const lanline::Crossing<QList<lanline::client::Notice>> &notices);

private:
    Persona m_persona;
    ClientParts m_parts;
    std::unique_ptr<ChatClient> m_client;
};

} // namespace lanline::client
