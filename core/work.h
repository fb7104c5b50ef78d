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

/// Of this thread, since the last call: the longest piece of work, one that still goes on included.
Work takeLongestWork();
/// Of this thread, since it began: the time inside of scopes, one that still goes on included.
std::chrono::microseconds workTime();
/// Of this thread, since it began: what the processor has spent on it.
std::chrono::microseconds processorTime();

} // namespace lanline
