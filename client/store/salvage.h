#pragma once

#include "core/sqldatabase.h"

namespace lanline::client {

struct Salvaged
{
    int items = 0; ///< of the outbox
    bool isComplete = true; ///< as far as can be told
};

/// Takes over what can be read of the servers and the outbox of a database that cannot be used. `into` is a fresh one.
Salvaged salvageOutbox(const QString &damagedPath, const SqlDatabase &into);

} // namespace lanline::client
