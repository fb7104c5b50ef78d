#pragma once

#include "core/activefaults.h"
#include "core/recurringstall.h"
#include "protocol/messages.h"

namespace lanline::server {

/// Breaks a server on purpose. Lives in the server thread; what is for the store's thread goes on to there.
class ServerFaults
{
public:
    struct Sink
    {
        std::function<void(const Fault &)> breakStore; ///< of StallStorage and SlowDisk; without a duration: it ends
        std::function<void()> breakLinks; ///< frames are to leave later from now on
        std::function<void()> mendLinks; ///< what waits to leave is to leave now
    };
    /// `isAllowed`: clients may ask for faults. `time` outlives this object.
    ServerFaults(TimeSource &time, bool isAllowed, Sink sink);

    bool isAllowed() const { return m_isAllowed; }
    /// Of a kind that is no server's: nothing happens.
    void set(const Fault &fault);
    bool isOn(FaultKind kind) const { return m_faults.isOn(kind); }
    bool isDelaying() const { return isOn(FaultKind::Delay) || isOn(FaultKind::Jitter); }
    /// How much later a frame leaves that is sent now.
    std::chrono::milliseconds delay() const;
    /// What is in force, for the wire.
    QList<protocol::ActiveFault> active() const;

private:
    void onChanged(FaultKind kind);

    TimeSource &m_time;
    bool m_isAllowed;
    Sink m_sink;
    ActiveFaults m_faults;
    RecurringStall m_stall;
};

} // namespace lanline::server
