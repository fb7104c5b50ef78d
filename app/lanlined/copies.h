#pragma once

#include "arguments.h"

namespace lanline {

/// Does what --export or --backup asks for, without a server. The program's exit status.
int makeCopy(const Arguments &arguments);

} // namespace lanline
