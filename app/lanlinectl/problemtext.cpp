#include "problemtext.h"

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;
using client::Problem;

namespace {

QString sentence(Problem problem)
{
    switch (problem) {
    case Problem::None:
        return u"nothing is wrong"_s;
    case Problem::BadAddress:
        return u"the address cannot be used"_s;
    case Problem::HostNotFound:
        return u"there is no host of that name"_s;
    case Problem::ConnectionRefused:
        return u"nobody listens there"_s;
    case Problem::TimedOut:
        return u"no answer in time"_s;
    case Problem::NotAWebSocketServer:
        return u"something else than a Lanline server answered"_s;
    case Problem::NotLanline:
        return u"that is a WebSocket server, but not of Lanline"_s;
    case Problem::VersionMismatch:
        return u"the server speaks another version of the protocol"_s;
    case Problem::NameTaken:
        return u"the name belongs to another device"_s;
    case Problem::BadName:
        return u"the server does not take this name"_s;
    case Problem::AuthRefused:
        return u"the server refused the identity"_s;
    case Problem::PairingRefused:
        return u"the code of the other device is wrong or has expired"_s;
    case Problem::HeartbeatMissed:
        return u"the server stopped answering"_s;
    case Problem::ServerStopped:
        return u"the server has stopped"_s;
    case Problem::ServerFull:
        return u"the server is full"_s;
    case Problem::ConnectionLost:
        return u"the connection was lost"_s;
    case Problem::ClosedByServer:
        return u"the server closed the connection"_s;
    case Problem::KeyUnusable:
        return u"the device key cannot be used"_s;
    }
    return {};
}

} // namespace

QString problemText(const client::ConnectionState &state)
{
    const QString text = sentence(state.problem);
    return state.problemDetail.isEmpty() ? text : u"%1 (%2)"_s.arg(text, state.problemDetail);
}

} // namespace lanline::ctl
