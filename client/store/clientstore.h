#pragma once

#include "client/store/storevalues.h"

#include <functional>

namespace lanline::client {

/// The profile's database as the network thread sees it: asked with values, and answering with values, later and in the
/// order of the requests. What was asked for is done even if the store is destroyed at once.
class ClientStore
{
public:
    using Listener = std::function<void(const StoreReply &)>;

    ClientStore() = default;
    ClientStore(const ClientStore &) = delete;
    ClientStore &operator=(const ClientStore &) = delete;
    virtual ~ClientStore() = default;

    /// Called in the thread of this object, never from within ask(). Set once, before the first request.
    void listen(Listener listener) { m_listener = std::move(listener); }
    virtual void ask(StoreRequest request) = 0;

protected:
    void tell(const QList<StoreReply> &replies) const
    {
        for (const StoreReply &reply : replies)
            m_listener(reply);
    }

private:
    Listener m_listener;
};

} // namespace lanline::client
