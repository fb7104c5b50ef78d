#pragma once

#include <QByteArray>

#include <vector>

namespace lanline::server {

/// Where one thread of this process is at a moment.
struct ThreadStack
{
    int id = 0; ///< the system's
    QByteArray name;
    std::vector<quint64> addresses; ///< the innermost first; empty: it did not answer
};

/// Asks one thread after the other, by a signal (SIGRTMIN + 4) whose handler walks its own stack. A thread stands still
/// for some microseconds. Used by one thread at a time; blocks it for at most some 100 ms per thread that does not
/// answer.
std::vector<ThreadStack> readThreadStacks();

} // namespace lanline::server
