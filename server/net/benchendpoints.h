#pragma once

#include "server/net/transport.h"
#include "server/net/turn.h"

#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace lanline::server {

/// For measuring the net without a chat: /bench/echo sends every message back, /bench/broadcast sends it to everyone
/// who is there. Reading stops at a peer that does not read its echoes; one that does not read a broadcast is closed.
/// Lives in the server thread.
class BenchEndpoints
{
public:
    /// `slowReaderAtBytes`: queued to one subscriber of a broadcast before it is closed.
    BenchEndpoints(Turn &turn, qint64 slowReaderAtBytes);
    ~BenchEndpoints();

    /// Drops everyone.
    void clear();
    void acceptEcho(std::unique_ptr<Transport> transport);
    void acceptBroadcast(std::unique_ptr<Transport> transport);

private:
    class Peer;
    class EchoPeer;
    class BroadcastPeer;

    void broadcast(const SharedFrame &frame);
    void onGone(Peer &peer);

    Turn &m_turn;
    const qint64 m_slowReaderAtBytes;
    std::unordered_map<Peer *, std::unique_ptr<Peer>> m_peers;
    std::unordered_set<BroadcastPeer *> m_subscribers;
};

} // namespace lanline::server
