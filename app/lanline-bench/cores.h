#pragma once

#include <QList>
#include <QString>

namespace lanline::bench {

using Cores = QList<int>;

/// The cores this process may use, in two halves that do not meet: what loads a server must not take its time.
struct CoreSplit
{
    Cores server;
    Cores load; ///< the same as `server` on a machine with one core

    bool isApart() const { return server != load; }
};
CoreSplit splitCores();

/// Keeps the calling thread, and all that it starts from now on, on these cores. Async-signal-safe, for use between
/// fork and exec, once `cores` is made.
void pinThisThread(const Cores &cores);

/// "0" or "0, 1".
QString toText(const Cores &cores);

/// Pins the calling thread for as long as it lives, then back to where `home` says.
class PinnedHere
{
public:
    PinnedHere(const Cores &cores, Cores home)
        : m_home(std::move(home))
    {
        pinThisThread(cores);
    }
    ~PinnedHere() { pinThisThread(m_home); }
    PinnedHere(const PinnedHere &) = delete;
    PinnedHere &operator=(const PinnedHere &) = delete;

private:
    Cores m_home;
};

} // namespace lanline::bench
