#pragma once

#include "client/backoff.h"
#include "client/credentials.h"
#include "client/dialogue.h"
#include "client/heartbeat.h"
#include "client/link.h"
#include "client/networkwatch.h"
#include "client/serverrecord.h"
#include "client/store/clientstore.h"
#include "core/eventloopwatch.h"
#include "protocol/compression.h"

#include <QObject>

namespace lanline::client {

/// What the client does not make itself, so that tests can.
struct ClientParts
{
    std::shared_ptr<TimeSource> time;
    /// A number from 0 up to, but not including, 1.
    std::function<double()> random;
    LinkFactory makeLink;
    std::function<std::unique_ptr<ClientStore>()> makeStore{};
    /// None: nothing is known of the computer's networks, and there is one way to a server.
    std::function<std::unique_ptr<NetworkWatch>()> makeNetworkWatch{};
    /// What is offered to the server.
    QList<protocol::Compression> compressions = protocol::supportedCompressions();
};

/// The client of one person on one server: a state machine (Phase) over one link after the other. Lives in the network
/// thread, made and destroyed there.
class ChatClient final : public QObject
{
    Q_OBJECT

public:
    ChatClient(Persona persona, ClientParts parts, QObject *parent = nullptr);
    ~ChatClient() override;

    void execute(const Command &command);
    const ConnectionState &state() const { return m_state; }

Q_SIGNALS:
    /// At the end of each turn of the event loop in which something happened.
    void noticed(const QList<lanline::client::Notice> &notices);

private:
    // The life of a connection, in the order in which it happens
    void open(const QUrl &url);
    void connectNow();
    void onOpened(const ConnectSteps &steps);
    void onFrame(const QByteArray &frame);
    /// The bytes of a frame without what negotiation has put around them; valid until the next frame.
    Result<QByteArrayView, protocol::DecodeError> unpacked(const QByteArray &frame);
    void onReady(const protocol::Ready &ready);
    void sayHello();
    void onWelcome(const protocol::Welcome &welcome);
    void goOnlineWhenCaughtUp();
    void onEnded(const LinkEnd &end);
    void onHeartbeatMissed();
    void giveUpOn(const LinkEnd &end, const protocol::CloseReason &tellServer);
    void lose(const LinkEnd &end);
    void retryLater();
    void retryNow();
    void close();

    bool isWelcomed() const { return m_state.phase == Phase::CatchingUp || m_state.phase == Phase::Online; }
    protocol::Hello helloFor(const protocol::Ready &ready) const;
    std::unique_ptr<Dialogue> makeDialogue();
    void onStoreReply(const StoreReply &reply);
    void onServerOpened(const ServerOpened &opened);
    Heartbeat::Sink heartbeatSink();
    /// Whatever the link still says is no longer heard.
    void dropLink();
    void send(const protocol::ClientCommand &command);
    void enter(Phase phase);
    void publish();
    LinkEvent linkEvent(LinkEvent::Kind kind) const;
    void tell(Notice notice);
    void flush();

    Credentials m_credentials;
    ClientParts m_parts;
    ClientId m_clientId;
    ConnectionState m_state;

    Link *m_link = nullptr;
    /// Counts the links: what an older one says is stale.
    quint64 m_generation = 0;
    std::optional<protocol::Ready> m_ready;
    std::optional<protocol::Goodbye> m_goodbye;
    protocol::Compression m_compression; ///< from WELCOME on
    protocol::Compressor m_compressor;
    protocol::Decompressor m_decompressor;
    ConnectSteps m_steps;
    SteadyTime m_openedAt;

    EventLoopWatch m_loopWatch;
    Heartbeat m_heartbeat;
    Backoff m_backoff;
    std::unique_ptr<Timer> m_connectTimer; ///< over Connecting, and again over Joining
    std::unique_ptr<Timer> m_retryTimer;
    std::unique_ptr<Timer> m_stableTimer;

    std::unique_ptr<ClientStore> m_store;
    ServerRecord m_record;
    std::unique_ptr<Dialogue> m_dialogue;

    // What outlasts a link
    bool m_wasWelcomed = false;
    std::optional<SteadyTime> m_lostAt;
    std::chrono::milliseconds m_outage{};

    Ledger m_toldLedger;
    NoticeBatch m_batch;
    std::unique_ptr<Timer> m_flushTimer;
};

} // namespace lanline::client
