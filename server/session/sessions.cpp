#include "server/session/sessions.h"

#include "server/logging.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace lanline::server {

namespace {

constexpr auto longestTurn = 20ms;

} // namespace

Sessions::Sessions(const protocol::Limits &limits, const ServerIdentity &identity, Hub &hub, Store &store,
    TimeSource &time, Ledger &ledger, QObject *parent)
    : QObject(parent)
    , m_wheel(time)
    , m_table(limits, hub, store, time, m_wheel)
    , m_pairing(time)
    , m_tracer(limits, time)
    , m_context{limits, identity, hub, store, time, ledger, *this, m_wheel, m_table, m_pairing, m_tracer}
    , m_startedAt(time.now())
    , m_nextTurn(time.makeTimer([this] { takeOutcomes(Pace::InTurns); }))
{ }

Sessions::~Sessions() = default;

void Sessions::accept(std::unique_ptr<Transport> transport)
{
    const quint64 connection = ++m_lastConnection;
    qCInfo(lcSession, "connection %llu is open", connection);
    auto link = std::make_unique<ClientLink>(connection, std::move(transport), m_context);
    ClientLink &started = *link;
    m_links.emplace(connection, std::move(link));
    if (m_context.faults && m_context.faults->isDelaying())
        started.breakTransport();
    started.start();
    onLinkChanged();
}

ClientLink *Sessions::find(const Origin &origin) const
{
    const auto found = m_links.find(origin.connection);
    return found == m_links.end() ? nullptr : found->second.get();
}

void Sessions::breakLinks()
{
    for (const auto &[connection, link] : m_links)
        link->breakTransport();
}

void Sessions::mendLinks()
{
    for (const auto &[connection, link] : m_links)
        link->mendTransport();
}

// ---- what the store says ------------------------------------------------------------------------------------------

void Sessions::onStoreOutcomes(const QList<StoreOutcome> &outcomes)
{
    m_outcomes.insert(m_outcomes.end(), outcomes.begin(), outcomes.end());
    if (!m_nextTurn->isActive())
        takeOutcomes(Pace::InTurns);
}

void Sessions::takeOutcomes(Pace pace)
{
    const WorkScope scope("Telling clients what was stored");
    // A login is told to all who share a room with it, and is told all of them: a thousand of them in one commit, as
    // after a restart, would keep everybody waiting.
    const SteadyTime now = m_context.time.now();
    m_tracer.onOutcomes(now);
    const auto end = now + longestTurn;
    while (!m_outcomes.empty()) {
        const StoreOutcome outcome = std::move(m_outcomes.front());
        m_outcomes.pop_front();
        take(outcome);
        const bool isLogin = std::holds_alternative<LoggedIn>(outcome);
        if (pace == Pace::InTurns && isLogin && !m_outcomes.empty() && m_context.time.now() >= end) {
            m_nextTurn->start(0ms);
            break;
        }
    }
    publishStored();
}

void Sessions::take(const StoreOutcome &outcome)
{
    // What was stored before someone left is still theirs to see, and what comes after they joined is too.
    if (!std::holds_alternative<Appended>(outcome))
        publishStored();
    std::visit(protocol::Overloaded{
                   [this](const LoggedIn &login) {
                       // Without its connection the login has still happened: a new user is a new member.
                       if (ClientLink *link = find(login.origin))
                           link->onLoggedIn(login);
                       else
                           m_context.hub.learn(login);
                   },
                   [this](const LogInRefused &refused) {
                       if (ClientLink *link = find(refused.origin))
                           link->onLogInRefused(refused);
                   },
                   [this](const Appended &appended) { onAppended(appended); },
                   [this](const AppendRefused &refused) {
                       if (ClientLink *link = find(refused.origin))
                           link->onAppendRefused(refused);
                   },
                   [this](const RoomCreated &created) { onRoomCreated(created); },
                   [this](const MembershipChanged &changed) { onMembershipChanged(changed); },
                   [this](const CommandRefused &refused) {
                       if (ClientLink *link = find(refused.origin))
                           link->onCommandRefused(refused);
                   },
                   [this](const MarksSaved &saved) {
                       if (Session *session = m_table.find(saved.user))
                           session->rooms().onSaved(saved, m_context.store);
                   },
               },
        outcome);
}

void Sessions::onAppended(const Appended &appended)
{
    ++(appended.isDuplicate ? m_context.ledger.duplicates : m_context.ledger.stored);
    // STORED before the fan-out: a thousand readers must not delay the author.
    if (ClientLink *author = find(appended.origin))
        author->onAppended(appended);
    if (appended.isDuplicate)
        return;
    auto entry =
        std::find_if(m_stored.begin(), m_stored.end(), [&](const Unpublished &of) { return of.room == appended.room; });
    if (entry == m_stored.end())
        entry = m_stored.insert(entry, {appended.room, {}, {}});
    entry->events.append(appended.event);
    entry->stamps.append(appended.stamps);
}

void Sessions::publishStored()
{
    for (Unpublished &stored : std::exchange(m_stored, {})) {
        const SteadyTime sentAt = m_tracer.onPublish(stored.room, stored.events, stored.stamps);
        m_context.hub.publish(stored.room, stored.events, sentAt);
    }
}

void Sessions::onRoomCreated(const RoomCreated &created)
{
    m_context.hub.onRoomCreated(created);
    tellMembership(created.origin, created.user, created.room, true);
}

void Sessions::onMembershipChanged(const MembershipChanged &changed)
{
    m_context.hub.onMembershipChanged(changed);
    if (Session *session = m_table.find(changed.user); session && !changed.isMember)
        session->rooms().forget(changed.room);
    tellMembership(changed.origin, changed.user, changed.room, changed.isMember);
}

void Sessions::tellMembership(const Origin &origin, UserId user, const RoomId &id, bool isMember)
{
    const Room &room = *m_context.hub.room(id);
    if (ClientLink *author = find(origin))
        author->onCommandDone();
    for (const auto &[connection, link] : m_links) {
        if (link->isPrimary() && link->userId() == user)
            link->onMembership(connection == origin.connection ? origin.requestId : 0, room, isMember);
    }
}

void Sessions::onStoreState(const protocol::StoreState &state)
{
    m_context.storeState = state;
    for (ClientLink *link : all()) {
        if (link->isPrimary())
            link->tellStoreState();
    }
    if (state.isWritable)
        m_table.saveMarks();
}

void Sessions::onPage(const Page &page)
{
    if (ClientLink *link = find(page.origin))
        link->onPage(page);
}

// ---- turns --------------------------------------------------------------------------------------------------------

void Sessions::onLinkTouched(ClientLink &link)
{
    if (link.touch())
        m_touched.push_back(&link);
    scheduleEndOfTurn();
}

void Sessions::onLinkChanged()
{
    m_hasChanged = true;
    scheduleEndOfTurn();
}

void Sessions::onLinkEnded(ClientLink &link)
{
    const auto found = m_links.find(link.connection());
    m_ended.push_back(std::move(found->second));
    m_links.erase(found);
    onLinkChanged();
}

void Sessions::scheduleEndOfTurn()
{
    if (!std::exchange(m_isEndOfTurnDue, true))
        QMetaObject::invokeMethod(this, &Sessions::endTurn, Qt::QueuedConnection);
}

void Sessions::endTurn()
{
    const WorkScope scope("Writing to the connections");
    m_isEndOfTurnDue = false;
    // Those who end from here on may have been touched for the next turn.
    const auto ended = std::exchange(m_ended, {});
    for (ClientLink *link : std::exchange(m_touched, {}))
        link->endTurn();
    m_tracer.onTurnEnd();
    if (std::exchange(m_hasChanged, false))
        Q_EMIT changed();
    if (!ended.empty() && m_links.empty())
        Q_EMIT drained();
}

void Sessions::sweep(const EventLoopWatch &watch)
{
    m_context.watch = &watch;
    m_wheel.advance();
}

void Sessions::dismissAll(const QString &text, std::chrono::milliseconds retryAfter)
{
    takeOutcomes(Pace::AtOnce);
    m_nextTurn->stop();
    const QList<ClientLink *> links = all();
    // Nobody is told of everyone else's end on the way to their own.
    for (ClientLink *link : links)
        link->leaveSilently();
    m_table.clear();
    for (ClientLink *link : links)
        link->dismiss(text, retryAfter);
}

QList<ClientLink *> Sessions::all() const
{
    QList<ClientLink *> links;
    links.reserve(qsizetype(m_links.size()));
    for (const auto &[connection, link] : m_links)
        links.append(link.get());
    return links;
}

QList<ClientRow> Sessions::rows() const
{
    QList<ClientRow> rows;
    for (const auto &[connection, link] : m_links) {
        if (link->isOnline())
            rows.append(link->row());
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
    status.connections = quint32(m_links.size());
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
    if (const EventLoopWatch *watch = m_context.watch)
        status.longestLoopLag = std::max(watch->lags().max(), watch->overdue());
    return status;
}

} // namespace lanline::server
