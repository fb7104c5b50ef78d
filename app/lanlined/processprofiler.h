#pragma once

#include "server/debug/profiler.h"

#include <memory>

namespace lanline {

/// gperftools' profilers are loaded by whoever wants them, for with them comes an allocator that every idle client
/// would pay for with some 300 bytes. An allocator has to be there from the first moment, so the program begins once
/// more, with the library in front. Before any thread. Goes on without where that cannot be done.
void beginWithProfiler(char **argv);

/// Null where they are not loaded.
std::shared_ptr<server::Profiler> makeProcessProfiler();

} // namespace lanline
