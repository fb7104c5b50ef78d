#pragma once

#include "client/clientparts.h"
#include "client/heartbeat.h"
#include "core/eventloopwatch.h"
#include "protocol/messages.h"

#include <QObject>

#include <optional>

namespace lanline::client {

class Connection;

/// Whose connection it is: the client's primary, or what keeps its standby. May let go of the connection within any of
/// these.
class ConnectionUser
{
public:
    virtual ~ConnectionUser() = default;
    virtual void onOpened(Connection &connection) = 0;
    /// Answered with sayHello(), now or later.
    virtual void onReady(Connection &connection) = 0;
    /// The heartbeat begins behind this.
    virtual void onWelcome(Connection &connection, const protocol::Welcome &welcome) = 0;
    /// Behind WELCOME; but for what belongs to the connection itself.
    virtual void onMessage(Connection &connection, const protocol::ServerMessage &message) = 0;
    virtual void onRoundTrip(Connection &connection, const RoundTrip &roundTrip) = 0;
    /// The last beat's answer is late: something may be wrong.
    virtual void onBeatUnanswered(Connection &connection) = 0;
    /// Once, and nothing behind it.
    virtual void onConnectionEnded(Connection &connection, const LinkEnd &end) = 0;
};

/// One link and what belongs to it alone: its opening with a time limit, READY, HELLO and WELCOME, its compression and
/// its heartbeat. Used once, in the network thread.
class Connection final : public QObject
{
    Q_OBJECT

public:
    enum class Stage : quint8 { Opening, Joining, Welcomed, Ended };

    /// What is referred to outlives the connection.
    Connection(const ClientParts &parts, const ClientId &clientId, const EventLoopWatch &loopWatch,
        ConnectionUser &user, QObject *parent = nullptr);
    ~Connection() override;

    void open(const Path &path);
    void sayHello(const protocol::Hello &hello);
    void send(const protocol::ClientCommand &command);
    /// What was sent goes to the system at once, as far as that takes it.
    void flush();
    /// Nothing more is heard of it; it says its farewell by itself where the handshake has got that far.
    void leave(const protocol::CloseReason &reason);
    /// Nothing more is heard of it, nor of it by the server.
    void abandon();
    /// Tells its user that it ended so, and is abandoned.
    void fail(const LinkEnd &end);
    /// Another one hears of it from now on.
    void setUser(ConnectionUser &user) { m_user = &user; }

    void setHeartbeatInterval(std::chrono::milliseconds interval) { m_heartbeat.setInterval(interval); }
    /// Beats at once; dead unless the answer comes within this time.
    void probe(std::chrono::milliseconds within) { m_heartbeat.probe(within); }

    Stage stage() const { return m_stage; }
    bool isWelcomed() const { return m_stage == Stage::Welcomed; }
    const Path &path() const { return m_path; }
    QHostAddress localAddress() const { return m_link ? m_link->localAddress() : QHostAddress(); }
    QHostAddress peerAddress() const { return m_link ? m_link->peerAddress() : QHostAddress(); }
    QByteArray certificateSha256() const { return m_link ? m_link->certificateSha256() : QByteArray(); }
    /// From READY on.
    const std::optional<protocol::Ready> &ready() const { return m_ready; }
    /// Of its opening; whole from WELCOME on.
    const ConnectSteps &steps() const { return m_steps; }
    /// When a frame was last read; nothing before the first.
    std::optional<SteadyTime> lastReadAt() const { return m_lastReadAt; }
    /// Of the same frame: when it came.
    std::optional<SteadyTime> lastArrivedAt() const { return m_lastArrivedAt; }
    std::optional<WallTime> lastContactAt() const { return m_lastContactAt; }
    std::optional<std::chrono::microseconds> roundTrip() const { return m_roundTrip; }

private:
    void onOpened(const ConnectSteps &steps);
    void onFrame(const QByteArray &frame);
    void onEnded(const LinkEnd &end);
    void onReady(const protocol::Ready &ready);
    void onWelcome(const protocol::Welcome &welcome);
    /// The bytes of a frame without what negotiation has put around them; valid until the next frame.
    Result<QByteArrayView, protocol::DecodeError> unpacked(const QByteArray &frame);
    /// The server is told why, its user too.
    void refuse(const LinkEnd &end, const protocol::CloseReason &reason);
    Link *letGo();
    Heartbeat::Sink heartbeatSink();

    const ClientParts &m_parts;
    const EventLoopWatch &m_loopWatch;
    ConnectionUser *m_user;
    Stage m_stage = Stage::Opening;
    Path m_path;
    Link *m_link = nullptr;
    std::optional<protocol::Ready> m_ready;
    std::optional<protocol::Goodbye> m_goodbye;
    protocol::Compression m_compression; ///< from WELCOME on
    protocol::Compressor m_compressor;
    protocol::Decompressor m_decompressor;
    ConnectSteps m_steps;
    SteadyTime m_openedAt;
    std::optional<SteadyTime> m_lastReadAt;
    std::optional<SteadyTime> m_lastArrivedAt;
    std::optional<WallTime> m_lastContactAt;
    std::optional<std::chrono::microseconds> m_roundTrip;
    Heartbeat m_heartbeat;
    std::unique_ptr<Timer> m_connectTimer; ///< over Opening, and again over Joining
};

} // namespace lanline::client
