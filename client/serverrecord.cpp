#include "client/serverrecord.h"

namespace lanline::client {

void ServerRecord::open(const QUrl &url)
{
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
    m_key = opened.snapshot.key;
    m_serverId = opened.snapshot.serverId;
    m_epoch = opened.snapshot.epoch;
    return true;
}

} // namespace lanline::client
