#include "client/serverrecord.h"

namespace lanline::client {

void ServerRecord::open(const QUrl &url)
{
    writeHeldFor(m_key);
    m_isOpen = false;
    m_url = url;
    m_key = 0;
    m_serverId = {};
    m_epoch = {};
    ++m_asked;
    m_ask({0, OpenServer{url}});
}

bool ServerRecord::meet(const protocol::Ready &ready)
{
    if (m_asked > 0)
        return false;
    // A server of an earlier version tells no id: every new history of its is a server of its own then.
    const ServerId id = ready.serverId.isNull() ? ServerId(ready.epoch.value()) : ready.serverId;
    if (id == m_serverId && ready.epoch == m_epoch)
        return true;
    ++m_asked;
    m_ask({m_key, IdentifyServer{m_url, id, ready.epoch, ready.serverName}});
    return false;
}

bool ServerRecord::onOpened(const ServerOpened &opened)
{
    if (--m_asked > 0)
        return false;
    m_isOpen = true;
    // A server without an id becomes another one; one with an id has been found to be elsewhere.
    if (opened.isIdentified && m_key != opened.snapshot.key && !m_serverId.isNull())
        writeHeldFor(m_key);
    m_key = opened.snapshot.key;
    m_serverId = opened.snapshot.serverId;
    m_epoch = opened.snapshot.epoch;
    return true;
}

bool ServerRecord::hold(const Command &command)
{
    const bool isForOutbox = std::holds_alternative<Submit>(command) || std::holds_alternative<Resubmit>(command)
        || std::holds_alternative<Amend>(command) || std::holds_alternative<Discard>(command);
    if (!isForOutbox || (m_isOpen && m_asked == 0))
        return false;
    m_held.append(command);
    return true;
}

void ServerRecord::writeHeldFor(qint64 key)
{
    for (const Command &command : takeHeld()) {
        if (const auto *submit = std::get_if<Submit>(&command))
            m_ask({key, AddItem{submit->item}});
        else if (const auto *amend = std::get_if<Amend>(&command))
            m_ask({key, AddItem{amend->item}});
    }
}

} // namespace lanline::client
