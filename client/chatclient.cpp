#include "client/chatclient.h"

#include "client/address.h"
#include "client/faults/faultylink.h"
#include "client/problems.h"

#include <QRandomGenerator>

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

const protocol::Limits ownLimits;

ClientId makeClientId()
{
    return ClientId(u"c_%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0')));
}

/// With links that can be broken on purpose.
ClientParts breakable(ClientParts parts)
{
    parts.faults = std::make_shared<LinkFaults>(parts.time, parts.random);
    parts.makeLink = [make = std::move(parts.makeLink), faults = parts.faults, time = parts.time] {
        return std::make_unique<FaultyLink>(make(), faults, time);
    };
    return parts;
}

} // namespace

ChatClient::ChatClient(Persona persona, ClientParts parts, QObject *parent)
    : QObject(parent)
    , m_credentials(std::move(persona))
    , m_parts(breakable(std::move(parts)))
    , m_clientId(makeClientId())
    , m_loopWatch(*m_parts.time)
    , m_threadReporter(
          ThreadKind::Network, m_loopWatch, *m_parts.time, [this](const ThreadReport &report) { tell(report); })
    , m_keeper(*m_parts.time, m_parts.random, standbySink())
    , m_interval(ownLimits.heartbeatDefault)
    , m_backoff(ownLimits.backoffFirst, ownLimits.backoffLongest, m_parts.random)
    , m_retryTimer(m_parts.time->makeTimer([this] { connectNow(); }))
    , m_stableTimer(m_parts.time->makeTimer([this] { m_backoff.reset(); }))
    , m_answerTimer(m_parts.time->makeTimer([this] { onAnswerOverdue(); }))
    , m_store(m_parts.makeStore())
    , m_record([this](StoreRequest request) { m_store->ask(std::move(request)); })
    , m_dialogue(makeDialogue())
    , m_flushTimer(m_parts.time->makeTimer([this] { flush(); }))
{
    m_store->listen([this](const StoreReply &reply) { onStoreReply(reply); });
    watchNetworks();
}

ChatClient::~ChatClient() = default;

void ChatClient::execute(const Command &command)
{
    std::visit(protocol::Overloaded{
                   [this](const Open &request) { open(request); },
                   [this](const Close &) { close(); },
                   [this](const RetryNow &) { retryNow(); },
                   [this](const SetHeartbeatInterval &request) { setHeartbeatInterval(request.interval); },
                   [this](const SetRedundancy &request) {
                       m_keeper.setRedundancy(request.redundancy);
                       publish();
                   },
                   [this](const SetFault &request) { setFault(request.fault); },
                   [this](const protocol::InUse &use) {
                       if (isWelcomed())
                           send(use);
                   },
                   [&](const auto &) {
                       if (!m_record.hold(command))
                           m_dialogue->execute(command);
                   },
               },
        command);
}

void ChatClient::open(const Open &request)
{
    if (m_state.phase != Phase::Offline)
        close();
    const auto address = parseServerAddress(request.url.toString());
    if (!address) {
        m_state.problem = Problem::BadAddress;
        m_state.problemDetail = request.url.toString();
        enter(Phase::Offline);
        return;
    }
    if (*address != m_state.url) {
        if (!m_state.url.isEmpty()) {
            // Another server: nothing that belongs to the last one may reach it.
            m_dialogue = makeDialogue();
            m_credentials.forget();
            m_session.reset();
            m_told.clear();
            m_wasWelcomed = false;
            m_lostAt.reset();
            m_backoff.reset();
        }
        m_state.serverId = {};
        m_record.open(*address);
    }
    m_pairingCode = request.pairingCode;
    m_state.url = *address;
    m_state.attempt = 1;
    m_state.problem = Problem::None;
    m_state.problemDetail.clear();
    connectNow();
}

void ChatClient::connectNow()
{
    dropLinks();
    m_retryTimer->stop();
    m_primary = makeConnection(*this);
    enter(Phase::Connecting);
    const auto networks = m_networks ? m_networks->networks() : QList<LocalNetwork>();
    const QList<Path> paths = primaryPaths(m_state.url, m_told, networks);
    m_primary->open(paths.at(std::max(m_state.attempt - 1, 0) % paths.size()));
    tellLanes();
}

void ChatClient::onOpened(Connection &connection)
{
    if (m_parts.faults->isOn(FaultKind::CutPrimary)) {
        connection.fail(cutOnPurpose());
        return;
    }
    enter(Phase::Joining);
}

void ChatClient::onReady(Connection &connection)
{
    m_state.serverName = connection.ready()->serverName;
    m_state.limits = connection.ready()->limits;
    sayHello();
}

void ChatClient::sayHello()
{
    // Until the store knows the server there is no telling which cursors are meant for it.
    if (m_primary && m_primary->ready() && m_state.phase == Phase::Joining && m_record.meet(*m_primary->ready())) {
        ++m_generation;
        m_primary->sayHello(helloFor(*m_primary));
    }
}

void ChatClient::onStoreReply(const StoreReply &reply)
{
    if (const auto *opened = std::get_if<ServerOpened>(&reply.what)) {
        onServerOpened(*opened);
    } else if (const auto *problem = std::get_if<StoreProblem>(&reply.what)) {
        m_state.storeProblem = problem->text;
        publish();
    } else if (reply.server == m_record.key()) {
        m_dialogue->onStoreAnswer(reply.what);
    }
}

void ChatClient::onServerOpened(const ServerOpened &opened)
{
    const qint64 before = m_record.key();
    if (!m_record.onOpened(opened))
        return;
    m_state.serverId = m_record.serverId();
    const bool isTheSame = opened.isIdentified && before == m_record.key() && !opened.isAnotherEpoch;
    if (!isTheSame) {
        m_state.self = opened.snapshot.self;
        if (!m_primary || !m_primary->ready())
            m_state.serverName = opened.snapshot.name;
        publish();
        const auto followed = m_dialogue->catchUp().followed();
        m_dialogue = makeDialogue();
        for (const auto &[room, afterSeq] : followed)
            m_dialogue->execute(Follow{room, afterSeq});
        m_dialogue->restore(opened.snapshot, opened.isIdentified);
    }
    for (const Command &command : m_record.takeHeld())
        m_dialogue->execute(command);
    sayHello();
}

protocol::Hello ChatClient::helloFor(const Connection &connection) const
{
    const protocol::Ready &ready = *connection.ready();
    protocol::Hello hello;
    hello.app = u"lanline " LANLINE_VERSION ""_s;
    hello.clientId = m_clientId;
    hello.name = m_credentials.name();
    hello.auth = m_credentials.authFor(ready, connection.certificateSha256());
    hello.cursors = m_dialogue->cursors(ready.limits.cursorsPerHello);
    if (!hello.cursors.isEmpty())
        hello.epoch = ready.epoch;
    hello.compressions = m_parts.compressions;
    hello.pairingCode = m_pairingCode;
    if (m_session)
        hello.resume = protocol::Resume{m_session->id, m_session->token, m_generation, protocol::LinkRole::Primary};
    return hello;
}

void ChatClient::onWelcome(Connection &connection, const protocol::Welcome &welcome)
{
    const SteadyTime now = m_parts.time->now();
    m_wasWelcomed = true;
    m_pairingCode.clear();
    m_session = welcome.session;
    m_generation = welcome.session ? welcome.session->generation : 0;
    m_told = welcome.addresses;
    m_credentials.remember(*connection.ready(), welcome);
    if (m_state.self != welcome.self)
        m_store->ask({m_record.key(), SaveSelf{welcome.self}});
    m_state.self = welcome.self;
    m_state.isHostReadOnly = false;
    m_state.problem = Problem::None;
    m_state.problemDetail.clear();
    m_state.attempt = 0;
    tell(connection.steps());
    if (m_lostAt)
        m_outage = duration_cast<milliseconds>(now - *m_lostAt);
    else
        tell(linkEvent(LinkEvent::Kind::Connected));

    onSessionClients(welcome.clients);
    enter(Phase::CatchingUp);
    m_loopWatch.start();
    m_threadReporter.setActive(true);
    m_dialogue->begin(welcome, connection.ready()->limits);
    publish();
    goOnlineWhenCaughtUp();
}

void ChatClient::onMessage(Connection &connection, const protocol::ServerMessage &message)
{
    std::visit(protocol::Overloaded{
                   [this](const protocol::StoreState &store) {
                       m_state.isHostReadOnly = !store.isWritable;
                       publish();
                   },
                   [this](const protocol::Promoted &promoted) { onPromoted(promoted); },
                   [&](const protocol::HeartbeatAck &ack) {
                       const ThreadReport report = serverThreads(ack, *connection.lastReadAt(), m_clockOffset);
                       if (!report.samples.isEmpty() || !report.stalls.isEmpty())
                           tell(report);
                   },
                   [this](const protocol::SessionClients &session) {
                       onSessionClients(session.clients);
                       publish();
                   },
                   [&](const auto &) {
                       m_dialogue->onMessage(message, {*connection.lastArrivedAt(), *connection.lastReadAt()});
                   },
               },
        message);
    if (std::holds_alternative<protocol::Stored>(message) || std::holds_alternative<protocol::Refused>(message)) {
        m_answerTimer->stop();
        if (m_dialogue->isSending())
            expectAnswer();
    }
}

void ChatClient::goOnlineWhenCaughtUp()
{
    const bool isAsked = m_promotion && !m_promotion->isAnswered;
    if (!m_primary || isAsked || m_state.phase != Phase::CatchingUp || !m_dialogue->catchUp().isComplete())
        return;
    enter(Phase::Online);
    m_stableTimer->start(ownLimits.stableAfter);
    if (m_lostAt) {
        LinkEvent event = linkEvent(LinkEvent::Kind::Reconnected);
        event.outage = m_outage;
        event.replayed = m_dialogue->catchUp().replayed();
        tell(event);
        m_lostAt.reset();
    }
    keepStandby();
}

void ChatClient::onRoundTrip(Connection & /*connection*/, const RoundTrip &roundTrip)
{
    RoundTrip told = roundTrip;
    told.lane = m_lane;
    m_clockOffset = told.clockOffset;
    m_dialogue->onRoundTrip(told);
    tell(told);
}

void ChatClient::onConnectionEnded(Connection & /*connection*/, const LinkEnd &end)
{
    if (end.problem == Problem::HeartbeatMissed && end.closeCode == 0)
        tell(linkEvent(LinkEvent::Kind::HeartbeatMissed));
    if (canFailOver(end))
        failOver(end);
    else
        lose(end);
}

void ChatClient::lose(const LinkEnd &end)
{
    const bool wasWelcomed = isWelcomed();
    dropLinks();
    m_state.problem = end.problem;
    m_state.problemDetail = end.text;
    m_state.failover.reset();
    if (wasWelcomed && !m_lostAt) {
        m_lostAt = m_parts.time->now();
        LinkEvent event = linkEvent(LinkEvent::Kind::Lost);
        event.problem = end.problem;
        tell(event);
    }
    if (isWorthRetrying(end.problem, end.closeCode, m_wasWelcomed))
        retryLater(end.retryAfter);
    else
        enter(Phase::Offline);
}

void ChatClient::retryLater(milliseconds atLeast)
{
    const milliseconds delay = atLeast + m_backoff.next();
    // 0 while it was up: this is the first attempt of a new outage.
    ++m_state.attempt;
    m_state.nextAttemptAt = m_parts.time->now() + delay;
    m_retryTimer->start(delay);
    enter(Phase::WaitingToRetry);
}

void ChatClient::retryNow()
{
    if (m_state.phase == Phase::WaitingToRetry)
        connectNow();
    else if (m_state.phase == Phase::Offline && m_state.url.isValid())
        open({m_state.url, m_pairingCode});
}

void ChatClient::close()
{
    if (m_state.phase == Phase::Offline)
        return;
    if (isWelcomed()) {
        send(protocol::Bye{});
        if (!m_lostAt) {
            m_lostAt = m_parts.time->now();
            tell(linkEvent(LinkEvent::Kind::Lost));
        }
    }
    m_keeper.leave();
    if (m_primary)
        m_primary->leave(protocol::close::Normal);
    dropLinks();
    m_retryTimer->stop();
    m_session.reset();
    m_state.problem = Problem::None;
    m_state.problemDetail.clear();
    m_state.attempt = 0;
    m_state.failover.reset();
    enter(Phase::Offline);
}

void ChatClient::dropLinks()
{
    m_stableTimer->stop();
    m_answerTimer->stop();
    m_threadReporter.setActive(false);
    m_loopWatch.stop();
    m_promotion.reset();
    m_keeper.end();
    if (m_primary) {
        m_state.lastContactAt = m_primary->lastContactAt() ? m_primary->lastContactAt() : m_state.lastContactAt;
        m_primary->abandon();
        // Not at once: we may be inside one of its calls.
        m_primary.release()->deleteLater();
    }
    m_lane = 0;
    if (isWelcomed())
        m_dialogue->linkDown();
}

void ChatClient::send(const protocol::ClientCommand &command)
{
    if (m_primary)
        m_primary->send(command);
    if (std::holds_alternative<protocol::Send>(command))
        expectAnswer();
}

std::unique_ptr<Connection> ChatClient::makeConnection(ConnectionUser &user)
{
    auto connection = std::make_unique<Connection>(m_parts, m_clientId, m_loopWatch, user, this);
    connection->setHeartbeatInterval(m_interval);
    return connection;
}

std::unique_ptr<Dialogue> ChatClient::makeDialogue()
{
    return std::make_unique<Dialogue>(*m_parts.time, m_parts.random,
        Dialogue::Sink{
            [this](const protocol::ClientCommand &command) { send(command); },
            [this](Notice notice) { tell(std::move(notice)); },
            [this](StoreTask task) {
                m_store->ask({m_record.key(), std::move(task)});
            },
            [this] {
                publish();
                goOnlineWhenCaughtUp();
                settlePromotion();
            },
            [this] { return m_state.isInUse; },
            [this] {
                if (m_primary)
                    m_primary->flush();
            },
        });
}

void ChatClient::enter(Phase phase)
{
    m_state.phase = phase;
    publish();
}

void ChatClient::publish()
{
    if (m_primary && m_primary->lastContactAt())
        m_state.lastContactAt = m_primary->lastContactAt();
    m_state.toCatchUp = m_dialogue->catchUp().missing();
    m_state.caughtUp = m_dialogue->catchUp().loaded();
    m_state.waiting = m_dialogue->waiting();
    tellLanes();
    tell(m_state);
}

LinkEvent ChatClient::linkEvent(LinkEvent::Kind kind) const
{
    LinkEvent event;
    event.kind = kind;
    event.at = m_parts.time->now();
    event.wallAt = m_parts.time->wallNow();
    return event;
}

void ChatClient::tell(Notice notice)
{
    if (m_batch.isEmpty())
        m_flushTimer->start(0ms);
    m_batch.add(std::move(notice));
}

void ChatClient::flush()
{
    if (const Ledger ledger = m_dialogue->ledger(); ledger != m_toldLedger) {
        m_toldLedger = ledger;
        m_batch.add(ledger);
    }
    if (QList<TracePoints> points = m_dialogue->takeTracePoints(); !points.isEmpty())
        m_batch.add(std::move(points));
    Q_EMIT noticed(m_batch.take());
}

} // namespace lanline::client
