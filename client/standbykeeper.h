#pragma once

#include "client/backoff.h"
#include "client/connection.h"
#include "client/paths.h"

#include <functional>
#include <memory>

namespace lanline::client {

/// Keeps a second link ready beside the primary: looks for a path that does not share the primary's fate, opens a link
/// there, and opens another when it is lost. Lives in the network thread.
class StandbyKeeper final : private ConnectionUser
{
public:
    struct Sink
    {
        std::function<std::unique_ptr<Connection>(ConnectionUser &)> make;
        /// The HELLO for a link that is a standby; nothing: this is not the server that the primary talks to.
        std::function<std::optional<protocol::Hello>(const Connection &)> helloFor;
        std::function<void()> ready;
        /// A ready one ended.
        std::function<void(const LinkEnd &)> lost;
        std::function<void(const RoundTrip &)> roundTripMeasured;
        /// Something that state() or paths tell is another.
        std::function<void()> changed;
    };
    /// What there is to know about the ways to the server.
    struct Surroundings
    {
        QUrl server; ///< as the primary has it
        Ends primary;
        QStringList told; ///< WELCOME.addresses
        QList<LocalNetwork> networks;
    };

    /// `random` gives a number from 0 up to, but not including, 1.
    StandbyKeeper(TimeSource &time, std::function<double()> random, Sink sink);
    ~StandbyKeeper() override;

    /// The primary is online and can have a standby.
    void begin(const Surroundings &surroundings);
    /// There is no primary any more: nor is there a standby.
    void end();
    /// The standby moves: to a path that is no longer the primary's, if there is one now.
    void onNetworksChanged(const QList<LocalNetwork> &networks);
    void setRedundancy(Redundancy redundancy);
    Redundancy redundancy() const { return m_redundancy; }
    /// The primary's; the standby's is slower.
    void setHeartbeatInterval(std::chrono::milliseconds interval);
    /// Finds out within this time whether the standby is still there.
    void probe(std::chrono::milliseconds within);
    /// The standby, or what is to become it, ends so if it is up.
    void cut(const LinkEnd &end);
    /// This address of the computer is gone.
    void onAddressGone(const QHostAddress &address);

    /// The ready one goes on as the primary. Null: there is none.
    std::unique_ptr<Connection> take(ConnectionUser &user);
    /// Says goodbye to the server.
    void leave();

    LaneState state() const;
    /// Null: there is none.
    const Connection *connection() const { return m_connection.get(); }
    bool isReady() const { return m_connection && m_connection->isWelcomed(); }
    bool isOnSamePath() const;
    bool hasOtherPath() const;

private:
    void seek();
    /// Beside a standby that would fall with the primary: is there one on another path by now?
    void seekBetter();
    std::unique_ptr<Connection> openAt(const Path &path);
    bool isWanted() const;
    bool mayBeOnSamePath() const;
    void drop();

    // ConnectionUser
    void onOpened(Connection &) override { m_sink.changed(); }
    void onReady(Connection &connection) override;
    void onWelcome(Connection &connection, const protocol::Welcome &welcome) override;
    void onMessage(Connection &, const protocol::ServerMessage &) override { }
    void onRoundTrip(Connection &connection, const RoundTrip &roundTrip) override;
    void onBeatUnanswered(Connection &) override { }
    void onConnectionEnded(Connection &connection, const LinkEnd &end) override;

    Sink m_sink;
    Redundancy m_redundancy = Redundancy::Off;
    std::chrono::milliseconds m_interval;
    std::optional<Surroundings> m_surroundings; ///< none: no primary
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Connection> m_better; ///< on its way to take that one's place
    bool m_wasReady = false; ///< since it was opened
    qsizetype m_tried = 0; ///< paths, since the last standby or change of the networks
    Backoff m_backoff;
    std::unique_ptr<Timer> m_betterTimer;
    std::unique_ptr<Timer> m_retryTimer;
    std::unique_ptr<Timer> m_stableTimer;
};

} // namespace lanline::client
