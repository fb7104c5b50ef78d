#include "server/net/farewells.h"

namespace lanline::server {

class Farewells::Leaver final : public TransportSink
{
public:
    Leaver(Farewells &owner, std::unique_ptr<Transport> transport, const protocol::CloseReason &reason)
        : m_owner(owner)
        , m_transport(std::move(transport))
    {
        m_transport->setSink(this);
        m_transport->close(reason);
    }

    void onFrame(FrameType, const QByteArray &) override { }
    void onWritten() override { }
    void onClosed() override
    {
        const auto found = m_owner.m_leavers.find(this);
        m_owner.m_turn.bury(std::move(found->second));
        m_owner.m_leavers.erase(found);
    }

private:
    Farewells &m_owner;
    std::unique_ptr<Transport> m_transport;
};

Farewells::Farewells(Turn &turn)
    : m_turn(turn)
{ }

Farewells::~Farewells() = default;

void Farewells::say(const protocol::CloseReason &reason, std::unique_ptr<Transport> transport)
{
    auto leaver = std::make_unique<Leaver>(*this, std::move(transport), reason);
    m_leavers.emplace(leaver.get(), std::move(leaver));
}

void Farewells::clear()
{
    for (auto &[key, leaver] : std::exchange(m_leavers, {}))
        m_turn.bury(std::move(leaver));
}

} // namespace lanline::server
