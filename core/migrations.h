#pragma once

#include "core/result.h"
#include "core/sqldatabase.h"

#include <QList>
#include <QStringList>

namespace lanline {

/// One step of a schema. `statements` never change once released: a later wish is a later migration.
struct Migration
{
    int version = 0; ///< from 1, ascending
    QStringList statements;
};

struct MigrationError
{
    enum class Kind : quint8 {
        Newer, ///< the database was made by a newer program; it was not touched
        Failed, ///< the step to `version` failed and was rolled back whole; those before it hold
        BadList, ///< the migrations are not in ascending order from 1 on: a fault of the program
    };
    Kind kind = Kind::Failed;
    int version = 0; ///< Newer: of the database; else the step that failed
    QString text; ///< an English sentence
};

/// Brings the database to the last version of `migrations`, each step in a transaction of its own, and returns the
/// version it then has. The version is SQLite's user_version, written in the same transaction as its step. Two
/// processes may do it at once: the second finds the steps done.
[[nodiscard]] Result<int, MigrationError> migrate(const SqlDatabase &database, const QList<Migration> &migrations);

} // namespace lanline
