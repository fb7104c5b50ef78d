#pragma once

#include "core/eventloopwatch.h"
#include "core/timing.h"
#include "protocol/messages.h"
#include "server/faults/faultytransport.h"
#include "server/hub/hub.h"
#include "server/net/timerwheel.h"
#include "server/net/transport.h"
#include "server/serverhost.h"
#include "server/session/pairingcodes.h"
#include "server/session/sendgate.h"
#include "server/session/sessiontable.h"
#include "server/store/store.h"
#include "server/threadrecord.h"
#include "server/trace/tracer.h"

#include <functional>
#include <memory>

namespace lanline::server {

class ClientLink;

/// Who holds the links.
class LinkOwner
{
public:
    virtual ~LinkOwner() = default;
    /// Something was written: endTurn() is due when this turn of the event loop ends.
    virtual void onLinkTouched(ClientLink &link) = 0;
    /// It logged in, has another role, or left.
    virtual void onLinkChanged() = 0;
    /// The transport is gone; to be deleted, but not within this call.
    virtual void onLinkEnded(ClientLink &link) = 0;
    virtual protocol::Status status() const = 0;
};

/// What a server tells everyone of itself.
struct ServerIdentity
{
    QString name;
    ServerId id;
    Epoch epoch;
    QByteArray certificateSha256; ///< empty: none
    /// Where a peer that comes from there can reach it, as host:port. None: nobody is told.
    std::function<QStringList(const QHostAddress &peer)> addressesFor{};
};

/// What all links of a server share; outlives them.
struct LinkContext
{
    protocol::Limits limits;
    ServerIdentity identity;
    Hub &hub;
    Store &store;
    TimeSource &time;
    Ledger &ledger;
    LinkOwner &owner;
    TimerWheel &wheel;
    SessionTable &sessions;
    PairingCodes &pairing;
    const Tracer &tracer;
    protocol::StoreState storeState{};
    const ThreadRecord *threads = nullptr; ///< none: nothing is told of them
    const EventLoopWatch *watch = nullptr; ///< what the server's own stalls have cost its peers
    protocol::Decompressor decompressor{};
    ServerFaults *faults = nullptr; ///< none: nobody can ask for any
};

/// The server's side of one connection: READY, HELLO, WELCOME, then commands until it ends. As a standby it beats, and
/// waits to be promoted. Lives in the server thread. Whatever a peer does wrong ends or answers here and reaches no
/// other link.
class ClientLink final : public TransportSink, public SessionLink, private TimerWheel::Deadline
{
public:
    /// `context` outlives the link.
    ClientLink(quint64 connection, std::unique_ptr<Transport> transport, LinkContext &context);

    /// Sends READY.
    void start();
    quint64 connection() const { return m_connection; }
    bool isOnline() const { return m_state == State::Online; }
    /// Online, and what carries its client's conversation.
    bool isPrimary() const { return isOnline() && m_role == protocol::LinkRole::Primary; }
    /// While it is online.
    ClientRow row() const;

    // TransportSink
    void onFrame(FrameType type, const QByteArray &payload) override;
    void onWritten() override;
    void onClosed() override;

    // SessionLink
    UserId userId() const override { return m_user; }
    protocol::WireFormat format() const override { return {m_transport->encoding(), m_compression}; }
    void deliver(const SharedFrame &frame) override;
    void onReleased(const protocol::CloseReason &reason) override;

    // What the store has to say to this link's commands
    void onLoggedIn(const LoggedIn &login);
    void onLogInRefused(const LogInRefused &refused);
    void onAppended(const Appended &appended);
    void onAppendRefused(const AppendRefused &refused);
    /// A room was created, joined or left by this link's command, or (with requestId 0) by another of its user.
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
    /// Leaves its session without a word to anyone: the server stops.
    void leaveSilently();
    /// Its frames leave as the server's faults say, from now on.
    void breakTransport();
    /// What waits to leave, leaves.
    void mendTransport();
    /// GOODBYE, then the end.
    void dismiss(const QString &text, std::chrono::milliseconds retryAfter);

private:
    enum class State : quint8 { AwaitingHello, LoggingIn, Online, Closing };

    /// The bytes of a frame without what negotiation has put around them; valid until the next frame.
    Result<QByteArrayView, protocol::DecodeError> unpacked(const QByteArray &payload);
    void handle(const protocol::ClientCommand &command);
    bool isAllowed(const protocol::ClientCommand &command) const;
    void onHello(const protocol::Hello &hello);
    void welcome(const LoggedIn &login, const protocol::Hello &hello, const Binding &binding);
    void onHeartbeat(const protocol::Heartbeat &heartbeat, SteadyTime receivedAt);
    void onPromote(const protocol::Promote &promote);
    void onBye();
    void onUsed() { m_session->onUsed(*this); }
    void onSend(const protocol::Send &send);
    protocol::ErrorCode faultOf(const protocol::Send &send) const;
    void onJoin(const protocol::Join &join);
    void onLeave(const protocol::Leave &leave);
    void onCreateRoom(const protocol::CreateRoom &create);
    void onMarkRead(const protocol::MarkRead &mark);
    void onSetDraft(const protocol::SetDraft &draft);
    void onTraceGet(const protocol::TraceGet &get);
    void onFaultSet(const protocol::FaultSet &set);
    void onPairingGet(const protocol::PairingGet &get);
    /// Null, and the peer is told why, when the room does not exist or is not this user's.
    const Room *roomOfOwn(const RoomId &room);
    QList<protocol::RoomState> roomsWithMarks(const QList<CursorAnswer> &cursors = {}) const;

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
    void close(const protocol::CloseReason &reason);
    /// Nothing is read or answered any more, and its session knows.
    void leave();
    /// The peer has given a sign of life, and another one is due within this time.
    void expectSign(std::chrono::milliseconds within);
    // TimerWheel::Deadline
    void onDeadline() override;
    void updateReading();
    void noteQueue();

    const quint64 m_connection;
    std::unique_ptr<Transport> m_transport;
    FaultyTransport *m_faulty = nullptr; ///< the same, if it was broken
    LinkContext &m_context;
    State m_state = State::AwaitingHello;
    protocol::LinkRole m_role = protocol::LinkRole::Primary;
    bool m_pageAtStore = false; ///< one is being read
    bool m_isTouched = false; ///< endTurn() is due
    std::unique_ptr<protocol::Ready> m_ready; ///< until the HELLO that answers it
    std::unique_ptr<protocol::Hello> m_hello; ///< until the store has answered it
    protocol::Compression m_compression; ///< in force: none until WELCOME has left
    UserId m_user; ///< once online
    Session *m_session = nullptr; ///< while online
    SendGate m_sendGate;
    int m_inFlight = 0; ///< commands the store has not answered
    SteadyTime m_queuedSince; ///< what waits to be sent has waited since then; zero: nothing waits
    std::chrono::duration<qint32, std::milli> m_heartbeat{}; ///< that the peer announced
    quint64 m_messages = 0; ///< SENDs read
    QList<PageAsk> m_pages; ///< asked for and not yet served
    SteadyTime m_lastHeard;
    std::chrono::milliseconds m_patience{}; ///< from m_lastHeard to the next sign of life
};

} // namespace lanline::server
