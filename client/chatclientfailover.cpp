/// The half of ChatClient that keeps a standby, and goes over to it.
#include "client/chatclient.h"
#include "client/problems.h"

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

/// Of the answer to a probe: this long at least, and several round trips.
constexpr milliseconds shortestProbe = 1s;
constexpr int roundTripsPerProbe = 4;
/// A message that is not stored within this time may have gone nowhere.
constexpr milliseconds answerPatience = 1s;

} // namespace

StandbyKeeper::Sink ChatClient::standbySink()
{
    return {
        [this](ConnectionUser &user) { return makeConnection(user); },
        [this](const Connection &connection) { return standbyHelloFor(connection); },
        [this] {
            LinkEvent event = linkEvent(LinkEvent::Kind::StandbyReady);
            event.lane = 1 - m_lane;
            tell(event);
        },
        [this](const LinkEnd &end) {
            LinkEvent event = linkEvent(LinkEvent::Kind::StandbyLost);
            event.lane = 1 - m_lane;
            event.problem = end.problem;
            tell(event);
        },
        [this](const RoundTrip &roundTrip) {
            RoundTrip told = roundTrip;
            told.lane = 1 - m_lane;
            told.isOfStandby = true;
            tell(told);
            publish();
        },
        [this] {
            publish();
            cutStandby();
        },
    };
}

std::optional<protocol::Hello> ChatClient::standbyHelloFor(const Connection &connection) const
{
    // An address that we were told may lead anywhere: nothing is said to another server.
    const protocol::Ready &there = *connection.ready();
    if (!m_session || !m_primary || !m_primary->ready() || there.serverId != m_primary->ready()->serverId
        || there.epoch != m_primary->ready()->epoch)
        return std::nullopt;
    protocol::Hello hello = helloFor(connection);
    hello.cursors.clear();
    hello.epoch = {};
    hello.resume = protocol::Resume{m_session->id, m_session->token, m_generation, protocol::LinkRole::Standby};
    return hello;
}

void ChatClient::keepStandby()
{
    if (!m_session)
        return;
    m_keeper.setHeartbeatInterval(m_interval);
    m_keeper.begin({m_primary->path().url,
        {m_primary->localAddress(), m_primary->peerAddress(), quint16(m_primary->path().url.port())}, m_told,
        m_networks ? m_networks->networks() : QList<LocalNetwork>()});
    publish();
}

bool ChatClient::canFailOver(const LinkEnd &end) const
{
    // What the server says of the session holds for the standby as well.
    const bool isOfTheLink = end.problem != Problem::ServerStopped && end.closeCode != protocol::close::Superseded.code
        && isWorthRetrying(end.problem, end.closeCode, m_wasWelcomed);
    return isWelcomed() && isOfTheLink && m_keeper.isReady();
}

void ChatClient::failOver(const LinkEnd &end)
{
    const SteadyTime lastReadAt = m_promotion ? m_promotion->lastReadAt : *m_primary->lastReadAt();
    m_primary->abandon();
    m_primary.release()->deleteLater();
    m_primary = m_keeper.take(*this);
    m_lane = 1 - m_lane;
    m_promotion = Promotion{end, lastReadAt, m_dialogue->ledger().lost()};
    m_stableTimer->stop();
    m_answerTimer->stop();

    m_primary->send(protocol::Promote{++m_generation});
    m_primary->setHeartbeatInterval(m_interval);
    m_primary->probe(probePatience(*m_primary));
    enter(Phase::CatchingUp);
    // Right behind PROMOTE, so that no round trip passes before the rooms are live again.
    m_dialogue->switchLink();
}

void ChatClient::onPromoted(const protocol::Promoted &promoted)
{
    if (!m_promotion || m_promotion->isAnswered || promoted.generation != m_generation)
        return;
    m_promotion->isAnswered = true;
    const SteadyTime now = m_parts.time->now();
    m_state.failover = Failover{now, duration_cast<milliseconds>(now - m_promotion->lastReadAt), false};
    m_dialogue->confirm(promoted.rooms);
    publish();
    goOnlineWhenCaughtUp();
    settlePromotion();
}

void ChatClient::settlePromotion()
{
    if (!m_promotion || m_state.phase != Phase::Online || !m_dialogue->isRecovered())
        return;
    const Promotion done = *std::exchange(m_promotion, std::nullopt);
    m_state.failover->isNothingLost = m_dialogue->ledger().lost() <= done.lostBefore;
    LinkEvent event = linkEvent(LinkEvent::Kind::FailedOver);
    event.problem = done.why.problem;
    event.outage = m_state.failover->gap;
    event.replayed = m_dialogue->catchUp().replayed();
    event.lane = m_lane;
    tell(event);
    publish();
}

void ChatClient::onSessionClients(const QList<protocol::SessionClient> &clients)
{
    m_state.clients = clients;
    const auto self = std::find_if(clients.begin(), clients.end(),
        [this](const protocol::SessionClient &client) { return client.clientId == m_clientId; });
    m_state.isInUse = self == clients.end() || self->isInUse;
}

// ---- what happens to the links and the networks ------------------------------------------------------------------

void ChatClient::onBeatUnanswered(Connection &connection)
{
    // Better to know now whether the standby is there than when it is needed.
    m_keeper.probe(probePatience(connection));
}

milliseconds ChatClient::probePatience(const Connection &connection) const
{
    const auto roundTrips = connection.roundTrip().value_or(0us) * roundTripsPerProbe;
    return std::max(shortestProbe, std::chrono::ceil<milliseconds>(roundTrips));
}

void ChatClient::setHeartbeatInterval(milliseconds interval)
{
    m_interval = interval;
    if (m_primary)
        m_primary->setHeartbeatInterval(m_interval);
    m_keeper.setHeartbeatInterval(m_interval);
}

void ChatClient::watchNetworks()
{
    if (!m_parts.makeNetworkWatch)
        return;
    m_networks = m_parts.makeNetworkWatch();
    connect(m_networks.get(), &NetworkWatch::addressGone, this, &ChatClient::onAddressGone);
    connect(m_networks.get(), &NetworkWatch::changed, this, &ChatClient::onNetworksChanged);
    connect(m_networks.get(), &NetworkWatch::wokeUp, this, &ChatClient::probeBoth);
}

void ChatClient::onAddressGone(const QHostAddress &address)
{
    // The standby first: should both have begun there, there is nothing to fail over to.
    m_keeper.onAddressGone(address);
    if (m_primary && m_primary->stage() != Connection::Stage::Opening && m_primary->localAddress() == address)
        m_primary->fail({Problem::ConnectionLost, 0, u"the address %1 is gone"_s.arg(address.toString())});
}

void ChatClient::onNetworksChanged()
{
    m_keeper.onNetworksChanged(m_networks->networks());
    probeBoth();
}

void ChatClient::probeBoth()
{
    if (isWelcomed()) {
        // The standby first: should both be gone, there is nothing to fail over to.
        m_keeper.probe(probePatience(*m_primary));
        m_primary->probe(probePatience(*m_primary));
    } else if (m_state.phase == Phase::WaitingToRetry || m_state.phase == Phase::Connecting) {
        // What was tried in another network says nothing about this one.
        m_backoff.reset();
        connectNow();
    }
}

void ChatClient::expectAnswer()
{
    if (!m_answerTimer->isActive())
        m_answerTimer->start(answerPatience);
}

void ChatClient::onAnswerOverdue()
{
    // The host's disk may be slow; a heartbeat does not wait for it. With nothing to go over to, nothing is gained.
    if (isWelcomed() && m_keeper.isReady())
        probeBoth();
}

void ChatClient::tellLanes()
{
    const auto laneOf = [](const Connection *connection, LaneState state) {
        if (!connection || state == LaneState::Empty)
            return Lane{};
        return Lane{state, connection->localAddress(), connection->peerAddress(), connection->roundTrip()};
    };
    LaneState primary = LaneState::Empty;
    if (m_primary)
        primary = m_primary->isWelcomed() ? LaneState::Active : LaneState::Connecting;
    const auto at = [](int lane) { return size_t(lane); };
    m_state.lanes[at(m_lane)] = laneOf(m_primary.get(), primary);
    m_state.lanes[at(1 - m_lane)] = laneOf(m_keeper.connection(), m_keeper.state());
    m_state.redundancy = m_keeper.redundancy();
    m_state.isStandbyOnSamePath = m_keeper.isOnSamePath();
    m_state.hasOtherPath = m_keeper.hasOtherPath();
    for (int lane = 0; lane < laneCount; ++lane) {
        const LaneState state = m_state.lanes[at(lane)].state;
        if (std::exchange(m_toldLanes[at(lane)], state) == state)
            continue;
        LinkEvent event = linkEvent(LinkEvent::Kind::LaneChanged);
        event.lane = lane;
        event.laneState = state;
        tell(event);
    }
}

// ---- broken on purpose --------------------------------------------------------------------------------------------

LinkEnd ChatClient::cutOnPurpose()
{
    return {Problem::ConnectionLost, 0, u"cut on purpose"_s};
}

void ChatClient::setFault(const Fault &fault)
{
    m_parts.faults->set(fault);
    // The standby first: should both be cut, there is nothing to fail over to.
    cutStandby();
    // One that takes over from now on stays: that is what it is there for.
    const bool isCut = fault.kind == FaultKind::CutPrimary && m_parts.faults->isOn(FaultKind::CutPrimary);
    if (isCut && m_primary && m_primary->stage() != Connection::Stage::Opening)
        m_primary->fail(cutOnPurpose());
}

void ChatClient::cutStandby()
{
    if (m_parts.faults->isOn(FaultKind::CutStandby))
        m_keeper.cut(cutOnPurpose());
}

} // namespace lanline::client
