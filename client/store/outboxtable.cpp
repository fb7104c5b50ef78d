#include "client/store/outboxtable.h"

#include <QSqlError>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

Result<QList<OutboxItem>, SqlError> OutboxTable::items(qint64 server)
{
    auto query = m_statements.query(u"SELECT message_id, room, kind, target_seq, target_id, text, has_left, "
                                    "composed_ms, failed, code, reason FROM outbox WHERE server=? ORDER BY position"_s,
        {server});
    if (!query)
        return unexpected(query.error());
    QList<OutboxItem> items;
    QSqlQuery &row = **query;
    while (row.next()) {
        OutboxItem item;
        item.messageId = messageIdFrom(row.value(0));
        item.room = RoomId(row.value(1).toString());
        item.kind = protocol::EventKind(row.value(2).toInt());
        item.targetSeq = row.value(3).toULongLong();
        item.targetId = messageIdFrom(row.value(4));
        item.text = row.value(5).toString();
        item.hasLeft = row.value(6).toBool();
        item.composedAt = WallTime(std::chrono::milliseconds(row.value(7).toLongLong()));
        item.state = row.value(8).toBool() ? SendState::Failed : SendState::Waiting;
        item.code = protocol::ErrorCode(row.value(9).toInt());
        item.reason = row.value(10).toString();
        items.append(item);
    }
    const QSqlError error = row.lastError();
    row.finish();
    if (error.isValid())
        return unexpected(SqlError{error.text(), error.nativeErrorCode()});
    return items;
}

Result<void, SqlError> OutboxTable::add(qint64 server, const OutboxItem &item)
{
    auto ledger = changing(server);
    if (!ledger)
        return unexpected(ledger.error());
    const bool hasFailed = item.state == SendState::Failed;
    const auto added = m_statements.execute(
        u"INSERT INTO outbox(server, message_id, room, kind, target_seq, target_id, text, has_left, composed_ms, "
        "failed, code, reason) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {server, sqlId(item.messageId), sqlText(item.room.value()), int(item.kind), sqlNumber(item.targetSeq),
            sqlId(item.targetId), sqlText(item.text), item.hasLeft, qint64(item.composedAt.time_since_epoch().count()),
            hasFailed, int(item.code), sqlText(item.reason)});
    if (!added)
        return unexpected(added.error());
    ++(*ledger)->sent;
    ++(hasFailed ? (*ledger)->refused : (*ledger)->waiting);
    return {};
}

Result<void, SqlError> OutboxTable::change(qint64 server, const ChangeItem &change)
{
    const auto changed = m_statements.execute(u"UPDATE outbox SET text=? WHERE server=? AND message_id=?"_s,
        {sqlText(change.text), server, sqlId(change.message)});
    if (!changed)
        return unexpected(changed.error());
    return {};
}

Result<void, SqlError> OutboxTable::markLeft(qint64 server, const MarkLeft &marked)
{
    for (const OutboxItem &item : marked.items) {
        const auto done =
            m_statements.execute(u"UPDATE outbox SET has_left=1, text=? WHERE server=? AND message_id=?"_s,
                {sqlText(item.text), server, sqlId(item.messageId)});
        if (!done)
            return unexpected(done.error());
    }
    return {};
}

Result<void, SqlError> OutboxTable::requeue(qint64 server, const RequeueItem &requeued)
{
    auto ledger = changing(server);
    if (!ledger)
        return unexpected(ledger.error());
    const auto done = m_statements.execute(
        u"UPDATE outbox SET position=(SELECT max(position) + 1 FROM outbox), failed=0, code=0, reason='', text=? "
        "WHERE server=? AND message_id=? AND failed=1"_s,
        {sqlText(requeued.text), server, sqlId(requeued.message)});
    if (!done)
        return unexpected(done.error());
    if (*done == 0)
        return {};
    --(*ledger)->refused;
    ++(*ledger)->waiting;
    return {};
}

Result<void, SqlError> OutboxTable::fail(qint64 server, const FailItem &failed)
{
    auto ledger = changing(server);
    if (!ledger)
        return unexpected(ledger.error());
    const auto done = m_statements.execute(
        u"UPDATE outbox SET failed=1, code=?, reason=? WHERE server=? AND message_id=? AND failed=0"_s,
        {int(failed.code), sqlText(failed.reason), server, sqlId(failed.message)});
    if (!done)
        return unexpected(done.error());
    if (*done == 0)
        return {};
    --(*ledger)->waiting;
    ++(*ledger)->refused;
    return {};
}

Result<void, SqlError> OutboxTable::settle(qint64 server, const SettleItem &settled)
{
    auto ledger = changing(server);
    if (!ledger)
        return unexpected(ledger.error());
    auto query = m_statements.query(
        u"DELETE FROM outbox WHERE server=? AND message_id=? RETURNING failed"_s, {server, sqlId(settled.message)});
    if (!query)
        return unexpected(query.error());
    const bool wasThere = (*query)->next();
    const bool hadFailed = wasThere && (*query)->value(0).toBool();
    (*query)->finish();
    // A second answer to the same message counts for nothing.
    if (!wasThere)
        return {};
    --(hadFailed ? (*ledger)->refused : (*ledger)->waiting);
    if (settled.outcome == SendState::Discarded) {
        ++(*ledger)->discarded;
    } else {
        ++(*ledger)->stored;
        (*ledger)->deduplicated += settled.isDuplicate ? 1 : 0;
    }
    return {};
}

Result<void, SqlError> OutboxTable::move(qint64 from, qint64 to)
{
    const auto source = ledger(from);
    if (!source)
        return unexpected(source.error());
    auto target = changing(to);
    if (!target)
        return unexpected(target.error());
    const auto moved = m_statements.execute(u"UPDATE outbox SET server=? WHERE server=?"_s, {to, from});
    if (!moved)
        return unexpected(moved.error());
    (*target)->sent += source->sent;
    (*target)->stored += source->stored;
    (*target)->deduplicated += source->deduplicated;
    (*target)->discarded += source->discarded;
    (*target)->waiting += source->waiting;
    (*target)->refused += source->refused;
    m_ledgers.remove(from);
    m_changed.remove(from);
    return {};
}

Result<Ledger, SqlError> OutboxTable::ledger(qint64 server)
{
    if (const auto known = m_ledgers.constFind(server); known != m_ledgers.constEnd())
        return *known;
    auto query =
        m_statements.query(u"SELECT sent, stored, deduplicated, discarded, "
                           "(SELECT count(*) FROM outbox WHERE server=key AND failed=0), "
                           "(SELECT count(*) FROM outbox WHERE server=key AND failed=1) FROM servers WHERE key=?"_s,
            {server});
    if (!query)
        return unexpected(query.error());
    Ledger ledger;
    if ((*query)->next()) {
        ledger.sent = (*query)->value(0).toULongLong();
        ledger.stored = (*query)->value(1).toULongLong();
        ledger.deduplicated = (*query)->value(2).toULongLong();
        ledger.discarded = (*query)->value(3).toULongLong();
        ledger.waiting = (*query)->value(4).toULongLong();
        ledger.refused = (*query)->value(5).toULongLong();
    }
    (*query)->finish();
    m_ledgers.insert(server, ledger);
    return ledger;
}

Result<Ledger *, SqlError> OutboxTable::changing(qint64 server)
{
    // Before the table changes, for it may be counted now.
    const auto counted = ledger(server);
    if (!counted)
        return unexpected(counted.error());
    m_changed[server] = true;
    return &m_ledgers[server];
}

Result<QHash<qint64, Ledger>, SqlError> OutboxTable::saveLedgers()
{
    QHash<qint64, Ledger> saved;
    const auto changed = std::exchange(m_changed, {});
    for (auto entry = changed.keyBegin(); entry != changed.keyEnd(); ++entry) {
        const Ledger &ledger = m_ledgers[*entry];
        const auto done =
            m_statements.execute(u"UPDATE servers SET sent=?, stored=?, deduplicated=?, discarded=? WHERE key=?"_s,
                {sqlNumber(ledger.sent), sqlNumber(ledger.stored), sqlNumber(ledger.deduplicated),
                    sqlNumber(ledger.discarded), *entry});
        if (!done)
            return unexpected(done.error());
        saved.insert(*entry, ledger);
    }
    return saved;
}

void OutboxTable::forgetLedgers()
{
    m_ledgers.clear();
    m_changed.clear();
}

} // namespace lanline::client
