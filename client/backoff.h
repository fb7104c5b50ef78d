#pragma once

#include <chrono>
#include <functional>

namespace lanline::client {

/// How long to wait before the next attempt: a ceiling that doubles from `first` to `longest`, and a random share of it
/// (full jitter), so that the clients of a server that comes back do not come all at once.
class Backoff
{
public:
    using Duration = std::chrono::milliseconds;

    /// `random` gives a number from 0 up to, but not including, 1.
    Backoff(Duration first, Duration longest, std::function<double()> random);

    Duration next();
    void reset() { m_ceiling = m_first; }
    Duration ceiling() const { return m_ceiling; }

private:
    Duration m_first;
    Duration m_longest;
    Duration m_ceiling;
    std::function<double()> m_random;
};

} // namespace lanline::client
