#include "server/net/descriptors.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#include <algorithm>
#include <limits>

namespace lanline::server {

int descriptorLimit()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        const rlim_t allowed = limit.rlim_cur;
        limit.rlim_cur = limit.rlim_max;
        const rlim_t now = ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : allowed;
        return int(std::min<rlim_t>(now, std::numeric_limits<int>::max()));
    }
#endif
    return std::numeric_limits<int>::max();
}

} // namespace lanline::server
