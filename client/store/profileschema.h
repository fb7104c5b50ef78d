#pragma once

#include "core/migrations.h"

namespace lanline::client {

/// The profile's database. docs/architecture.md tells what it is for.
const QList<Migration> &profileMigrations();

} // namespace lanline::client
