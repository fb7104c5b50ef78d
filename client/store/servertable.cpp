#include "client/store/servertable.h"

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;

Result<ServerTable::Server, SqlError> ServerTable::find(const QString &from, const QVariant &value)
{
    auto query = m_statements.query(
        u"SELECT key, server_id, epoch, name, self_id, self_name, self_is_guest, self_hue FROM "_s + from, {value});
    if (!query)
        return unexpected(query.error());
    Server server;
    if ((*query)->next()) {
        server.key = (*query)->value(0).toLongLong();
        server.id = ServerId((*query)->value(1).toByteArray());
        server.epoch = Epoch((*query)->value(2).toByteArray());
        server.name = (*query)->value(3).toString();
        server.self.id = UserId((*query)->value(4).toULongLong());
        server.self.name = (*query)->value(5).toString();
        server.self.isGuest = (*query)->value(6).toBool();
        server.self.hue = quint8((*query)->value(7).toUInt());
    }
    (*query)->finish();
    return server;
}

Result<ServerTable::Server, SqlError> ServerTable::at(const QUrl &url)
{
    auto server = find(u"servers JOIN addresses ON server=key WHERE url=?"_s, url.toString());
    if (!server || server->key != 0)
        return server;
    auto added = add({});
    if (!added)
        return added;
    if (const auto done = setAddress(url, added->key); !done)
        return unexpected(done.error());
    return added;
}

Result<ServerTable::Server, SqlError> ServerTable::withId(const ServerId &id)
{
    return find(u"servers WHERE server_id=?"_s, id.value());
}

Result<ServerTable::Server, SqlError> ServerTable::add(const ServerId &id)
{
    auto query =
        m_statements.query(u"INSERT INTO servers(server_id) VALUES(?) RETURNING key"_s, {sqlBytes(id.value())});
    if (!query)
        return unexpected(query.error());
    Server server;
    server.id = id;
    if ((*query)->next())
        server.key = (*query)->value(0).toLongLong();
    (*query)->finish();
    return server;
}

Result<void, SqlError> ServerTable::setAddress(const QUrl &url, qint64 server)
{
    const auto done = m_statements.execute(
        u"INSERT INTO addresses(url, server) VALUES(?, ?) ON CONFLICT DO UPDATE SET server=excluded.server"_s,
        {url.toString(), server});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> ServerTable::identify(qint64 server, const IdentifyServer &identity)
{
    const auto done = m_statements.execute(u"UPDATE servers SET server_id=?, epoch=?, name=? WHERE key=?"_s,
        {sqlBytes(identity.serverId.value()), sqlBytes(identity.epoch.value()), sqlText(identity.name), server});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> ServerTable::setSelf(qint64 server, const protocol::User &self)
{
    const auto done =
        m_statements.execute(u"UPDATE servers SET self_id=?, self_name=?, self_is_guest=?, self_hue=? WHERE key=?"_s,
            {qint64(self.id.value()), self.name, self.isGuest, self.hue, server});
    if (!done)
        return unexpected(done.error());
    return {};
}

Result<void, SqlError> ServerTable::remove(qint64 server)
{
    for (const QString &sql : {u"DELETE FROM addresses WHERE server=?"_s, u"DELETE FROM rooms WHERE server=?"_s,
             u"DELETE FROM servers WHERE key=?"_s}) {
        if (const auto done = m_statements.execute(sql, {server}); !done)
            return unexpected(done.error());
    }
    return {};
}

} // namespace lanline::client
