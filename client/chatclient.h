#pragma once

#include "client/backoff.h"
#include "client/clientparts.h"
#include "client/connection.h"
#include "client/credentials.h"
#include "client/dialogue.h"
#include "client/serverrecord.h"
#include "client/standbykeeper.h"
#include "client/threadreporter.h"
#include "core/eventloopwatch.h"

#include <QObject>

namespace lanline::client {

/// The client of one person on one server: a state machine (Phase) over a primary connection, which a standby takes the
/// place of when it dies. Lives in the network thread, made and destroyed there.
class ChatClient final : public QObject, private ConnectionUser
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
    /// From the end of one primary to the moment in which nothing of it is missed any more.
    struct Promotion
    {
        LinkEnd why;
        SteadyTime lastReadAt; ///< the old primary's last frame
        quint64 lostBefore = 0; ///< by the ledger
        bool isAnswered = false; ///< PROMOTED has come
    };

    // The life of the primary, in the order in which it happens
    void open(const Open &request);
    void connectNow();
    void onOpened(Connection &connection) override;
    void onReady(Connection &connection) override;
    void sayHello();
    void onWelcome(Connection &connection, const protocol::Welcome &welcome) override;
    void onMessage(Connection &connection, const protocol::ServerMessage &message) override;
    void goOnlineWhenCaughtUp();
    void onRoundTrip(Connection &connection, const RoundTrip &roundTrip) override;
    void onBeatUnanswered(Connection &connection) override;
    void onConnectionEnded(Connection &connection, const LinkEnd &end) override;
    void lose(const LinkEnd &end);
    void retryLater(std::chrono::milliseconds atLeast);
    void retryNow();
    void close();

    // The standby and its promotion: chatclientfailover.cpp
    StandbyKeeper::Sink standbySink();
    void keepStandby();
    bool canFailOver(const LinkEnd &end) const;
    void failOver(const LinkEnd &end);
    void onPromoted(const protocol::Promoted &promoted);
    void settlePromotion();
    void onSessionClients(const QList<protocol::SessionClient> &clients);
    void watchNetworks();
    void onAddressGone(const QHostAddress &address);
    void onNetworksChanged();
    void probeBoth();
    /// A SEND left, or an answer to one came: the next answer is due within a while.
    void expectAnswer();
    void onAnswerOverdue();
    void setHeartbeatInterval(std::chrono::milliseconds interval);
    std::chrono::milliseconds probePatience(const Connection &connection) const;
    void tellLanes();
    void setFault(const Fault &fault);
    void cutStandby();
    static LinkEnd cutOnPurpose();

    bool isWelcomed() const { return m_state.phase == Phase::CatchingUp || m_state.phase == Phase::Online; }
    std::unique_ptr<Connection> makeConnection(ConnectionUser &user);
    protocol::Hello helloFor(const Connection &connection) const;
    std::optional<protocol::Hello> standbyHelloFor(const Connection &connection) const;
    std::unique_ptr<Dialogue> makeDialogue();
    void onStoreReply(const StoreReply &reply);
    void onServerOpened(const ServerOpened &opened);
    /// Whatever the links still say is no longer heard.
    void dropLinks();
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
    EventLoopWatch m_loopWatch;
    ThreadReporter m_threadReporter;
    std::chrono::microseconds m_clockOffset{}; ///< of the server's clock, by the last heartbeat of a primary

    std::unique_ptr<Connection> m_primary; ///< or what is to become it
    int m_lane = 0; ///< the primary's
    StandbyKeeper m_keeper;
    std::optional<Promotion> m_promotion;
    std::unique_ptr<NetworkWatch> m_networks; ///< null: nothing is known of them
    std::chrono::milliseconds m_interval; ///< the primary's heartbeat's, as it was wished

    // What binds the links to one session
    std::optional<protocol::SessionInfo> m_session; ///< none: the server knows of none
    quint64 m_generation = 0; ///< of the last primary that was tried
    QStringList m_told; ///< the server's addresses
    QString m_pairingCode; ///< until WELCOME

    Backoff m_backoff;
    std::unique_ptr<Timer> m_retryTimer;
    std::unique_ptr<Timer> m_stableTimer;
    std::unique_ptr<Timer> m_answerTimer; ///< runs while a SEND waits for its answer

    std::unique_ptr<ClientStore> m_store;
    ServerRecord m_record;
    std::unique_ptr<Dialogue> m_dialogue;

    // What outlasts a link
    bool m_wasWelcomed = false;
    std::optional<SteadyTime> m_lostAt;
    std::chrono::milliseconds m_outage{};

    Ledger m_toldLedger;
    std::array<LaneState, laneCount> m_toldLanes{};
    NoticeBatch m_batch;
    std::unique_ptr<Timer> m_flushTimer;
};

} // namespace lanline::client
