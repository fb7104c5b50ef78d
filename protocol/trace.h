#pragma once

#include "core/fault.h"
#include "core/threadkind.h"
#include "core/timing.h"

#include <QList>
#include <QString>

#include <chrono>

/// What the two ends tell each other of where a message's time went, as values. docs/latency.md explains the hops.
namespace lanline::protocol {

/// How traces tell time: 10 us each, so that three bytes on the wire reach to 21 s. Zero: not known.
using Ticks = std::chrono::duration<quint32, std::ratio<1, 100'000>>;
inline constexpr Ticks longestTicks{(1U << 21) - 1};

/// Rounded; at least one tick, and longestTicks for whatever is longer.
Ticks ticksOf(std::chrono::nanoseconds duration);
/// A point of a steady clock, which comes again every 21 s. Never zero.
Ticks clockTicks(SteadyTime time);
/// The point nearest to `near` that has these clockTicks().
SteadyTime timeOf(Ticks clock, SteadyTime near);

/// What the sender knows when a SEND leaves; 16 bytes at most.
struct SendTrace
{
    Ticks total{}; ///< composed until written
    Ticks disk{}; ///< of it: waiting for this computer's disk
    Ticks held{}; ///< of it: waiting for the server to take more
    Ticks sentAt{}; ///< clockTicks() of the server's clock, by the sender's best estimate
    friend bool operator==(const SendTrace &, const SendTrace &) = default;
};

/// What a live event tells everyone; with Events::sentAt 16 bytes at most.
struct EventTrace
{
    Ticks sender{}; ///< SendTrace::total
    Ticks store{}; ///< read by the server until it was on the server's disk
    Ticks fanOut{}; ///< from there until Events::sentAt
    friend bool operator==(const EventTrace &, const EventTrace &) = default;
};

/// One of the server's threads, since the ACK before.
struct ThreadLoad
{
    ThreadKind thread = ThreadKind::Server;
    std::chrono::microseconds longestLag{}; ///< that work has waited for the thread
    quint32 busyPermille = 0; ///< of the time
    quint32 queued = 0; ///< commands that wait for it now
    friend bool operator==(const ThreadLoad &, const ThreadLoad &) = default;
};

/// A time in which one of the server's threads did not turn to its next work.
struct ThreadStall
{
    ThreadKind thread = ThreadKind::Server;
    quint64 beginUs = 0; ///< server's steady clock
    std::chrono::microseconds duration{};
    QString what; ///< English: what it was doing; empty: not known
    quint32 heldUp = 0; ///< messages and other commands that were inside the server meanwhile
    friend bool operator==(const ThreadStall &, const ThreadStall &) = default;
};

/// A fault that is in force.
struct ActiveFault
{
    FaultKind kind = FaultKind::Delay;
    std::chrono::milliseconds amount{};
    std::chrono::milliseconds left{};
    friend bool operator==(const ActiveFault &, const ActiveFault &) = default;
};

} // namespace lanline::protocol
