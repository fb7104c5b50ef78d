#include "client/store/salvage.h"

#include "client/store/statements.h"

#include <QSqlError>

#include <array>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Table
{
    QString name;
    QString columns;
    int count;
};

/// As the first version has them: a newer one may have more.
std::array<Table, 3> tables()
{
    return {Table{u"servers"_s, u"key, server_id, epoch, name, sent, stored, deduplicated, discarded"_s, 8},
        Table{u"addresses"_s, u"url, server"_s, 2},
        Table{u"outbox"_s,
            u"position, server, message_id, room, kind, target_seq, target_id, text, has_left, composed_ms, failed, "
            "code, reason"_s,
            13}};
}

} // namespace

Salvaged salvageOutbox(const QString &damagedPath, const SqlDatabase &into)
{
    Salvaged salvaged;
    const auto damaged = SqlDatabase::open(damagedPath, SqlDatabase::Access::Damaged);
    if (!damaged)
        return {0, false};
    // What refers to a server that cannot be read is of no use.
    for (const Table &table : tables()) {
        auto rows = damaged->query(u"SELECT %1 FROM %2"_s.arg(table.columns, table.name));
        if (!rows) {
            salvaged.isComplete = false;
            continue;
        }
        const QString insert = u"INSERT OR IGNORE INTO %1(%2) VALUES(?%3)"_s.arg(
            table.name, table.columns, u", ?"_s.repeated(table.count - 1));
        while (rows->next()) {
            QVariantList values;
            for (int i = 0; i < table.count; ++i)
                values.append(rows->value(i));
            if (!into.execute(insert, values))
                salvaged.isComplete = false;
            else if (table.name == "outbox"_L1)
                ++salvaged.items;
        }
        if (rows->lastError().isValid())
            salvaged.isComplete = false;
    }
    return salvaged;
}

} // namespace lanline::client
