#include "server/session/session.h"

#include "server/session/sessiontable.h"

#include <algorithm>

namespace lanline::server {

namespace reason = protocol::close;
using protocol::LinkRole;

Session::Session(const std::array<char, idBytes> &id, UserId user, const QList<RoomMarks> &marks, SessionTable &table)
    : m_id(id)
    , m_user(user)
    , m_rooms(user, marks)
    , m_table(table)
{ }

QByteArray Session::token() const
{
    return m_table.tokenOf(QByteArrayView(m_id.data(), qsizetype(m_id.size())));
}

bool Session::hasToken(QByteArrayView token) const
{
    const QByteArray expected = this->token();
    if (token.size() != expected.size())
        return false;
    unsigned difference = 0;
    for (qsizetype at = 0; at < expected.size(); ++at)
        difference |= unsigned(quint8(token[at]) ^ quint8(expected.at(at)));
    return difference == 0;
}

Session::Client *Session::find(quint64 number)
{
    const auto found =
        std::find_if(m_clients.begin(), m_clients.end(), [&](const Client &client) { return client.number == number; });
    return found == m_clients.end() ? nullptr : &*found;
}

const Session::Client &Session::clientOf(const SessionLink &link) const
{
    return *std::find_if(m_clients.begin(), m_clients.end(),
        [&](const Client &client) { return client.primary == &link || client.standby == &link; });
}

Session::Client &Session::owner(const SessionLink &link)
{
    return *find(clientOf(link).number);
}

void Session::remove(quint64 number)
{
    std::erase_if(m_clients, [&](const Client &client) { return client.number == number; });
}

QList<protocol::SessionClient> Session::clientsTold() const
{
    QList<protocol::SessionClient> told;
    for (const Client &client : m_clients)
        told.append({client.id, client.app, client.number == m_inUse, client.isConnected()});
    return told;
}

void Session::tell(const protocol::ServerMessage &message, const SessionLink *except) const
{
    Broadcast broadcast(m_table.hub().encoder(), message);
    for (const Client &client : m_clients) {
        if (client.primary && client.primary != except)
            client.primary->deliver(broadcast.in(client.primary->format()));
    }
}

// ---- links come ---------------------------------------------------------------------------------------------------

void Session::bind(SessionLink &link, const Binding &binding, const Claim &claim, const QString &app)
{
    remove(binding.evicted);
    Client *known = find(binding.client);
    if (!known)
        m_clients.push_back({m_table.nextClientNumber(), claim.client, claim.device, {}, 1});
    Client &client = known ? *known : m_clients.back();
    const bool wasConnected = client.isConnected();
    client.app = app;
    SessionLink *released = nullptr;
    if (binding.role == LinkRole::Standby) {
        released = std::exchange(client.standby, &link);
    } else {
        client.generation = binding.generation;
        released = std::exchange(client.primary, &link);
        if (released)
            m_table.hub().detach(*released);
        m_table.hub().attach(link);
    }
    settle(!wasConnected, &link);
    if (released)
        released->onReleased(reason::Superseded);
}

bool Session::promote(SessionLink &standby, quint64 generation)
{
    Client &client = owner(standby);
    if (generation <= client.generation)
        return false;
    client.generation = generation;
    client.standby = nullptr;
    SessionLink *released = std::exchange(client.primary, &standby);
    if (released) {
        m_table.hub().detach(*released);
        released->onReleased(reason::Superseded);
    }
    m_table.hub().attach(standby);
    return true;
}

// ---- links go -----------------------------------------------------------------------------------------------------

void Session::onLost(SessionLink &link)
{
    Client &client = owner(link);
    if (client.primary == &link) {
        m_table.hub().detach(link);
        client.primary = nullptr;
    } else {
        client.standby = nullptr;
    }
    if (client.isConnected())
        return;
    client.lostAt = m_table.time().now();
    // One that came back without asking for this session is here already, and nobody waits for it.
    const bool isBack = std::any_of(m_clients.begin(), m_clients.end(),
        [&](const Client &other) { return other.isConnected() && other.isCalled(client.id, client.device); });
    if (isBack)
        remove(client.number);
    settle(true);
}

void Session::onBye(SessionLink &link)
{
    const Client gone = clientOf(link);
    if (gone.primary)
        m_table.hub().detach(*gone.primary);
    remove(gone.number);
    if (m_clients.empty())
        m_table.remove(*this);
    else
        settle(true);
    // This session may be no more.
    for (SessionLink *other : {gone.primary, gone.standby}) {
        if (other && other != &link)
            other->onReleased(reason::Normal);
    }
}

void Session::onGraceOver()
{
    const SteadyTime lostUntil = m_table.time().now() - m_table.graceTime();
    const auto removed = std::erase_if(
        m_clients, [&](const Client &client) { return !client.isConnected() && client.lostAt <= lostUntil; });
    if (m_clients.empty())
        m_table.remove(*this);
    else
        settle(removed > 0);
}

// ---- what follows -------------------------------------------------------------------------------------------------

void Session::onUsed(const SessionLink &link)
{
    Client &client = owner(link);
    if (std::exchange(m_inUse, client.number) == client.number)
        return;
    client.usedAt = ++m_uses;
    settle(true);
}

void Session::settle(bool isNews, const SessionLink *except)
{
    const quint64 wasInUse = m_inUse;
    chooseInUse();
    m_table.hub().setPresence(m_user, m_inUse == 0 ? protocol::Presence::Away : protocol::Presence::Online);
    awaitGrace();
    if (isNews || m_inUse != wasInUse)
        tell(protocol::SessionClients{clientsTold()}, except);
}

void Session::chooseInUse()
{
    if (const Client *inUse = find(m_inUse); inUse && inUse->isConnected())
        return;
    Client *latest = nullptr;
    for (Client &client : m_clients) {
        if (client.isConnected() && (!latest || client.usedAt > latest->usedAt))
            latest = &client;
    }
    m_inUse = latest ? latest->number : 0;
    if (latest)
        latest->usedAt = ++m_uses;
}

void Session::awaitGrace()
{
    std::optional<SteadyTime> firstLost;
    for (const Client &client : m_clients) {
        if (!client.isConnected())
            firstLost = std::min(firstLost.value_or(client.lostAt), client.lostAt);
    }
    if (!firstLost) {
        m_grace.reset();
    } else {
        if (!m_grace)
            m_grace = std::make_unique<GraceDeadline>(*this);
        const auto left = *firstLost + m_table.graceTime() - m_table.time().now();
        m_table.wheel().start(*m_grace, std::chrono::ceil<std::chrono::milliseconds>(left));
    }
}

} // namespace lanline::server
