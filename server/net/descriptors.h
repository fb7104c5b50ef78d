#pragma once

namespace lanline::server {

/// How many descriptors this process may have. Where it was allowed fewer than it might ask for, it has asked.
int descriptorLimit();

} // namespace lanline::server
