#include "client/networkwatch.h"

#include "client/systemnetworkwatch.h"

namespace lanline::client {

std::unique_ptr<NetworkWatch> makeNetworkWatch()
{
    return std::make_unique<SystemNetworkWatch>(SystemNetworkWatch::Sources{}, std::make_shared<SystemTime>());
}

} // namespace lanline::client
