#pragma once

#include "core/timing.h"

#include <QString>

namespace lanline {

/// A piece of work that a thread has done, or is at.
struct Work
{
    const char *what = nullptr; ///< English, for a person; lives for ever; null: none
    SteadyTime begin;
    std::chrono::microseconds duration{};
};

/// Names what its thread does while it lives, for the record of what a stalled event loop was busy with. Scopes may be
/// nested: the outer one counts. It costs two looks at the clock, so it is for batches, not for messages.
class WorkScope
{
public:
    /// `what` lives for ever.
    explicit WorkScope(const char *what);
    ~WorkScope();
    WorkScope(const WorkScope &) = delete;
    WorkScope &operator=(const WorkScope &) = delete;

private:
    bool m_isOuter;
};

/// Likewise for a whole event, where nothing inside of it names itself: by whom it was for.
class EventScope
{
public:
    /// `receiver`: the name of a class; lives for ever. `loopLevel`: of the thread's event loops. An event inside of
    /// another is a part of it, unless a loop of its own (a dialog's) has brought it.
    EventScope(const char *receiver, int loopLevel);
    ~EventScope();
    EventScope(const EventScope &) = delete;
    EventScope &operator=(const EventScope &) = delete;

private:
    bool m_isOuter;
    Work m_around; ///< the event whose loop this one came by
    int m_levelAround = 0;
};

/// Of this thread, since the last call: the longest piece of work, one that still goes on included; or the longest
/// event, if the work is but a small part of it.
Work takeLongestWork();
/// Of this thread, since it began: the time inside of scopes, one that still goes on included.
std::chrono::microseconds workTime();
/// Of this thread, since it began: what the processor has spent on it.
std::chrono::microseconds processorTime();

} // namespace lanline
