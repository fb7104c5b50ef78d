#include "client/problems.h"

#include "protocol/closereasons.h"

namespace lanline::client {

namespace close = protocol::close;

Problem problemOfCloseCode(quint16 code)
{
    constexpr quint16 noCloseFrame = 1006;
    switch (code) {
    case 0:
    case noCloseFrame:
    case close::Normal.code:
        return Problem::ConnectionLost;
    case close::GoingAway.code:
        return Problem::ServerStopped;
    case close::HeartbeatMissed.code:
        return Problem::HeartbeatMissed;
    case close::AuthRefused.code:
        return Problem::AuthRefused;
    case close::PairingRefused.code:
        return Problem::PairingRefused;
    case close::NameTaken.code:
        return Problem::NameTaken;
    case close::BadName.code:
        return Problem::BadName;
    case close::VersionMismatch.code:
        return Problem::VersionMismatch;
    case close::ServerFull.code:
        return Problem::ServerFull;
    default:
        return Problem::ClosedByServer;
    }
}

bool isWorthRetrying(Problem problem, quint16 closeCode, bool wasWelcomed)
{
    switch (problem) {
    case Problem::BadAddress:
    case Problem::VersionMismatch:
    case Problem::KeyUnusable:
        return false;
    case Problem::NotAWebSocketServer:
    case Problem::NotLanline:
        return wasWelcomed;
    default:
        return protocol::reconnectAfter(closeCode) == protocol::Reconnect::AfterBackoff;
    }
}

} // namespace lanline::client
