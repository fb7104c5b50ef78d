#pragma once

#include "server/debug/profiler.h"

#include <memory>

namespace lanline {

/// gperftools' profiler of this process; null where it was built without.
std::shared_ptr<server::Profiler> makeProcessProfiler();

/// Sees to it that samples of the heap can be taken: the allocator asks its environment before main(), so the program
/// begins once more with the variable set. Before any thread. Goes on without where that cannot be done.
void sampleHeapFromTheStart(char **argv);

} // namespace lanline
