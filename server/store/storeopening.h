#pragma once

#include "core/sqldatabase.h"
#include "server/store/storeoptions.h"
#include "server/store/storevalues.h"

#include <QLockFile>

#include <memory>

namespace lanline::server {

/// A store's files, found sound and brought to the newest schema.
struct OpenedStore
{
    std::unique_ptr<QLockFile> lock; ///< held for as long as it is open
    SqlDatabase database; ///< the connection that writes
    Snapshot snapshot;
};

/// Opens the store in a folder, or makes it where there is none. A database that is unusable is kept under another name
/// and begun anew only where the options say so.
[[nodiscard]] Result<OpenedStore, StoreProblem> openStore(const StoreOptions &options);

} // namespace lanline::server
