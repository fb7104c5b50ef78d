#include "client/clientport.h"

namespace lanline::client {

ClientPort::ClientPort(Persona persona, ClientParts parts)
    : m_persona(std::move(persona))
    , m_parts(std::move(parts))
{ }

void ClientPort::execute(const Crossing<Command> &command)
{
    // Read before any member is: that is what orders the thread that made this object before this one.
    const Command &read = command.get();
    if (!m_client) {
        m_client = std::make_unique<ChatClient>(m_persona, m_parts);
        connect(m_client.get(), &ChatClient::noticed, this,
            [this](const QList<Notice> &notices) { Q_EMIT noticed(notices); });
    }
    m_client->execute(read);
}

void ClientPort::finish()
{
    m_client.reset();
    deleteLater();
}

} // namespace lanline::client
