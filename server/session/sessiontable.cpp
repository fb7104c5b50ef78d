#include "server/session/sessiontable.h"

#include "server/randombytes.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <algorithm>

namespace lanline::server {

namespace reason = protocol::close;
using protocol::LinkRole;

namespace {

constexpr qsizetype secretBytes = 32;

quint64 keyOf(QByteArrayView id)
{
    return id.size() == qsizetype(Session::idBytes) ? qFromBigEndian<quint64>(id.data()) : 0;
}

} // namespace

SessionTable::SessionTable(const protocol::Limits &limits, Hub &hub, Store &store, TimeSource &time, TimerWheel &wheel)
    : m_clientsPerSession(limits.clientsPerSession)
    , m_graceTime(limits.graceTime)
    , m_hub(hub)
    , m_store(store)
    , m_time(time)
    , m_wheel(wheel)
    , m_secret(randomBytes(secretBytes))
{ }

QByteArray SessionTable::tokenOf(QByteArrayView id) const
{
    return QMessageAuthenticationCode::hash(id.toByteArray(), m_secret, QCryptographicHash::Sha256);
}

Session *SessionTable::find(UserId user) const
{
    const auto found = m_sessions.find(user);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

Session *SessionTable::find(const SessionId &id) const
{
    Session *found = m_byId.value(keyOf(id.value()));
    return found && found->isCalled(id) ? found : nullptr;
}

// ---- what a HELLO may have ----------------------------------------------------------------------------------------

Result<Binding, protocol::CloseReason> SessionTable::judge(const Claim &claim) const
{
    if (!claim.resume)
        return judgeNew(claim, {claim.user});
    const protocol::Resume &resume = *claim.resume;
    if (const Session *session = find(resume.session))
        return judgeKnown(claim, resume, *session);
    // The server was started anew, or the client was away for too long.
    if (resume.role == LinkRole::Standby)
        return unexpected(reason::SessionGone);
    return judgeNew(claim, {.user = claim.user, .generation = std::max<quint64>(resume.generation, 1)});
}

Result<Binding, protocol::CloseReason> SessionTable::judgeKnown(
    const Claim &claim, const protocol::Resume &resume, const Session &session) const
{
    if (session.user() != claim.user || !session.hasToken(resume.token))
        return unexpected(reason::AuthRefused);
    const auto &clients = session.clients();
    // The last of that name: an earlier one is what the same client has left behind.
    const auto own = std::find_if(clients.rbegin(), clients.rend(),
        [&](const Session::Client &client) { return client.isCalled(claim.client, claim.device); });
    const bool isOwn = own != clients.rend();
    const bool isAnothers = !isOwn && std::any_of(clients.begin(), clients.end(), [&](const Session::Client &client) {
        return client.id == claim.client;
    });
    if (isAnothers)
        return unexpected(reason::AuthRefused);
    if (resume.role == LinkRole::Standby) {
        if (!isOwn)
            return unexpected(reason::SessionGone);
        return Binding{claim.user, own->number, 0, own->generation, LinkRole::Standby, true};
    }
    if (!isOwn) {
        return judgeNew(
            claim, {.user = claim.user, .generation = std::max<quint64>(resume.generation, 1), .isResumed = true});
    }
    if (resume.generation <= own->generation)
        return unexpected(reason::Superseded);
    return Binding{claim.user, own->number, 0, resume.generation, LinkRole::Primary, true};
}

Result<Binding, protocol::CloseReason> SessionTable::judgeNew(const Claim &claim, Binding binding) const
{
    const Session *session = find(claim.user);
    if (!session)
        return binding;
    const Session::Client *longestGone = nullptr;
    for (const Session::Client &client : session->clients()) {
        if (client.isConnected())
            continue;
        // What it left behind is taken over, or every visit of a client that knows no sessions would add another.
        if (client.isCalled(claim.client, claim.device)) {
            binding.client = client.number;
            return binding;
        }
        if (!longestGone || client.lostAt < longestGone->lostAt)
            longestGone = &client;
    }
    if (int(session->clients().size()) < m_clientsPerSession)
        return binding;
    if (!longestGone)
        return unexpected(reason::ServerFull);
    binding.evicted = longestGone->number;
    return binding;
}

// ---- sessions come and go -----------------------------------------------------------------------------------------

Session &SessionTable::bind(
    SessionLink &link, const Claim &claim, const Binding &binding, const QString &app, const QList<RoomMarks> &marks)
{
    // One that lives knows better than the store, which may not have written all yet.
    Session *known = find(binding.user);
    Session &session = known ? *known : make(binding.user, marks);
    if (m_app != app)
        m_app = app;
    session.bind(link, binding, claim, m_app);
    return session;
}

Session &SessionTable::make(UserId user, const QList<RoomMarks> &marks)
{
    QByteArray bytes;
    do
        bytes = randomBytes(Session::idBytes);
    while (m_byId.contains(keyOf(bytes)));
    std::array<char, Session::idBytes> id{};
    std::copy(bytes.begin(), bytes.end(), id.begin());
    auto &session = m_sessions[user];
    session = std::make_unique<Session>(id, user, marks, *this);
    m_byId.insert(keyOf(bytes), session.get());
    return *session;
}

void SessionTable::saveMarks()
{
    for (const auto &[user, session] : m_sessions)
        session->rooms().saveAll(m_store);
}

void SessionTable::remove(Session &session)
{
    session.rooms().saveAll(m_store);
    m_hub.setPresence(session.user(), protocol::Presence::Offline);
    m_byId.remove(keyOf(session.id().value()));
    m_sessions.erase(session.user());
}

void SessionTable::clear()
{
    saveMarks();
    m_byId.clear();
    m_sessions.clear();
}

} // namespace lanline::server
