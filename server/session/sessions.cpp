#include "server/session/sessions.h"

#include "server/logging.h"

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

Sessions::Sessions(const protocol::Limits &limits, const ServerIdentity &identity, Hub &hub, Store &store,
    TimeSource &time, Ledger &ledger, QObject *parent)
    : QObject(parent)
    , m_wheel(time)
    , m_context{limits, identity, hub, store, time, ledger, *this, m_wheel}
    , m_startedAt(time.now())
{ }

Sessions::~Sessions() = default;

void Sessions::accept(std::unique_ptr<Transport> transport)
{
    const quint64 connection = ++m_lastConnection;
    qCInfo(lcSession, "connection %llu is open", connection);
    auto session = std::make_unique<Session>(connection, std::move(transport), m_context);
    Session &started = *session;
    m_sessions.emplace(connection, std::move(session));
    started.start();
    onSessionChanged();
}

Session *Sessions::find(const Origin &origin) const
{
    const auto found = m_sessions.find(origin.connection);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

// ---- what the store says ------------------------------------------------------------------------------------------

void Sessions::onStoreOutcomes(const QList<StoreOutcome> &outcomes)
{
    for (const StoreOutcome &outcome : outcomes) {
        // What was stored before someone left is still theirs to see, and what comes after they joined is too.
        if (!std::holds_alternative<Appended>(outcome))
            publishStored();
        std::visit(protocol::Overloaded{
                       [this](const LoggedIn &login) {
                           // Without its connection the login has still happened: a new user is a new member.
                           if (Session *session = find(login.origin))
                               session->onLoggedIn(login);
                           else
                               m_context.hub.addUser(login);
                       },
                       [this](const LogInRefused &refused) {
                           if (Session *session = find(refused.origin))
                               session->onLogInRefused(refused);
                       },
                       [this](const Appended &appended) { onAppended(appended); },
                       [this](const AppendRefused &refused) {
                           if (Session *session = find(refused.origin))
                               session->onAppendRefused(refused);
                       },
                       [this](const RoomCreated &created) { onRoomCreated(created); },
                       [this](const MembershipChanged &changed) { onMembershipChanged(changed); },
                       [this](const CommandRefused &refused) {
                           if (Session *session = find(refused.origin))
                               session->onCommandRefused(refused);
                       },
                       [](const MarksSaved &) {},
                   },
            outcome);
    }
    publishStored();
}

void Sessions::onAppended(const Appended &appended)
{
    ++(appended.isDuplicate ? m_context.ledger.duplicates : m_context.ledger.stored);
    // STORED before the fan-out: a thousand readers must not delay the author.
    if (Session *author = find(appended.origin))
        author->onAppended(appended);
    if (appended.isDuplicate)
        return;
    const auto room =
        std::find_if(m_stored.begin(), m_stored.end(), [&](const auto &entry) { return entry.first == appended.room; });
    if (room == m_stored.end())
        m_stored.push_back({appended.room, {appended.event}});
    else
        room->second.append(appended.event);
}

void Sessions::publishStored()
{
    for (const auto &[room, events] : std::exchange(m_stored, {}))
        m_context.hub.publish(room, events);
}

void Sessions::onRoomCreated(const RoomCreated &created)
{
    m_context.hub.onRoomCreated(created);
    tellMembership(created.origin, created.user, created.room, true);
}

void Sessions::onMembershipChanged(const MembershipChanged &changed)
{
    m_context.hub.onMembershipChanged(changed);
    tellMembership(changed.origin, changed.user, changed.room, changed.isMember);
}

void Sessions::tellMembership(const Origin &origin, UserId user, const RoomId &id, bool isMember)
{
    const Room &room = *m_context.hub.room(id);
    if (Session *author = find(origin))
        author->onCommandDone();
    for (const auto &[connection, session] : m_sessions) {
        if (session->isOnline() && session->userId() == user)
            session->onMembership(connection == origin.connection ? origin.requestId : 0, room, isMember);
    }
}

void Sessions::onStoreState(const protocol::StoreState &state)
{
    m_context.storeState = state;
    for (Session *session : all()) {
        if (session->isOnline())
            session->tellStoreState();
    }
}

void Sessions::onPage(const Page &page)
{
    if (Session *session = find(page.origin))
        session->onPage(page);
}

// ---- turns --------------------------------------------------------------------------------------------------------

void Sessions::onSessionTouched(Session &session)
{
    if (session.touch())
        m_touched.push_back(&session);
    scheduleEndOfTurn();
}

void Sessions::onSessionChanged()
{
    m_hasChanged = true;
    scheduleEndOfTurn();
}

void Sessions::onSessionEnded(Session &session)
{
    const auto found = m_sessions.find(session.connection());
    m_ended.push_back(std::move(found->second));
    m_sessions.erase(found);
    onSessionChanged();
}

void Sessions::scheduleEndOfTurn()
{
    if (!std::exchange(m_isEndOfTurnDue, true))
        QMetaObject::invokeMethod(this, &Sessions::endTurn, Qt::QueuedConnection);
}

void Sessions::endTurn()
{
    m_isEndOfTurnDue = false;
    // Those who end from here on may have been touched for the next turn.
    const auto ended = std::exchange(m_ended, {});
    for (Session *session : std::exchange(m_touched, {}))
        session->endTurn();
    if (std::exchange(m_hasChanged, false))
        Q_EMIT changed();
    if (!ended.empty() && m_sessions.empty())
        Q_EMIT drained();
}

void Sessions::sweep(const EventLoopWatch &watch)
{
    m_context.watch = &watch;
    m_context.hub.expireAways(m_context.time.now());
    m_wheel.advance();
}

void Sessions::dismissAll(const QString &text, std::chrono::milliseconds retryAfter)
{
    for (Session *session : all())
        session->dismiss(text, retryAfter);
}

QList<Session *> Sessions::all() const
{
    QList<Session *> sessions;
    sessions.reserve(qsizetype(m_sessions.size()));
    for (const auto &[connection, session] : m_sessions)
        sessions.append(session.get());
    return sessions;
}

QList<ClientRow> Sessions::rows() const
{
    QList<ClientRow> rows;
    for (const auto &[connection, session] : m_sessions) {
        if (session->isOnline())
            rows.append(session->row());
    }
    std::sort(
        rows.begin(), rows.end(), [](const ClientRow &a, const ClientRow &b) { return a.connection < b.connection; });
    return rows;
}

protocol::Status Sessions::status() const
{
    const Ledger &ledger = m_context.ledger;
    protocol::Status status;
    status.serverName = m_context.identity.name;
    status.app = QStringLiteral("lanline " LANLINE_VERSION);
    status.epoch = m_context.identity.epoch;
    status.uptime = std::chrono::duration_cast<std::chrono::milliseconds>(m_context.time.now() - m_startedAt);
    status.connections = quint32(m_sessions.size());
    status.users = quint32(m_context.hub.onlineCount());
    status.rooms = quint32(m_context.hub.roomCount());
    status.received = ledger.received;
    status.stored = ledger.stored;
    status.duplicates = ledger.duplicates;
    status.refused = ledger.refused;
    status.delivered = ledger.delivered;
    status.replayed = ledger.replayed;
    status.lost = ledger.lost;
    status.isReadOnly = !m_context.storeState.isWritable;
    status.pagesFromMemory = ledger.pagesFromMemory;
    status.pagesFromStore = ledger.pagesFromStore;
    status.storedEver = ledger.ever.stored;
    status.duplicatesEver = ledger.ever.duplicates;
    return status;
}

} // namespace lanline::server
