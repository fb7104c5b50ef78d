#pragma once

#include "server/net/transport.h"
#include "server/net/turn.h"

#include <memory>
#include <unordered_map>

namespace lanline::server {

/// Keeps transports that nobody has a use for until their peers have taken the reason why. Lives in the server thread.
class Farewells
{
public:
    explicit Farewells(Turn &turn);
    ~Farewells();

    void say(const protocol::CloseReason &reason, std::unique_ptr<Transport> transport);
    /// Drops everyone.
    void clear();

private:
    class Leaver;

    Turn &m_turn;
    std::unordered_map<Leaver *, std::unique_ptr<Leaver>> m_leavers;
};

} // namespace lanline::server
