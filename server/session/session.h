#pragma once

#include "core/eventloopwatch.h"
#include "core/timing.h"
#include "protocol/messages.h"
#include "server/hub/hub.h"
#include "server/net/timerwheel.h"
#include "server/net/transport.h"
#include "server/serverhost.h"
#include "server/session/sendgate.h"
#include "server/store/store.h"

#include <memory>

namespace lanline::server {

class Session;

/// Who holds the sessions.
class SessionOwner
{
public:
    virtual ~SessionOwner() = default;
    /// Something was written: endTurn() is due when this turn of the event loop ends.
    virtual void onSessionTouched(Session &session) = 0;
    /// It logged in, or it left.
    virtual void onSessionChanged() = 0;
    /// The transport is gone; to be deleted, but not within this call.
    virtual void onSessionEnded(Session &session) = 0;
    virtual protocol::Status status() const = 0;
};

/// What a server tells everyone of itself.
struct ServerIdentity
{
    QString name;
    ServerId id;
    Epoch epoch;
    QByteArray certificateSha256; ///< empty: none
};

/// What all sessions of a server share; outlives them.
struct SessionContext
{
    protocol::Limits limits;
    ServerIdentity identity;
    Hub &hub;
    Store &store;
    TimeSource &time;
    Ledger &ledger;
    SessionOwner &owner;
    TimerWheel &wheel;
    protocol::StoreState storeState{};
    const EventLoopWatch *watch = nullptr; ///< what the server's own stalls have cost its peers
    protocol::Decompressor decompressor{};
};

/// The server's side of one connection: READY, HELLO, WELCOME, then commands until it ends. Lives in the server
/// thread. Whatever a peer does wrong ends or answers here and reaches no other session.
class Session final : public TransportSink, public Link, private TimerWheel::Deadline
{
public:
    /// `context` outlives the session.
    Session(quint64 connection, std::unique_ptr<Transport> transport, SessionContext &context);

    /// Sends READY.
    void start();
    quint64 connection() const { return m_connection; }
    bool isOnline() const { return m_state == State::Online; }
    ClientRow row() const;

    // TransportSink
    void onFrame(FrameType type, const QByteArray &payload) override;
    void onWritten() override;
    void onClosed() override;

    // Link
    UserId userId() const override { return m_user.id; }
    protocol::WireFormat format() const override { return {m_transport->encoding(), m_compression}; }
    void deliver(const SharedFrame &frame) override;

    // What the store has to say to this session's commands
    void onLoggedIn(const LoggedIn &login);
    void onLogInRefused(const LogInRefused &refused);
    void onAppended(const Appended &appended);
    void onAppendRefused(const AppendRefused &refused);
    /// A room was created, joined or left by this session's command, or (with requestId 0) by another of its user.
    void onMembership(quint32 requestId, const Room &room, bool isMember);
    void onCommandDone() { --m_inFlight; }
    void onCommandRefused(const CommandRefused &refused);
    void onPage(const Page &page);
    /// Sends what the context says of the store.
    void tellStoreState();

    /// True the first time in a turn.
    bool touch() { return !std::exchange(m_isTouched, true); }
    /// Flushes what the turn wrote, and judges whether the peer keeps up.
    void endTurn();
    /// GOODBYE, then the end.
    void dismiss(const QString &text, std::chrono::milliseconds retryAfter);

private:
    enum class State : quint8 { AwaitingHello, LoggingIn, Online, Closing };

    /// The bytes of a frame without what negotiation has put around them; valid until the next frame.
    Result<QByteArrayView, protocol::DecodeError> unpacked(const QByteArray &payload);
    void handle(const protocol::ClientCommand &command);
    void onHello(const protocol::Hello &hello);
    void onHeartbeat(const protocol::Heartbeat &heartbeat, SteadyTime receivedAt);
    void onSend(const protocol::Send &send);
    protocol::ErrorCode faultOf(const protocol::Send &send) const;
    void onJoin(const protocol::Join &join);
    void onLeave(const protocol::Leave &leave);
    void onCreateRoom(const protocol::CreateRoom &create);

    using PageAsk = std::variant<protocol::EventsGet, protocol::HistoryGet>;
    void onPageRequest(const PageAsk &ask);
    /// Serves the pages asked for in order, one at a time, as fast as the peer takes them.
    void pumpPages();
    void servePage(const protocol::EventsGet &request, const Room &room);
    void servePage(const protocol::HistoryGet &request, const Room &room);
    void sendPage(const protocol::Events &page);
    void readPage(const PageRequest &request);
    void sendHistory(quint32 requestId, const Room &room, const QList<protocol::Event> &messages, quint64 fromSeq);

    void submit(StoreCommand command, quint32 requestId, const RoomId &room);
    void send(const protocol::ServerMessage &message);
    void fail(quint32 requestId, protocol::ErrorCode code, const RoomId &room = {});
    void refuse(const protocol::Send &send, protocol::ErrorCode code);
    void refuse(const RoomId &room, const MessageId &message, protocol::ErrorCode code);
    void close(const protocol::CloseReason &reason, bool saidBye = false);
    void leaveHub(bool saidBye);
    /// The peer has given a sign of life, and another one is due within this time.
    void expectSign(std::chrono::milliseconds within);
    // TimerWheel::Deadline
    void onDeadline() override;
    void updateReading();

    const quint64 m_connection;
    std::unique_ptr<Transport> m_transport;
    SessionContext &m_context;
    State m_state = State::AwaitingHello;
    std::unique_ptr<protocol::Ready> m_ready; ///< until the HELLO that answers it
    protocol::Compression m_agreed; ///< told in WELCOME
    protocol::Compression m_compression; ///< in force: none until WELCOME has left
    protocol::User m_user; ///< once online, as m_device
    DeviceId m_device;
    QString m_app;
    SendGate m_sendGate;
    int m_inFlight = 0; ///< commands the store has not answered
    quint64 m_messages = 0; ///< SENDs read
    QList<PageAsk> m_pages; ///< asked for and not yet served
    bool m_pageAtStore = false; ///< one is being read
    bool m_isTouched = false; ///< endTurn() is due
    SteadyTime m_lastHeard;
    std::chrono::milliseconds m_patience{}; ///< from m_lastHeard to the next sign of life
};

} // namespace lanline::server
