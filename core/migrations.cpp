#include "core/migrations.h"

#include <algorithm>

namespace lanline {

using namespace Qt::StringLiterals;

namespace {

Result<int, SqlError> versionOf(const SqlDatabase &database)
{
    auto query = database.query(u"PRAGMA user_version"_s);
    if (!query)
        return unexpected(query.error());
    return query->next() ? query->value(0).toInt() : 0;
}

/// One step, unless another process took it in the meantime.
Result<void, SqlError> apply(const SqlDatabase &database, const Migration &migration)
{
    auto transaction = SqlTransaction::begin(database);
    if (!transaction)
        return unexpected(transaction.error());
    const auto current = versionOf(database);
    if (!current)
        return unexpected(current.error());
    if (*current >= migration.version)
        return {};
    for (const QString &statement : migration.statements) {
        if (auto done = database.execute(statement); !done)
            return done;
    }
    // A pragma takes no bound values.
    if (auto done = database.execute(u"PRAGMA user_version=%1"_s.arg(migration.version)); !done)
        return done;
    return transaction->commit();
}

} // namespace

Result<int, MigrationError> migrate(const SqlDatabase &database, const QList<Migration> &migrations)
{
    int known = 0;
    for (const Migration &migration : migrations) {
        if (migration.version <= known) {
            return unexpected(MigrationError{MigrationError::Kind::BadList, migration.version,
                u"Migration %1 stands behind migration %2."_s.arg(migration.version).arg(known)});
        }
        known = migration.version;
    }

    const auto failed = [](int version, const SqlError &error) {
        return unexpected(MigrationError{MigrationError::Kind::Failed, version,
            u"The database could not be brought to version %1: %2"_s.arg(version).arg(error.text)});
    };
    const auto current = versionOf(database);
    if (!current)
        return failed(known, current.error());
    if (*current > known) {
        return unexpected(MigrationError{MigrationError::Kind::Newer, *current,
            u"The database has version %1, made by a newer Lanline; this one knows versions up to %2."_s.arg(*current)
                .arg(known)});
    }
    for (const Migration &migration : migrations) {
        if (migration.version <= *current)
            continue;
        if (const auto applied = apply(database, migration); !applied)
            return failed(migration.version, applied.error());
    }
    return known;
}

} // namespace lanline
