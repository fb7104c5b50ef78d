#pragma once

#include "client/values.h"

namespace lanline::ctl {

/// Why there is no connection, as a sentence in English: scripts and logs read it.
QString problemText(const client::ConnectionState &state);

} // namespace lanline::ctl
