#include "server/net/benchendpoints.h"

namespace lanline::server {

namespace {

SharedFrame copyOf(FrameType type, const QByteArray &payload)
{
    return {type == FrameType::Text ? protocol::Encoding::Json : protocol::Encoding::Protobuf,
        QByteArray(payload.constData(), payload.size())};
}

} // namespace

class BenchEndpoints::Peer : public TransportSink
{
public:
    Peer(BenchEndpoints &owner, std::unique_ptr<Transport> transport)
        : m_owner(owner)
        , m_transport(std::move(transport))
    {
        m_transport->setSink(this);
    }

    Transport &transport() { return *m_transport; }

    void onWritten() override { }
    void onClosed() override { m_owner.onGone(*this); }

protected:
    BenchEndpoints &m_owner;

private:
    std::unique_ptr<Transport> m_transport;
};

class BenchEndpoints::EchoPeer final : public Peer
{
public:
    using Peer::Peer;
    void onFrame(FrameType type, const QByteArray &payload) override { transport().send(copyOf(type, payload)); }
};

class BenchEndpoints::BroadcastPeer final : public Peer
{
public:
    using Peer::Peer;
    void onFrame(FrameType type, const QByteArray &payload) override { m_owner.broadcast(copyOf(type, payload)); }
    void onClosed() override
    {
        m_owner.m_subscribers.erase(this);
        Peer::onClosed();
    }
};

BenchEndpoints::BenchEndpoints(Turn &turn, qint64 slowReaderAtBytes)
    : m_turn(turn)
    , m_slowReaderAtBytes(slowReaderAtBytes)
{ }

BenchEndpoints::~BenchEndpoints() = default;

void BenchEndpoints::clear()
{
    m_subscribers.clear();
    for (auto &[key, peer] : std::exchange(m_peers, {}))
        m_turn.bury(std::move(peer));
}

void BenchEndpoints::acceptEcho(std::unique_ptr<Transport> transport)
{
    auto peer = std::make_unique<EchoPeer>(*this, std::move(transport));
    m_peers.emplace(peer.get(), std::move(peer));
}

void BenchEndpoints::acceptBroadcast(std::unique_ptr<Transport> transport)
{
    auto peer = std::make_unique<BroadcastPeer>(*this, std::move(transport));
    m_subscribers.insert(peer.get());
    m_peers.emplace(peer.get(), std::move(peer));
}

void BenchEndpoints::broadcast(const SharedFrame &frame)
{
    for (BroadcastPeer *subscriber : m_subscribers) {
        Transport &transport = subscriber->transport();
        if (transport.queuedBytes() > m_slowReaderAtBytes)
            transport.close(protocol::close::SlowReader);
        else
            transport.send(frame);
    }
}

void BenchEndpoints::onGone(Peer &peer)
{
    const auto found = m_peers.find(&peer);
    m_turn.bury(std::move(found->second));
    m_peers.erase(found);
}

} // namespace lanline::server
