#include "client/backoff.h"

#include <algorithm>

namespace lanline::client {

Backoff::Backoff(Duration first, Duration longest, std::function<double()> random)
    : m_first(first)
    , m_longest(longest)
    , m_ceiling(first)
    , m_random(std::move(random))
{ }

Backoff::Duration Backoff::next()
{
    const auto delay = Duration(Duration::rep(m_random() * double(m_ceiling.count())));
    m_ceiling = std::min(m_ceiling * 2, m_longest);
    return delay;
}

} // namespace lanline::client
