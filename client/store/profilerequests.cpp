#include "client/store/profilerequests.h"

namespace lanline::client {

Result<void, SqlError> ProfileRequests::run(const StoreRequest &request, QList<StoreReply> &replies)
{
    const qint64 server = request.server == 0 ? m_lastOpened : request.server;
    const auto answer = [&](Result<void, SqlError> done, auto reply) {
        if (done)
            replies.append({server, std::move(reply)});
        return done;
    };
    return std::visit(
        protocol::Overloaded{
            [&](const OpenServer &what) { return openServer(what, replies); },
            [&](const IdentifyServer &what) { return identifyServer(server, what, replies); },
            [&](const AddItem &what) {
                return answer(m_outbox.add(server, what.item), ItemsWritten{{what.item.messageId}});
            },
            [&](const ChangeItem &what) { return answer(m_outbox.change(server, what), ItemsWritten{{what.message}}); },
            [&](const MarkLeft &what) {
                ItemsWritten written;
                for (const OutboxItem &item : what.items)
                    written.messages.append(item.messageId);
                return answer(m_outbox.markLeft(server, what), std::move(written));
            },
            [&](const RequeueItem &what) {
                return answer(m_outbox.requeue(server, what), ItemsWritten{{what.message}});
            },
            [&](const FailItem &what) { return m_outbox.fail(server, what); },
            [&](const SettleItem &what) {
                auto done = m_outbox.settle(server, what);
                if (done && what.outcome == SendState::Discarded)
                    replies.append({server, ItemDiscarded{what.message}});
                return done;
            },
            [&](const SaveSelf &what) { return m_servers.setSelf(server, what.self); },
            [&](const SaveRooms &what) { return m_history.saveRooms(server, what); },
            [&](const ForgetRoom &what) { return m_history.forgetRoom(server, what.room); },
            [&](const ClearHistory &what) { return m_history.clear(server, what); },
            [&](const SaveEvents &what) {
                auto done = m_history.saveEvents(server, what);
                if (done && what.wantsAnswer)
                    replies.append({server, EventsSaved{what.room}});
                return done;
            },
            [&](const SavePage &what) { return m_history.savePage(server, what); },
            [&](const SaveChanges &what) {
                return answer(m_history.saveChanges(server, what), EventsSaved{what.room, true});
            },
            [&](const LoadPage &what) -> Result<void, SqlError> {
                auto page = m_history.loadPage(server, what);
                if (!page)
                    return unexpected(page.error());
                replies.append({server, *std::move(page)});
                return {};
            },
        },
        request.what);
}

Result<void, SqlError> ProfileRequests::finish(QList<StoreReply> &replies)
{
    const auto ledgers = m_outbox.saveLedgers();
    if (!ledgers)
        return unexpected(ledgers.error());
    for (auto ledger = ledgers->begin(); ledger != ledgers->end(); ++ledger)
        replies.append({ledger.key(), LedgerCounted{ledger.value()}});
    return {};
}

Result<void, SqlError> ProfileRequests::openServer(const OpenServer &opened, QList<StoreReply> &replies)
{
    const auto server = m_servers.at(opened.url);
    if (!server)
        return unexpected(server.error());
    auto told = snapshot(*server);
    if (!told)
        return unexpected(told.error());
    m_lastOpened = server->key;
    replies.append({server->key, ServerOpened{*std::move(told)}});
    return {};
}

Result<void, SqlError> ProfileRequests::identifyServer(
    qint64 key, const IdentifyServer &identity, QList<StoreReply> &replies)
{
    auto opened = m_servers.at(identity.url);
    if (!opened)
        return unexpected(opened.error());
    auto known = m_servers.withId(identity.serverId);
    if (!known)
        return unexpected(known.error());
    if (known->key == 0) {
        // Before servers told an id, the epoch stood for it.
        known = m_servers.withId(ServerId(identity.epoch.value()));
        if (!known)
            return unexpected(known.error());
    }
    ServerTable::Server server = *known;
    if (server.key == 0) {
        // The address's own, unless that is somebody else's: what was written for one server never goes to another.
        if (opened->id.isNull()) {
            server = *opened;
        } else {
            const auto added = m_servers.add(identity.serverId);
            if (!added)
                return unexpected(added.error());
            server = *added;
        }
    } else if (opened->id.isNull()) {
        // An address that is new, of a server that is not: what was written meanwhile is for it.
        for (const auto &step : {m_outbox.move(opened->key, server.key), m_servers.setAddress(identity.url, server.key),
                 m_servers.remove(opened->key)}) {
            if (!step)
                return step;
        }
    }
    if (auto done = m_servers.setAddress(identity.url, server.key); !done)
        return done;
    const bool isAnotherEpoch = !server.epoch.isNull() && server.epoch != identity.epoch;
    if (isAnotherEpoch) {
        if (auto done = m_history.clearAll(server.key); !done)
            return done;
    }
    if (auto done = m_servers.identify(server.key, identity); !done)
        return done;
    server.id = identity.serverId;
    server.epoch = identity.epoch;
    auto told = snapshot(server);
    if (!told)
        return unexpected(told.error());
    replies.append({key, ServerOpened{*std::move(told), true, isAnotherEpoch}});
    return {};
}

Result<ServerSnapshot, SqlError> ProfileRequests::snapshot(const ServerTable::Server &server)
{
    ServerSnapshot snapshot;
    snapshot.key = server.key;
    snapshot.serverId = server.id;
    snapshot.epoch = server.epoch;
    snapshot.name = server.name;
    snapshot.self = server.self;
    auto rooms = m_history.rooms(server.key);
    if (!rooms)
        return unexpected(rooms.error());
    snapshot.rooms = *std::move(rooms);
    auto items = m_outbox.items(server.key);
    if (!items)
        return unexpected(items.error());
    snapshot.outbox = *std::move(items);
    const auto ledger = m_outbox.ledger(server.key);
    if (!ledger)
        return unexpected(ledger.error());
    snapshot.ledger = *ledger;
    return snapshot;
}

} // namespace lanline::client
