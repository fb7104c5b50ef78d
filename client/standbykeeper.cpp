#include "client/standbykeeper.h"

namespace lanline::client {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

const protocol::Limits ownLimits;
/// The standby says nothing but that it is there, and says it less often than the primary.
constexpr int timesSlower = 2;
constexpr milliseconds shortestInterval = 5s;
/// Between two looks for a better path.
constexpr milliseconds betterInterval = 10s;

milliseconds standbyInterval(milliseconds primary)
{
    return std::clamp(primary * timesSlower, shortestInterval, ownLimits.heartbeatLongest);
}

void retire(std::unique_ptr<Connection> connection)
{
    // Not at once: we may be inside one of its calls.
    if (connection) {
        connection->abandon();
        connection.release()->deleteLater();
    }
}

Ends endsOf(const Connection &connection)
{
    return {connection.localAddress(), connection.peerAddress(), quint16(connection.path().url.port())};
}

} // namespace

StandbyKeeper::StandbyKeeper(TimeSource &time, std::function<double()> random, Sink sink)
    : m_sink(std::move(sink))
    , m_interval(standbyInterval(ownLimits.heartbeatDefault))
    , m_backoff(ownLimits.backoffFirst, ownLimits.backoffLongest, std::move(random))
    , m_betterTimer(time.makeTimer([this] { seekBetter(); }))
    , m_retryTimer(time.makeTimer([this] { seek(); }))
    , m_stableTimer(time.makeTimer([this] { m_backoff.reset(); }))
{ }

StandbyKeeper::~StandbyKeeper() = default;

void StandbyKeeper::begin(const Surroundings &surroundings)
{
    m_surroundings = surroundings;
    m_tried = 0;
    m_backoff.reset();
    if (!m_connection)
        seek();
}

void StandbyKeeper::end()
{
    m_surroundings.reset();
    drop();
}

void StandbyKeeper::drop()
{
    m_retryTimer->stop();
    m_stableTimer->stop();
    m_betterTimer->stop();
    m_wasReady = false;
    retire(std::move(m_better));
    retire(std::move(m_connection));
}

void StandbyKeeper::leave()
{
    m_surroundings.reset();
    if (m_connection)
        m_connection->leave(protocol::close::Normal);
    drop();
}

void StandbyKeeper::setRedundancy(Redundancy redundancy)
{
    if (std::exchange(m_redundancy, redundancy) == redundancy || !m_surroundings)
        return;
    if (m_connection && !isWanted())
        drop();
    else if (!m_connection)
        seek();
    m_sink.changed();
}

void StandbyKeeper::setHeartbeatInterval(milliseconds interval)
{
    m_interval = standbyInterval(interval);
    if (m_connection)
        m_connection->setHeartbeatInterval(m_interval);
}

void StandbyKeeper::probe(milliseconds within)
{
    if (isReady())
        m_connection->probe(within);
}

void StandbyKeeper::onAddressGone(const QHostAddress &address)
{
    if (m_connection && !address.isNull() && m_connection->localAddress() == address)
        m_connection->fail({Problem::ConnectionLost, 0, u"the address %1 is gone"_s.arg(address.toString())});
}

void StandbyKeeper::cut(const LinkEnd &end)
{
    if (m_connection && m_connection->stage() != Connection::Stage::Opening)
        m_connection->fail(end);
}

void StandbyKeeper::onNetworksChanged(const QList<LocalNetwork> &networks)
{
    if (!m_surroundings)
        return;
    m_surroundings->networks = networks;
    m_tried = 0;
    m_backoff.reset();
    if (m_connection && (!isWanted() || (isReady() && isOnSamePath() && hasOtherPath())))
        drop();
    if (!m_connection)
        seek();
    m_sink.changed();
}

// ---- seeking ------------------------------------------------------------------------------------------------------

bool StandbyKeeper::mayBeOnSamePath() const
{
    // Within one machine there is no cable to share; there the second link stands in for another one's.
    return m_redundancy == Redundancy::On || m_surroundings->primary.peer.isLoopback();
}

bool StandbyKeeper::isWanted() const
{
    return m_surroundings && m_redundancy != Redundancy::Off && (mayBeOnSamePath() || hasOtherPath());
}

void StandbyKeeper::seek()
{
    m_retryTimer->stop();
    if (!isWanted())
        return;
    const auto paths = standbyPaths(m_surroundings->server, m_surroundings->primary, m_surroundings->told,
        m_surroundings->networks, mayBeOnSamePath());
    if (paths.isEmpty())
        return;
    m_connection = openAt(paths.at(m_tried++ % paths.size()));
    m_sink.changed();
}

void StandbyKeeper::seekBetter()
{
    if (!isOnSamePath() || m_better)
        return;
    const auto paths = standbyPaths(
        m_surroundings->server, m_surroundings->primary, m_surroundings->told, m_surroundings->networks, false);
    if (!paths.isEmpty())
        m_better = openAt(paths.at(m_tried++ % paths.size()));
}

std::unique_ptr<Connection> StandbyKeeper::openAt(const Path &path)
{
    auto connection = m_sink.make(*this);
    connection->setHeartbeatInterval(m_interval);
    connection->open(path);
    return connection;
}

void StandbyKeeper::onReady(Connection &connection)
{
    if (const auto hello = m_sink.helloFor(connection)) {
        connection.sayHello(*hello);
    } else {
        connection.leave(protocol::close::Normal);
        onConnectionEnded(connection, {Problem::NotLanline, 0, u"another server answers there"_s});
    }
}

void StandbyKeeper::onWelcome(Connection &connection, const protocol::Welcome &welcome)
{
    if (!welcome.session || welcome.session->role != protocol::LinkRole::Standby) {
        connection.leave(protocol::close::Normal);
        onConnectionEnded(connection, {Problem::NotLanline, 0, u"the server does not know of standbys"_s});
        return;
    }
    m_tried = 0;
    if (&connection == m_better.get()) {
        // The server knows one standby per client, and closes the other.
        retire(std::exchange(m_connection, std::move(m_better)));
    }
    const bool isNew = !std::exchange(m_wasReady, true);
    m_stableTimer->start(ownLimits.stableAfter);
    if (isOnSamePath())
        m_betterTimer->start(betterInterval);
    if (isNew)
        m_sink.ready();
    m_sink.changed();
}

void StandbyKeeper::onRoundTrip(Connection &connection, const RoundTrip &roundTrip)
{
    if (m_connection.get() != &connection)
        return;
    m_sink.roundTripMeasured(roundTrip);
}

void StandbyKeeper::onConnectionEnded(Connection &connection, const LinkEnd &end)
{
    if (m_better.get() == &connection) {
        retire(std::move(m_better));
        m_betterTimer->start(betterInterval);
        return;
    }
    if (m_connection.get() != &connection)
        return;
    const bool wasReady = std::exchange(m_wasReady, false);
    m_stableTimer->stop();
    retire(std::move(m_connection));
    m_retryTimer->start(m_backoff.next());
    if (wasReady)
        m_sink.lost(end);
    m_sink.changed();
}

std::unique_ptr<Connection> StandbyKeeper::take(ConnectionUser &user)
{
    if (!isReady())
        return nullptr;
    m_surroundings.reset();
    m_retryTimer->stop();
    m_stableTimer->stop();
    m_betterTimer->stop();
    m_wasReady = false;
    retire(std::move(m_better));
    m_connection->setUser(user);
    return std::move(m_connection);
}

// ---- what there is ------------------------------------------------------------------------------------------------

LaneState StandbyKeeper::state() const
{
    if (!m_connection)
        return LaneState::Empty;
    return m_connection->isWelcomed() ? LaneState::Ready : LaneState::Connecting;
}

bool StandbyKeeper::isOnSamePath() const
{
    return isReady() && m_surroundings
        && isSamePath(m_surroundings->primary, endsOf(*m_connection), m_surroundings->networks);
}

bool StandbyKeeper::hasOtherPath() const
{
    return m_surroundings
        && client::hasOtherPath(m_surroundings->primary, m_surroundings->told, m_surroundings->networks);
}

} // namespace lanline::client
